import { KerchunkError } from '../errors';
import { isAligned } from '../generate/coordinates';
import type { RasterGrid } from '../generate/raster-grid';
import { listInWords, plural } from '../words';
import { arrayDifferences, gridDifferences } from './agreement';
import { BandOrder } from './band-order';
import { mosaicArray, type PlacedTile } from './arrays';
import {
  BandDimensions,
  coordinatesOf,
  gatheredWarnings,
  groupAccount,
  manifestOf,
  type ReadFile,
  rootAttributes,
  variableAccount,
} from './groups';
import { checkName, DEFAULT_NAME, describedName, GRID_NAMES } from './names';
import {
  chunkSides,
  extentOf,
  type Overlap,
  overlapsOf,
  type Overlaps,
  settledTiles,
  type Sides,
  type Tile,
  TOLERANCE,
  withoutOverlaps,
} from './mosaic-tiles';
import type { CombinedSet, LeftOut } from './types';

export interface MosaicOptions {
  /** Name of the variable; by default the description that all files share, else `band_data`. */
  name?: string;
  /** Which of two tiles of one place counts, in the order in which they were given; by default that is an error. */
  overlaps?: Overlaps;
  /** What becomes of a file that differs from the first, or whose place or size does not fit its chunks. */
  differing: 'stop' | 'leave-out';
}

/**
 * Adjacent tiles as one array over all they cover. Chunks stay what they are, so each tile must begin where a chunk does, and be whole chunks wide
 * and high unless it ends where the mosaic ends.
 * @throws KerchunkError `invalid-argument` naming the tile and what is in the way: another CRS, resolution or layout, a place between pixels or between
 * chunks with the nearest that would do, an edge inside the mosaic, an overlap.
 */
export async function mosaicOf(files: readonly ReadFile[], options: MosaicOptions): Promise<CombinedSet> {
  if (options.name !== undefined) checkName(options.name, GRID_NAMES, '--name');
  const leftOut: LeftOut[] = [];
  const agreeing = thoseThatAgree(files, options, leftOut);
  const leavesOut = options.differing === 'leave-out';
  const located = leavesOut ? thoseOnTheGrid(agreeing, leftOut) : locatedTiles(agreeing);
  const { tiles: kept, grid } = leavesOut
    ? laidOut(settledTiles(located, options.overlaps, leftOut))
    : laidOut(options.overlaps === undefined ? located : withoutOverlaps(located, options.overlaps, leftOut));
  // A tile in the wrong place is told as that first.
  if (options.overlaps === undefined) refuseOverlaps(overlapsOf(kept).overlapping);
  const [first] = kept;
  if (first === undefined) throw new KerchunkError('invalid-argument', 'A mosaic is made of one file at least.');
  const chunk = chunkSides(first);
  checkEdges(kept, grid, chunk);
  const bands = new BandDimensions();
  const place = { group: '', name: options.name ?? sharedName(kept), bandDimension: bands.nameFor(first.part) };
  const placed: PlacedTile[] = kept.map(({ part, row, column }) => ({
    part,
    row: row / chunk.height,
    column: column / chunk.width,
  }));
  const { array, warnings } = mosaicArray(placed, grid, place);
  const parts = kept.map(({ part }) => part);
  return {
    manifest: manifestOf([], rootAttributes(parts), [array, ...(await coordinatesOf('', grid, bands))]),
    groups: [groupAccount('', grid)],
    variables: [variableAccount(array, parts)],
    leftOut,
    warnings: [...warnings, ...gatheredWarnings(kept)],
  };
}

function sharedName(tiles: readonly Tile[]): string {
  const [first, ...others] = tiles.map(({ part }) => describedName(part.descriptions, GRID_NAMES));
  return first !== undefined && others.every((name) => name === first) ? first : DEFAULT_NAME;
}

