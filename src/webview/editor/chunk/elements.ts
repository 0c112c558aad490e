import type { AxisCoordinates, ChunkValues } from '../../../preview/types';
import { cropNumbers } from '../../../picture/crop';
import { elementNumbers, nodataNumber } from '../../../picture/numbers';
import { looksLikePixels, pictureAxes, planeOf, type Plane } from '../../../picture/plane';
import { NOT_A_TIME } from '../../../zarr/fill-value';
import type { DataType, FillValue, NdArray } from '../../../zarr/types';
import { isNumeric, type TypedArray } from '../../../zarr/values';
import type { Cell } from '../viewport';

/** A chunk's values ready to be drawn and read. */
export interface Elements {
  array: NdArray;
  /** Null for text and bytes. */
  numbers: TypedArray | null;
  nodata: number | bigint | undefined;
  plane: Plane;
  /** Axes of the picture; null where the chunk has too few. */
  rowAxis: number | null;
  columnAxis: number | null;
  /** Axes that are neither, nor the samples of a pixel: each is seen at one index. */
  otherAxes: number[];
  /** Every so many elements along each axis were sent. */
  steps: number[];
  /** Rows and columns of the picture that lie inside the array. */
  inside: { rows: number; columns: number };
  /** Elements sent along each axis that lie inside the array. */
  extents: number[];
  /** Whether the samples are red, green, blue and maybe alpha. */
  colours: boolean;
}

/**
 * Of a chunk's values as they came: `chunkShape` is of the whole chunk, `data` of the values sent (other values of the same shape where the
 * truth is shown in place of what readers get). Undefined for a chunk without elements.
 */
export function elementsOf(
  { dataType, shape, step, nodata, inside }: Omit<ChunkValues, 'data'>,
  data: ArrayBuffer,
  chunkShape: readonly number[],
): Elements | undefined {
  if (shape.includes(0)) return undefined;
  const array: NdArray = { dataType, shape, data: new Uint8Array(data) };
  const missing = nodataOf(nodata, dataType);
  const bandsLast = looksLikePixels(chunkShape);
  const plane = planeOf({ shape }, bandsLast);
  const axes = pictureAxes(chunkShape);
  const columnAxis = axes.at(-1) ?? null;
  const rowAxis = axes.at(-2) ?? null;
  const steps = shape.map((_, axis) => (axis === rowAxis || axis === columnAxis ? step : 1));
  const extents = shape.map((_, axis) => Math.ceil((inside[axis] ?? 1) / (steps[axis] ?? 1)));
  const within = (axis: number | null): number => (axis === null ? 1 : (extents[axis] ?? 1));
  return {
    array,
    numbers: isNumeric(dataType) ? elementNumbers(array, missing) : null,
    nodata: nodataNumber(dataType, missing),
    plane,
    rowAxis,
    columnAxis,
    otherAxes: shape.flatMap((length, axis) =>
      axis === rowAxis || axis === columnAxis || (bandsLast && axis === shape.length - 1) || length === 1 ? [] : [axis],
    ),
    steps,
    inside: { rows: within(rowAxis), columns: within(columnAxis) },
    extents,
    colours: dataType.kind === 'u' && dataType.itemSize === 1 && (plane.bands === 3 || plane.bands === 4),
  };
}

const cropped = new WeakMap<Elements, TypedArray>();

/** The numbers that were sent of the part inside the array, in C order; none of text. */
export function insideNumbers(elements: Elements): TypedArray {
  const known = cropped.get(elements);
  if (known !== undefined) return known;
  const { numbers, array, extents } = elements;
  const found = numbers === null ? new Float64Array() : cropNumbers(numbers, array.shape, extents);
  cropped.set(elements, found);
  return found;
}

/** The value of nodata, read from its text at the type's own precision; null where there is none. */
export function nodataOf(text: string | null, type: DataType): FillValue {
  if (text === null || !isNumeric(type)) return null;
  if (type.kind === 'b') return text === 'true' || text === '1';
  if (type.kind === 'c') return complexOf(text, type.itemSize);
  if (type.kind !== 'f' && type.itemSize === 8) {
    if (text === 'NaT') return NOT_A_TIME;
    return /^-?\d+$/u.test(text) ? BigInt(text) : null;
  }
  return text.trim() === '' ? null : Number(text);
}

const part = String.raw`NaN|Infinity|[\d.]+(?:e[+-]\d+)?`;
const complexText = new RegExp(`^(-?(?:${part}))([+-](?:${part}))j$`, 'u');

/** `1.5-2j`. */
function complexOf(text: string, itemSize: number): FillValue {
  const [, real, imaginary] = complexText.exec(text) ?? [];
  if (real === undefined || imaginary === undefined) return null;
  const round = itemSize === 8 ? Math.fround : Number;
  return { real: round(Number(real)), imaginary: round(Number(imaginary)) };
}

/** Indices in the chunk that the plane stands at: those typed, else 0. */
export function planeIndices({ array, otherAxes }: Elements, plane: readonly number[]): number[] {
  return array.shape.map((length, axis) => (otherAxes.includes(axis) ? Math.min(length - 1, plane[axis] ?? 0) : 0));
}

/** The element at which the shown plane begins, in C order. */
export function planeStart({ array }: Elements, indices: readonly number[]): number {
  return array.shape.reduce((start, length, axis) => start * length + (indices[axis] ?? 0), 0);
}

/** The element of a pixel, in C order among the values sent. */
export function elementAt(elements: Elements, plane: readonly number[], band: number, { row, column }: Cell): number {
  const { rowStep, columnStep, bandStep } = elements.plane;
  return planeStart(elements, planeIndices(elements, plane)) + row * rowStep + column * columnStep + band * bandStep;
}

/** A pixel's indices in the whole chunk: of what is thinned, those of the element that was sent. */
export function indicesInChunk(
  elements: Elements,
  plane: readonly number[],
  band: number,
  { row, column }: Cell,
): number[] {
  const { rowAxis, columnAxis, otherAxes, steps, array } = elements;
  const at = planeIndices(elements, plane);
  return array.shape.map((length, axis) => {
    if (axis === rowAxis) return row * (steps[axis] ?? 1);
    if (axis === columnAxis) return column * (steps[axis] ?? 1);
    return otherAxes.includes(axis) || length === 1 ? (at[axis] ?? 0) : band;
  });
}

/** Indices in the array of an element of a chunk. */
export function indicesInArray(
  inChunk: readonly number[],
  chunk: readonly number[],
  chunkShape: readonly number[],
): number[] {
  return inChunk.map((index, axis) => (chunk[axis] ?? 0) * (chunkShape[axis] ?? 0) + index);
}

/** The coordinate of an element along an axis; null beyond the array, and where there is no value. */
export function coordinateAt({ axis, texts }: AxisCoordinates, inChunk: readonly number[]): string | null {
  return texts[inChunk[axis] ?? 0] ?? null;
}
