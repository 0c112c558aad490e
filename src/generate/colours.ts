import type { TiffImage } from '../tiff/types';
import { givesBytes, isJpeg } from './compression';

/** PhotometricInterpretation (262) of YCbCr images. */
export const YCBCR = 6;

/** Whether pixels of an image share colours in its bytes (YCbCrSubSampling 530, by default 2 by 2); JPEG sees to that by itself. */
export function isSubsampled({ photometric, compression, chromaSubsampling = [2, 2] }: TiffImage): boolean {
  return photometric === YCBCR && givesBytes(compression) && chromaSubsampling.some((factor) => factor !== 1);
}

/** Colour spaces that GDAL turns into RGB where it can, by PhotometricInterpretation. */
const CONVERTED: ReadonlyMap<number, string> = new Map([
  [5, 'CMYK'],
  [YCBCR, 'YCbCr'],
  [8, 'CIELAB'],
  [9, 'ICCLAB'],
  [10, 'ITULAB'],
]);

/** What a reader must know of the colours of an image; undefined for RGB, grey, and YCbCr in JPEG, which becomes RGB. */
export function colourWarning({ photometric, compression, colorMap }: TiffImage): string | undefined {
  if (colorMap !== undefined) {
    return 'Values are indices into a palette; its colours stand in the attribute color_table.';
  }
  if (photometric === YCBCR && isJpeg(compression)) return undefined;
  const name = CONVERTED.get(photometric);
  if (name === undefined) return undefined;
  return (
    `The bands are ${name} colours, as they are stored; GDAL may turn them into RGB, so that what reads through it has other values and bands. ` +
    'To have RGB, convert the TIFF first: gdal_translate -of COG -co COMPRESS=DEFLATE in.tif out.tif.'
  );
}
