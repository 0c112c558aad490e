import { KerchunkError } from '../errors';
import type { RasterGrid } from '../generate/raster-grid';
import type { JsonObject } from '../json';
import type { Manifest, ManifestArray } from '../manifest/types';
import { elementCount } from '../zarr/shape';
import { gridShape, keyBelow } from '../zarr/grid';
import { groupOf } from '../zarr/path';
import { crsInWords, isSameGrid } from './agreement';
import { gridArrays } from './group-arrays';
import type { TiffPart } from './part';
import { freeName, pixelArea, resolutionName } from './resolution';
import type { GroupAccount, SetFile, VariableAccount } from './types';
import { plural } from '../words';

/** A file and what was read of it. */
export interface ReadFile {
  file: SetFile;
  part: TiffPart;
}

/** Things of one grid. */
export interface OneGrid<Thing> {
  grid: RasterGrid;
  members: Thing[];
}

/** Puts things of equal grids together, in the order of the first of each. */
export function byGrid<Thing>(things: readonly Thing[], gridOf: (thing: Thing) => RasterGrid): OneGrid<Thing>[] {
  const found: OneGrid<Thing>[] = [];
  for (const thing of things) {
    const grid = gridOf(thing);
    const own = found.find((other) => isSameGrid(grid, other.grid));
    if (own === undefined) found.push({ grid, members: [thing] });
    else own.members.push(thing);
  }
  return found;
}

/** The number of the grid of each file, from 0 in the order in which they come first. */
export function gridNumbers(files: readonly ReadFile[]): number[] {
  const numbers = new Map<ReadFile, number>();
  byGrid(files, ({ part }) => part.grid).forEach(({ members }, number) => {
    for (const file of members) numbers.set(file, number);
  });
  return files.map((file) => numbers.get(file) ?? 0);
}

/**
 * Names for groups: the root where there is one, else the resolution of each, the finest first; a number tells those of one resolution apart.
 * @returns the groups in that order, each with its path.
 */
export function namedGroups<Thing>(groups: readonly OneGrid<Thing>[]): (OneGrid<Thing> & { path: string })[] {
  const [only, ...others] = groups;
  if (only !== undefined && others.length === 0) return [{ ...only, path: '' }];
  const taken = new Set<string>();
  return [...groups]
    .sort((a, b) => pixelArea(a.grid) - pixelArea(b.grid))
    .map((group) => {
      const path = freeName(resolutionName(group.grid), taken);
      taken.add(path);
      return { ...group, path };
    });
}

/** What the axes of bands of a group's variables are called: `band` for the first number of bands, `band_7` for seven where that is another. */
export class BandDimensions {
  private first: number | undefined;

  /** @param part one of the variable's. */
  nameFor({ dimensions, shape }: TiffPart): string {
    const axis = dimensions.indexOf('band');
    if (axis < 0) return 'band';
    const count = shape[axis] ?? 1;
    this.first ??= count;
    return count === this.first ? 'band' : `band_${count}`;
  }

  /** Bands of the dimension `band`; undefined where no variable has one. */
  get count(): number | undefined {
    return this.first;
  }
}

/** The coordinates of a group's grid. */
export function coordinatesOf(path: string, grid: RasterGrid, bands: BandDimensions): Promise<ManifestArray[]> {
  return gridArrays(path, grid, bands.count);
}

export function groupAccount(path: string, grid: RasterGrid): GroupAccount {
  const { width, height, crs } = grid;
  return { path, width, height, resolution: resolutionName(grid), crs: crsInWords(crs) };
}

/** @param parts that the array is made of. */
export function variableAccount({ array }: ManifestArray, parts: readonly TiffPart[]): VariableAccount {
  return {
    path: array.path,
    shape: array.shape,
    chunkShape: array.chunkShape,
    chunks: elementCount(gridShape(array)),
    present: parts.reduce((sum, { chunks }) => sum + chunks.numbers.length, 0),
    files: parts.length,
  };
}

/** Files that `kerchunk_source` lists one by one; a longer list would stand in every dataset that is opened. */
const MOST_SOURCES = 100;

/** The attributes of the root: the files that the references point into, where these are few. */
export function rootAttributes(parts: readonly TiffPart[]): JsonObject {
  return parts.length > MOST_SOURCES ? {} : { kerchunk_source: parts.map(({ source }) => source) };
}

/**
 * The set of these groups and arrays. @param paths of the groups; the root is always there. @param attributes of the root.
 * @throws KerchunkError `invalid-argument` where two arrays have one path, and where a variable is called like a dimension of its group.
 */
export function manifestOf(
  paths: readonly string[],
  attributes: JsonObject,
  arrays: readonly ManifestArray[],
): Manifest {
  checkPaths(arrays);
  const below = paths.filter((path) => path !== '').map((path) => ({ path, zarrFormat: 2 as const, attributes: {} }));
  return { groups: [{ path: '', zarrFormat: 2, attributes }, ...below], arrays: [...arrays] };
}

function checkPaths(arrays: readonly ManifestArray[]): void {
  const found = new Set<string>();
  const dimensions = new Set(
    arrays.flatMap(({ array }) =>
      (array.dimensionNames ?? []).map((name) => keyBelow(groupOf(array.path), name ?? '')),
    ),
  );
  for (const { array } of arrays) {
    const isCoordinate = array.shape.length < 2;
    if (!found.has(array.path) && (isCoordinate || !dimensions.has(array.path))) {
      found.add(array.path);
      continue;
    }
    throw new KerchunkError(
      'invalid-argument',
      `A variable and a dimension or coordinate, or two variables, would both be called "${array.path}". Give the variable another name, with --name or a {band} in --pattern.`,
    );
  }
}

/** What the files' own warnings say, each once, with the first file that it is about and how many more there are. */
export function gatheredWarnings(files: readonly ReadFile[]): string[] {
  const found = new Map<string, { name: string; text: string; count: number }>();
  for (const { file, part } of files) {
    for (const text of part.warnings) {
      const key = text.replaceAll(part.name, '').replaceAll(file.facts?.place ?? '\0', '');
      const known = found.get(key);
      if (known === undefined) found.set(key, { name: file.label, text, count: 1 });
      else known.count += 1;
    }
  }
  return Array.from(found.values(), ({ name, text, count }) =>
    count === 1 ? `${name}: ${text}` : `${name} and ${plural(count - 1, 'other file')}: ${text}`,
  );
}
