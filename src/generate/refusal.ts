import { KerchunkError } from '../errors';

/** The command that makes a COG out of anything GDAL reads, with a compression that references can express. */
export const REWRITE = 'gdal_translate -of COG -co COMPRESS=DEFLATE -co PREDICTOR=YES in.tif out.tif';

/** An image that zarr chunks cannot express. `reason` and `remedy` are sentences without a full stop. */
export function notExpressible(image: string, reason: string, remedy = `Rewrite it: ${REWRITE}`): KerchunkError {
  return new KerchunkError('not-expressible', `${image}: ${reason}. ${remedy}.`);
}
