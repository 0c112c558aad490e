import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import { elementCount } from '../zarr/shape';
import type { CodecContext } from './types';

/** No step of a chunk may decode to more: 2 GiB. */
export const MAX_DECODED_BYTES = 2 ** 31;

/**
 * Bytes of a chunk in memory.
 * @throws KerchunkError `limit-exceeded` above 2 GiB: a `.zarray` may claim any chunk shape.
 */
export function chunkBytes(chunkShape: readonly number[], itemSize: number): number {
  const bytes = elementCount(chunkShape) * itemSize;
  if (bytes <= MAX_DECODED_BYTES) return bytes;
  throw new KerchunkError(
    'limit-exceeded',
    `A chunk of shape [${chunkShape.join(', ')}] with ${itemSize} bytes an element has ${countInWords(bytes)} bytes in memory; at most ${countInWords(MAX_DECODED_BYTES)} are decoded.`,
  );
}

/**
 * What to say where decoded bytes are not as many as the chunk needs. `more` says that `actual` is a lower bound.
 * A short count of whole rows is what the last strip of a TIFF gives, and a tile that was cut short, so these cases are named.
 */
export function describeMismatch(
  actual: number,
  expected: number,
  chunkShape: readonly number[],
  more = false,
): string {
  const sizes = `${more ? 'more than ' : ''}${countInWords(actual)} bytes, but the chunk shape and dtype need ${countInWords(expected)}`;
  const rowAxis = chunkShape.findIndex((side) => side > 1);
  const rows = chunkShape[rowAxis];
  if (rows === undefined || more || actual === 0 || actual >= expected) return `${sizes}. Check chunks and dtype.`;
  const rowBytes = expected / rows;
  if (actual % rowBytes !== 0) return `${sizes}. Check chunks, dtype, and the length of the byte range.`;
  return (
    `${sizes}. That is ${actual / rowBytes} of ${rows} rows: likely the last strip of a TIFF whose height is no multiple of ` +
    'RowsPerStrip, or a tile at its lower edge that its writer cut short. Zarr readers need every chunk whole. Generate the references of ' +
    'such strips anew, which makes them whole; of tiles, write the TIFF anew: gdal_translate -of COG in.tif out.tif.'
  );
}

/**
 * Refuses a size that a header declares before anything of that size is allocated.
 * @throws KerchunkError `decode-failed` above what the chunk needs, `limit-exceeded` above the limit where that is not known.
 */
export function checkDeclaredSize(declared: number, context: CodecContext): void {
  if (declared <= context.limit) return;
  throw tooLong(declared, context);
}

/** The error for output that passes `context.limit`. `more` says that counting stopped at `bytes`. */
export function tooLong(bytes: number, context: CodecContext, more = false): KerchunkError {
  if (context.decodedSize !== undefined) {
    return new KerchunkError(
      'decode-failed',
      `It gives ${describeMismatch(bytes, context.decodedSize, context.chunkShape, more)}`,
    );
  }
  return new KerchunkError(
    'limit-exceeded',
    `It gives ${more ? 'more than ' : ''}${countInWords(bytes)} bytes; at most ${countInWords(context.limit)} are decoded in this step.`,
  );
}
