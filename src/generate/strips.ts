import type { TiffImage } from '../tiff/types';

/** Largest chunk that uncompressed strips are joined or divided into, in bytes. */
const LARGEST_CHUNK = 8 * 1024 * 1024;

/** Bytes that one row of one tile or strip takes, in one plane where planes are apart; rows begin with a whole byte (TIFF 6.0, section 3). */
export function storedRowBytes({ chunkWidth, planar, samplesPerPixel, bitsPerSample }: TiffImage): number {
  return Math.ceil((chunkWidth * (planar ? 1 : samplesPerPixel) * (bitsPerSample[0] ?? 1)) / 8);
}

/**
 * Rows of a chunk in an image of uncompressed strips, so that every chunk has whole rows and the same number of them: strips
 * that stand one after the other in the file are joined and the image is divided by its largest divisor of up to 8 MiB;
 * other strips are divided by the largest divisor that whole strips and a short last one share.
 * @param rowBytes of one row of one plane.
 */
export function stripRows(image: TiffImage, rowBytes: number): number {
  const { height, chunkHeight } = image;
  const unit = isContiguous(image, rowBytes) ? height : greatestCommonDivisor(height, chunkHeight);
  return largestDivisor(unit, LARGEST_CHUNK / rowBytes);
}

function rowsOf({ height, chunkHeight, chunksDown }: TiffImage, index: number): number {
  const row = index % chunksDown;
  return Math.min(chunkHeight, height - row * chunkHeight);
}

/** Whether in every plane each strip begins where the one before ends. */
function isContiguous(image: TiffImage, rowBytes: number): boolean {
  return image.offsets.every((offset, i) => {
    if (image.lengths[i] === 0) return false;
    const first = i % image.chunksDown === 0;
    return first || offset === (image.offsets[i - 1] ?? 0) + rowsOf(image, i - 1) * rowBytes;
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The largest divisor of `value` that is at most `limit`; 1 where there is none. */
function largestDivisor(value: number, limit: number): number {
  let best = 1;
  for (let small = 1; small * small <= value; small++) {
    if (value % small !== 0) continue;
    for (const divisor of [small, value / small]) if (divisor <= limit && divisor > best) best = divisor;
  }
  return best;
}