/** Files that agree with the first in all but their place and size. */
function thoseThatAgree(files: readonly ReadFile[], { differing }: MosaicOptions, leftOut: LeftOut[]): ReadFile[] {
  const [first] = files;
  if (first === undefined) return [];
  const faults: string[] = [];
  const order = new BandOrder<ReadFile>();
  const kept = files.filter((read) => {
    // The first file may have no descriptions that tell the order of its bands.
    const other = order.against(read.part) ?? first;
    const differences = [
      ...gridDifferences(read.part.grid, other.part.grid, false),
      ...arrayDifferences(read.part, other.part),
    ];
    if (differences.length === 0) {
      order.add(read);
      return true;
    }
    const reason = differences
      .map(({ property, own, others }) => `${property} ${own}, where ${other.file.label} has ${others}`)
      .join('; ');
    faults.push(`${read.file.label}: ${reason}`);
    leftOut.push({ label: read.file.label, reason });
    return false;
  });
  if (faults.length > 0 && differing === 'stop') {
    throw new KerchunkError(
      'invalid-argument',
      `${plural(faults.length, 'file differs', 'files differ')} from the first, and nothing was written: ${faults.slice(0, 8).join('; ')}` +
        `${faults.length > 8 ? `; and ${faults.length - 8} more` : ''}. Leave them out with --differing leave-out, or warp them to one grid (gdalwarp -tr -tap -t_srs).`,
    );
  }
  return kept;
}

/** The tiles with their places in pixels from the upper left corner of the first; a place between pixels is a fraction. */
function locatedTiles(files: readonly ReadFile[]): Tile[] {
  const located = files.map((read) => ({ read, transform: alignedTransform(read) }));
  const [first] = located;
  if (first === undefined) return [];
  const [x0, dx, , y0, , dy] = first.transform;
  return located.map(({ read, transform }) => {
    const { width, height } = read.part.grid;
    return { ...read, column: (transform[0] - x0) / dx, row: (transform[3] - y0) / dy, width, height };
  });
}

function alignedTransform({ file, part }: ReadFile): NonNullable<RasterGrid['transform']> {
  const { transform } = part.grid;
  const why = unplaceable({ part });
  if (transform !== undefined && why === undefined) return transform;
  throw new KerchunkError('invalid-argument', `${file.label}: ${why}. Leave it out, or warp it (gdalwarp).`);
}

function unplaceable({ part }: Pick<ReadFile, 'part'>): string | undefined {
  const { transform } = part.grid;
  if (transform !== undefined && isAligned(transform)) return undefined;
  return `${transform === undefined ? 'it has no transform' : 'it is rotated'}, so that it has no place in a mosaic`;
}

/** The tiles with their places in pixels from the upper left corner of all, and the grid of all. */
function laidOut(located: readonly Tile[]): { tiles: Tile[]; grid: RasterGrid } {
  const [first] = located;
  if (first === undefined) throw new KerchunkError('invalid-argument', 'A mosaic is made of one file at least.');
  const [x0, dx, , y0, , dy] = alignedTransform(first);
  const chunk = chunkSides(first);
  const relative = located.map((tile) => ({
    ...tile,
    column: wholePlace('column', tile, first),
    row: wholePlace('row', tile, first),
  }));
  const extent = extentOf(relative);
  const tiles = relative.map((tile) => ({ ...tile, column: tile.column - extent.left, row: tile.row - extent.top }));
  const corner = { x0: x0 + extent.left * dx, y0: y0 + extent.top * dy };
  for (const tile of tiles) checkPlace(tile, chunk, { ...corner, dx, dy });
  const grid: RasterGrid = {
    ...first.part.grid,
    width: extent.right - extent.left,
    height: extent.bottom - extent.top,
    transform: [corner.x0, dx, 0, corner.y0, 0, dy],
  };
  return { tiles, grid };
}

/** The tiles that begin where a chunk of the first begins, or would if its grid went on. */
function thoseOnTheGrid(files: readonly ReadFile[], leftOut: LeftOut[]): Tile[] {
  const placeable = files.filter((read) => {
    const why = unplaceable(read);
    if (why !== undefined) leftOut.push({ label: read.file.label, reason: why });
    return why === undefined;
  });
  const tiles = locatedTiles(placeable);
  const [first] = tiles;
  if (first === undefined) return [];
  const chunk = chunkSides(first);
  return tiles.filter((tile) => {
    const reasons = (['column', 'row'] as const).flatMap((what) => {
      const exact = tile[what] - first[what];
      const size = what === 'column' ? chunk.width : chunk.height;
      const rest = exact - Math.round(exact / size) * size;
      return Math.abs(rest) <= TOLERANCE
        ? []
        : [
            `it begins ${Number(exact.toFixed(4))} ${what}s from ${first.file.label}, which is no multiple of the chunk's ${size}`,
          ];
    });
    if (reasons.length > 0) leftOut.push({ label: tile.file.label, reason: reasons.join('; ') });
    return reasons.length === 0;
  });
}

