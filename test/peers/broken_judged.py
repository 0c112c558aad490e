"""What is said of broken documents where severity and readers do not simply agree; broken.py fails on what is not said here.

Keys are names of documents, or beginnings of names that end in `*`.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

# An error of ours that these readers read all the same: the text is broken.
TEXT = {
    "text-control-character": "RFC 8259, section 7: control characters are escaped",
    "layout-version-true": "kerchunk specification, version 1: version is the integer 1",
    "layout-version-float": "kerchunk specification, version 1: version is the integer 1",
    "entry-base64-spaces": "RFC 4648, section 3.3: base64 has no line breaks unless told so",
    "gen-no-list": 'kerchunk specification, version 1: "gen" is a list',
    "type-structured-unnamed": "zarr v2, data type encoding: a field has a name",
    "fill-*": "zarr v2, fill value encoding",
    "hierarchy-zgroup-extra": "zarr v2, groups: no other key is allowed",
    "hierarchy-group-and-array": "zarr v2, hierarchies: no array and group at one path",
    "hierarchy-consolidated*": "zarr-python's consolidated metadata: format 1, with the metadata as they stand loose",
    "hierarchy-array-in-array": "zarr v2, hierarchies: arrays have no children",
    "v3-*": "zarr v3 core specification",
    "zarray-format-float": "zarr v2: zarr_format is an integer",
    "zarray-no-*": "zarr v2: the field is required",
    "attributes-dimension*": "xarray's encoding of zarr: a list of names, one for each axis",
    "rule-attributes-fill-value-precision-*": "xarray decodes it and leaves the fill values among the data",
    "codec-own-tiff": "the name is this project's own",
}

# No error of ours though one of these readers fails, or gives other values: the document is not at fault, or its text does not show it.
NO_FAULT = {
    "v3-codec-imagecodecs_*": "it takes a package that this environment lacks: a line of zarr-python 3",
    "v3-codec-*Codec": "it takes a package that this environment lacks: a line of zarr-python 3",
    "entry-past-end": "only the target tells (--reach)",
    "entry-over-end": "only the target tells (--reach)",
    "entry-not-there": "only the target tells (--reach)",
    "entry-url-relative": "it reads where the file is opened with fs, and from the folder of the targets",
    "entry-two-hosts": "it reads where the file is opened with fs",
    "entry-url-null": "it reads where the file is opened with target",
    "rule-kerchunk-url-null-*": "it reads where the file is opened with target",
    "rule-kerchunk-relative-target-*": "it reads where the targets are in that folder",
    "rule-zarr2-group-missing-*": "zarr-python reads it: a line of xarray",
    "rule-zarr2-array-in-array-good": "zarr-python reads it: a line of xarray, whose engine finds no arrays in groups",
    "rule-zarr2-pickle-good": "the example's chunk is not encoded by these tests",
    "fill-null": "zarr v2: absent chunks are undefined",
    "attributes-none": "zarr-python reads it: a line of xarray",
    "attributes-no-dimensions": "zarr-python reads it: a line of xarray",
    "hierarchy-root-array": "zarr-python reads it: a line of xarray",
    "hierarchy-group": "zarr-python reads it: a line of xarray, whose engine finds no arrays in groups",
    "hierarchy-group-implied": "zarr-python reads it: a line of xarray",
    "chain-packints-24-little": "imagecodecs 2026.3.6 reads it: a line of zarr-python 2, which was run with another",
    "codec-crc32c": "it takes a package that this environment lacks",
    "codec-fletcher32": "numcodecs 0.13 gives bytes of another shape where it is the compressor",
    "codec-jenkins_lookup3": "numcodecs 0.13 gives bytes of another shape where it is the compressor",
    "codec-categorize": "zarr-python 2 reads it: a line of zarr-python 3",
    "type-object-*": "zarr-python 2 reads it: a line of zarr-python 3",
    "codec-kerchunk-grib": "it takes a package that this environment lacks",
    "rule-zarr3-*": "the example's chunk is not encoded by these tests, or takes a package",
    "rule-attributes-time-units-good": "it takes the package cftime, which this environment lacks",
    "codec-not-compressed": "only the target tells (--decode)",
    "codec-compressed-anyway": "only the target tells (--decode)",
    "codec-shuffle-other-size": "only the target tells (--decode)",
    "rule-zarr2-codec-not-decoded-here-*": "it takes a package that this environment lacks",
    "rule-zarr2-metadata-elsewhere-*": "the example has no target",
    "rule-kerchunk-template-not-evaluated-breaks": "it is substituted with simple_templates=False; no server has the address in capitals",
}

# What the report on a reader says otherwise than the reader did, by document and reader.
OTHERWISE = {
    ("entry-past-end", "*"): "only the target tells",
    ("entry-over-end", "*"): "only the target tells",
    ("entry-not-there", "*"): "only the target tells",
    ("codec-not-compressed", "*"): "only the target tells",
    ("codec-compressed-anyway", "*"): "only the target tells",
    ("codec-shuffle-other-size", "*"): "only the target tells",
    ("rule-zarr2-metadata-elsewhere-*", "*"): "the example has no target",
    ("template-literal-brace", "zarrita"): "only the target tells",
    ("*gen-*", "zarr-python 2"): "it was run with fsspec 2024.12.0, which makes what gen makes in any case",
    ("codec-lzma", "GDAL"): "this build has no lzma; read with the GDAL 3.12.2 of rasterio 1.5.2",
    ("codec-zstd", "GDAL"): "this build has no zstd; read with the GDAL 3.12.2 of rasterio 1.5.2",
    ("codec-blosc*", "GDAL"): "this build has no blosc; read with the GDAL 3.12.2 of rasterio 1.5.2",
    ("v3-codec-zstd", "GDAL"): "this build has no zstd",
    ("v3-codec-blosc", "GDAL"): "this build has no blosc",
    ("codec-lz4", "GDAL"): "this build has no lz4; from its source",
    ("codec-crc32c", "zarr-python 2"): "it takes a package that this environment lacks",
    ("v3-*", "zarr-python 3"): "an error of ours in zarr v3 is taken for one that stops it",
    ("rule-zarr3-*", "zarr-python 3"): "an error of ours in zarr v3 is taken for one that stops it; chunks of good examples are not encoded",
    ("rule-zarr3-*", "GDAL"): "chunks of good examples are not encoded by these tests",
    ("rule-zarr3-*", "zarrita"): "chunks of good examples are not encoded by these tests",
    ("rule-attributes-time-units-good", "xarray*"): "it takes the package cftime, which this environment lacks",
    ("codec-kerchunk-grib", "*"): "it takes a package that this environment lacks",
    ("rule-zarr2-codec-not-decoded-here-*", "*"): "it takes a package that this environment lacks",
    ("chain-delta-narrow", "VirtualiZarr"): "it reads where chunks have as many bytes as the delta's type makes them, and not where they have those of the array's",
    ("chain-delta-wide", "VirtualiZarr"): "it reads where chunks have as many bytes as the delta's type makes them, and not where they have those of the array's",
    ("chain-delta-narrow", "zarrita"): "it reads where chunks have as many bytes as the array's type makes them: codec-chain-type",
    ("chain-delta-wide", "zarrita"): "it reads where chunks have as many bytes as the array's type makes them: codec-chain-type",
    ("rule-zarr2-codec-chain-breaks", "zarr-python*"): "its chunk is encoded by the same chain, whose wrong sizes undo each other",
    ("codec-fletcher32", "zarr-python 2"): "numcodecs 0.13 alone",
    ("codec-jenkins_lookup3", "zarr-python 2"): "numcodecs 0.13 alone",
    ("entry-*", "zarrita"): "it makes do with some malformed entries, and gives fill values for others",
    ("entry-url-empty-zero", "VirtualiZarr"): "its own way to say that a chunk is absent",
    ("entry-object", "GDAL"): "it reads the first bytes of the object's text",
    ("entry-inline-long", "GDAL"): "it reads the first bytes",
    ("entry-base64-capital", "GDAL"): "it reads the first bytes of the text",
    ("entry-base64-*", "*"): "decoders of base64 differ in what they let pass",
    ("text-bare-nan-outside", "*"): "a key outside all arrays",
    ("rule-*chunk-key*", "*"): "which chunk the key is meant for is not known to the test",
    ("rule-kerchunk-relative-target-*", "*"): "the targets are in no folder of these tests",
    ("rule-zarr2-dimension-separator-*", "*"): "which chunk the key is meant for is not known to the test",
    ("rule-kerchunk-url-null-*", "zarr-python 2"): "it gives fill values, and the example does not tell which are meant",
    ("rule-zarr2-dtype-unit-*", "*"): "they read times without a unit where fill_value is null",
    ("rule-zarr2-pickle-good", "*"): "the example's chunk is not encoded by these tests",
    ("gen-no-list", "*"): "an empty object is as good as an empty list to Python",
    ("zarray-separator-other-keys", "VirtualiZarr"): "it takes any separator for a dot",
    ("zarray-compressor-false", "zarrita"): "it takes false for null",
    ("key-scalar-c", "VirtualiZarr"): "it wants the key of zarr v3",
    ("type-structured-*", "GDAL"): "it opens, and its values are not read here",
    ("type-structured-unnamed", "*"): "numpy gives the field a name",
    ("fill-negative-of-unsigned", "GDAL"): "it puts 0, which is what the test takes for meant",
}

# Rules that are still to come, by what they are to find.
AWAITED: dict[str, str] = {}


def judged(table: dict, name: str) -> str | None:
    return next((reason for pattern, reason in table.items() if fnmatchcase(name, pattern)), None)


def otherwise(name: str, reader: str) -> str | None:
    pairs = ((document, who, reason) for (document, who), reason in OTHERWISE.items())
    return next((reason for document, who, reason in pairs if fnmatchcase(name, document) and fnmatchcase(reader, who)), None)
