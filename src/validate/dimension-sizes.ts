import { metadataKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { countInWords } from '../words';
import type { CheckContext } from './checks';
import { arraysByGroup, nameOfPath } from './readable-arrays';

/** Dimensions that are told of, in a file: finding the place of each costs a walk through a document. */
const MOST_TOLD = 100;

/** An axis of an array that has the name of a dimension. */
interface Axis {
  array: ZarrArray;
  axis: number;
  size: number;
}

/**
 * A dimension has one size in all arrays of a group (netCDF data model; xarray, `Dataset`): xarray refuses the whole
 * group where two differ. One finding for each dimension and group, at the size that fewest arrays have.
 */
export function checkDimensionSizes({ set, reporter }: CheckContext): void {
  let count = 0;
  for (const [group, arrays] of arraysByGroup(set)) {
    for (const [name, axes] of axesByName(arrays)) {
      const odd = oddAxis(axes);
      if (odd === undefined) continue;
      if (++count > MOST_TOLD) continue;
      const other = axes.find(({ size }) => size !== odd.size) ?? odd;
      const where = group === '' ? 'the root group' : `the group "${group}"`;
      const message =
        `Dimension "${name}" has ${odd.size} elements in "${nameOfPath(odd.array.path)}" and ${other.size} in "${nameOfPath(other.array.path)}". ` +
        `Dimensions of one name have one size in a group: xarray refuses ${where}.`;
      reporter.inside(metadataKey(odd.array), ['shape', odd.axis], 'attributes/dimension-sizes', message);
    }
  }
  if (count <= MOST_TOLD) return;
  const message = `${countInWords(count - MOST_TOLD)} more dimensions have sizes that differ and are not listed.`;
  reporter.rest('', undefined, 'attributes/dimension-sizes', count - MOST_TOLD, message);
}

function axesByName(arrays: readonly ZarrArray[]): Map<string, Axis[]> {
  const dimensions = new Map<string, Axis[]>();
  for (const array of arrays) {
    const names = array.dimensionNames ?? [];
    // A name that stands twice is a fault of its own.
    if (new Set(names).size !== names.length) continue;
    for (const [axis, name] of names.entries()) {
      if (name === null || name === '') continue;
      const found = { array, axis, size: array.shape[axis] ?? 0 };
      const axes = dimensions.get(name);
      if (axes === undefined) dimensions.set(name, [found]);
      else axes.push(found);
    }
  }
  return dimensions;
}

/**
 * The first axis of the size that fewest have, of several such sizes of the one that came last; undefined where all
 * have one.
 */
function oddAxis(axes: readonly Axis[]): Axis | undefined {
  const counts = new Map<number, { count: number; first: Axis }>();
  for (const axis of axes) {
    const known = counts.get(axis.size);
    if (known === undefined) counts.set(axis.size, { count: 1, first: axis });
    else known.count++;
  }
  if (counts.size < 2) return undefined;
  const sizes = [...counts.values()];
  const fewest = Math.min(...sizes.map(({ count }) => count));
  return sizes.findLast(({ count }) => count === fewest)?.first;
}
