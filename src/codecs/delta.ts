import { halfToNumber, numberToHalf } from '../zarr/half';
import type { DataType } from '../zarr/types';
import type { TypedArray } from '../zarr/values';
import { castNumbers, isBig } from './cast';
import { dtypeOf } from './config';
import { readNumbers, writeNumbers } from './elements';
import type { Decoder } from './types';

/**
 * numcodecs `delta {dtype, astype}`: one running sum over the whole chunk, in the precision of `dtype`, whatever its shape.
 * It does not begin anew with each row, so that it cannot undo a TIFF predictor in more than one row.
 */
export const decodeDelta: Decoder = (bytes, config) => {
  const to = dtypeOf(config, 'dtype');
  const sums = castNumbers(readNumbers(bytes, dtypeOf(config, 'astype', to)), to);
  sumUp(sums, to);
  return writeNumbers(sums, to);
};

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
