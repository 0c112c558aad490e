import { KerchunkError } from '../errors';
import { compressionName } from '../tiff/names';
import type { TiffImage } from '../tiff/types';
import { plural } from '../words';
import { isSubsampled } from './colours';
import { Compression } from './compression';
import { cutLabel } from './cut-label';
import { rewrite } from './refusal';

/** Rows of the last strip of an image where it is compressed, or its colours are subsampled, and it has fewer than the others; else 0. */
export function shortRows(image: TiffImage): number {
  const isDivided = image.compression === Compression.none && !isSubsampled(image);
  return image.tiled || isDivided ? 0 : image.height % image.chunkHeight;
}

/** The refusal of an image for its short last strip, where leaving its rows out is a way on. `reason` has no full stop. */
export function lastStripRefusal(image: TiffImage, name: string, reason: string): KerchunkError {
  const rows = shortRows(image);
  return new KerchunkError(
    'short-last-strip',
    `${name}: ${shortStripInWords(image)}; ${reason}. ${rewrite(image)}. ` +
      `Or leave the last ${rows === 1 ? 'row' : `${rows} rows`} out: --last-strip cut on the command line, "${cutLabel(rows)}" in VS Code.`,
  );
}

/** That the last strip is short and what that means, without a full stop. */
export function shortStripInWords(image: TiffImage): string {
  const { height, chunkHeight, compression } = image;
  return (
    `its height of ${plural(height, 'row')} is no multiple of RowsPerStrip, ${chunkHeight}, so that the last strip, compressed with ` +
    `${compressionName(compression)}, has ${plural(shortRows(image), 'row')}, and all chunks of a zarr array have one shape`
  );
}

/** An image without the rows of its short last strip. */
export function cutToWholeStrips(image: TiffImage): TiffImage {
  const { chunksDown, chunksAcross, chunkHeight } = image;
  const isKept = (_: number, index: number): boolean => Math.floor(index / chunksAcross) % chunksDown < chunksDown - 1;
  return {
    ...image,
    height: (chunksDown - 1) * chunkHeight,
    chunksDown: chunksDown - 1,
    offsets: image.offsets.filter(isKept),
    lengths: image.lengths.filter(isKept),
  };
}
