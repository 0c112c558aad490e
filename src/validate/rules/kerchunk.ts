import { CHUNK, references, version1, withArray, zarray } from './examples';
import { FSSPEC_REFERENCES, KERCHUNK_SPEC, type Rule, ZARR_V2_SPEC } from './types';

const good = withArray(zarray());

/** The layout of a reference file, apart from what its zarr metadata say. */
export const kerchunkRules = {
  'kerchunk/no-references': {
    severity: 'error',
    title: 'The file is JSON and no reference file.',
    explanation:
      'It is no object, or has no key that ends in .zgroup, .zarray or zarr.json. A list of reference documents must be taken apart into files.',
    source: `${KERCHUNK_SPEC}, version 0 and version 1`,
    examples: { breaks: '{"name": "a"}', good },
  },
  'kerchunk/version': {
    severity: 'error',
    title: 'The version and the layout do not agree.',
    explanation:
      'Without "version" the object itself is the map of references (version 0); with "version": 1, an integer, references stand under ' +
      '"refs". fsspec raises on any other version and takes a file without it for version 0, whatever else is in it.',
    source: `${KERCHUNK_SPEC}, version 1; ${FSSPEC_REFERENCES}, _process_references`,
    fix: 'Write "version": 1',
    examples: { breaks: version1({ 'a/0.0': CHUNK }, { version: '"1"' }), good: version1({ 'a/0.0': CHUNK }) },
  },
  'kerchunk/unknown-key': {
    severity: 'info',
    title: 'Version 1 does not know this key beside "refs".',
    explanation: 'Readers ignore it. Where it is a reference, it belongs under "refs".',
    source: `${KERCHUNK_SPEC}, version 1`,
    examples: {
      breaks: version1({ 'a/0.0': CHUNK }, { version: '1', comment: '"made by hand"' }),
      good: version1({ 'a/0.0': CHUNK }),
    },
  },
  'kerchunk/duplicate-key': {
    severity: 'warning',
    title: 'A key stands twice.',
    explanation: 'JSON readers keep the last one without a word, and the other is lost. Often two files were joined.',
    source: 'RFC 8259 (JSON), section 4',
    examples: {
      breaks: good.replace(/\n\}$/u, `,\n  "a/0.0": ${CHUNK}\n}`),
      good: withArray(zarray(), { 'a/0.0': CHUNK, 'a/0.1': '["https://example.org/a.tif", 16, 8]' }),
    },
  },
  'kerchunk/metadata-json': {
    severity: 'error',
    title: 'A metadata key holds no JSON object.',
    explanation:
      'The value of .zgroup, .zarray, .zattrs, .zmetadata and zarr.json is a JSON object, or a string (plain or base64) whose text is one. zarr fails on anything else.',
    source: `${KERCHUNK_SPEC}, version 0`,
    examples: { breaks: withArray('"{\\"zarr_format\\": 2"'), good: withArray(JSON.stringify(zarray())) },
  },
  'kerchunk/reference-shape': {
    severity: 'error',
    title: 'A value is no reference.',
    explanation:
      'A reference is a string (the data itself), [url] (a whole file) or [url, offset, length]. fsspec fails on a list of two or four, on numbers and on truth values.',
    source: `${KERCHUNK_SPEC}, version 0; ${FSSPEC_REFERENCES}, _cat_common`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["https://example.org/a.tif", 8]' }),
      good: withArray(zarray(), { 'a/0.0': '["https://example.org/a.bin"]' }),
    },
  },
  'kerchunk/null-value': {
    severity: 'error',
    title: 'A value is null.',
    explanation:
      "fsspec fails on the chunk, or on the whole file where it has templates; VirtualiZarr takes it for a missing chunk. A missing chunk is one whose key isn't there: leave it out.",
    source: `${KERCHUNK_SPEC}, version 0; ${FSSPEC_REFERENCES}, _cat_common; VirtualiZarr, parsers/kerchunk`,
    fix: 'Remove the entry',
    examples: { breaks: withArray(zarray(), { 'a/0.0': 'null' }), good: withArray(zarray(), { 'a/0.1': CHUNK }) },
  },
  'kerchunk/nested-in-version1': {
    severity: 'info',
    title: 'Metadata stand as an object in a file of version 1.',
    explanation:
      'The specification has objects in version 0 alone, and strings of JSON text in version 1. fsspec, GDAL and others read both.',
    source: `${KERCHUNK_SPEC}, version 0 and version 1; ${FSSPEC_REFERENCES}, _process_references1`,
    examples: {
      breaks: version1({ 'a/0.0': CHUNK, 'a/.zattrs': '{"_ARRAY_DIMENSIONS": ["y", "x"]}' }),
      good: version1({ 'a/0.0': CHUNK, 'a/.zattrs': JSON.stringify('{"_ARRAY_DIMENSIONS": ["y", "x"]}') }),
    },
  },
  'kerchunk/key-unreachable': {
    severity: 'error',
    title: 'No reader asks for this key.',
    explanation:
      'zarr joins the parts of a path with single slashes and refuses the parts "." and "..", so that what stands under any other key is never ' +
      'found: a chunk reads as the fill value, metadata as not there. Where the right key is there too, this is a warning.',
    source: `${ZARR_V2_SPEC}, "Logical storage paths"; zarr-python, normalize_storage_path and normalize_path`,
    examples: {
      breaks: withArray(zarray(), { '/a/0.0': CHUNK }),
      good: references({ '..a/.zarray': zarray(), '..a/0.0': CHUNK }),
    },
  },
  'kerchunk/array-missing': {
    severity: 'error',
    title: 'Chunks lie where no array is.',
    explanation:
      'An array is there by its .zarray, in zarr v3 by its zarr.json. Without it xarray and the other readers open the file and leave the array out, ' +
      'without a word, and zarr-python does not find it by its path. The key is misspelt, or was lost when references were copied or renamed. ' +
      'Chunk keys alone, and .zattrs alone, may be left from an array that was taken out on purpose: then this is a warning.',
    source: `${ZARR_V2_SPEC}, "Hierarchies" and "Metadata"; zarr v3 core specification, "Stored objects"`,
    fix: 'Write the right name',
    examples: {
      breaks: references({ 'a/.zarry': JSON.stringify(zarray()), 'a/0.0': CHUNK }),
      good: withArray(zarray()),
    },
  },
  'kerchunk/metadata-name': {
    severity: 'warning',
    title: 'A key is nearly that of a metadata document.',
    explanation:
      'Metadata stand under .zarray, .zattrs, .zgroup, .zmetadata and zarr.json, in small letters; readers ask for no other name, so that ' +
      'these are as good as not there, without a word.',
    source: `${ZARR_V2_SPEC}, "Metadata", "Groups" and "Attributes"`,
    fix: 'Write the right name',
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': CHUNK, 'a/.zatrs': '"{}"' }),
      good: withArray(zarray(), { 'a/0.0': CHUNK, 'a/.zattrs': '"{}"' }),
    },
  },
  'kerchunk/stray-key': {
    severity: 'info',
    title: 'A key lies in no array and is no metadata.',
    explanation:
      'No reader of zarr asks for it. VirtualiZarr fails on a file that has such a key without a slash; for the others it does no harm. ' +
      'The keys of NCZarr (.nczarray and others) are not told.',
    source: `${ZARR_V2_SPEC}, "Storage"; VirtualiZarr, parsers/kerchunk/translator.py, find_var_names`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': CHUNK, 'notes.txt': '"made by hand"' }),
      good: withArray(zarray(), { 'a/0.0': CHUNK, '.nczgroup': '"{}"' }),
    },
  },
  'kerchunk/inline-not-ascii': {
    severity: 'warning',
    title: 'Inline data have characters beyond ASCII.',
    explanation:
      'Readers take the UTF-8 of the text, two to four bytes for such a character. Where the writer meant one byte for each, the chunk is too long or its values wrong. Write bytes as "base64:…".',
    source: `${KERCHUNK_SPEC}, version 0; ${FSSPEC_REFERENCES}, _cat_common (str.encode)`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '"\\u00e9345678"' }),
      good: withArray(zarray(), { 'a/0.0': '"\\u007f2345678"' }),
    },
  },
  'kerchunk/url-null': {
    severity: 'warning',
    title: 'The target of a reference is null.',
    explanation:
      'fsspec then takes the file given to it as target=…; without one it fails on the chunk, and always on a file with templates. No other reader knows which file is meant. Write the address.',
    source: `${FSSPEC_REFERENCES}, _cat_common`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '[null, 8, 8]' }),
      good: withArray(zarray()),
    },
  },
  'kerchunk/url-empty': {
    severity: 'error',
    title: 'The target of a reference is an empty string.',
    explanation:
      "VirtualiZarr has it for a missing chunk in its own manifests; fsspec takes it for the working directory and fails. A missing chunk is one whose key isn't there.",
    source: `${FSSPEC_REFERENCES}, _cat_common; VirtualiZarr, manifests`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["", 0, 0]' }),
      good: withArray(zarray(), { 'a/0.1': CHUNK }),
    },
  },
  'kerchunk/url-chained': {
    severity: 'error',
    title: 'A target chains several protocols.',
    explanation:
      'Inside references fsspec takes all before :// for the name of one protocol, and fails with "Protocol not known". Write the address of the file itself; a cache is a matter of how the file is opened.',
    source: `${FSSPEC_REFERENCES}, __init__ and _cat_common; fsspec.core.split_protocol`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["simplecache::https://example.org/a.tif", 8, 8]' }),
      good: withArray(zarray()),
    },
  },
  'kerchunk/relative-target': {
    severity: 'warning',
    title: 'A target is a relative path.',
    explanation:
      'fsspec looks for it in the working directory of the process, not beside the reference file, so that it is found by luck. Here, and by other readers, it is looked for beside the reference file. Write a whole address.',
    source: `${FSSPEC_REFERENCES}, _cat_common; fsspec.implementations.local, make_path_posix`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["data/a.tif", 8, 8]' }),
      good: withArray(zarray(), { 'a/0.0': '["/data/a.tif", 8, 8]' }),
    },
  },
  'kerchunk/mixed-protocols': {
    severity: 'error',
    title: 'Targets are of several protocols.',
    explanation:
      'fsspec makes a file system for the protocols of the templates and for the first other one among the references, and fails with a KeyError on the rest; http and https are two. ' +
      'Open the file with fs={"s3": …, "https": …}, or use one protocol.',
    source: `${FSSPEC_REFERENCES}, __init__`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': CHUNK, 'a/0.1': '["s3://example/a.tif", 16, 8]' }),
      good: withArray(zarray(), { 'a/0.0': CHUNK, 'a/0.1': '["https://example.com/b.tif", 16, 8]' }),
    },
  },
  'kerchunk/offset': {
    severity: 'error',
    title: 'An offset is no byte position.',
    explanation: 'It is an integer from 0 to 2^53 - 1, written without quotes, fraction or exponent.',
    source: `${KERCHUNK_SPEC}, version 0`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["https://example.org/a.tif", -8, 8]' }),
      good: withArray(zarray(), { 'a/0.0': '["https://example.org/a.tif", 0, 8]' }),
    },
  },
  'kerchunk/length': {
    severity: 'error',
    title: 'A length is no number of bytes.',
    explanation:
      'It is an integer from 1 on, written without quotes, fraction or exponent, and the range ends before byte 2^53.',
    source: `${KERCHUNK_SPEC}, version 0`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["https://example.org/a.tif", 8, "8"]' }),
      good: withArray(zarray()),
    },
  },
  'kerchunk/length-zero': {
    severity: 'error',
    title: 'A range has no bytes.',
    explanation:
      'No chunk is empty. It is mostly a sparse tile of a TIFF, whose key must be left out so that it reads as the fill value; fsspec asks ' +
      'the server for nothing and fails, or gives bytes that do not decode.',
    source: 'zarr-developers/VirtualiZarr#1088; virtual-zarr/virtual-tiff#108',
    fix: 'Remove the entry',
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["https://example.org/a.tif", 8, 0]' }),
      good: withArray(zarray(), { 'a/0.1': CHUNK }),
    },
  },
  'kerchunk/base64': {
    severity: 'error',
    title: 'Inline data is not base64.',
    explanation:
      'A string that begins with "base64:" is decoded by the standard alphabet, with padding. Where the padding is wrong fsspec fails, on the whole ' +
      'file in version 1; characters beyond the alphabet it drops without a word, so that what follows is wrong.',
    source: `${KERCHUNK_SPEC}, version 0; RFC 4648, section 4`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '"base64:AAAAAAAAAA="' }),
      good: withArray(zarray(), { 'a/0.0': '"base64:AAAAAAAAAAA="' }),
    },
  },
} as const satisfies Record<string, Rule>;
