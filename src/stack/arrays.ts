import { sharedAttributes } from '../combine/attributes';
import { codecsWithFirstAxis } from '../combine/leading-axis';
import { gridAttributes } from '../generate/raster-grid';
import type { JsonObject, JsonValue } from '../json';
import { manifestArrayV2 } from '../manifest/manifest-array';
import type { ManifestArray, ManifestEntry } from '../manifest/types';
import { elementCount } from '../zarr/shape';
import { gridShape, keyBelow } from '../zarr/grid';
import { inlineBytes } from './group-arrays';
import type { TiffPart } from './part';

/** Where an array goes, and what its axis of bands is called there. */
export interface ArrayPlace {
  group: string;
  name: string;
  bandDimension: string;
}

/** An array made of parts, and what is to be said of it. */
export interface BuiltArray {
  array: ManifestArray;
  warnings: string[];
}

/** The array of one file, as it is. */
export function singleArray(part: TiffPart, place: ArrayPlace): ManifestArray {
  return manifestArrayV2(
    keyBelow(place.group, place.name),
    part.metadata,
    attributesOf([part], place, [], part.metadata.fill_value ?? null),
    () => partEntries(part, (chunk) => chunk),
  );
}

/**
 * The arrays of files that agree, one behind the other along a new first axis. @param parts in the order of the axis; undefined where a place has
 * no file, which reads as the fill value.
 */
export function stackedArray(
  parts: readonly (TiffPart | undefined)[],
  dimension: string,
  place: ArrayPlace,
): BuiltArray {
  const [first] = present(parts);
  const path = keyBelow(place.group, place.name);
  const missing = parts.length - present(parts).length;
  const fill = fillOf(
    present(parts),
    missing > 0,
    path,
    `${missing} of ${parts.length} places along ${dimension} have no file`,
  );
  const shape = [parts.length, ...first.shape];
  const chunks = [1, ...first.chunkShape];
  const document: JsonObject = {
    ...first.metadata,
    chunks,
    filters: codecsWithFirstAxis(first.metadata.filters ?? null, path),
    fill_value: fill.value,
    shape,
  };
  const perFile = elementCount(gridShape(first));
  return {
    array: manifestArrayV2(path, document, attributesOf(present(parts), place, [dimension], fill.value), function* () {
      for (const [index, part] of parts.entries()) {
        if (part !== undefined) yield* partEntries(part, (chunk) => index * perFile + chunk);
      }
    }),
    warnings: fill.warnings,
  };
}

/** A tile of a mosaic: where it stands, in chunks. */
export interface PlacedTile {
  part: TiffPart;
  row: number;
  column: number;
}

/** The arrays of tiles side by side. @param size of the mosaic in pixels. */
export function mosaicArray(
  tiles: readonly PlacedTile[],
  size: { width: number; height: number },
  place: ArrayPlace,
): BuiltArray {
  const parts = tiles.map(({ part }) => part);
  const [first] = present(parts);
  const path = keyBelow(place.group, place.name);
  const axes = { y: first.dimensions.indexOf('y'), x: first.dimensions.indexOf('x') };
  const shape = first.shape.map((side, axis) => (axis === axes.y ? size.height : axis === axes.x ? size.width : side));
  const sides = gridShape({ shape, chunkShape: first.chunkShape });
  const covered = tiles.reduce((sum, { part }) => sum + elementCount(gridShape(part)), 0);
  const gaps = elementCount(sides) - covered;
  const fill = fillOf(
    present(parts),
    gaps > 0,
    path,
    `${gaps} of ${elementCount(sides)} chunks of the mosaic lie in no file`,
  );
  const entries = function* (): Generator<readonly [number, ManifestEntry]> {
    for (const [chunk, part, own] of inOrder(tiles, sides, axes)) yield [chunk, entryOf(part, own)];
  };
  return {
    array: manifestArrayV2(
      path,
      { ...first.metadata, fill_value: fill.value, shape },
      attributesOf(parts, place, [], fill.value),
      entries,
    ),
    warnings: fill.warnings,
  };
}

