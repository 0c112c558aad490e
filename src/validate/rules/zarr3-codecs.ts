import { type Rule, ZARR_V3_SPEC } from './types';
import { BYTES, extension, withCodecs, withZarr3 } from './zarr3-examples';

const CODECS = `${ZARR_V3_SPEC}, "Codecs"`;
const codecSpec = (name: string): string =>
  `zarr v3 codec specifications (zarr-specs.readthedocs.io/en/latest/v3/codecs), "${name}"`;

/** Codec chains of zarr v3. */
export const zarr3CodecRules = {
  'zarr3/codecs-order': {
    severity: 'error',
    title: 'The codecs do not make bytes of an array.',
    explanation:
      'The chain has any number of filters, which change an array, then exactly one codec that makes bytes of it, mostly bytes, then any number of ' +
      'compressors and checksums. zarr-python fails on the array.',
    source: CODECS,
    fix: 'Put the codecs into their order',
    examples: {
      breaks: withCodecs(extension('gzip', { level: 1 }), BYTES),
      good: withCodecs(BYTES, extension('gzip', { level: 1 })),
    },
  },
  'zarr3/codec-unknown': {
    severity: 'error',
    title: 'No known package registers this codec for zarr v3.',
    explanation:
      'Readers look a codec up by its name and fail on the array where nothing is registered under it. Codecs of numcodecs are named numcodecs.…, ' +
      'those of imagecodecs imagecodecs_….',
    source: `${CODECS}; zarr-python 3.1.6, zarr/codecs/__init__.py`,
    fix: 'Write the name of zarr v3',
    examples: {
      breaks: withCodecs(BYTES, extension('zlib', { level: 1 })),
      good: withCodecs(BYTES, extension('numcodecs.zlib', { level: 1 })),
    },
  },
  'zarr3/codec-not-decoded-here': {
    severity: 'info',
    title: 'The codec exists, and is not decoded here.',
    explanation: 'Python decodes it where its package is installed. Chunks of this array are shown as bytes.',
    source: 'The codecs of zarr-python, imagecodecs and virtual-tiff',
    examples: {
      breaks: withCodecs(BYTES, { name: 'imagecodecs_brotli' }),
      good: withCodecs(BYTES, { name: 'imagecodecs_lzw' }),
    },
  },
  'zarr3/name': {
    severity: 'warning',
    title: 'A codec has a name that the specification does not allow.',
    explanation:
      'Names have lower-case letters, digits, underscores, dots and dashes, and begin with a letter; URIs are allowed for older ones. virtual-tiff ' +
      'names its codecs in capitals, and zarr-python finds them where that package is installed; no other reader does.',
    source: `${ZARR_V3_SPEC}, "Extension naming"`,
    examples: {
      breaks: withCodecs({ name: 'HorizontalDeltaCodec' }, BYTES),
      good: withCodecs(extension('imagecodecs_delta', { axis: -1, dist: 1 }), BYTES),
    },
  },
  'zarr3/codec-config': {
    severity: 'error',
    title: 'A codec has a configuration that it cannot have.',
    explanation:
      'zarr-python fails on a member it does not know and on most values out of range; what a codec needs stands in its configuration. What "blosc" ' +
      'has for "shuffle" is a word in v3 and was a number in v2.',
    source: codecSpec('Gzip codec", "Blosc codec", "Zstd codec'),
    fix: 'Write what the codec takes',
    examples: {
      breaks: withCodecs(BYTES, extension('blosc', { cname: 'lz4', clevel: 5, shuffle: 1, typesize: 2, blocksize: 0 })),
      good: withCodecs(
        BYTES,
        extension('blosc', { cname: 'lz4', clevel: 5, shuffle: 'shuffle', typesize: 2, blocksize: 0 }),
      ),
    },
  },
  'zarr3/codec-type': {
    severity: 'error',
    title: 'A codec cannot encode this data type.',
    explanation:
      'Texts of any length are encoded by vlen-utf8, bytes of any length by vlen-bytes, booleans alone by numcodecs.packbits, and all types of fixed ' +
      'size by bytes. zarr-python fails on the array when it is opened or read.',
    source: `${CODECS}; zarr-python 3.1.6, zarr/core/metadata/v3.py, validate_codecs`,
    examples: {
      breaks: withZarr3({ data_type: 'string', fill_value: '' }),
      good: withZarr3({ data_type: 'string', fill_value: '', codecs: [{ name: 'vlen-utf8' }] }),
    },
  },
  'zarr3/endian': {
    severity: 'error',
    title: 'The byte order is missing, or is none.',
    explanation:
      'The codec bytes has "endian" "little" or "big" for elements of more than one byte. zarr-python takes a missing one for that of the machine, ' +
      'which the specification does not allow, and fails on any other word.',
    source: codecSpec('Bytes codec'),
    fix: 'Write the byte order',
    examples: {
      breaks: withCodecs({ name: 'bytes' }),
      good: withZarr3({ data_type: 'uint8', codecs: [{ name: 'bytes' }] }),
    },
  },
  'zarr3/transpose': {
    severity: 'error',
    title: 'The order of a transpose is no permutation of the dimensions.',
    explanation:
      'It holds each dimension from 0 once. "C" and "F" are of earlier drafts. zarr-python fails on the array.',
    source: codecSpec('Transpose codec'),
    fix: 'Write "order" as a list',
    examples: {
      breaks: withCodecs(extension('transpose', { order: 'F' }), BYTES),
      good: withCodecs(extension('transpose', { order: [1, 0] }), BYTES),
    },
  },
  'zarr3/sharding': {
    severity: 'error',
    title: 'The configuration of a shard is not sound.',
    explanation:
      'A shard has "chunk_shape", which divides the chunk shape of the grid in every dimension, "codecs", "index_codecs" of a fixed size (bytes, ' +
      'crc32c), and "index_location" start or end. zarr-python fails on the array when it is opened or read.',
    source: codecSpec('Sharding codec'),
    examples: {
      breaks: withShard(3),
      good: withCodecs(BYTES),
    },
  },
  'zarr3/filter-memory': {
    severity: 'error',
    title: 'zarr-python reads wrong values through a filter of numcodecs.',
    explanation:
      'zarr-python hands these filters the chunk as it lies in memory: in the byte order that it is stored in, whatever the dtype of the filter says, ' +
      'and, where a transpose comes after delta, in the order of the transposed axes. No error is raised. Write the byte order of the codec bytes ' +
      'into the dtype, and put transpose first.',
    source: 'zarr-python 3.1.6, zarr/codecs/numcodecs/_codecs.py; numcodecs, delta.py',
    examples: {
      breaks: withConversion('<u2'),
      good: withConversion('>u2'),
    },
  },
} as const satisfies Record<string, Rule>;

/** Floats that are stored as big-endian integers by way of a filter of this type. */
function withConversion(encode_dtype: string): string {
  const filter = extension('numcodecs.astype', { encode_dtype, decode_dtype: '<f4' });
  return withZarr3({ data_type: 'float32', codecs: [filter, extension('bytes', { endian: 'big' })] });
}

/** Shards of 2 x 2 elements in chunks of `side` x 1. */
function withShard(side: number): string {
  const configuration = { chunk_shape: [side, 1], codecs: [BYTES], index_codecs: [BYTES] };
  return withCodecs(extension('sharding_indexed', configuration));
}
