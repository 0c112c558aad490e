import { CHUNK, withArray, zarray } from './examples';
import { type Rule, ZARR_V2_SPEC } from './types';

const METADATA = `${ZARR_V2_SPEC}, "Metadata"`;
const good = withArray(zarray());

/** zarr v2 metadata and chunk keys. */
export const zarr2Rules = {
  'zarr2/zarray-field-missing': {
    severity: 'error',
    title: 'A field of .zarray is missing.',
    explanation:
      '.zarray has zarr_format, shape, chunks, dtype, compressor, fill_value, order and filters. GDAL refuses the array without any of them, zarr-python without most.',
    source: METADATA,
    fix: 'Add the missing fields that have a usual value',
    examples: { breaks: withArray(zarray({ order: undefined })), good },
  },
  'zarr2/zarray-field-type': {
    severity: 'error',
    title: 'A field of .zarray has a value it cannot have.',
    explanation: 'zarr-python fails on the array when it is opened.',
    source: METADATA,
    examples: { breaks: withArray(zarray({ dtype: 'uint16' })), good },
  },
  'zarr2/shape-chunks-rank': {
    severity: 'error',
    title: 'Shape and chunks have different numbers of dimensions.',
    explanation: 'There is one chunk size for each dimension. zarr-python fails on the array when it is opened.',
    source: METADATA,
    examples: { breaks: withArray(zarray({ chunks: [2] })), good },
  },
  'zarr2/codec-unknown': {
    severity: 'error',
    title: 'No known package registers this codec.',
    explanation:
      'Readers look a codec up by its id and fail on the array where nothing is registered under it. Look for a misspelling; imagecodecs registers its codecs as imagecodecs_….',
    source: `${METADATA}; numcodecs registry`,
    examples: {
      breaks: withArray(zarray({ compressor: { id: 'zlip' } })),
      good: withArray(zarray({ compressor: { id: 'zlib' } })),
    },
  },
  'zarr2/codec-not-decoded-here': {
    severity: 'info',
    title: 'The codec exists, and is not decoded here.',
    explanation: 'Python decodes it where its package is installed. Chunks of this array are shown as bytes.',
    source: 'The codec registries of numcodecs, imagecodecs and kerchunk',
    examples: {
      breaks: withArray(zarray({ compressor: { id: 'grib' } })),
      good: withArray(zarray({ compressor: { id: 'zlib' } })),
    },
  },
  'zarr2/chunk-key-form': {
    severity: 'error',
    title: 'A key below an array is no chunk key of it.',
    explanation:
      'A chunk key has an index for each dimension, in plain decimals, joined by the separator of the array (a dot unless dimension_separator ' +
      'says otherwise); an array without dimensions has the key 0. No reader asks for any other key, so that the chunk reads as the fill value.',
    source: `${ZARR_V2_SPEC}, "Chunks"`,
    examples: {
      breaks: withArray(zarray(), { 'a/0/0': CHUNK }),
      good: withArray(zarray({ dimension_separator: '/' }), { 'a/0/0': CHUNK }),
    },
  },
  'zarr2/chunk-key-grid': {
    severity: 'warning',
    title: 'A chunk lies beyond the grid.',
    explanation:
      'No reader asks for it. The shape or the chunk size is likely wrong, or the key belongs to another array.',
    source: `${ZARR_V2_SPEC}, "Chunks"`,
    examples: { breaks: withArray(zarray(), { 'a/2.0': CHUNK }), good: withArray(zarray(), { 'a/1.0': CHUNK }) },
  },
  'zarr2/metadata-elsewhere': {
    severity: 'info',
    title: 'The metadata of an array stand in a file of their own.',
    explanation: 'That is allowed and unusual. The file is not read, so that this array is not checked.',
    source: 'kerchunk specification, version 0',
    examples: { breaks: withArray('["https://example.org/a/.zarray"]'), good },
  },
} as const satisfies Record<string, Rule>;
