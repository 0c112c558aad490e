import type { ReadFile } from './groups';
import { TileIndex } from './tile-index';
import type { LeftOut } from './types';

/** A tile with its place in pixels, from the upper left corner of the first file or of the mosaic, and its size. */
export interface Tile extends ReadFile {
  column: number;
  row: number;
  width: number;
  height: number;
}

/** Width and height in pixels. */
export interface Sides {
  width: number;
  height: number;
}

/** Which of two tiles of one place counts, in the order in which they were given. */
export type Overlaps = 'first' | 'last';

/** How far, in pixels, a tile may lie beside the grid: what rounding in its tags does. */
export const TOLERANCE = 1e-3;

/**
 * The tiles that make up the mosaic where others may be left out: none ends within a chunk inside of it, and where `overlaps` says which of two
 * counts, none overlaps another. None that is left out could be added. First those go that end inside the mosaic of all, then those that overlap
 * one that counts before them; then each that had to go is asked for once more, in the order of preference, as its edge may be that of the mosaic
 * now. That changes no answer given before: the mosaic only grows again.
 */
export function settledTiles(located: readonly Tile[], overlaps: Overlaps | undefined, leftOut: LeftOut[]): Tile[] {
  const [first] = located;
  if (first === undefined) return [];
  const chunk = chunkSides(first);
  const order = new Map(located.map((tile, at) => [tile, overlaps === 'last' ? -at : at]));
  const byPreference = (a: Tile, b: Tile): number => (order.get(a) ?? 0) - (order.get(b) ?? 0);
  const whole = thoseThatEndOnChunks(located, chunk);
  const chosen = new ChosenTiles(squareSides(located, chunk), chunk, overlaps !== undefined);
  for (const tile of [...whole].sort(byPreference)) chosen.addUnlessOverlapping(tile);
  const others = located.filter((tile) => !chosen.has(tile)).sort(byPreference);
  for (const tile of others) if (chosen.obstacle(tile) === undefined) chosen.add(tile);
  for (const tile of located) {
    const reason = chosen.has(tile) ? undefined : chosen.obstacle(tile);
    if (reason !== undefined) leftOut.push({ label: tile.file.label, reason });
  }
  return located.filter((tile) => chosen.has(tile));
}

/** The tiles of which none ends within a chunk inside the mosaic of all that are left. */
function thoseThatEndOnChunks(tiles: readonly Tile[], chunk: Sides): readonly Tile[] {
  let left = tiles;
  for (;;) {
    const extent = extentOf(left);
    const whole = left.filter((tile) => endsInside(tile, extent, chunk) === undefined);
    if (whole.length === left.length) return left;
    left = whole;
  }
}

type Extent = ReturnType<typeof extentOf>;

/** The side on which a tile ends within a chunk before the extent does. */
function endsInside(tile: Tile, { right, bottom }: Extent, chunk: Sides): 'right' | 'bottom' | undefined {
  const isCut = (end: number, last: number, side: number, size: number): boolean =>
    end < last - TOLERANCE && side % size !== 0;
  if (isCut(tile.column + tile.width, right, tile.width, chunk.width)) return 'right';
  return isCut(tile.row + tile.height, bottom, tile.height, chunk.height) ? 'bottom' : undefined;
}

/** Tiles that a mosaic has so far. */
class ChosenTiles {
  private readonly tiles = new Set<Tile>();
  private readonly index: TileIndex<Tile>;
  private extent = extentOf([]);
  /** Those that end within a chunk on a side, which is an edge of the mosaic: one of each, as all end at one place. */
  private readonly cut: { right?: Tile; bottom?: Tile } = {};

  /** @param squares sides of the squares by which neighbours are found. @param isApart whether none may overlap another. */
  constructor(
    squares: Sides,
    private readonly chunk: Sides,
    private readonly isApart: boolean,
  ) {
    this.index = new TileIndex(squares);
  }

  has(tile: Tile): boolean {
    return this.tiles.has(tile);
  }

  addUnlessOverlapping(tile: Tile): void {
    if (this.overlapped(tile) === undefined) this.add(tile);
  }

  add(tile: Tile): void {
    this.tiles.add(tile);
    this.index.add(tile);
    this.extent = this.extentWith(tile);
    if (tile.width % this.chunk.width !== 0) this.cut.right = tile;
    if (tile.height % this.chunk.height !== 0) this.cut.bottom = tile;
  }

