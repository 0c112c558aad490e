import { KerchunkError } from '../errors';
import type { TiffImage } from '../tiff/types';

/** An image that zarr chunks cannot express. `reason` and `remedy` are sentences without a full stop. */
export function notExpressible(image: string, reason: string, remedy: string): KerchunkError {
  return new KerchunkError('not-expressible', `${image}: ${reason}. ${remedy}.`);
}

/** What is left to do where GDAL, and so every command of it, stops as well. */
export const UNREADABLE =
  'GDAL does not read it either, so that no command of it helps: have it written anew by the program it comes from';

/** The samples of an image, as far as a copy of it depends on them. */
export type CopiedSamples = Pick<TiffImage, 'bitsPerSample' | 'sampleFormat'>;

/**
 * The remedy for an image that GDAL reads: the command that makes a COG of it which references can express, with the same values.
 * GDAL (COG driver) keeps the number of bits unless NBITS says otherwise, has predictors for whole bytes only and none for complex
 * numbers.
 */
export function rewrite({ bitsPerSample, sampleFormat }: CopiedSamples): string {
  const [bits = 1, ...otherBits] = new Set(bitsPerSample);
  const [format = 'unsigned', ...otherFormats] = new Set(sampleFormat);
  if (otherBits.length > 0 || otherFormats.length > 0) return UNREADABLE;
  const command = (sampleType: string, option: string): string =>
    `gdal_translate ${sampleType}-of COG -co COMPRESS=DEFLATE ${option}in.tif out.tif`;
  if (format === 'complex-signed') {
    return `Rewrite it with complex floats: ${command(bits > 32 ? '-ot CFloat64 ' : '-ot CFloat32 ', '')}`;
  }
  if (format === 'complex-float') return `Rewrite it: ${command(bits < 64 ? '-ot CFloat32 ' : '', '')}`;
  if (format === 'float' || [8, 16, 32, 64].includes(bits)) return `Rewrite it: ${command('', '-co PREDICTOR=YES ')}`;
  if (bits > 32) return UNREADABLE;
  const wider = bits < 8 ? 8 : bits < 16 ? 16 : 32;
  return `Rewrite it with ${wider} bits: ${command('', `-co NBITS=${wider} `)}`;
}
