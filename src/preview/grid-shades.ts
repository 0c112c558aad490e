import { displayAddress } from '../bytes/address';
import { FIRST_KIND, WHOLE } from '../references/columns';
import type { ReferenceSet } from '../references/reference-set';
import { cellOf, type Lane } from './grid-lanes';
import { type GridCells, type GridShades, type ShadeName, targetShades } from './types';

/** The cells of a window, and which chunks lie in it as far as axes go that are not drawn. */
interface Window {
  rows: Lane;
  columns: Lane;
  isAtPlace: (chunk: number) => boolean;
}

/** What is known of all chunks of an array, worked out once. */
interface Known {
  size?: Extract<GridShades, { by: 'size' }>;
  target?: { meaning: Extract<GridShades, { by: 'target' }>; places: ReadonlyMap<number, number> };
}

const known = new WeakMap<ReferenceSet, Map<string, Known>>();

/** The shades of the cells of a window; see `GridShades`. Every entry of the array is looked at. */
export function shadesOf(set: ReferenceSet, path: string, by: ShadeName, window: Window): GridCells['shades'] {
  const ofSet = known.get(set) ?? new Map<string, Known>();
  known.set(set, ofSet);
  const ofArray = ofSet.get(path) ?? {};
  ofSet.set(path, ofArray);
  if (by === 'size') {
    ofArray.size ??= sizesOf(set, path);
    return { meaning: ofArray.size, cells: sizeCells(set, path, window, ofArray.size) };
  }
  ofArray.target ??= targetsOf(set, path);
  const { meaning, places } = ofArray.target;
  return { meaning, cells: targetCells(set, path, window, places) };
}

function sizesOf(set: ReferenceSet, path: string): Extract<GridShades, { by: 'size' }> {
  let [least, most] = [Infinity, 0];
  eachRange(set, path, (_, __, length) => {
    least = Math.min(least, length);
    most = Math.max(most, length);
  });
  return { by: 'size', least: Math.min(least, most), most };
}

function targetsOf(set: ReferenceSet, path: string): NonNullable<Known['target']> {
  const places = new Map<number, number>();
  let last = -1;
  set.eachEntry(path, (_, target) => {
    if (target === last || target >= FIRST_KIND) return;
    last = target;
    if (!places.has(target)) places.set(target, places.size);
  });
  const first = [...places.keys()].slice(0, targetShades).map((target) => displayAddress(set.address(target)));
  return { meaning: { by: 'target', count: places.size, first }, places };
}

/** Ranges of a known length, which is 1 at least. */
function eachRange(
  set: ReferenceSet,
  path: string,
  visit: (chunk: number, target: number, length: number) => void,
): void {
  set.eachEntry(path, (chunk, target, offset, extent) => {
    if (target < FIRST_KIND && offset !== WHOLE && extent > 0) visit(chunk, target, extent);
  });
}

function sizeCells(
  set: ReferenceSet,
  path: string,
  window: Window,
  { least, most }: { least: number; most: number },
): ArrayBuffer {
  const length = window.rows.cells * window.columns.cells;
  const bytes = new Float64Array(length);
  const counts = new Uint32Array(length);
  eachRange(set, path, (chunk, _, size) => {
    const cell = cellIn(window, chunk);
    if (cell === undefined) return;
    bytes[cell] = (bytes[cell] ?? 0) + size;
    counts[cell] = (counts[cell] ?? 0) + 1;
  });
  const span = Math.log(most / least);
  return Uint8Array.from({ length }, (_, cell) => {
    const count = counts[cell] ?? 0;
    if (count === 0) return 0;
    return span === 0 ? 128 : 1 + Math.round((254 * Math.log((bytes[cell] ?? 0) / count / least)) / span);
  }).buffer;
}

function targetCells(
  set: ReferenceSet,
  path: string,
  window: Window,
  places: ReadonlyMap<number, number>,
): ArrayBuffer {
  const shades = new Uint8Array(window.rows.cells * window.columns.cells);
  set.eachEntry(path, (chunk, target) => {
    if (target >= FIRST_KIND) return;
    const cell = cellIn(window, chunk);
    if (cell !== undefined && shades[cell] === 0) shades[cell] = 1 + ((places.get(target) ?? 0) % targetShades);
  });
  return shades.buffer;
}

function cellIn({ rows, columns, isAtPlace }: Window, chunk: number): number | undefined {
  const row = cellOf(chunk, rows);
  const column = cellOf(chunk, columns);
  return row < 0 || column < 0 || !isAtPlace(chunk) ? undefined : row * columns.cells + column;
}
