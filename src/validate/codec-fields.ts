import { dtypeOf } from '../codecs/config';
import { KerchunkError } from '../errors';
import { isJsonObject, type JsonValue } from '../json';
import { decodeBase64 } from '../zarr/base64';

/** One member of a codec's configuration. */
export interface CodecField {
  required?: true;
  /** Whether readers take the value, `null` included where that stands for the default. */
  holds: (value: JsonValue) => boolean;
  /** What it must be, as the end of a sentence. */
  expected: string;
  /** `error` where readers fail or values go wrong; `warning` where only writing needs it. */
  severity: 'error' | 'warning';
}

/** Members of a codec's configuration; `others` says that there are more, which differ from version to version. */
export interface CodecFields {
  members: Readonly<Record<string, CodecField>>;
  others?: true;
}

const isInteger = (value: JsonValue, least: number, most = Infinity): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
const isNumber = (value: JsonValue): boolean =>
  typeof value === 'bigint' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
const isList = (value: JsonValue, holds: (item: JsonValue) => boolean): boolean =>
  Array.isArray(value) && value.every(holds);
const isText = (value: JsonValue): boolean => typeof value === 'string';

/** An integer that is only looked at when chunks are written. */
function level(least: number, most: number): CodecField {
  const expected = `an integer from ${least} to ${most}`;
  return { holds: (value) => value === null || isInteger(value, least, most), expected, severity: 'warning' };
}

function oneOf(values: readonly JsonValue[], severity: CodecField['severity']): CodecField {
  const names = values.map((value) => JSON.stringify(value));
  return { holds: (value) => values.includes(value), expected: `one of ${names.join(', ')}`, severity };
}

/** A dtype, of one of `kinds` where these are given. */
function dtype(kinds = '', expected = 'a dtype such as "<u2"'): CodecField {
  const holds = (value: JsonValue): boolean => {
    if (value === null) return false;
    try {
      const { kind } = dtypeOf({ dtype: value }, 'dtype');
      return kinds === '' || kinds.includes(kind);
    } catch (error) {
      if (error instanceof KerchunkError) return false;
      throw error;
    }
  };
  return { required: true, holds, expected, severity: 'error' };
}

/** A member that may be left out, or null. */
function optional(field: CodecField): CodecField {
  const { holds, expected, severity } = field;
  return { holds: (value) => value === null || holds(value), expected, severity };
}

const NUMBERS = dtype('biufc', 'a dtype of numbers such as "<u2"');
const FLOATS = dtype('f', 'a dtype of floats such as "<f4"');
const shape: CodecField = {
  holds: (value) => isList(value, (side) => isInteger(side, 0)),
  expected: 'a list of sizes, those of the chunk',
  severity: 'error',
};
const axis: CodecField = {
  holds: (value) => isInteger(value, -Infinity),
  expected: 'an integer, the number of an axis',
  severity: 'error',
};
const location = optional(oneOf(['start', 'end'], 'error'));
const levelOf = (least: number, most: number): CodecFields => ({ members: { level: level(least, most) } });
const none: CodecFields = { members: {} };

/**
 * Configurations of codecs as numcodecs 0.13 to 0.16 and imagecodecs 2025 and 2026 take them, by id. Each verdict was
 * tried with both: what is an error fails when the array is opened or a chunk is decoded, or gives wrong values.
 */
