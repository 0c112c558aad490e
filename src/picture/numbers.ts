import { formatDataType } from '../zarr/data-type';
import { KerchunkError } from '../errors';
import { halfToNumber, numberToHalf } from '../zarr/half';
import type { DataType, FillValue, NdArray } from '../zarr/types';
import type { TypedArray } from '../zarr/values';
import { isNumeric, toTypedArray } from '../zarr/values';

/** Stands for complex nodata among magnitudes, which are never negative. */
const NO_MAGNITUDE = -1;

/**
 * One number for each element in C order: complex ones by magnitude (-1 where they equal `nodata`), booleans as 0 and 1, datetimes
 * and timedeltas as int64.
 * @throws KerchunkError `invalid-argument` for text, bytes and objects.
 */
export function elementNumbers(array: NdArray, nodata: FillValue = null): TypedArray {
  if (!isNumeric(array.dataType)) {
    throw new KerchunkError(
      'invalid-argument',
      `Elements of dtype ${JSON.stringify(formatDataType(array.dataType))} are not numbers, so there is no picture of them.`,
    );
  }
  const numbers = toTypedArray(array);
  return array.dataType.kind === 'c' ? magnitudes(numbers, nodata) : numbers;
}

function magnitudes(parts: TypedArray, nodata: FillValue): Float64Array {
  const out = new Float64Array(parts.length / 2);
  const skip = nodata instanceof Uint8Array || typeof nodata !== 'object' ? null : nodata;
  for (let i = 0; i < out.length; i++) {
    const [real, imaginary] = [Number(parts[2 * i]), Number(parts[2 * i + 1])];
    const isNodata = real === skip?.real && imaginary === skip.imaginary;
    out[i] = isNodata ? NO_MAGNITUDE : Math.hypot(real, imaginary);
  }
  return out;
}

/**
 * The number that stands for "no data" among `elementNumbers`, at the array's own precision: 1e37 as float32 is another number
 * than as float64. Undefined where there is none, and for NaN, which needs no comparison.
 */
export function nodataNumber(type: DataType, nodata: FillValue): number | bigint | undefined {
  if (nodata === null || typeof nodata === 'string' || nodata instanceof Uint8Array) return undefined;
  if (typeof nodata === 'object') return type.kind === 'c' ? NO_MAGNITUDE : undefined;
  if ('iumM'.includes(type.kind) && type.itemSize === 8) {
    return typeof nodata === 'number' && !Number.isInteger(nodata) ? undefined : BigInt(nodata);
  }
  const value = Number(nodata);
  if (Number.isNaN(value)) return undefined;
  if (type.kind !== 'f' || type.itemSize === 8) return value;
  return type.itemSize === 4 ? Math.fround(value) : halfToNumber(numberToHalf(value));
}
