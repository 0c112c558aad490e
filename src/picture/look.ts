import type { TypedArray } from '../zarr/values';
import { COLOURS, colourTable, type ColourMapName } from './colour-maps';
import { scaleOver, type ScaleName } from './scale';
import type { Range } from './stretch';

/** How numbers become colours; plain data, as it is kept and sent. */
export interface Look {
  colourMap: ColourMapName;
  /** Whether low values take the colour map's last colours. */
  reversed: boolean;
  scale: ScaleName;
  /** The values at the ends of the colour map; null where nothing is known of the values, of which nothing is painted then. */
  range: Range | null;
}

export const plainLook: Look = { colourMap: 'viridis', reversed: false, scale: 'linear', range: null };

/** The range of 16-bit integers, for each of which the colour is looked up where there are more values than that. */
const TABLE_LENGTH = 2 ** 16;

/**
 * Red, green, blue and alpha bytes, four for each value, in the order of the values: those at and beyond the ends of the range have the
 * first and last colour; transparent are those that equal `nodata`, NaN, what has no logarithm where the scale is one, and everything where there
 * is no range.
 */
export function paint(values: TypedArray, look: Look, nodata?: number | bigint): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint32Array(values.length);
  const { range, scale } = look;
  const placeOf = range === null ? undefined : scaleOver(range, scale)?.placeOf;
  if (range !== null && placeOf !== undefined) {
    const palette = paletteOf(look);
    const colourOf = (value: number): number => {
      const place = placeOf(value);
      if (Number.isNaN(place)) return 0;
      return palette[Math.min(COLOURS - 1, Math.max(0, Math.round(place * (COLOURS - 1))))] ?? 0;
    };
    const numbers = asNumbers(values, nodata);
    const skip = typeof nodata === 'number' ? nodata : NaN;
    if (isShort(numbers) && numbers.length > TABLE_LENGTH) paintShort(numbers, colourOf, skip, out);
    else if (scale === 'linear') paintLinear(numbers, range, palette, skip, out);
    else for (let i = 0; i < out.length; i++) out[i] = numbers[i] === skip ? 0 : colourOf(numbers[i] ?? NaN);
  }
  return new Uint8ClampedArray(out.buffer);
}

type Numbers = Exclude<TypedArray, BigInt64Array | BigUint64Array>;

/** 64-bit integers as doubles, those that equal `nodata` as NaN, for neighbours of it may become the same double. */
function asNumbers(values: TypedArray, nodata: number | bigint | undefined): Numbers {
  if (!(values instanceof BigInt64Array || values instanceof BigUint64Array)) return values;
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = values[i] === nodata ? NaN : Number(values[i]);
  return out;
}

/** The colours of a look from low to high, each as the four bytes of an opaque pixel. */
export function paletteOf({ colourMap, reversed }: Look): Uint32Array {
  const table = colourTable(colourMap);
  const bytes = new Uint8Array(4 * COLOURS);
  for (let i = 0; i < COLOURS; i++) {
    const from = 3 * (reversed ? COLOURS - 1 - i : i);
    bytes.set(table.subarray(from, from + 3), 4 * i);
    bytes[4 * i + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}

function isShort(values: Numbers): values is Uint8Array | Int8Array | Uint16Array | Int16Array {
  return values.BYTES_PER_ELEMENT <= 2;
}

/** Computes the colour of every 16-bit integer once. */
function paintShort(
  values: Uint8Array | Int8Array | Uint16Array | Int16Array,
  colourOf: (value: number) => number,
  nodata: number,
  out: Uint32Array,
): void {
  const isSigned = values instanceof Int16Array || values instanceof Int8Array;
  const table = new Uint32Array(TABLE_LENGTH);
  const [from, to] = values.BYTES_PER_ELEMENT === 1 ? [-128, 256] : isSigned ? [-32768, 32768] : [0, TABLE_LENGTH];
  for (let value = from; value < to; value++) table[value & 0xffff] = value === nodata ? 0 : colourOf(value);
  for (let i = 0; i < out.length; i++) out[i] = table[(values[i] ?? 0) & 0xffff] ?? 0;
}

/** As the general way, without a function for each value. */
function paintLinear(
  values: Numbers,
  { low, high }: Range,
  palette: Uint32Array,
  nodata: number,
  out: Uint32Array,
): void {
  const factor = high === low ? 0 : (COLOURS - 1) / (high / 2 - low / 2);
  for (let i = 0; i < out.length; i++) {
    const value = values[i] ?? NaN;
    if (value === nodata || Number.isNaN(value)) continue;
    const place = factor === 0 ? besideOne(value, low) : Math.round((value / 2 - low / 2) * factor);
    out[i] = palette[place < 0 ? 0 : place > COLOURS - 1 ? COLOURS - 1 : place] ?? 0;
  }
}

function besideOne(value: number, only: number): number {
  return value < only ? 0 : value > only ? COLOURS - 1 : COLOURS / 2;
}