export const codecFields: ReadonlyMap<string, CodecFields> = new Map<string, CodecFields>([
  ['zlib', levelOf(-1, 9)],
  ['gzip', levelOf(-1, 9)],
  ['bz2', levelOf(1, 9)],
  [
    'zstd',
    {
      members: {
        level: level(-131072, 22),
        checksum: { holds: (value) => typeof value === 'boolean', expected: 'true or false', severity: 'warning' },
      },
    },
  ],
  ['lz4', { members: { acceleration: level(1, 65537) } }],
  [
    'lzma',
    {
      members: {
        format: oneOf([1, 2, 3], 'error'),
        check: level(-1, 15),
        preset: {
          holds: (value) => value === null || isInteger(value, 0),
          expected: 'an integer',
          severity: 'warning',
        },
        filters: {
          holds: (value) => value === null || Array.isArray(value),
          expected: 'a list of filters, or null',
          severity: 'error',
        },
      },
    },
  ],
  [
    'blosc',
    {
      members: {
        cname: oneOf(['lz4', 'lz4hc', 'blosclz', 'zstd', 'snappy', 'zlib'], 'warning'),
        clevel: level(0, 9),
        shuffle: oneOf([0, 1, 2, -1], 'warning'),
        blocksize: level(0, 2 ** 31),
        typesize: level(1, 255),
      },
    },
  ],
  [
    'shuffle',
    {
      members: {
        elementsize: { holds: (value) => isInteger(value, -Infinity), expected: 'an integer', severity: 'error' },
      },
    },
  ],
  ['delta', { members: { dtype: NUMBERS, astype: optional(NUMBERS) } }],
  [
    'fixedscaleoffset',
    {
      members: {
        scale: {
          required: true,
          holds: (value) => isNumber(value) && value !== 0 && value !== false,
          expected: 'a number other than 0, by which decoding divides',
          severity: 'error',
        },
        offset: { required: true, holds: isNumber, expected: 'a number', severity: 'error' },
        dtype: NUMBERS,
        astype: optional(NUMBERS),
      },
    },
  ],
  [
    'quantize',
    {
      members: {
        digits: { required: true, holds: isNumber, expected: 'an integer', severity: 'warning' },
        dtype: FLOATS,
        astype: optional(FLOATS),
      },
    },
  ],
  [
    'bitround',
    {
      members: {
        keepbits: {
          required: true,
          holds: (value) => isNumber(value) && Number(value) >= 0,
          expected: 'an integer from 0 on',
          severity: 'error',
        },
      },
    },
  ],
  ['astype', { members: { encode_dtype: NUMBERS, decode_dtype: NUMBERS } }],
  [
    'categorize',
    {
      members: {
        labels: {
          required: true,
          holds: (value) => isText(value) || isList(value, isText),
          expected: 'a list of texts',
          severity: 'error',
        },
        dtype: dtype('UO', 'a dtype of text such as "<U3", or "|O"'),
        astype: optional(NUMBERS),
      },
    },
  ],
  ['packbits', none],
  ['base64', none],
  ['vlen-utf8', none],
  ['vlen-bytes', none],
  ['vlen-array', { members: { dtype: dtype() } }],
  ['crc32', { members: { location } }],
  ['crc32c', { members: { location } }],
  ['adler32', { members: { location } }],
  ['fletcher32', none],
  [
    'record_member',
    {
      members: {
        member: { required: true, holds: isText, expected: 'the name of a member', severity: 'error' },
        dtype: {
          required: true,
          holds: isJsonObject,
          expected: 'an object of "names" and "formats": numpy takes no list of lists, and JSON has no tuples',
          severity: 'error',
        },
      },
    },
  ],
  [
    'imagecodecs_delta',
    {
      members: {
        dtype: dtype(
          'iuf',
          'a dtype of integers or floats such as "<u2"; without one, differences are of single bytes',
        ),
        shape: optional(shape),
        axis,
        dist: oneOf([1], 'error'),
      },
    },
  ],
  [
    'imagecodecs_floatpred',
    { members: { dtype: dtype(), shape: { ...shape, required: true }, axis, dist: oneOf([1, 2, 4], 'error') } },
  ],
  [
    'imagecodecs_packints',
    {
      members: {
        dtype: dtype('biu', 'a dtype of integers such as "<u2"'),
        bitspersample: {
          required: true,
          holds: (value) => isInteger(value, 1, 32),
          expected: 'an integer from 1 to 32',
          severity: 'error',
        },
      },
      others: true,
    },
  ],
  [
    'imagecodecs_jpeg',
    {
      members: {
        tables: {
          holds: (value) => value === null || (typeof value === 'string' && typeof decodeBase64(value) !== 'string'),
          expected: 'base64 of the tables, or null',
          severity: 'error',
        },
      },
      others: true,
    },
  ],
  ['imagecodecs_lzw', none],
  ['imagecodecs_bitorder', none],
  ['imagecodecs_zstd', levelOf(-131072, 22)],
  ['imagecodecs_zlib', levelOf(-1, 9)],
]);
