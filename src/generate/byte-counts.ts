import type { TiffImage } from '../tiff/types';
import { uncompressedLengths } from '../tiff/uncompressed';
import { countInWords, plural } from '../words';

/**
 * What to say of an uncompressed image whose tables state fewer bytes for a tile or strip than its pixels have. libtiff reads what the pixels
 * have, whatever is stated, and so do the references.
 */
export function byteCountWarning(image: TiffImage, name: string): string | undefined {
  const needed = image.lengths.some((length) => length > 0) ? uncompressedLengths(image) : undefined;
  if (needed === undefined) return undefined;
  const isUnderstated = (length: number, index: number): boolean => length > 0 && length < (needed[index] ?? 0);
  const first = image.lengths.findIndex(isUnderstated);
  if (first < 0) return undefined;
  const kind = image.tiled ? 'tile' : 'strip';
  const all = image.lengths.filter(isUnderstated).length;
  return (
    `${name} states fewer bytes for ${all === 1 ? `1 uncompressed ${kind}` : `${countInWords(all)} uncompressed ${kind}s`} than the pixels have ` +
    `(${kind} number ${first}: ${plural(image.lengths[first] ?? 0, 'byte')} for ${countInWords(needed[first] ?? 0)}): the pixels count, as they do for GDAL.`
  );
}
