import type { DataType } from '../zarr/types';
import type { TypedArray } from '../zarr/values';
import { castTypes, dtypeAndAstype } from './element-types';
import { emptyNumbers, readNumbers, writeNumbers } from './elements';
import type { Decoder } from './types';

type BigArray = BigInt64Array | BigUint64Array;

/**
 * `numbers` as type `to`, as numpy's `astype` does it: integers wrap, floats lose their fraction toward zero, and round to the
 * nearest float. Floats outside an integer type wrap too; numpy leaves them undefined.
 */
export function castNumbers(numbers: TypedArray, to: DataType): TypedArray {
  const out = emptyNumbers(to, numbers.length);
  if (to.kind === 'b') {
    for (let i = 0; i < numbers.length; i++) out[i] = Number(numbers[i]) === 0 ? 0 : 1;
  } else if (isBig(out)) {
    castToBig(numbers, out);
  } else if (isBig(numbers)) {
    const wraps = to.kind !== 'f';
    for (let i = 0; i < numbers.length; i++) {
      const value = numbers[i] ?? 0n;
      out[i] = Number(wraps ? BigInt.asIntN(32, value) : value);
    }
  } else {
    out.set(numbers);
  }
  return out;
}

function castToBig(numbers: TypedArray, out: BigArray): void {
  if (isBig(numbers)) {
    out.set(numbers);
    return;
  }
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] ?? 0;
    out[i] = Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
  }
}

/** Whether the array holds 64-bit integers. */
export function isBig(numbers: TypedArray): numbers is BigArray {
  return numbers instanceof BigInt64Array || numbers instanceof BigUint64Array;
}

/** numcodecs `astype {encode_dtype, decode_dtype}`. */
export const decodeAsType: Decoder = (bytes, config) => {
  const { decoded: to, encoded: from } = castTypes(config);
  return writeNumbers(castNumbers(readNumbers(bytes, from), to), to);
};

/** numcodecs `quantize {digits, dtype, astype}`: what was lost when writing stays lost, so that only the dtype is changed back. */
export const decodeQuantize: Decoder = (bytes, config) => {
  const { decoded: to, encoded: from } = dtypeAndAstype(config);
  return writeNumbers(castNumbers(readNumbers(bytes, from), to), to);
};
