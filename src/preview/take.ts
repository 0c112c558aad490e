import { KerchunkError } from '../errors';
import { type CsvAxis, encodeCsv } from '../export/csv-file';
import { encodeGeoTiff } from '../export/geotiff-file';
import { pictureAxes } from '../picture/plane';
import { encodeNpy } from '../read/npy';
import type { Slice } from '../read/plan';
import { readStored } from '../read/stored';
import { readWindow } from '../read/window';
import { tightCopy } from '../tight';
import { countInWords, listInWords } from '../words';
import { keyBelow } from '../zarr/grid';
import { elementCount } from '../zarr/shape';
import { valueText } from '../zarr/text';
import type { NdArray, ZarrArray } from '../zarr/types';
import { valueAt } from '../zarr/values';
import type { PreviewDocument } from './document';
import { georeferenceOf } from './georeference';
import { findEntry } from './load-chunk';
import { nodataOf, nodataText } from './meaning';
import { groupOf } from '../zarr/path';
import type { TakenFile, TakeFormat } from './types';

/** Elements of a window that goes through messages as a file, at most. */
const MOST_ELEMENTS = 2 ** 27;
/** Of one that is written as text. */
const MOST_TEXTS = 2 ** 23;

/**
 * A window of an array as a file: half-open slices, one for each axis; stored values, not scaled.
 * @throws KerchunkError as `readWindow`; `limit-exceeded` for windows too large for the format; as `encodeNpy` and `encodeGeoTiff`.
 */
export async function takeWindow(
  document: PreviewDocument,
  path: string,
  slices: readonly Slice[],
  format: Exclude<TakeFormat, 'stored'>,
  signal: AbortSignal,
): Promise<TakenFile> {
  const array = document.set.array(path);
  refuseTooLarge(slices, format === 'csv' ? MOST_TEXTS : MOST_ELEMENTS);
  const window = await readWindow(document.set, array, slices, document.opener, { signal });
  switch (format) {
    case 'npy':
      return { bytes: tightCopy(encodeNpy(window)), note: null };
    case 'csv':
      return { bytes: encodeCsv(window, await axesOf(document, array, slices, signal), path).buffer, note: null };
    case 'tiff':
      return tiffOf(document, array, slices, window, signal);
  }
}

/**
 * The stored bytes of a chunk, as they lie in the file.
 * @throws KerchunkError as `findEntry` and `readStored`; `invalid-argument` for an absent chunk, which has none.
 */
export async function takeStored(
  document: PreviewDocument,
  path: string,
  indices: readonly number[],
  signal: AbortSignal,
): Promise<TakenFile> {
  const { array, entry } = findEntry(document, path, indices);
  if (entry.failure !== undefined) throw new KerchunkError(entry.failure.code, entry.failure.message);
  if (entry.reference === undefined || entry.reference.kind === 'absent') {
    throw new KerchunkError('invalid-argument', `Chunk ${entry.key} is absent: it has no stored bytes.`);
  }
  const stored = await readStored(entry.reference, array, document.opener, signal);
  return { bytes: tightCopy(stored), note: null };
}

function refuseTooLarge(slices: readonly Slice[], most: number): void {
  const count = slices.reduce((product, { start, stop }) => product * (stop - start), 1);
  if (count <= most) return;
  throw new KerchunkError(
    'limit-exceeded',
    `The window holds ${countInWords(count)} values; as a file of this kind ${countInWords(most)} are exported at most. ` +
      'Choose a smaller window, or use `kerchunk read` in a terminal.',
  );
}

/** Labels of each axis: coordinates where the array has them, else indices. */
async function axesOf(
  { set, opener }: PreviewDocument,
  array: ZarrArray,
  slices: readonly Slice[],
  signal: AbortSignal,
): Promise<CsvAxis[]> {
  const paths = new Set(set.arrayPaths());
  return Promise.all(
    slices.map(async ({ start, stop }, axis): Promise<CsvAxis> => {
      const name = array.dimensionNames?.[axis] ?? `axis ${axis}`;
      const path = keyBelow(groupOf(array.path), name);
      const coordinate = path !== array.path && paths.has(path) ? set.array(path) : undefined;
      if (coordinate?.shape.length !== 1 || coordinate.shape[0] !== array.shape[axis]) {
        return { name, labels: Array.from({ length: stop - start }, (_, index) => String(start + index)) };
      }
      const values = await readWindow(set, coordinate, [{ start, stop }], opener, { signal });
      const labels = Array.from({ length: stop - start }, (_, index) =>
        valueText(valueAt(values, index), coordinate.dataType),
      );
      return { name, labels };
    }),
  );
}

async function tiffOf(
  document: PreviewDocument,
  array: ZarrArray,
  slices: readonly Slice[],
  window: NdArray,
  signal: AbortSignal,
): Promise<TakenFile> {
  const [rows, columns] = pictureAxes(array.shape);
  if (rows === undefined || columns === undefined) {
    throw new KerchunkError(
      'invalid-argument',
      'A TIFF has rows and columns, and this array has fewer axes. Export it as .npy or CSV.',
    );
  }
  const place = { rows, columns, row: slices[rows]?.start ?? 0, column: slices[columns]?.start ?? 0 };
  const georeference = await georeferenceOf(document, array, place, signal);
  const nodata = nodataText(nodataOf(array), array.dataType);
  const missing = [
    ...(georeference.transform === null ? ['where its pixels lie'] : []),
    ...(georeference.crs === null ? ['an EPSG code of its CRS'] : []),
  ];
  return {
    bytes: encodeGeoTiff(bandsOf(window, rows, columns), { ...georeference, nodata }).buffer,
    note:
      missing.length === 0 ? null : `The references do not tell ${listInWords(missing)}, so the TIFF does not either.`,
  };
}

/** The window as [bands, rows, columns]: all other axes, the last fastest, are bands. */
function bandsOf({ dataType, shape, data }: NdArray, rows: number, columns: number): NdArray {
  const others = shape.map((_, axis) => axis).filter((axis) => axis !== rows && axis !== columns);
  const order = [...others, rows, columns];
  const steps = shape.map((_, axis) => elementCount(shape.slice(axis + 1)));
  const sides = order.map((axis) => shape[axis] ?? 1);
  const bands = elementCount(sides.slice(0, -2));
  const turned = { dataType, shape: [bands, sides.at(-2) ?? 1, sides.at(-1) ?? 1] };
  if (order.every((axis, at) => axis === at)) return { ...turned, data };
  const size = dataType.itemSize;
  const out = new Uint8Array(data.length);
  const count = elementCount(shape);
  const at = order.map(() => 0);
  for (let index = 0; index < count; index++) {
    const from = at.reduce((sum, place, axis) => sum + place * (steps[order[axis] ?? 0] ?? 0), 0) * size;
    out.set(data.subarray(from, from + size), index * size);
    for (let axis = at.length - 1; axis >= 0; axis--) {
      at[axis] = (at[axis] ?? 0) + 1;
      if ((at[axis] ?? 0) < (sides[axis] ?? 1)) break;
      at[axis] = 0;
    }
  }
  return { ...turned, data: out };
}
