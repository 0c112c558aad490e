import { conversionsOf, isSameType, storedType } from '../check/as-read';
import { KerchunkError } from '../errors';
import { notComparable } from '../picture/difference';
import { checkSlices, type Slice } from '../read/plan';
import { runInSlices } from '../steps';
import { countInWords } from '../words';
import type { ZarrArray } from '../zarr/types';
import { isNumeric } from '../zarr/values';
import type { ComparedWindows, ComparedWith, Comparison, PlaneWindow, WindowSize } from './compare-types';
import { nameOf, type Side, sideOfArray, sideOfTiff } from './compared-side';
import { comparing } from './comparing';
import type { PreviewDocument } from './document';
import { scalingOf, unitOf } from './meaning';
import { tiffWindow } from './tiff-window';
import { dtypeInWords } from './type-words';

/** Elements of each window. */
const MOST_ELEMENTS = 2 ** 24;

/**
 * Two windows beside each other, and statistics of their differences: of two arrays or places of this file as they are stored
 * there, or of one and the pixels of the TIFF behind it, which count as the array's own filters would scale and cast them. Of windows of
 * two sizes the part that both have, from the begin of each, is compared.
 * @throws KerchunkError as `ReferenceSet.array`; `invalid-argument` for slices outside an array; `limit-exceeded` above 16,777,216 elements or
 * 65,536 chunks; `cancelled`.
 */
export async function compareWindows(
  document: PreviewDocument,
  { first, second }: { first: PlaneWindow; second: ComparedWith },
  signal: AbortSignal,
): Promise<Comparison> {
  const array = document.set.array(first.path);
  const shape = planeShape(array, first);
  const other = second.kind === 'window' ? document.set.array(second.window.path) : array;
  const words = notComparable(array.dataType, other.dataType);
  if (words !== undefined) return { kind: 'refused', reason: reasonWithTypes(words, array, other) };
  if (second.kind === 'tiff') return compareWithTiff(document, array, first, signal);
  const otherShape = planeShape(other, second.window);
  const common: WindowSize = [Math.min(shape[0], otherShape[0]), Math.min(shape[1], otherShape[1])];
  checkSize(common);
  const sides = await Promise.all([
    sideOfArray(document, array, beginOf(first, common), common, signal),
    sideOfArray(document, other, beginOf(second.window, common), common, signal),
  ]);
  const cut = shape.join() === otherShape.join() ? null : { first: shape, second: otherShape };
  return compared(sides, { cut, notes: notesOn(array, other) }, signal);
}

async function compareWithTiff(
  document: PreviewDocument,
  array: ZarrArray,
  window: PlaneWindow,
  signal: AbortSignal,
): Promise<Comparison> {
  const found = await tiffWindow(document, array, window, signal);
  if (found.kind !== 'tiff') return found;
  const { dataType } = found.source.array;
  const own = storedType(array);
  const converts = conversionsOf(array).length > 0;
  if (converts && !isSameType(own, dataType)) {
    const reason = `${nameOf(array)} is stored as ${dtypeInWords(own)} and scaled or cast from there, and the TIFF has ${dtypeInWords(dataType)}: how its pixels were to be read is not known.`;
    return { kind: 'refused', reason };
  }
  const words = notComparable(array.dataType, converts ? array.dataType : dataType);
  if (words !== undefined) return { kind: 'refused', reason: words };
  const shape = planeShape(array, window);
  checkSize(shape);
  const sides = await Promise.all([
    sideOfArray(document, array, window, shape, signal),
    sideOfTiff(array, found, shape, signal),
  ]);
  const notes = [
    ...(converts ? ['The TIFF’s pixels are scaled and cast by the array’s own filters, as a reader would.'] : []),
    ...(isSameType(own, dataType)
      ? []
      : [`The references say ${dtypeInWords(own)}, and the TIFF holds ${dtypeInWords(dataType)}.`]),
  ];
  return compared(sides, { cut: null, notes }, signal);
}

function reasonWithTypes(words: string, one: ZarrArray, other: ZarrArray): string {
  const text = [one, other].find(({ dataType }) => !isNumeric(dataType));
  return text === undefined ? words : `${nameOf(text)} holds ${dtypeInWords(text.dataType)}. ${words}`;
}

/** Rows and columns of a plane. */
function planeShape(array: ZarrArray, { slices, rows, columns }: PlaneWindow): WindowSize {
  checkSlices(array, slices);
  const lengthOf = ({ start, stop }: Slice): number => stop - start;
  slices.forEach((slice, axis) => {
    if (lengthOf(slice) === 1 || ((axis === rows || axis === columns) && lengthOf(slice) > 0)) return;
    throw new KerchunkError(
      'invalid-argument',
      `A plane has one index along axis ${axis} of "${array.path}", not ${lengthOf(slice)}.`,
    );
  });
  if (rows !== null && columns !== null && rows >= columns) {
    throw new KerchunkError('invalid-argument', 'The axis of the rows of a plane stands before that of its columns.');
  }
  const along = (axis: number | null): number => (axis === null ? 1 : lengthOf(slices[axis] ?? { start: 0, stop: 1 }));
  return [along(rows), along(columns)];
}

function checkSize(shape: WindowSize): void {
  if (shape[0] * shape[1] <= MOST_ELEMENTS) return;
  throw new KerchunkError(
    'limit-exceeded',
    `The window has ${sizeInWords(shape)}; at most ${countInWords(MOST_ELEMENTS)} are compared at once. Choose a smaller one.`,
  );
}

/** So many of the rows and columns that a window begins with. */
function beginOf(window: PlaneWindow, [rows, columns]: WindowSize): PlaneWindow {
  const slices = window.slices.map(({ start, stop }, axis) => {
    const length = axis === window.rows ? rows : axis === window.columns ? columns : stop - start;
    return { start, stop: start + length };
  });
  return { ...window, slices };
}

function sizeInWords([rows, columns]: WindowSize): string {
  return `${countInWords(rows)} × ${countInWords(columns)} values`;
}

async function compared(
  sides: readonly [Side, Side],
  more: Pick<ComparedWindows, 'cut' | 'notes'>,
  signal: AbortSignal,
): Promise<Comparison> {
  // Millions of elements take a second, and nothing else is to wait for them.
  return { ...(await runInSlices(comparing(sides), signal)), ...more };
}

/** What attributes say otherwise of two arrays whose stored values are compared. */
function notesOn(first: ZarrArray, second: ZarrArray): string[] {
  const scaled = [first, second].map(({ attributes }) => scalingOf(attributes));
  const units = [first, second].map(({ attributes }) => unitOf(attributes));
  return [
    ...(JSON.stringify(scaled[0]) === JSON.stringify(scaled[1])
      ? []
      : ['Values are compared as they are stored, and CF attributes scale the two in other ways.']),
    ...(units[0] === units[1]
      ? []
      : [`The two have different units: ${units[0] ?? 'none'} and ${units[1] ?? 'none'}.`]),
  ];
}
