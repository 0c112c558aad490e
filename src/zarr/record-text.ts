import { elementCount } from './shape';
import type { DataType } from './types';

type Fields = NonNullable<DataType['fields']>;

/** Values and inner records of a record that are shown; the rest of a longer one is an ellipsis. */
const MOST_VALUES = 64;

/**
 * A record as its fields' names and values: `a 1, b 9`; fields of several values in brackets, records within in parentheses. `bytes` are the
 * record's own, and `textOf` gives one value of a field from its bytes.
 */
export function recordText(
  bytes: Uint8Array,
  fields: Fields,
  textOf: (bytes: Uint8Array, type: DataType) => string,
): string {
  let left = MOST_VALUES;
  const valueText = (at: number, type: DataType): string => {
    left -= 1;
    if (type.fields !== undefined) return `(${membersText(at, type.fields)})`;
    return textOf(bytes.subarray(at, at + type.itemSize), type);
  };
  const fieldText = (at: number, { type, shape }: Fields[number]): string => {
    if (shape.length === 0) return valueText(at, type);
    const count = elementCount(shape);
    const texts: string[] = [];
    for (let i = 0; i < count && left > 0; i++) texts.push(valueText(at + i * type.itemSize, type));
    return `[${[...texts, ...(texts.length < count ? ['…'] : [])].join(', ')}]`;
  };
  const membersText = (start: number, members: Fields): string => {
    const texts: string[] = [];
    let at = start;
    for (const field of members) {
      if (left <= 0) return [...texts, '…'].join(', ');
      texts.push(`${field.name} ${fieldText(at, field)}`);
      at += elementCount(field.shape) * field.type.itemSize;
    }
    return texts.join(', ');
  };
  return membersText(0, fields);
}
