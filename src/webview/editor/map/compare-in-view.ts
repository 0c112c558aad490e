import type { PlaneWindow } from '../../../preview/compare-types';
import type { Pyramid } from '../../../preview/map-types';
import { openCompare } from '../compare/open-compare';
import type { Page } from '../page';
import type { Span } from '../viewport';
import type { ArrayMap } from './array-map';
import { slicesOf } from './map-state';

/** Compares the window of an array that is selected, else the part of it that is in view. */
export function compareInView(page: Page, pyramid: Pyramid): void {
  const { selection, map } = page.state;
  const box = document.querySelector<ArrayMap>('array-map')?.box;
  const slices = selection ?? (box === undefined ? undefined : slicesOf(pyramid, map, box.rows, box.columns));
  if (slices !== undefined) openCompare(page, planeOf(pyramid, slices));
}

/** A window's rows and columns, at its first index along all other axes. */
export function planeOf({ path, rowAxis, columnAxis }: Pyramid, selection: readonly Span[]): PlaneWindow {
  const slices = selection.map((slice, axis) =>
    axis === rowAxis || axis === columnAxis ? slice : { start: slice.start, stop: slice.start + 1 },
  );
  // Of an array whose columns come first the plane is shown on its side.
  return { path, slices, rows: Math.min(rowAxis, columnAxis), columns: Math.max(rowAxis, columnAxis) };
}
