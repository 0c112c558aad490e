import { isJsonObject, type JsonValue } from '../json';
import { normaliseCodecId } from './codec-id';
import type { MetadataFault } from './fault';
import type { DataType } from './types';

/**
 * What can be wrong with how objects become bytes.
 * - `object-codec`: none of the codecs that make bytes of objects comes first in `filters`, or one is there and no object.
 * - `object-codec-old`: the first is one that zarr-python 2 alone reads.
 * - `pickle`: it is one that runs code when it is read.
 */
export type ObjectCodecFaultKind = 'object-codec' | 'object-codec-old' | 'pickle';

export type ObjectCodecFault = MetadataFault<ObjectCodecFaultKind>;

/** Codecs that make bytes of objects, by id; those that zarr-python 3 reads come first. */
const READ_TODAY = ['vlen-utf8', 'vlen-bytes'];
const READ_BY_ZARR2 = ['vlen-array', 'json2', 'msgpack2', 'categorize', 'json', 'msgpack', 'pickle'];
/** Ids that zarr-python 3 takes for the sign of an array of objects, wherever they stand. */
const SIGNS_OF_OBJECTS = [...READ_TODAY, 'vlen-array', 'pickle', 'json2', 'msgpack2'];

/**
 * What is wrong with the codecs of an array as to whether its elements are objects; undefined where nothing is. `filters` and `compressor` are
 * those of the document, of which what is no codec is passed over.
 */
export function objectCodecFault(
  type: DataType | undefined,
  filters: JsonValue | undefined,
  compressor: JsonValue | undefined,
): ObjectCodecFault | undefined {
  const ids = (Array.isArray(filters) ? filters : []).map(idOf);
  const steps: { id: string | undefined; path: (string | number)[] }[] = ids.map((id, index) => ({
    id,
    path: ['filters', index, 'id'],
  }));
  steps.push({ id: idOf(compressor), path: ['compressor', 'id'] });
  const pickle = steps.find(({ id }) => id === 'pickle');
  if (pickle !== undefined) {
    return fault(
      'pickle',
      pickle.path,
      'Reading a chunk of "pickle" runs whatever code is in it; zarr-python 3 refuses the array.',
    );
  }
  const isReadable = filters === null || (Array.isArray(filters) && !ids.includes(undefined));
  if (type === undefined || !isReadable) return undefined;
  if (type.kind !== 'O') return faultOfValues(type, steps);
  const [first] = ids;
  if (first !== undefined && READ_TODAY.includes(first)) return undefined;
  if (first !== undefined && READ_BY_ZARR2.includes(first)) {
    const message = `Objects written by "${first}" are read by zarr-python 2 alone; zarr-python 3 reads those of ${choice}.`;
    return fault('object-codec-old', ['filters', 0, 'id'], message);
  }
  const elsewhere = steps.find(({ id }) => id !== undefined && [...READ_TODAY, ...READ_BY_ZARR2].includes(id));
  if (elsewhere?.id !== undefined) {
    return fault(
      'object-codec',
      elsewhere.path,
      `"${elsewhere.id}" makes bytes of objects, and must come first in "filters".`,
    );
  }
  const place = first === undefined ? ['filters'] : ['filters', 0, 'id'];
  const found = first === undefined ? 'there is no filter' : `the first filter is "${first}"`;
  return fault(
    'object-codec',
    place,
    `The elements are objects ("|O"), and ${found}; a codec that makes bytes of them must come first: ${choice}.`,
  );
}

const choice = READ_TODAY.map((id) => `"${id}"`).join(' or ');

function faultOfValues(
  type: DataType,
  steps: readonly { id: string | undefined; path: (string | number)[] }[],
): ObjectCodecFault | undefined {
  if (hasObjects(type)) {
    return fault(
      'object-codec',
      ['dtype'],
      'A field of the dtype is an object ("|O"), for which there is no codec in zarr-python 3.',
    );
  }
  const sign = steps.find(({ id }) => id !== undefined && SIGNS_OF_OBJECTS.includes(id));
  if (sign?.id === undefined) return undefined;
  return fault(
    'object-codec',
    sign.path,
    `"${sign.id}" is for arrays of objects, whose dtype is "|O"; zarr-python 3 refuses it with any other.`,
  );
}

function hasObjects(type: DataType): boolean {
  return type.kind === 'O' || (type.fields ?? []).some((field) => hasObjects(field.type));
}

function idOf(codec: JsonValue | undefined): string | undefined {
  return isJsonObject(codec) && typeof codec.id === 'string' ? normaliseCodecId(codec.id) : undefined;
}

function fault(kind: ObjectCodecFaultKind, path: (string | number)[], message: string): ObjectCodecFault {
  return { kind, path, message, fatal: false };
}
