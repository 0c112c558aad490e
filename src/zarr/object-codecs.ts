import type { JsonObject } from '../json';

/** Codecs of Python objects for which zarr-python 3 has types, by id (zarr/core/dtype/npy/string.py and bytes.py). */
const READ_TODAY = ['vlen-utf8', 'vlen-bytes'];

/** Those that zarr-python 2 alone reads: numcodecs' others, and what kerchunk writes for texts of HDF5 (kerchunk/codecs.py). */
const READ_BY_ZARR2 = ['vlen-array', 'json2', 'msgpack2', 'json', 'msgpack', 'pickle', 'fill_hdf_strings'];

const SPELLINGS_OF_OBJECT = ['|O', 'O', 'object'];

/** What is taken today, as a choice in a sentence. */
export const OBJECT_CODECS_IN_WORDS = READ_TODAY.map((id) => `"${id}"`).join(' or ');

/** Ids that zarr-python 3 takes for the sign of an array of objects, wherever they stand (zarr/core/dtype/common.py, OBJECT_CODEC_IDS). */
export const SIGNS_OF_OBJECTS: readonly string[] = [...READ_TODAY, 'vlen-array', 'pickle', 'json2', 'msgpack2'];

/** Whether zarr-python 3 reads objects of a codec. */
export function isReadByZarr3(id: string): boolean {
  return READ_TODAY.includes(id);
}

/** Whether a codec makes objects of bytes where it is undone: categorize does only with the dtype of objects. */
export function isObjectCodec({ id, config }: { id: string; config: JsonObject }): boolean {
  if (id === 'categorize') return typeof config.dtype === 'string' && SPELLINGS_OF_OBJECT.includes(config.dtype);
  return READ_TODAY.includes(id) || READ_BY_ZARR2.includes(id);
}

/**
 * Whether a codec makes objects of some fields of records where it is undone: of numcodecs' own none does, and zarr-python 2 reads such
 * records of this one alone.
 */
export function isCodecOfRecordsWithObjects(id: string): boolean {
  return id === 'fill_hdf_strings';
}
