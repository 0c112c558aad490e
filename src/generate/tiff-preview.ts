import { KerchunkError } from '../errors';
import type { TiffDescription } from '../tiff/types';
import { generateReferences } from './generate';
import { lastStripRanges } from './last-strip';
import type { GeneratedReferences, GenerateOptions } from './types';

/** References of a TIFF for our own reader alone, never written to a file. */
export interface TiffPreview extends GeneratedReferences {
  /** Why references cannot hold the TIFF, so that codecs of our own are in it; undefined where they can. */
  refusal?: string;
}

/**
 * References of all levels of a TIFF, so that its pixels are read as those of any reference file: the ones that are generated, and where these
 * are refused ones with codecs of our own. @param targetUrl where the TIFF is read.
 * @throws KerchunkError what generateReferences throws, `not-expressible` only for what our own reader cannot decode either.
 */
export async function previewReferences(tiff: TiffDescription, targetUrl: string): Promise<TiffPreview> {
  const options: GenerateOptions = { preset: 'portable', targetUrl, overviews: true, coordinates: true };
  try {
    return await generateReferences(tiff, options);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    const isShort = error.code === 'short-last-strip';
    if (!isShort && error.code !== 'not-expressible') throw error;
    const preview = await generateReferences(tiff, { ...options, preview: true });
    // A strip that is written anew must be read for it; here it is read when its chunk is wanted, as it is.
    return isShort && lastStripRanges(tiff, options).length > 0 ? preview : { ...preview, refusal: error.message };
  }
}
