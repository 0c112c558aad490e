import { KerchunkError } from '../errors';
import { formatDataType } from '../zarr/data-type';
import type { DataType, NdArray } from '../zarr/types';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const ALIGNMENT = 64;
const SHORT_HEADER = 2 ** 16;

/**
 * The array as a .npy file (numpy.lib.format): version 1.0, 2.0 where the header is longer than 65535 bytes, 3.0 where a field's name is not
 * Latin-1. The values are little-endian and in C order.
 * @throws KerchunkError `invalid-argument` for Python objects.
 */
export function encodeNpy(array: NdArray): Uint8Array {
  const { shape, data } = array;
  const sides = shape.length === 1 ? `${shape.join()},` : shape.join(', ');
  const text = `{'descr': ${descr(array.dataType)}, 'fortran_order': False, 'shape': (${sides}), }`;
  const unicode = Array.from(text).some((letter) => letter > '\u00ff');
  const body = unicode ? new TextEncoder().encode(text) : Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const prefix = padded(body.length, 10) < SHORT_HEADER && !unicode ? 10 : 12;
  const headerLength = padded(body.length, prefix);
  const out = new Uint8Array(prefix + headerLength + data.length);
  const view = new DataView(out.buffer);
  out.set(MAGIC);
  out[MAGIC.length] = unicode ? 3 : prefix === 10 ? 1 : 2;
  if (prefix === 10) view.setUint16(8, headerLength, true);
  else view.setUint32(8, headerLength, true);
  out.fill(0x20, prefix, prefix + headerLength);
  out.set(body, prefix);
  out[prefix + headerLength - 1] = 0x0a;
  out.set(data, prefix + headerLength);
  return out;
}

/** Length of the header with its padding and line end: prefix and header together are a multiple of 64 bytes. */
function padded(length: number, prefix: number): number {
  return Math.ceil((prefix + length + 1) / ALIGNMENT) * ALIGNMENT - prefix;
}

/** numpy's description of the elements as Python writes it. */
function descr(type: DataType): string {
  if (type.kind === 'O')
    throw new KerchunkError(
      'invalid-argument',
      'Python objects are not written to a .npy file: numpy keeps them there as pickles, which run code when they are read.',
    );
  const name = formatDataType(inLittleEndian(type));
  if (typeof name === 'string') return quoted(name);
  const fields = (type.fields ?? []).map(({ name: fieldName, type: field, shape }) => {
    const sides = shape.length === 0 ? '' : `, (${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
    return `(${quoted(fieldName)}, ${descr(field)}${sides})`;
  });
  return `[${fields.join(', ')}]`;
}

function inLittleEndian(type: DataType): DataType {
  return type.byteOrder === 'big' ? { ...type, byteOrder: 'little' } : type;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