/** The chunks of the mosaic that have an entry, ascending, each with its file and its row in the columns of that. */
function* inOrder(
  tiles: readonly PlacedTile[],
  sides: readonly number[],
  axes: { y: number; x: number },
): Generator<[chunk: number, part: TiffPart, row: number]> {
  const total = tiles.reduce((sum, { part }) => sum + part.chunks.numbers.length, 0);
  const chunks = new Float64Array(total);
  const owners = new Uint32Array(total);
  const rows = new Uint32Array(total);
  let at = 0;
  tiles.forEach(({ part, row, column }, tile) => {
    const own = gridShape(part);
    part.chunks.numbers.forEach((number, place) => {
      let rest = number;
      let chunk = 0;
      let step = 1;
      for (let axis = own.length - 1; axis >= 0; axis--) {
        const side = own[axis] ?? 1;
        const shift = axis === axes.y ? row : axis === axes.x ? column : 0;
        chunk += ((rest % side) + shift) * step;
        step *= sides[axis] ?? 1;
        rest = Math.floor(rest / side);
      }
      chunks[at] = chunk;
      owners[at] = tile;
      rows[at] = place;
      at += 1;
    });
  });
  const order = Uint32Array.from({ length: total }, (_, index) => index).sort(
    (a, b) => (chunks[a] ?? 0) - (chunks[b] ?? 0),
  );
  for (const index of order) {
    const tile = tiles[owners[index] ?? 0];
    if (tile !== undefined) yield [chunks[index] ?? 0, tile.part, rows[index] ?? 0];
  }
}

function* partEntries(
  part: TiffPart,
  numberOf: (chunk: number) => number,
): Generator<readonly [number, ManifestEntry]> {
  const { numbers } = part.chunks;
  for (let row = 0; row < numbers.length; row++) yield [numberOf(numbers[row] ?? 0), entryOf(part, row)];
}

function entryOf({ url, chunks: { numbers, offsets, lengths }, inline }: TiffPart, row: number): ManifestEntry {
  const number = numbers[row] ?? 0;
  const own = inline.length === 0 ? undefined : inline.find(([chunk]) => chunk === number);
  if (own !== undefined) return { kind: 'inline', bytes: inlineBytes(own[1]) };
  return { kind: 'range', url, offset: offsets[row] ?? 0, length: lengths[row] ?? 0 };
}

function attributesOf(
  parts: readonly TiffPart[],
  place: ArrayPlace,
  before: readonly string[],
  fill: JsonValue,
): JsonObject {
  const [first] = present(parts);
  const { _FillValue: stated, ...common } = sharedAttributes(parts.map(({ attributes }) => attributes));
  const dimensions = first.dimensions.map((name) => (name === 'band' ? place.bandDimension : name));
  return {
    _ARRAY_DIMENSIONS: [...before, ...dimensions],
    ...(stated !== undefined && stated === fill ? { _FillValue: stated } : {}),
    ...common,
    ...gridAttributes(first.grid),
  };
}

/** The fill value of an array of several files: their nodata, else what stands for chunks without bytes, null where all chunks are present. */
function fillOf(
  parts: readonly TiffPart[],
  hasGaps: boolean,
  path: string,
  what: string,
): { value: JsonValue; warnings: string[] } {
  const withValue = parts.find(({ metadata }) => (metadata.fill_value ?? null) !== null);
  if (withValue !== undefined) return { value: withValue.metadata.fill_value ?? null, warnings: [] };
  if (!hasGaps) return { value: null, warnings: [] };
  const isComplex = /^[<>]c/u.test(typeof parts[0]?.metadata.dtype === 'string' ? parts[0].metadata.dtype : '');
  return {
    value: isComplex ? [0, 0] : 0,
    warnings: [
      `${path}: ${what}, and the files state no nodata. They read as 0, and xarray masks every 0, true ones too.`,
    ],
  };
}

function present(parts: readonly (TiffPart | undefined)[]): [TiffPart, ...TiffPart[]] {
  const [first, ...others] = parts.filter((part) => part !== undefined);
  if (first === undefined) throw new Error('An array is made of one file at least.');
  return [first, ...others];
}
