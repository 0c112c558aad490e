import { KerchunkError } from '../errors';
import { isAligned } from '../generate/coordinates';
import type { RasterGrid } from '../generate/raster-grid';
import { listInWords, plural } from '../words';
import { arrayDifferences, gridDifferences } from './agreement';
import { mosaicArray, type PlacedTile } from './arrays';
import {
  BandDimensions,
  coordinatesOf,
  gatheredWarnings,
  groupAccount,
  manifestGroups,
  type ReadFile,
  rootAttributes,
  variableAccount,
} from './groups';
import { DEFAULT_NAME } from './names';
import type { CombinedSet, LeftOut } from './types';

export interface MosaicOptions {
  /** Name of the variable; by default the description that all files share, else `band_data`. */
  name?: string;
  /** Which of two tiles of one place counts, in the order in which they were given; by default that is an error. */
  overlaps?: 'first' | 'last';
  /** What becomes of a file that differs from the first. */
  differing: 'stop' | 'leave-out';
}

/** A tile with its place in pixels of the mosaic. */
interface Tile extends ReadFile {
  column: number;
  row: number;
  width: number;
  height: number;
}

/** How far, in pixels, a tile may lie beside the grid: what rounding in its tags does. */
const TOLERANCE = 1e-3;

/**
 * Adjacent tiles as one array over all they cover. Chunks stay what they are, so each tile must begin where a chunk does, and be whole chunks wide
 * and high unless it ends where the mosaic ends.
 * @throws KerchunkError `invalid-argument` naming the tile and what is in the way: another CRS, resolution or layout, a place between pixels or between
 * chunks with the nearest that would do, an edge inside the mosaic, an overlap.
 */
export async function mosaicOf(files: readonly ReadFile[], options: MosaicOptions): Promise<CombinedSet> {
  const leftOut: LeftOut[] = [];
  const agreeing = thoseThatAgree(files, options, leftOut);
  const { tiles, grid } = placedTiles(agreeing);
  const kept = withoutOverlaps(tiles, options, leftOut);
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
    manifest: {
      groups: manifestGroups([], rootAttributes(parts)),
      arrays: [array, ...(await coordinatesOf('', grid, bands))],
    },
    groups: [groupAccount('', grid)],
    variables: [variableAccount(array, parts)],
    leftOut,
    warnings: [...warnings, ...gatheredWarnings(kept)],
  };
}

function sharedName(tiles: readonly Tile[]): string {
  const [first, ...others] = tiles.map(({ part }) =>
    part.descriptions?.length === 1 ? part.descriptions[0] : undefined,
  );
  const isShared = typeof first === 'string' && /^[A-Za-z_]\w*$/u.test(first) && others.every((name) => name === first);
  return isShared ? first : DEFAULT_NAME;
}

