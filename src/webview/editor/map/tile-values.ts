import { elementNumbers, nodataNumber } from '../../../picture/numbers';
import type { Pyramid, WindowValues } from '../../../preview/map-types';
import { valueText } from '../../../zarr/text';
import type { NdArray } from '../../../zarr/types';
import { type TypedArray, valueAt } from '../../../zarr/values';
import { nodataOf } from '../chunk/elements';
import type { Cell } from '../viewport';

/** Values of a tile ready to be painted and read. */
export interface TileValues {
  array: NdArray;
  /** One number for each element, in the order of `array`. */
  numbers: TypedArray;
  nodata: number | bigint | undefined;
  rows: number;
  columns: number;
  /** Elements from one row, column and band to the next. */
  rowStep: number;
  columnStep: number;
  bandStep: number;
  bands: number;
}

/** Reads a window whose axes are those of the pyramid: rows, columns and maybe bands, one index along all others. */
export function tileValues({ rowAxis, columnAxis, bandAxis, nodata }: Pyramid, window: WindowValues): TileValues {
  const { dataType, shape, data } = window;
  const missing = nodataOf(nodata, dataType);
  const array: NdArray = { dataType, shape, data: new Uint8Array(data) };
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
  return {
    array,
    numbers: elementNumbers(array, missing),
    nodata: nodataNumber(dataType, missing),
    rows: shape[rowAxis] ?? 1,
    columns: shape[columnAxis] ?? 1,
    rowStep: strides[rowAxis] ?? 1,
    columnStep: strides[columnAxis] ?? 1,
    bandStep: bandAxis === null ? 0 : (strides[bandAxis] ?? 1),
    bands: bandAxis === null ? 1 : (shape[bandAxis] ?? 1),
  };
}

/** The numbers of one band, row by row. */
export function bandNumbers(values: TileValues, band: number): TypedArray {
  const { numbers, rows, columns, rowStep, columnStep, bandStep } = values;
  const start = band * bandStep;
  const isPlain = columnStep === 1 && rowStep === columns;
  if (isPlain) return numbers.subarray(start, start + rows * columns);
  const out = numbers.slice(0, rows * columns);
  let to = 0;
  for (let row = 0; row < rows; row++) {
    let from = start + row * rowStep;
    for (let column = 0; column < columns; column++, from += columnStep) out[to++] = numbers[from] ?? 0;
  }
  return out;
}

/** An element as text in full precision, and as a number; `isNodata` where it equals nodata. */
export interface Sample {
  text: string;
  number: number | bigint;
  isNodata: boolean;
}

/** The element of a pixel of the tile. */
export function sampleAt(values: TileValues, { row, column }: Cell, band: number): Sample {
  const index = row * values.rowStep + column * values.columnStep + band * values.bandStep;
  const number = values.numbers[index] ?? NaN;
  return {
    text: valueText(valueAt(values.array, index), values.array.dataType),
    number,
    isNodata: number === values.nodata,
  };
}