/** The column or row at which a tile begins, counted from the first one's. */
function wholePlace(what: 'column' | 'row', tile: Tile, first: Tile): number {
  const exact = tile[what] - first[what];
  const whole = Math.round(exact);
  if (Math.abs(exact - whole) <= TOLERANCE) return whole;
  throw new KerchunkError(
    'invalid-argument',
    `${tile.file.label} lies between pixels of ${first.file.label}: its ${what}s begin at ${Number(exact.toFixed(4))} of that one's, the nearest whole ${what} is ${whole}. ` +
      'Warp it to that grid: gdalwarp -tap -tr, or leave it out (--differing leave-out).',
  );
}

/** Chunks cannot be cut: a tile begins where one of the mosaic's does. */
function checkPlace(
  { file, column, row }: Tile,
  chunk: Sides,
  origin: { x0: number; dx: number; y0: number; dy: number },
): void {
  for (const [what, side, at, size, start, step] of [
    ['column', 'width', column, chunk.width, origin.x0, origin.dx],
    ['row', 'height', row, chunk.height, origin.y0, origin.dy],
  ] as const) {
    if (at % size === 0) continue;
    const before = Math.floor(at / size) * size;
    const near = [before, before + size].map(
      (place) => `${place} (${what === 'column' ? 'x' : 'y'} ${start + place * step})`,
    );
    throw new KerchunkError(
      'invalid-argument',
      `${file.label} begins at ${what} ${at} of the mosaic (${what === 'column' ? 'x' : 'y'} ${start + at * step}), which is no multiple of the chunk ${side}, ${size}; ` +
        `the nearest that would do are ${listInWords(near)}. Chunks cannot be cut: cut the tiles anew at multiples of ${size} pixels ` +
        `(gdal_translate -srcwin), or write them with chunks of a size that divides all offsets (-co BLOCKSIZE=), or leave the file out (--differing leave-out).`,
    );
  }
}

/** A tile that ends inside the mosaic ends where a chunk does: behind its last pixel a chunk holds padding, not what lies there. */
function checkEdges(tiles: readonly Tile[], { width, height }: RasterGrid, chunk: Sides): void {
  for (const { file, ...tile } of tiles) {
    for (const [what, length, end, whole, size] of [
      ['width', tile.width, tile.column + tile.width, width, chunk.width],
      ['height', tile.height, tile.row + tile.height, height, chunk.height],
    ] as const) {
      if (end === whole || length % size === 0) continue;
      const edge = what === 'width' ? 'right' : 'lower';
      throw new KerchunkError(
        'invalid-argument',
        `${file.label} ends inside the mosaic, and its ${what} of ${length} pixels is no multiple of the chunk ${what}, ${size}: its last chunks are padded over what lies beyond its ${edge} edge. ` +
          `A ${what} of ${Math.max(size, Math.floor(length / size) * size)} or ${Math.ceil(length / size) * size} would do; cut the tiles anew (gdal_translate -srcwin), or leave the file out (--differing leave-out).`,
      );
    }
  }
}

function refuseOverlaps(overlapping: readonly Overlap[]): void {
  if (overlapping.length === 0) return;
  const named = overlapping
    .slice(0, 8)
    .map(({ tile, other, pixels }) => `${listInWords([other.file.label, tile.file.label])} (${pixels})`);
  const more = overlapping.length > 8 ? `; and ${overlapping.length - 8} more` : '';
  throw new KerchunkError(
    'invalid-argument',
    `${plural(overlapping.length, 'pair')} of tiles overlap: ${named.join('; ')}${more}. ` +
      'Say which of two counts as a whole, with --duplicates first or --duplicates last, or cut the tiles so that they meet.',
  );
}
