import type { ArrayGlance } from '../../../preview/types';

/** Columns that a glance can be sorted by; null: the order of the text. */
export type SortColumn = 'path' | 'decoded' | 'stored' | 'ratio' | 'chunks';
export interface Sorting {
  column: SortColumn;
  descending: boolean;
}

/** How many times larger the values of the chunks that are there are than what is stored; null where nothing is stored. */
export function ratioOf({ storedBytes, coverage, chunkBytes }: ArrayGlance): number | null {
  return storedBytes === 0 ? null : ((coverage.ranges + coverage.inline) * chunkBytes) / storedBytes;
}

const keys: Record<SortColumn, (array: ArrayGlance) => number | string> = {
  path: ({ path }) => path,
  decoded: ({ decodedBytes }) => decodedBytes,
  stored: ({ storedBytes }) => storedBytes,
  ratio: (array) => ratioOf(array) ?? 0,
  chunks: ({ coverage }) => coverage.total,
};

/** The arrays in that order; those that are equal in it stay as they stood. */
export function sorted(arrays: readonly ArrayGlance[], sorting: Sorting | null): readonly ArrayGlance[] {
  if (sorting === null) return arrays;
  const key = keys[sorting.column];
  const sign = sorting.descending ? -1 : 1;
  return arrays.toSorted((a, b) => sign * compare(key(a), key(b)));
}

function compare(a: number | string, b: number | string): number {
  return typeof a === 'string' || typeof b === 'string'
    ? String(a).localeCompare(String(b), 'en-US', { numeric: true })
    : a - b;
}

/** What a click on a column's head makes of the order: numbers the largest first, then the other way, then the order of the text. */
export function nextSorting(sorting: Sorting | null, column: SortColumn): Sorting | null {
  const first = column !== 'path';
  if (sorting?.column !== column) return { column, descending: first };
  return sorting.descending === first ? { column, descending: !first } : null;
}
