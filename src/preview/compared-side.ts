import { asRead, conversionsOf } from '../check/as-read';
import { elementBytes } from '../codecs/fill';
import { KerchunkError } from '../errors';
import type { FillValue, NdArray, ZarrArray } from '../zarr/types';
import { toTypedArray } from '../zarr/values';
import type { ComparedFailure, ComparedSide, PlaneWindow, WindowSize } from './compare-types';
import type { PreviewDocument } from './document';
import type { WindowFailure, WindowValues } from './map-types';
import { nodataWithSource } from './meaning';
import { chunkPlace } from './target-map';
import type { LevelSource } from './tiff-levels';
import { stepped, type TiffWindow } from './tiff-window';
import { readSteppedWindow } from './window';

/** One of two windows, read. */
export interface Side {
  array: ZarrArray;
  /** [rows, columns]. */
  values: NdArray;
  nodata: FillValue;
  nodataSource: ComparedSide['nodataSource'];
  window: WindowValues;
  /** Axes of the window that are rows and columns. */
  plane: Pick<PlaneWindow, 'rows' | 'columns'>;
  failures: ComparedFailure[];
  /** 1 for each element of which the chunk could not be read; undefined where all could. */
  open: Uint8Array | undefined;
  name: string;
  image: string | null;
}

/** The elements of an array as they are read. */
export async function sideOfArray(
  document: PreviewDocument,
  array: ZarrArray,
  window: PlaneWindow,
  shape: WindowSize,
  signal: AbortSignal,
): Promise<Side> {
  const { set, opener } = document;
  const { nodata, source } = nodataWithSource(array) ?? { nodata: null, source: null };
  const read = await readPlane({ set, array, opener }, stepped(window), shape, signal);
  const failures = failuresOf(read.window.failures, ({ indices }) => targetOf(document, array, indices));
  const open = openElements(read, window);
  return {
    array,
    ...read,
    open,
    plane: window,
    nodata,
    nodataSource: source,
    failures,
    name: nameOf(array),
    image: null,
  };
}

/** The TIFF's pixels as the array's conversions make them. */
export async function sideOfTiff(
  array: ZarrArray,
  { source, slices, plane, name, image, target }: TiffWindow,
  shape: WindowSize,
  signal: AbortSignal,
): Promise<Side> {
  const read = await readPlane(source, slices, shape, signal);
  const { values, window } = read;
  const nodata = nodataWithSource(source.array)?.nodata ?? null;
  const converts = conversionsOf(array).length > 0;
  return {
    array: source.array,
    values: converts ? await asRead(values, array) : values,
    nodata: converts ? await convertedNodata(nodata, source.array, array) : nodata,
    nodataSource: nodata === null ? null : 'tiff',
    window,
    plane,
    open: openElements(read, plane),
    failures: failuresOf(window.failures, () => target),
    name,
    image,
  };
}

/** What becomes of the TIFF's nodata where its pixels are converted. */
async function convertedNodata(nodata: FillValue, { dataType }: ZarrArray, array: ZarrArray): Promise<FillValue> {
  if (nodata === null) return null;
  const element: NdArray = { dataType, shape: [1], data: elementBytes(nodata, dataType) };
  return toTypedArray(await asRead(element, array))[0] ?? null;
}

async function readPlane(
  source: LevelSource,
  slices: Parameters<typeof readSteppedWindow>[1],
  shape: WindowSize,
  signal: AbortSignal,
): Promise<{ values: NdArray; window: WindowValues }> {
  const window = await readSteppedWindow(source, slices, signal);
  return { values: { dataType: window.dataType, shape, data: new Uint8Array(window.data) }, window };
}

function targetOf(document: PreviewDocument, array: ZarrArray, indices: readonly number[]): number | null {
  try {
    return chunkPlace(document, { kind: 'chunk', path: array.path, indices }).target;
  } catch (error) {
    if (error instanceof KerchunkError) return null;
    throw error;
  }
}

/** Failures of one kind as one. */
function failuresOf(
  failures: readonly WindowFailure[],
  targetOfChunk: (failure: WindowFailure) => number | null,
): ComparedFailure[] {
  const found = new Map<string, ComparedFailure>();
  for (const failure of failures) {
    const { code, key, message } = failure;
    const known = found.get(code);
    if (known === undefined) found.set(code, { code, key, message, count: 1, target: targetOfChunk(failure) });
    else known.count += 1;
  }
  return [...found.values()];
}

/** 1 for each element of which the chunk could not be read; undefined where all could. */
function openElements(
  { values, window: { failures } }: Pick<Side, 'values' | 'window'>,
  plane: Side['plane'],
): Uint8Array | undefined {
  if (failures.length === 0) return undefined;
  const [rows = 1, columns = 1] = values.shape;
  const open = new Uint8Array(rows * columns);
  const along = (of: readonly number[], axis: number | null, otherwise: number): number =>
    axis === null ? otherwise : (of[axis] ?? otherwise);
  for (const { start, size } of failures) {
    const [top, left] = [along(start, plane.rows, 0), along(start, plane.columns, 0)];
    const [height, width] = [along(size, plane.rows, 1), along(size, plane.columns, 1)];
    for (let row = top; row < top + height; row++) open.fill(1, row * columns + left, row * columns + left + width);
  }
  return open;
}

/** How an array is called. */
export function nameOf({ path }: ZarrArray): string {
  return path === '' ? 'The array' : path;
}