  /** Why a tile cannot be added, in words; undefined where it can. */
  obstacle(tile: Tile): string | undefined {
    const { chunk } = this;
    const extent = this.extentWith(tile);
    const { width, height } = tile;
    if (endsInside(tile, extent, chunk) !== undefined) {
      return `it ends inside the mosaic, and its ${width} x ${height} pixels are no whole chunks of ${chunk.width} x ${chunk.height}`;
    }
    const other = this.overlapped(tile);
    if (other !== undefined) return `it overlaps ${other.file.label} by ${overlapOf(tile, other) ?? ''}`;
    for (const edge of [this.cut.right, this.cut.bottom]) {
      if (edge !== undefined && endsInside(edge, extent, chunk) !== undefined) {
        return `it goes beyond ${edge.file.label}, whose ${edge.width} x ${edge.height} pixels are no whole chunks of ${chunk.width} x ${chunk.height} and end the mosaic`;
      }
    }
    return undefined;
  }

  private overlapped(tile: Tile): Tile | undefined {
    if (!this.isApart) return undefined;
    return this.index.first(tile, (other) => overlapOf(tile, other) !== undefined);
  }

  private extentWith({ column, row, width, height }: Tile): Extent {
    const { left, top, right, bottom } = this.extent;
    return {
      left: Math.min(left, column),
      top: Math.min(top, row),
      right: Math.max(right, column + width),
      bottom: Math.max(bottom, row + height),
    };
  }
}

/** A tile that overlaps another, which was kept, and by how much in words. */
export interface Overlap {
  tile: Tile;
  other: Tile;
  pixels: string;
}

/** Goes through the tiles in order, keeping each that overlaps none kept so far. */
export function overlapsOf(tiles: readonly Tile[]): { kept: Tile[]; overlapping: Overlap[] } {
  const [any] = tiles;
  if (any === undefined) return { kept: [], overlapping: [] };
  const kept: Tile[] = [];
  const overlapping: Overlap[] = [];
  const found = new TileIndex<Tile>(squareSides(tiles, chunkSides(any)));
  for (const tile of tiles) {
    const other = found.first(tile, (candidate) => overlapOf(tile, candidate) !== undefined);
    if (other === undefined) {
      kept.push(tile);
      found.add(tile);
    } else overlapping.push({ tile, other, pixels: overlapOf(tile, other) ?? '' });
  }
  return { kept, overlapping };
}

/** The tiles of which each overlaps none that counts before it and is kept, in the order given. */
export function withoutOverlaps(tiles: readonly Tile[], overlaps: Overlaps, leftOut: LeftOut[]): Tile[] {
  const { kept, overlapping } = overlapsOf(overlaps === 'last' ? [...tiles].reverse() : tiles);
  for (const { other, tile, pixels } of overlapping) {
    leftOut.push({ label: tile.file.label, reason: `it overlaps ${other.file.label} by ${pixels}` });
  }
  return overlaps === 'last' ? kept.reverse() : kept;
}

/** Squares of the size that half the tiles have; not below a chunk, so that none touches more of them than it has chunks, but for its edges. */
function squareSides(tiles: readonly Tile[], chunk: Sides): Sides {
  const middle = (sides: number[]): number => sides.sort((a, b) => a - b)[Math.floor(sides.length / 2)] ?? 1;
  return {
    width: Math.max(chunk.width, middle(tiles.map(({ width }) => width))),
    height: Math.max(chunk.height, middle(tiles.map(({ height }) => height))),
  };
}

/** By how much two tiles overlap, in words; undefined where they do not, but for what rounding does. */
function overlapOf(a: Tile, b: Tile): string | undefined {
  const width = Math.min(a.column + a.width, b.column + b.width) - Math.max(a.column, b.column);
  if (width <= TOLERANCE) return undefined;
  const height = Math.min(a.row + a.height, b.row + b.height) - Math.max(a.row, b.row);
  if (height <= TOLERANCE) return undefined;
  return `${Math.ceil(width - TOLERANCE)} x ${Math.ceil(height - TOLERANCE)} pixels`;
}

export function extentOf(tiles: readonly Tile[]): { left: number; top: number; right: number; bottom: number } {
  const extent = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { column, row, width, height } of tiles) {
    extent.left = Math.min(extent.left, column);
    extent.top = Math.min(extent.top, row);
    extent.right = Math.max(extent.right, column + width);
    extent.bottom = Math.max(extent.bottom, row + height);
  }
  return extent;
}

export function chunkSides({ part }: ReadFile): Sides {
  const side = (axis: 'x' | 'y'): number => part.chunkShape[part.dimensions.indexOf(axis)] ?? 1;
  return { width: side('x'), height: side('y') };
}
