import { storedRowBytes } from '../generate/strips';
import type { TiffImage } from '../tiff/types';
import type { Cell } from './axes';

/** What an image's own tables say of the bytes of a chunk. `tile` is a number in them, of the first strip where a chunk holds several. */
export type Expected =
  | { kind: 'stored'; tile: number; offset: number; length: number; rows: number }
  /** No bytes: pixels are nodata, or 0. */
  | { kind: 'sparse'; tile: number }
  /** The rows of the chunk do not stand one after the other in the file. */
  | { kind: 'apart'; tile: number };

/**
 * The half-open range [offset, offset + length) in which the file itself keeps a chunk of `chunkRows` rows, and how many rows of pixels it
 * holds. Tiles, and strips that are compressed, are chunks themselves; without compression a chunk is any rows that stand together.
 */
export function expectedRange(image: TiffImage, { row, column, band }: Cell, chunkRows: number): Expected {
  const { tiled, compression, chunkHeight, chunksAcross, chunksDown, height, offsets, lengths } = image;
  const base = band * chunksDown * chunksAcross;
  if (tiled || compression !== 1) {
    const tile = base + row * chunksAcross + column;
    const stored = lengths[tile] ?? 0;
    if (stored === 0) return { kind: 'sparse', tile };
    const rows = tiled ? chunkHeight : Math.min(chunkHeight, height - row * chunkHeight);
    // Uncompressed pixels are as many bytes as they are, whatever the table says: so libtiff reads them.
    const length = compression === 1 ? rows * storedRowBytes(image) : stored;
    return { kind: 'stored', tile, offset: offsets[tile] ?? 0, length, rows };
  }
  const first = row * chunkRows;
  const end = Math.min(height, first + chunkRows);
  return rowsTogether(image, base, first, end);
}

/** The range of the rows [first, end) of a plane in uncompressed strips. */
function rowsTogether(image: TiffImage, base: number, first: number, end: number): Expected {
  const { chunkHeight, offsets, lengths } = image;
  const size = storedRowBytes(image);
  const strip = Math.floor(first / chunkHeight);
  const last = Math.floor((end - 1) / chunkHeight);
  const tile = base + strip;
  const strips = Array.from({ length: last - strip + 1 }, (_, i) => tile + i);
  if (strips.every((number) => (lengths[number] ?? 0) === 0)) return { kind: 'sparse', tile };
  const begin = offsets[tile] ?? 0;
  const together = strips.every(
    (number, i) => (lengths[number] ?? 0) > 0 && (offsets[number] ?? 0) === begin + i * chunkHeight * size,
  );
  if (!together) return { kind: 'apart', tile };
  const rows = end - first;
  return { kind: 'stored', tile, offset: begin + (first - strip * chunkHeight) * size, length: rows * size, rows };
}
