import type { TiffImage } from '../tiff/types';
import { Compression } from './compression';

/** What a reader must know of LERC of floating-point numbers; undefined for any other image. */
export function lercWarning({ compression, sampleFormat }: TiffImage): string | undefined {
  if (compression !== Compression.lerc || sampleFormat[0] !== 'float') return undefined;
  return (
    'LERC keeps NaN in a mask that imagecodecs drops: pixels that are NaN in the TIFF, if there are any, read as 0 in xarray and zarr-python. ' +
    'No header tells whether there are. To be safe, rewrite it: gdal_translate -of COG -co COMPRESS=DEFLATE -co PREDICTOR=YES in.tif out.tif.'
  );
}
