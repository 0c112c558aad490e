import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { nodeAttributes } from '../references/node-attributes';
import type { ReferenceSet } from '../references/reference-set';
import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import type { MapAxes } from './map-axes';
import { groupOf } from '../zarr/path';

/** Arrays that are looked at for one's overviews. */
const MOST_CANDIDATES = 20_000;
const MOST_LEVELS = 32;

/**
 * The overviews of an array that stand in the same set, from large to small: what `multiscales` attributes name with it (the zarr convention of
 * that name, and OME-NGFF's datasets), else arrays of its data type whose rows and columns are halved again and again, and whose path differs
 * in one part that counts levels, or says "overview".
 */
export function overviewsIn(set: ReferenceSet, array: ZarrArray, axes: MapAxes): ZarrArray[] {
  const stated = statedLevels(set, array);
  const found =
    stated ??
    set
      .arrayPaths()
      .slice(0, MOST_CANDIDATES)
      .filter((path) => isBeside(array.path, path));
  const smaller = found
    .map((path) => arrayAt(set, path))
    .filter((other) => other !== undefined)
    .filter((other) => isReduced(array, other, axes, stated !== undefined))
    .sort((a, b) => (b.shape[axes.columnAxis] ?? 0) - (a.shape[axes.columnAxis] ?? 0));
  return distinct(smaller, axes).slice(0, MOST_LEVELS);
}

function distinct(levels: readonly ZarrArray[], { columnAxis }: MapAxes): ZarrArray[] {
  return levels.filter((level, index) => level.shape[columnAxis] !== levels[index - 1]?.shape[columnAxis]);
}

function arrayAt(set: ReferenceSet, path: string): ZarrArray | undefined {
  try {
    return set.array(path);
  } catch (error) {
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}

/** Paths of the levels that a group above names, where it names the array itself among them. */
function statedLevels(set: ReferenceSet, { path }: ZarrArray): string[] | undefined {
  const above = path === '' ? [] : [groupOf(path), groupOf(groupOf(path))];
  for (const group of new Set(above)) {
    const rest = group === '' ? path : path.slice(group.length + 1);
    const below = rest.includes('/') ? rest.slice(rest.indexOf('/')) : '';
    const names = statedNames(nodeAttributes(set, group));
    const paths = names.map((name) => keyBelow(group, name + (below !== '' && name.endsWith(below) ? '' : below)));
    if (paths.includes(path)) return paths;
  }
  return undefined;
}

function statedNames(attributes: JsonObject): string[] {
  const ome = isJsonObject(attributes.ome) ? attributes.ome.multiscales : undefined;
  const multiscales = ome ?? attributes.multiscales;
  const first = Array.isArray(multiscales) ? multiscales[0] : multiscales;
  if (!isJsonObject(first)) return [];
  const { layout, datasets } = first;
  return [...members(layout).map(({ asset }) => asset), ...members(datasets).map(({ path }) => path)].filter(
    (name) => typeof name === 'string',
  );
}

function members(list: JsonValue | undefined): Record<string, JsonValue>[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

/** Whether paths differ in one part alone, by a number or by the word "overview". */
function isBeside(path: string, other: string): boolean {
  const [parts, others] = [path.split('/'), other.split('/')];
  if (parts.length !== others.length) return false;
  const different = parts.flatMap((part, index) => (part === others[index] ? [] : [[part, others[index] ?? '']]));
  const [pair] = different;
  if (pair === undefined || different.length > 1) return false;
  const [one = '', another = ''] = pair;
  return /overview|ovr|_r\d+$/iu.test(another) || withoutDigits(one) === withoutDigits(another);
}

function withoutDigits(name: string): string {
  return name.replace(/\d+/gu, '#');
}

/** Whether an array holds another's rows and columns halved, each time rounded up or down, and all its other axes whole. */
function isReduced(full: ZarrArray, other: ZarrArray, { rowAxis, columnAxis }: MapAxes, stated: boolean): boolean {
  const { kind, itemSize } = full.dataType;
  const sameType = other.dataType.kind === kind && other.dataType.itemSize === itemSize;
  const sameAxes =
    other.shape.length === full.shape.length &&
    other.shape.every(
      (side, axis) => side > 0 && (axis === rowAxis || axis === columnAxis || side === full.shape[axis]),
    );
  if (!sameType || !sameAxes) return false;
  const [rows, columns] = [full.shape[rowAxis] ?? 1, full.shape[columnAxis] ?? 1];
  const [fewerRows, fewerColumns] = [other.shape[rowAxis] ?? 1, other.shape[columnAxis] ?? 1];
  if (fewerRows > rows || fewerColumns > columns || (fewerRows === rows && fewerColumns === columns)) return false;
  return (
    stated ||
    (isHalved(rows, fewerRows) &&
      isHalved(columns, fewerColumns) &&
      isEven(rows / fewerRows, columns / fewerColumns, fewerRows, fewerColumns))
  );
}

function isHalved(full: number, other: number): boolean {
  let [least, most] = [full, full];
  for (let times = 0; times < 40 && most >= other; times++) {
    if (times > 0 && other >= least && other <= most) return true;
    [least, most] = [Math.max(1, Math.floor(least / 2)), Math.ceil(most / 2)];
  }
  return false;
}

/** Whether rows and columns are reduced alike, as far as rounding lets them. */
function isEven(byRows: number, byColumns: number, rows: number, columns: number): boolean {
  return Math.abs(byRows / byColumns - 1) <= 1 / rows + 1 / columns;
}
