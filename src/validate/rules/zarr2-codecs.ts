import { CHUNK, references, withArray, zarray } from './examples';
import { type Rule, ZARR_V2_SPEC } from './types';

const FILTERS = `${ZARR_V2_SPEC}, "Filters"`;
const cast = (dtype: string) => ({ dtype, filters: [{ id: 'astype', encode_dtype: '<u2', decode_dtype: '<f4' }] });

/** The codecs of zarr v2 arrays, and what follows from them. */
export const zarr2CodecRules = {
  'zarr2/codec-chain': {
    severity: 'error',
    title: 'The types of two steps of a codec chain do not connect.',
    explanation:
      "What undoing the first filter gives is the array's dtype, and what each filter makes (its astype or encode_dtype) is the dtype of the next one: size, " +
      'byte order, and whether it is an integer or a float. Readers take the bytes of one type for the other: chunks do not have their shape and ' +
      'fail, or all values are wrong. Filters of big-endian data name a big-endian dtype (">u2").',
    source: `${FILTERS}; zarr-python, codecs/_v2.py, V2Codec._decode_single; numcodecs, delta.py, fixedscaleoffset.py, astype.py`,
    examples: { breaks: withArray(zarray(cast('<f8'))), good: withArray(zarray(cast('<f4'))) },
  },
  'zarr2/codec-config': {
    severity: 'error',
    title: 'The configuration of a codec has a value that the codec does not take.',
    explanation:
      'A member is missing, of another type or out of range, or the codec has no such member. It is an error where numcodecs or imagecodecs fail with it or values go ' +
      'wrong; a warning where only writing chunks needs it, such as the level of a compressor, or the names that zarr v3 has for the shuffle of blosc.',
    source: `${ZARR_V2_SPEC}, "Metadata"; the constructors of numcodecs and imagecodecs`,
    examples: {
      breaks: withArray(zarray({ filters: [{ id: 'shuffle', elementsize: '2' }] })),
      good: withArray(zarray({ filters: [{ id: 'shuffle', elementsize: 2 }] })),
    },
  },
  'zarr2/codec-order': {
    severity: 'warning',
    title: 'A filter of elements stands after a compressor.',
    explanation:
      'Filters are listed in the order of encoding, and undone from the last to the first: this one is undone on compressed bytes, which fails where the list was written ' +
      'the other way round. HDF5 with shuffle and deflate is "shuffle", "zlib".',
    source: `${FILTERS}; fsspec/kerchunk, hdf.py`,
    examples: {
      breaks: withArray(zarray({ filters: [{ id: 'zlib' }, { id: 'shuffle', elementsize: 2 }] })),
      good: withArray(zarray({ filters: [{ id: 'shuffle', elementsize: 2 }, { id: 'zlib' }] })),
    },
  },
  'zarr2/compressed-twice': {
    severity: 'warning',
    title: 'A chunk is compressed by two compressors.',
    explanation:
      'That is allowed, and hardly ever so: a compressor stands both in "filters" and in "compressor" where a writer stated it twice. Readers fail on ' +
      'every chunk that is compressed once. A codec of images, such as LERC, may stand under one of bytes.',
    source: FILTERS,
    examples: {
      breaks: withArray(zarray({ filters: [{ id: 'zlib' }], compressor: { id: 'zlib' } })),
      good: withArray(zarray({ filters: [{ id: 'imagecodecs_lerc' }], compressor: { id: 'zlib' } })),
    },
  },
  'zarr2/shuffle-size': {
    severity: 'warning',
    title: '"elementsize" of shuffle is not the size of an element.',
    explanation:
      'HDF5 shuffles by the size of an element. Undone by another size, values are wrong and their number right, so that nothing fails. numcodecs takes 4 where the member is ' +
      'missing.',
    source: 'HDF5 library, H5Zshuffle.c; numcodecs, shuffle.py; fsspec/kerchunk#342',
    examples: {
      breaks: withArray(zarray({ filters: [{ id: 'shuffle' }] })),
      good: withArray(zarray({ filters: [{ id: 'shuffle' }], dtype: '<f4' }), {
        'a/0.0': '["https://example.org/a.tif", 8, 16]',
      }),
    },
  },
  'zarr2/uncompressed-length': {
    severity: 'error',
    title: 'A chunk without compression has another length than its shape and dtype need.',
    explanation:
      'Every chunk holds the whole chunk shape, at the edges of the array too, where what lies beyond is padding. zarr-python fails on the chunk. The last strip of a TIFF ' +
      'is such a chunk; so are rows of an array whose chunk shape or dtype is wrong.',
    source: `${ZARR_V2_SPEC}, "Chunks"`,
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': '["https://example.org/a.tif", 8, 6]' }),
      good: withArray(zarray(), { 'a/0.0': CHUNK, 'a/1.1': '"base64:AAAAAAAAAAA="' }),
    },
  },
  'zarr2/consolidated': {
    severity: 'error',
    title: '.zmetadata is no consolidated metadata.',
    explanation:
      'It has "zarr_consolidated_format" 1 and "metadata", an object of all metadata documents, themselves objects, by key. zarr-python and xarray read it first where they are let, and fail. ' +
      "xarray's kerchunk engine does not read it; it can be left out of references.",
    source: 'zarr-python 2, storage.py, ConsolidatedMetadataStore; zarr-python 3, core/group.py, _from_bytes_v2',
    examples: {
      breaks: references({ '.zmetadata': '{"zarr_consolidated_format": 1}' }),
      good: references({
        '.zmetadata': '{"zarr_consolidated_format": 1, "metadata": {".zgroup": {"zarr_format": 2}}}',
      }),
    },
  },
  'zarr2/consolidated-stale': {
    severity: 'warning',
    title: 'The consolidated metadata are not those of the documents.',
    explanation:
      'Readers of consolidated metadata see the copy, others the documents: arrays are not there, or have other shapes and fill values, and nothing says so. Make .zmetadata anew whenever ' +
      'a document changes, or remove it.',
    source: 'zarr-python 2, convenience.py, consolidate_metadata',
    examples: {
      breaks: references({ '.zmetadata': '{"zarr_consolidated_format": 1, "metadata": {}}' }),
      good: references({
        '.zmetadata': '{"metadata": {".zgroup": {"zarr_format": 2}}, "zarr_consolidated_format": 1}',
      }),
    },
  },
  'zarr2/mixed-versions': {
    severity: 'warning',
    title: 'Documents of zarr v2 and of zarr v3 stand in one file.',
    explanation:
      "A reader takes one version for a hierarchy and does not see what is of the other: xarray's kerchunk engine takes v2, zarr-python 3 takes v3 where both stand at one path.",
    source: 'zarr v3 core specification, "Stores"; kerchunk, xarray_backend.py; zarr-python 3, api/asynchronous.py',
    examples: {
      breaks: references({ 'zarr.json': '{"zarr_format": 3, "node_type": "group"}' }),
      good: references({}),
    },
  },
} as const satisfies Record<string, Rule>;
