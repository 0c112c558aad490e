import { formatDataType } from './data-type';
import type { DataType } from './types';

/** The largest finite number of IEEE 754 floats, by their size in bytes. */
const LARGEST_FLOAT: Record<number, string> = { 2: '65504', 4: '3.4028235e38', 8: '1.7976931348623157e308' };

/** The least and the largest number of an integer type. */
export function integerRange({
  kind,
  itemSize,
}: Pick<DataType, 'kind' | 'itemSize'>): [least: bigint, largest: bigint] {
  const bits = BigInt(8 * itemSize);
  return kind === 'u' ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
}

/** The `dtype` of a type in a sentence, in quotes; of structured types only that it is one. */
export function typeName(type: DataType): string {
  return type.fields === undefined ? JSON.stringify(formatDataType(type)) : 'this structured type';
}

/** What a zarr v2 `fill_value` of a type may be, beside null: `whole numbers from 0 to 65535`. */
export function fillValuesInWords(type: DataType, objectCodec?: string): string {
  switch (type.kind) {
    case 'b':
      return 'true or false';
    case 'i':
    case 'u': {
      const [least, largest] = integerRange(type);
      return `whole numbers from ${least} to ${largest}`;
    }
    case 'm':
    case 'M':
      return `whole numbers, which count ${type.unit ?? 'units'}, or "NaT"`;
    case 'f':
      return `numbers up to ${LARGEST_FLOAT[type.itemSize] ?? ''} to both sides, "NaN", "Infinity" and "-Infinity"`;
    case 'c':
      return 'a list of the real and the imaginary part, such as [0.0, "NaN"]';
    case 'S':
      return `base64 of at most ${type.itemSize} bytes`;
    case 'V':
      return `base64 of ${type.itemSize} bytes`;
    case 'U':
      return `text of at most ${type.itemSize / 4} characters`;
    case 'O':
      return objectCodec === 'vlen-bytes' ? 'base64' : 'text or a number';
  }
}
