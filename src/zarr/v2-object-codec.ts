import type { MetadataFault } from './fault';
import {
  isCodecOfRecordsWithObjects,
  isObjectCodec,
  isReadByZarr3,
  OBJECT_CODECS_IN_WORDS,
  SIGNS_OF_OBJECTS,
} from './object-codecs';
import type { CodecStep, DataType } from './types';

/**
 * What can be wrong with how objects become bytes.
 * - `object-codec`: none of the codecs that make bytes of objects comes first in `filters`, or one is there and no object.
 * - `object-codec-old`: the first is one that zarr-python 2 alone reads.
 * - `pickle`: it is one that runs code when it is read.
 */
export type ObjectCodecFaultKind = 'object-codec' | 'object-codec-old' | 'pickle';

export type ObjectCodecFault = MetadataFault<ObjectCodecFaultKind>;

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
  const first = codecs.find(({ place }) => place === 'filter');
  if (first !== undefined && isObjectCodec(first)) {
    return isReadByZarr3(first.id)
      ? undefined
      : fault('object-codec-old', placeOf(codecs, 0), old('Objects', first.id));
  }
  const later = codecs.findIndex(isObjectCodec);
  const id = codecs[later]?.id;
  if (id !== undefined) {
    const message = `"${id}" makes bytes of objects, and must come first in "filters".`;
    return fault('object-codec', placeOf(codecs, later), message);
  }
  const found = first === undefined ? 'there is no filter' : `the first filter is "${first.id}"`;
  const message = `The elements are objects ("|O"), and ${found}; a codec that makes bytes of them must come first: ${OBJECT_CODECS_IN_WORDS}.`;
  return fault('object-codec', first === undefined ? ['filters'] : placeOf(codecs, 0), message);
}

function old(what: string, id: string): string {
  return `${what} written by "${id}" are read by zarr-python 2 alone; zarr-python 3 reads objects of ${OBJECT_CODECS_IN_WORDS}.`;
}

function faultOfValues(type: DataType, codecs: readonly CodecStep[]): ObjectCodecFault | undefined {
  if (hasObjects(type)) {
    const [first] = codecs;
    if (first?.place === 'filter' && isCodecOfRecordsWithObjects(first.id)) {
      return fault('object-codec-old', placeOf(codecs, 0), old('Records with objects', first.id));
    }
    const message =
      'A field of the dtype is an object ("|O"), and no codec makes bytes of it: readers fail on the array. Write its texts as an array of their own.';
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

/** Whether elements are objects, or records with some. */
export function hasObjects(type: DataType): boolean {
  return type.kind === 'O' || (type.fields ?? []).some((field) => hasObjects(field.type));
}

function fault(kind: ObjectCodecFaultKind, path: (string | number)[], message: string): ObjectCodecFault {
  return { kind, path, message, fatal: false };
}