/** Files that agree with the first in all but their place and size. */
function thoseThatAgree(files: readonly ReadFile[], { differing }: MosaicOptions, leftOut: LeftOut[]): ReadFile[] {
  const [first] = files;
  if (first === undefined) return [];
  const faults: string[] = [];
  const kept = files.filter((read) => {
    const differences = [
      ...gridDifferences(read.part.grid, first.part.grid, false),
      ...arrayDifferences(read.part, first.part),
    ];
    if (differences.length === 0) return true;
    const reason = differences
      .map(({ property, own, others }) => `${property} ${own}, where ${first.file.label} has ${others}`)
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

/** The tiles with their places in pixels from the upper left corner of all, and the grid of all. */
function placedTiles(files: readonly ReadFile[]): { tiles: Tile[]; grid: RasterGrid } {
  const located = files.map((read) => {
    const { transform } = read.part.grid;
    if (transform === undefined || !isAligned(transform)) {
      const why = transform === undefined ? 'it has no transform' : 'it is rotated';
      throw new KerchunkError(
        'invalid-argument',
        `${read.file.label}: ${why}, so that it has no place in a mosaic. Leave it out, or warp it (gdalwarp).`,
      );
    }
    return { ...read, transform };
  });
  const [first] = located;
  if (first === undefined) throw new KerchunkError('invalid-argument', 'A mosaic is made of one file at least.');
  const [x0, dx, , y0, , dy] = first.transform;
  const chunk = chunkSides(first);
  const relative = located.map(({ transform, ...read }) => {
    const across = (transform[0] - x0) / dx;
    const down = (transform[3] - y0) / dy;
    const [column, row] = [Math.round(across), Math.round(down)];
    for (const [what, exact, whole] of [
      ['column', across, column],
      ['row', down, row],
    ] as const) {
      if (Math.abs(exact - whole) <= TOLERANCE) continue;
      throw new KerchunkError(
        'invalid-argument',
        `${read.file.label} lies between pixels of ${first.file.label}: its ${what}s begin at ${Number(exact.toFixed(4))} of that one's, the nearest whole ${what} is ${whole}. ` +
          'Warp it to that grid: gdalwarp -tap -tr, or leave it out.',
      );
    }
    const { width, height } = read.part.grid;
    return { ...read, column, row, width, height };
  });
  const left = Math.min(...relative.map(({ column }) => column));
  const top = Math.min(...relative.map(({ row }) => row));
  const right = Math.max(...relative.map(({ column, width }) => column + width));
  const bottom = Math.max(...relative.map(({ row, height }) => row + height));
  const tiles = relative.map((tile) => ({ ...tile, column: tile.column - left, row: tile.row - top }));
  for (const tile of tiles) checkPlace(tile, chunk, { x0: x0 + left * dx, dx, y0: y0 + top * dy, dy });
  const grid: RasterGrid = {
    ...first.part.grid,
    width: right - left,
    height: bottom - top,
    transform: [x0 + left * dx, dx, 0, y0 + top * dy, 0, dy],
  };
  return { tiles, grid };
}

function chunkSides({ part }: ReadFile): { width: number; height: number } {
  const side = (axis: 'x' | 'y'): number => part.chunkShape[part.dimensions.indexOf(axis)] ?? 1;
  return { width: side('x'), height: side('y') };
}

/** Chunks cannot be cut: a tile begins where one of the mosaic's does. */
function checkPlace(
  { file, column, row }: Tile,
  chunk: { width: number; height: number },
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
        `(gdal_translate -srcwin), or write them with chunks of a size that divides all offsets (-co BLOCKSIZE=), or leave the file out.`,
    );
  }
}

/** A tile that ends inside the mosaic ends where a chunk does: behind its last pixel a chunk holds padding, not what lies there. */
function checkEdges(
  tiles: readonly Tile[],
  { width, height }: RasterGrid,
  chunk: { width: number; height: number },
): void {
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
          `A ${what} of ${Math.max(size, Math.floor(length / size) * size)} or ${Math.ceil(length / size) * size} would do; cut the tiles anew (gdal_translate -srcwin), or leave the file out.`,
      );
    }
  }
}

function withoutOverlaps(tiles: readonly Tile[], { overlaps }: MosaicOptions, leftOut: LeftOut[]): Tile[] {
  // By their first row, so that only neighbours are compared.
  const order = tiles.map((tile, index) => ({ tile, index })).sort((a, b) => a.tile.row - b.tile.row);
  const dropped = new Set<number>();
  const faults: string[] = [];
  order.forEach(({ tile: a, index: first }, at) => {
    for (const { tile: b, index: second } of order.slice(at + 1)) {
      if (b.row >= a.row + a.height) break;
      const width = Math.min(a.column + a.width, b.column + b.width) - Math.max(a.column, b.column);
      const height = Math.min(a.row + a.height, b.row + b.height) - b.row;
      if (width <= 0 || height <= 0 || dropped.has(first) || dropped.has(second)) continue;
      const [early, late] = first < second ? [first, second] : [second, first];
      const [kept, gone] = overlaps === 'last' ? [late, early] : [early, late];
      const labels = [tiles[kept]?.file.label ?? '', tiles[gone]?.file.label ?? ''];
      faults.push(`${listInWords(labels)} (${width} x ${height} pixels)`);
      leftOut.push({ label: labels[1] ?? '', reason: `it overlaps ${labels[0] ?? ''} by ${width} x ${height} pixels` });
      dropped.add(gone);
    }
  });
  if (faults.length > 0 && overlaps === undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `${plural(faults.length, 'pair')} of tiles overlap: ${faults.slice(0, 8).join('; ')}${faults.length > 8 ? `; and ${faults.length - 8} more` : ''}. ` +
        'Say which of two counts as a whole, with --duplicates first or --duplicates last, or cut the tiles so that they meet.',
    );
  }
  return tiles.filter((_, index) => !dropped.has(index));
}
