import type { TiffImage } from '../tiff/types';

/** Chunks of one image that follow one another, by their numbers in C order: the half-open range [first, end). */
export interface Run {
  first: number;
  end: number;
}

/** Chunks of `chunkRows` rows along the rows of an array with `arrayRows`, and in the whole image: bands, rows and columns. */
export function cellCounts(image: TiffImage, chunkRows: number, arrayRows: number): { rows: number; total: number } {
  const rows = Math.ceil(arrayRows / chunkRows);
  return { rows, total: (image.planar ? image.samplesPerPixel : 1) * rows * image.chunksAcross };
}

/**
 * The chunks of an image for which its tables have bytes, by number. As many steps as the tables have entries, however many chunks an
 * uncompressed strip is divided into.
 * @param pause is awaited at each entry.
 */
export async function* storedRuns(
  image: TiffImage,
  chunkRows: number,
  arrayRows: number,
  pause: () => Promise<void>,
): AsyncGenerator<Run> {
  const { chunksAcross, chunksDown, lengths } = image;
  const { rows } = cellCounts(image, chunkRows, arrayRows);
  let run: Run | undefined;
  for (let tile = 0; tile < lengths.length; tile++) {
    await pause();
    if ((lengths[tile] ?? 0) === 0) continue;
    const row = Math.floor(tile / chunksAcross) % chunksDown;
    const { first, end } = cellRows(image, row, chunkRows);
    if (first >= rows) continue;
    const band = Math.floor(tile / (chunksAcross * chunksDown));
    const begin = (band * rows + first) * chunksAcross + (tile % chunksAcross);
    const next = { first: begin, end: begin + Math.min(end, rows) - first };
    if (run !== undefined && next.first <= run.end) {
      run.end = Math.max(run.end, next.end);
      continue;
    }
    if (run !== undefined) yield run;
    run = next;
  }
  if (run !== undefined) yield run;
}

/** The rows of chunks that a row of tiles or a strip holds pixels of: its own, and for strips without compression as many as it reaches into. */
function cellRows({ tiled, compression, chunkHeight, height }: TiffImage, row: number, chunkRows: number): Run {
  if (tiled || compression !== 1) return { first: row, end: row + 1 };
  return {
    first: Math.floor((row * chunkHeight) / chunkRows),
    end: Math.ceil(Math.min(height, (row + 1) * chunkHeight) / chunkRows),
  };
}
