import type { TypedArray } from '../zarr/values';

/** Integers of up to 65 bits by their upper and lower parts, which doubles hold and bigints would be slow for: `high` * 2^32 + `low`. */
export interface WideIntegers {
  high: Float64Array;
  /** From 0 up to 2^32. */
  low: Float64Array;
}

export const LOW = 2 ** 32;

/** Room for so many integers. */
export function wideIntegers(length: number): WideIntegers {
  return { high: new Float64Array(length), low: new Float64Array(length) };
}

/** Splits integers of any size into parts, the first at index 0. */
export function splitIntegers(numbers: TypedArray, { high, low }: WideIntegers): void {
  const { length } = numbers;
  if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) {
    const { buffer, byteOffset } = numbers;
    const lows = new Uint32Array(buffer, byteOffset, 2 * length);
    const highs = numbers instanceof BigInt64Array ? new Int32Array(buffer, byteOffset, 2 * length) : lows;
    for (let i = 0; i < length; i++) {
      low[i] = lows[2 * i] ?? 0;
      high[i] = highs[2 * i + 1] ?? 0;
    }
    return;
  }
  low.set(numbers);
  for (let i = 0; i < length; i++) {
    const number = low[i] ?? 0;
    // No number of 32 bits has another upper part.
    high[i] = number < 0 ? -1 : 0;
    low[i] = number < 0 ? number + LOW : number;
  }
}

/** One integer of two parts. */
export function joined(high: number, low: number): bigint {
  return BigInt(high) * BigInt(LOW) + BigInt(low);
}

/** The parts of an integer; NaN, which equals nothing, where there is none. */
export function partsOf(integer: number | bigint | undefined): { high: number; low: number } {
  if (typeof integer !== 'bigint' && !Number.isInteger(integer)) return { high: NaN, low: NaN };
  const whole = BigInt(integer ?? 0);
  const low = BigInt.asUintN(32, whole);
  return { high: Number((whole - low) / BigInt(LOW)), low: Number(low) };
}

/** The least or the greatest of integers of two parts; below and above every one as long as it is none. */
export class Extreme {
  #high = NaN;
  #low = 0;

  isBelow(high: number, low: number): boolean {
    return !(this.#high > high || (this.#high === high && this.#low >= low));
  }

  isAbove(high: number, low: number): boolean {
    return !(this.#high < high || (this.#high === high && this.#low <= low));
  }

  set(high: number, low: number): void {
    this.#high = high;
    this.#low = low;
  }

  get value(): bigint {
    return joined(this.#high, this.#low);
  }
}
