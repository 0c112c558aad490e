import type { JsonValue } from '../../json';
import { CHUNK, withArray, zarray } from './examples';
import { type Rule, ZARR_V2_SPEC } from './types';

const DATA_TYPES = `${ZARR_V2_SPEC}, "Data type encoding"`;
const ZARR_PYTHON = 'zarr-python 3, zarr/core/dtype';

/** A file with an array of this data type, whose fill value is null. */
function ofType(dtype: JsonValue, more: Record<string, JsonValue> = {}): string {
  return withArray(zarray({ shape: [2], chunks: [2], fill_value: null, compressor: { id: 'zlib' }, dtype, ...more }), {
    'a/0': CHUNK,
  });
}

/** Data types, and the codecs of objects. */
export const zarr2TypeRules = {
  'zarr2/dtype': {
    severity: 'error',
    title: 'The data type is none that readers know.',
    explanation:
      'It is a string of byte order (<, > or |), kind (b i u f c m M S U V) and size, or a list of fields. Sizes are bytes, of U characters: ' +
      'b 1, i and u 1, 2, 4, 8, f 2, 4, 8, c 8, 16, m and M 8; of S, U and V any from 1. zarr-python fails when the array is opened, and ' +
      'xarray on the whole file.',
    source: DATA_TYPES,
    examples: { breaks: ofType('<f3'), good: ofType('<f2') },
  },
  'zarr2/dtype-byte-order': {
    severity: 'error',
    title: 'The data type does not say its byte order.',
    explanation:
      'It must: < is little-endian and > big-endian, and | is for what has none (one byte, S, V). A type without it, one of the machine (=) ' +
      'and names such as "float32" depend on who reads. zarr-python 2 takes its own machine\'s, zarr-python 3 fails, and xarray with it on ' +
      'the whole file. Files of netCDF and most TIFFs are little-endian.',
    source: `${DATA_TYPES}; ${ZARR_PYTHON}`,
    fix: 'Write the byte order',
    examples: { breaks: ofType('u2'), good: ofType('<u2') },
  },
  'zarr2/dtype-spelling': {
    severity: 'error',
    title: 'The data type is spelled otherwise than zarr-python 3 knows it.',
    explanation:
      'One byte, S, V and O have no byte order and begin with |. numpy and zarr-python 2 take "<u1" for "|u1"; zarr-python 3 compares the ' +
      'string and fails when the array is opened, and xarray with it on the whole file.',
    source: `${DATA_TYPES}; ${ZARR_PYTHON}`,
    fix: 'Write the type as zarr-python 3 knows it',
    examples: { breaks: ofType('<u1'), good: ofType('|u1') },
  },
  'zarr2/dtype-unit': {
    severity: 'error',
    title: 'A date, time or duration has no unit.',
    explanation:
      'Types M8 and m8 must have their unit in brackets, with a multiple before it if any: Y M W D h m s ms us ns ps fs as. Without it the ' +
      'numbers mean nothing, and zarr-python fails on any fill value but null. Other types have no unit.',
    source: `${DATA_TYPES}; numpy, "Datetimes and timedeltas"`,
    examples: { breaks: ofType('<M8'), good: ofType('<M8[10us]') },
  },
  'zarr2/dtype-fields': {
    severity: 'error',
    title: 'The fields of a structured data type are malformed.',
    explanation:
      'Each is a list of name, data type and, if need be, shape, which is a list of integers; names are text, and no two the same. ' +
      'zarr-python fails when the array is opened. A field without a name is read under one that numpy makes up (warning); numpy itself ' +
      'writes padding so, as void.',
    source: DATA_TYPES,
    examples: {
      breaks: ofType([
        ['r', '|u1'],
        ['r', '|u1'],
      ]),
      good: ofType([
        ['r', '|u1'],
        ['g', '|u1'],
      ]),
    },
  },
  'zarr2/dtype-nested': {
    severity: 'error',
    title: 'A field of a structured data type has fields or a shape of its own.',
    explanation:
      'The specification has such types, and zarr-python 2 reads them. zarr-python 3 does not: it fails when the array is opened, and xarray ' +
      'with it on the whole file.',
    source: `${DATA_TYPES}; ${ZARR_PYTHON}/npy/structured.py`,
    examples: {
      breaks: ofType([
        ['x', '<f4'],
        ['z', '<f4', [2, 2]],
      ]),
      good: ofType([
        ['x', '<f4'],
        ['z', '<f4'],
      ]),
    },
  },
  'zarr2/object-codec': {
    severity: 'error',
    title: 'Objects have no codec that makes bytes of them, or bytes have one.',
    explanation:
      'Elements of "|O" are Python objects, mostly texts of any length, and the first filter makes bytes of them: "vlen-utf8" or ' +
      '"vlen-bytes". Without it zarr-python fails when the array is opened. Such a codec on an array of another type fails in zarr-python 3 ' +
      'too. The specification does not have objects; all Python readers do.',
    source: `zarr-python 2, zarr/meta.py, decode_array_metadata; ${ZARR_PYTHON}/common.py, OBJECT_CODEC_IDS`,
    examples: {
      breaks: ofType('|O', { filters: [{ id: 'shuffle' }] }),
      good: ofType('|O', { filters: [{ id: 'vlen-utf8' }] }),
    },
  },
  'zarr2/object-codec-old': {
    severity: 'error',
    title: 'Objects are written by a codec that zarr-python 3 does not read.',
    explanation:
      'zarr-python 2 reads objects of vlen-array, json2, msgpack2 and categorize as well; zarr-python 3 has types for vlen-utf8 and ' +
      'vlen-bytes alone, and fails when the array is opened, and xarray with it on the whole file. Older versions of kerchunk wrote texts of ' +
      'HDF5 with json2, and it still writes them, and records with such texts, with fill_hdf_strings where it is told vlen_encode="null" or "encode".',
    source: `${ZARR_PYTHON}/npy/string.py and bytes.py`,
    examples: {
      breaks: ofType('|O', { filters: [{ id: 'json2' }] }),
      good: ofType('|O', { filters: [{ id: 'vlen-utf8' }] }),
    },
  },
  'zarr2/pickle': {
    severity: 'error',
    title: 'Chunks are written by pickle, which runs code when it is read.',
    explanation:
      "Whoever can write the chunk can run anything on the reader's machine: do not open it with zarr-python 2 unless you know where it comes " +
      'from. zarr-python 3 refuses the array. Write texts with "vlen-utf8".',
    source: 'Python documentation, pickle; numcodecs, numcodecs/pickles.py',
    examples: {
      breaks: ofType('|O', { filters: [{ id: 'pickle' }] }),
      good: ofType('|O', { filters: [{ id: 'vlen-bytes' }] }),
    },
  },
} as const satisfies Record<string, Rule>;
