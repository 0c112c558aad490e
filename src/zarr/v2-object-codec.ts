import type { MetadataFault } from './fault';
import type { CodecStep, DataType } from './types';

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
const CHOICE = READ_TODAY.map((id) => `"${id}"`).join(' or ');
/** Ids that zarr-python 3 takes for the sign of an array of objects, wherever they stand. */
const SIGNS_OF_OBJECTS = [...READ_TODAY, 'vlen-array', 'pickle', 'json2', 'msgpack2'];

/**
 * What is wrong with the codecs of a zarr v2 array, in the order of encoding, as to whether its elements are objects; undefined where nothing
 * is. The place is one in `.zarray`.
 */
export function objectCodecFault(type: DataType, codecs: readonly CodecStep[]): ObjectCodecFault | undefined {
  const pickle = codecs.findIndex(({ id }) => id === 'pickle');
  if (pickle !== -1) {
    const message = 'Reading a chunk of "pickle" runs whatever code is in it; zarr-python 3 refuses the array.';
    return fault('pickle', placeOf(codecs, pickle), message);
  }
  if (type.kind !== 'O') return faultOfValues(type, codecs);
  const first = codecs.find(({ place }) => place === 'filter')?.id;
  if (first !== undefined && READ_TODAY.includes(first)) return undefined;
  if (first !== undefined && READ_BY_ZARR2.includes(first)) {
    const message = `Objects written by "${first}" are read by zarr-python 2 alone; zarr-python 3 reads those of ${CHOICE}.`;
    return fault('object-codec-old', placeOf(codecs, 0), message);
  }
  const later = codecs.findIndex(({ id }) => READ_TODAY.includes(id) || READ_BY_ZARR2.includes(id));
  const id = codecs[later]?.id;
  if (id !== undefined) {
    const message = `"${id}" makes bytes of objects, and must come first in "filters".`;
    return fault('object-codec', placeOf(codecs, later), message);
  }
  const found = first === undefined ? 'there is no filter' : `the first filter is "${first}"`;
  const message = `The elements are objects ("|O"), and ${found}; a codec that makes bytes of them must come first: ${CHOICE}.`;
  return fault('object-codec', first === undefined ? ['filters'] : placeOf(codecs, 0), message);
}

function faultOfValues(type: DataType, codecs: readonly CodecStep[]): ObjectCodecFault | undefined {
  if (hasObjects(type)) {
    const message = 'A field of the dtype is an object ("|O"), for which there is no codec in zarr-python 3.';
    return fault('object-codec', ['dtype'], message);
  }
  const sign = codecs.findIndex(({ id }) => SIGNS_OF_OBJECTS.includes(id));
  const id = codecs[sign]?.id;
  if (id === undefined) return undefined;
  const message = `"${id}" is for arrays of objects, whose dtype is "|O"; zarr-python 3 refuses it with any other.`;
  return fault('object-codec', placeOf(codecs, sign), message);
}

/** Filters come before the compressor. */
function placeOf(codecs: readonly CodecStep[], position: number): (string | number)[] {
  return codecs[position]?.place === 'filter' ? ['filters', position, 'id'] : ['compressor', 'id'];
}

function hasObjects(type: DataType): boolean {
  return type.kind === 'O' || (type.fields ?? []).some((field) => hasObjects(field.type));
}

function fault(kind: ObjectCodecFaultKind, path: (string | number)[], message: string): ObjectCodecFault {
  return { kind, path, message, fatal: false };
}
