import { dtypeOf } from './config';
import { damaged } from './decode-error';
import { readNumbers } from './elements';
import { countInWords } from '../words';
import type { ObjectValue } from '../zarr/types';
import type { ObjectDecoder, ObjectElements } from './types';

const LENGTH = 4;

/** Undoes numcodecs' layout of elements of different length: their count, then each after its length, all little-endian. */
function elementsOf(bytes: Uint8Array, valueOf: (element: Uint8Array, index: number) => ObjectValue): ObjectElements {
  if (bytes.length < LENGTH)
    throw damaged(`There are ${bytes.length} bytes, too few for the four that count the elements.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = view.getUint32(0, true);
  const objects: ObjectValue[] = [];
  let at = LENGTH;
  while (objects.length < count) {
    const start = at + LENGTH;
    const end = start > bytes.length ? Infinity : start + view.getUint32(at, true);
    if (end > bytes.length) {
      throw damaged(`The bytes end inside element ${countInWords(objects.length)} of ${countInWords(count)}.`);
    }
    objects.push(valueOf(bytes.subarray(start, end), objects.length));
    at = end;
  }
  return { objects };
}

/** numcodecs `vlen-utf8`: texts. */
export const decodeVlenUtf8: ObjectDecoder = (bytes) => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return elementsOf(bytes, (element, index) => {
    try {
      return decoder.decode(element);
    } catch (error) {
      throw damaged(`Element ${index} is not UTF-8.`, error);
    }
  });
};

/** numcodecs `vlen-bytes`: bytes. */
export const decodeVlenBytes: ObjectDecoder = (bytes) => elementsOf(bytes, (element) => element.slice());

/** numcodecs `vlen-array {dtype}`: lists of numbers. */
export const decodeVlenArray: ObjectDecoder = (bytes, config) => {
  const type = dtypeOf(config, 'dtype');
  return elementsOf(bytes, (element) => [...readNumbers(element, type)]);
};
