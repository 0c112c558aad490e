import { halfToNumber, numberToHalf } from '../zarr/half';
import type { DataType } from '../zarr/types';
import { castNumbers } from './cast';
import { numberOf } from './config';
import { dtypeAndAstype } from './element-types';
import { readNumbers, writeNumbers } from './elements';
import type { Decoder } from './types';

const toHalf = (value: number): number => halfToNumber(numberToHalf(value));

/**
 * numcodecs `fixedscaleoffset {offset, scale, dtype, astype}`: stored / scale + offset, then cast to `dtype`. numpy computes in
 * double precision where integers are stored, and in the stored precision where floats are.
 */
export const decodeFixedScaleOffset: Decoder = (bytes, config) => {
  const { decoded: to, encoded: from } = dtypeAndAstype(config);
  const round = rounding(from);
  const scale = round(numberOf(config, 'scale'));
  const offset = round(numberOf(config, 'offset'));
  const stored = readNumbers(bytes, from);
  const values = new Float64Array(stored.length);
  for (let i = 0; i < stored.length; i++) values[i] = round(round(Number(stored[i]) / scale) + offset);
  return writeNumbers(castNumbers(values, to), to);
};

function rounding(type: DataType): (value: number) => number {
  if (type.kind !== 'f' || type.itemSize === 8) return (value) => value;
  return type.itemSize === 4 ? Math.fround : toHalf;
}
