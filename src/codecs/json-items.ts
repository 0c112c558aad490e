import { isJsonObject, type JsonValue } from '../json';
import { badConfiguration, damaged } from './decode-error';
import { elementsOfItems } from './items';
import type { ObjectDecoder } from './types';

/**
 * Strings, which are left as they are, and the numbers that Python writes and JSON does not have: NaN, infinities, and integers that a
 * double would round.
 */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN|-?\d{16,}(?![\d.eE])/gu;
/** The only member of the object that stands for such a number while JSON is read. */
const NUMBER = 'kerchunk:number';

/** numcodecs `json2 {encoding}`, and `json`, which it replaced: a list of the elements, their dtype and their shape. */
export const decodeJson: ObjectDecoder = (bytes, { encoding = 'utf-8' }, context) => {
  return elementsOfItems(parse(textOf(bytes, encoding)), context);
};

function textOf(bytes: Uint8Array, encoding: JsonValue): string {
  let decoder;
  try {
    decoder = new TextDecoder(typeof encoding === 'string' ? labelOf(encoding) : '', { fatal: true });
  } catch {
    throw badConfiguration(`"encoding" is ${JSON.stringify(encoding)}, which names no encoding of text`);
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw damaged(`The bytes are not ${decoder.encoding} text.`, error);
  }
}

/** The label that browsers have for what Python calls an encoding: `utf-16-le` is `utf-16le`. */
function labelOf(encoding: string): string {
  return encoding
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^utf-?16-(?=[lb]e$)/u, 'utf-16');
}

function parse(text: string): JsonValue {
  const marked = text.replace(TOKENS, (token) => (token.startsWith('"') ? token : `{"${NUMBER}":"${token}"}`));
  try {
    return JSON.parse(marked, (_key, value: JsonValue) => {
      const token = isJsonObject(value) ? value[NUMBER] : undefined;
      if (typeof token !== 'string') return value;
      return /\d/u.test(token) ? smallest(BigInt(token)) : Number(token);
    }) as JsonValue;
  } catch (error) {
    throw damaged(`The bytes are not JSON: ${error instanceof Error ? error.message : String(error)}.`, error);
  }
}

function smallest(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
