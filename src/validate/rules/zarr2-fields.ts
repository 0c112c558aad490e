import { withArray, zarray } from './examples';
import { type Rule, ZARR_V2_SPEC } from './types';

const METADATA = `${ZARR_V2_SPEC}, "Metadata"`;
const ZARR_PYTHON = 'zarr-python 3, zarr/core/metadata/v2.py';
const good = withArray(zarray());

/** The members of .zarray, apart from data type and fill value. */
export const zarr2FieldRules = {
  'zarr2/zarray-field-missing': {
    severity: 'error',
    title: 'A field of .zarray is missing.',
    explanation:
      '.zarray has zarr_format, shape, chunks, dtype, compressor, fill_value, order and filters. zarr-python 2 and GDAL refuse the array ' +
      'without any of them; zarr-python 3 reads a missing compressor or filters as null, and fails without any other. Where there is none, ' +
      'compressor and filters are null.',
    source: METADATA,
    fix: 'Add the missing fields',
    examples: { breaks: withArray(zarray({ order: undefined })), good },
  },
  'zarr2/unknown-field': {
    severity: 'warning',
    title: '.zarray has a field that zarr v2 does not know.',
    explanation:
      'Such a field should not be there, and readers ignore it: what it says is lost. Names of dimensions and other attributes belong in ' +
      '.zattrs; "dimension_names" and "codecs" are of zarr v3.',
    source: METADATA,
    examples: {
      breaks: withArray(zarray({ _ARRAY_DIMENSIONS: ['y', 'x'] })),
      good: withArray(zarray({ dimension_separator: '.' })),
    },
  },
  'zarr2/zarr-format': {
    severity: 'error',
    title: '"zarr_format" is not the integer 2.',
    explanation:
      'A .zarray is of version 2, and says so by an integer without quotes and fraction; zarr-python refuses any other number, text and ' +
      'truth values. An array of zarr v3 stands in zarr.json, and has other fields.',
    source: METADATA,
    examples: { breaks: withArray(zarray({ zarr_format: '2' })), good },
  },
  'zarr2/shape': {
    severity: 'error',
    title: '"shape" is no list of lengths.',
    explanation:
      'It has an integer from 0 on for each dimension, without quotes and fraction; an array of one dimension has a list of one, a single ' +
      'value the list []. zarr-python fails on negative numbers, on 4.0 and on text.',
    source: METADATA,
    examples: {
      breaks: withArray(zarray({ shape: [4, -4] })),
      good: withArray(zarray({ shape: [0, 4] }), {}),
    },
  },
  'zarr2/chunks': {
    severity: 'error',
    title: '"chunks" is no list of lengths.',
    explanation:
      'It has an integer from 1 on for each dimension, without quotes and fraction: the shape of every chunk, which may be larger than the ' +
      'array. zarr-python fails on others. Many more chunks than can be counted are most likely a mistake (warning).',
    source: METADATA,
    examples: {
      breaks: withArray(zarray({ chunks: [2, 0] })),
      good: withArray(zarray({ chunks: [2, 8] })),
    },
  },
  'zarr2/chunks-zero': {
    severity: 'error',
    title: 'A chunk has length 0 along an axis of length 0.',
    explanation:
      'kerchunk writes it for a dimension without elements. zarr-python 2 divides by the length of a chunk and fails; zarr-python 3 reads ' +
      'the empty array. Write 1: there is no chunk either way.',
    source: `${METADATA}; zarr-python 2, zarr/core.py; kerchunk, kerchunk/hdf.py`,
    examples: {
      breaks: withArray(zarray({ shape: [0, 4], chunks: [0, 2] }), {}),
      good: withArray(zarray({ shape: [0, 4], chunks: [1, 2] }), {}),
    },
  },
  'zarr2/shape-chunks-rank': {
    severity: 'error',
    title: 'Shape and chunks have different numbers of dimensions.',
    explanation:
      'There is one chunk size for each dimension. zarr-python 3 and xarray fail on the array when it is opened.',
    source: METADATA,
    examples: { breaks: withArray(zarray({ chunks: [2] })), good },
  },
  'zarr2/order': {
    severity: 'error',
    title: '"order" is neither "C" nor "F".',
    explanation:
      'It says how elements lie within a chunk: "C", the last dimension fastest, or "F", the first, in capital letters. The order of chunk ' +
      'keys does not depend on it. zarr-python 3 refuses any other.',
    source: METADATA,
    examples: { breaks: withArray(zarray({ order: 'c' })), good: withArray(zarray({ order: 'F' })) },
  },
  'zarr2/dimension-separator': {
    severity: 'error',
    title: '"dimension_separator" is neither "." nor "/".',
    explanation:
      'It stands between the indices of a chunk key; where it is left out, it is the dot. zarr-python 3 refuses any other, and null too.',
    source: METADATA,
    examples: {
      breaks: withArray(zarray({ dimension_separator: '-' })),
      good: withArray(zarray({ dimension_separator: '/' }), { 'a/0/0': '["https://example.org/a.tif", 8, 8]' }),
    },
  },
  'zarr2/compressor': {
    severity: 'error',
    title: '"compressor" is no codec.',
    explanation:
      'It is null, or an object whose "id" names the codec; the other members are its configuration. A list of codecs stands in "filters". ' +
      'zarr-python fails on anything else.',
    source: `${METADATA}; ${ZARR_PYTHON}, parse_compressor`,
    examples: {
      breaks: withArray(zarray({ compressor: 'zlib' })),
      good: withArray(zarray({ compressor: { id: 'zlib' } })),
    },
  },
  'zarr2/filters': {
    severity: 'error',
    title: '"filters" is no list of codecs.',
    explanation:
      'It is null, or a list of objects whose "id" names a codec, in the order in which they were applied; a single filter is a list of one. ' +
      'zarr-python fails on anything else.',
    source: `${METADATA}; ${ZARR_PYTHON}, parse_filters`,
    examples: {
      breaks: withArray(zarray({ filters: { id: 'shuffle', elementsize: 2 }, compressor: { id: 'zlib' } })),
      good: withArray(zarray({ filters: [{ id: 'shuffle', elementsize: 2 }], compressor: { id: 'zlib' } })),
    },
  },
  'zarr2/filters-empty': {
    severity: 'warning',
    title: '"filters" is an empty list.',
    explanation:
      'Filters are one or more; without any it is null. zarr-python 3 reads it, warns, and says that it will fail one day.',
    source: `${METADATA} and "Filters"; ${ZARR_PYTHON}, from_dict`,
    fix: 'Write null',
    examples: { breaks: withArray(zarray({ filters: [] })), good },
  },
} as const satisfies Record<string, Rule>;
