import type { TiffImage } from '../tiff/types';
import { isSubsampled } from './colours';
import { Compression } from './compression';
import { checkChunks } from './limits';
import { shortRows } from './short-strip';
import { storedRowBytes, stripRows } from './strips';

/** The bytes of one chunk: its indices in the grid of the zarr array, and its half-open range [offset, offset + length). */
export interface PlacedChunk {
  indices: readonly number[];
  offset: number;
  length: number;
}

/** How an image lies in a zarr array: one band (y, x), bands interleaved (y, x, band), bands apart (band, y, x). */
export interface Layout {
  dimensions: readonly string[];
  shape: readonly number[];
  chunkShape: readonly number[];
  /** Chunks of the grid, and how many of them have no bytes. */
  chunks: number;
  sparse: number;
  /** Every chunk that has bytes, last axis fastest; each call starts anew. */
  places: () => Generator<PlacedChunk>;
  /** The last strip, where it is compressed and has fewer rows than a chunk: only our own reader decodes it as it is stored. */
  shortStrip?: ShortStrip;
}

/** The chunks with this index along this axis, that of the rows, have so many rows. */
export interface ShortStrip {
  axis: number;
  index: number;
  rows: number;
}

/**
 * The layout of an image. Uncompressed strips are divided anew (see stripRows); otherwise a tile or strip is a chunk.
 * @param itemSize bytes of a sample of the zarr array. @param name of the image, for messages.
 * @throws KerchunkError `not-expressible` for chunks that are too large, `limit-exceeded` for too many.
 */
export function layoutOf(image: TiffImage, itemSize: number, name: string): Layout {
  const { width, height, samplesPerPixel, planar } = image;
  const interleaved = planar ? 1 : samplesPerPixel;
  const raw = image.compression === Compression.none && !isSubsampled(image);
  const rowBytes = storedRowBytes(image);
  const lastRows = shortRows(image);
  const rows = !image.tiled && raw ? stripRows(image, rowBytes) : image.chunkHeight;

  const grid = {
    down: Math.ceil(height / rows),
    across: image.chunksAcross,
    planes: planar ? samplesPerPixel : 1,
  };
  const rank: Shaping = samplesPerPixel === 1 ? 'single' : planar ? 'planar' : 'interleaved';
  const length = raw ? rows * rowBytes : undefined;
  const chunkShape = order(rank, rows, image.chunkWidth, interleaved);
  const chunks = grid.down * grid.across * grid.planes;
  const sparse = countSparse(image, rows);
  checkChunks(image, chunks, sparse, chunkShape, itemSize, name);
  return {
    dimensions: order(rank, 'y', 'x', 'band'),
    shape: order(rank, height, width, samplesPerPixel),
    chunkShape,
    chunks,
    sparse,
    places: () => places(image, rank, grid, rows, length),
    ...(lastRows > 0 ? { shortStrip: { axis: rank === 'planar' ? 1 : 0, index: grid.down - 1, rows: lastRows } } : {}),
  };
}

type Shaping = 'single' | 'interleaved' | 'planar';

function order<T>(rank: Shaping, y: T, x: T, band: T): T[] {
  if (rank === 'single') return [y, x];
  return rank === 'planar' ? [band, y, x] : [y, x, band];
}

/** Chunks of `rows` rows in tiles or strips without bytes; only a whole number of chunks stands in one that has none. */
function countSparse(
  { lengths, tiled, chunkHeight, height, chunksDown, chunksAcross }: TiffImage,
  rows: number,
): number {
  let sparse = 0;
  for (let i = 0; i < lengths.length; i++) {
    if (lengths[i] !== 0) continue;
    const above = (Math.floor(i / chunksAcross) % chunksDown) * chunkHeight;
    sparse += tiled ? 1 : Math.ceil(Math.min(chunkHeight, height - above) / rows);
  }
  return sparse;
}

/** @param length of a chunk in bytes where nothing is compressed; else a chunk is a whole tile or strip. */
function* places(
  image: TiffImage,
  rank: Shaping,
  grid: { down: number; across: number; planes: number },
  rows: number,
  length: number | undefined,
): Generator<PlacedChunk> {
  const { offsets, lengths, chunkHeight, chunksAcross, chunksDown } = image;
  for (let plane = 0; plane < grid.planes; plane++) {
    for (let y = 0; y < grid.down; y++) {
      const down = Math.floor((y * rows) / chunkHeight);
      const rowsBefore = y * rows - down * chunkHeight;
      for (let x = 0; x < grid.across; x++) {
        const stored = (plane * chunksDown + down) * chunksAcross + x;
        const storedLength = lengths[stored] ?? 0;
        if (storedLength === 0) continue;
        const bytesBefore = length === undefined ? 0 : (rowsBefore / rows) * length;
        yield {
          indices: order(rank, y, x, rank === 'interleaved' ? 0 : plane),
          offset: (offsets[stored] ?? 0) + bytesBefore,
          length: length ?? storedLength,
        };
      }
    }
  }
}
