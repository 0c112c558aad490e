import { halfToNumber, numberToHalf } from '../zarr/half';
import type { DataType } from '../zarr/types';
import type { TypedArray } from '../zarr/values';
import { castNumbers, isBig } from './cast';
import { dtypeAndAstype } from './element-types';
import { readNumbers, writeNumbers } from './elements';
import type { Decoder } from './types';

/**
 * numcodecs `delta {dtype, astype}`: one running sum over the whole chunk, whatever its shape, in the type that numpy takes for
 * `dtype` and `astype` together; every sum is cast to `dtype` afterwards. It does not begin anew with each row, so that it
 * cannot undo a TIFF predictor in more than one row.
 */
export const decodeDelta: Decoder = (bytes, config) => {
  const { decoded: to, encoded: from } = dtypeAndAstype(config);
  const between = promote(from, to);
  const sums = castNumbers(readNumbers(bytes, from), between);
  sumUp(sums, between);
  return writeNumbers(castNumbers(sums, to), to);
};

/**
 * numpy's common type of two real types (numpy reference, "Data type promotion"): of a float and an integer, the float that holds every
 * integer of that size, and 64 bits at most; of a signed and an unsigned integer, the signed one that holds both, or float64.
 */
function promote(a: DataType, b: DataType): DataType {
  if (a.kind === b.kind) return a.itemSize > b.itemSize ? a : b;
  if (a.kind === 'b') return b;
  if (b.kind === 'b') return a;
  if (a.kind === 'f') return promoteToFloat(a, b);
  if (b.kind === 'f') return promoteToFloat(b, a);
  const [signed, unsigned] = a.kind === 'i' ? [a, b] : [b, a];
  if (signed.itemSize > unsigned.itemSize) return signed;
  return unsigned.itemSize === 8 ? { ...unsigned, kind: 'f' } : { ...signed, itemSize: 2 * unsigned.itemSize };
}

function promoteToFloat(float: DataType, integer: DataType): DataType {
  return { ...float, itemSize: Math.max(float.itemSize, Math.min(2 * integer.itemSize, 8)) };
}

/** Replaces every number by the sum of itself and all before it, as numpy's `cumsum` with this dtype: booleans by "or". */
function sumUp(numbers: TypedArray, type: DataType): void {
  if (isBig(numbers)) {
    let sum = 0n;
    for (let i = 0; i < numbers.length; i++) {
      sum = BigInt.asUintN(64, sum + (numbers[i] ?? 0n));
      numbers[i] = sum;
    }
    return;
  }
  const add = adder(type);
  let sum = numbers[0] ?? 0;
  for (let i = 1; i < numbers.length; i++) {
    sum = add(sum, numbers[i] ?? 0);
    numbers[i] = sum;
  }
}

function adder(type: DataType): (a: number, b: number) => number {
  if (type.kind === 'b') return (a, b) => a | b;
  if (type.kind !== 'f') return (a, b) => (a + b) | 0;
  if (type.itemSize === 8) return (a, b) => a + b;
  return type.itemSize === 4 ? (a, b) => Math.fround(a + b) : (a, b) => halfToNumber(numberToHalf(a + b));
}
