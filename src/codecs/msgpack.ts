import { decode as decodeMessage } from '@msgpack/msgpack';
import { damaged } from './decode-error';
import { elementsOfItems, type Item } from './items';
import type { ObjectDecoder } from './types';

/** numcodecs `msgpack2 {raw}`, and `msgpack`, which it replaced: a list of the elements, their dtype and their shape. */
export const decodeMsgpack: ObjectDecoder = (bytes, { raw }, context) => {
  let message: unknown;
  try {
    message = decodeMessage(bytes, {
      useBigInt64: true,
      rawStrings: raw === true,
      maxArrayLength: bytes.length,
      maxMapLength: bytes.length,
    });
  } catch (error) {
    throw damaged(`The bytes are not MessagePack: ${error instanceof Error ? error.message : String(error)}.`, error);
  }
  const list = itemOf(message);
  return elementsOfItems(raw === true && Array.isArray(list) ? withNamedType(list) : list, context);
};

/** Where texts are left as bytes, the dtype is one too. */
function withNamedType(list: Item[]): Item[] {
  return list.map((item, i) =>
    i === list.length - 2 && item instanceof Uint8Array ? new TextDecoder().decode(item) : item,
  );
}

function itemOf(value: unknown): Item {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof Uint8Array) return value.slice();
  if (Array.isArray(value)) return value.map(itemOf);
  const isPlain = typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
  if (isPlain) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, itemOf(member)]));
  throw damaged('The message holds an extension type, which is not read here.');
}
