import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import type { TiffDescription } from '../tiff/types';
import { generateReferences } from './generate';
import { readLastStrips } from './last-strip';
import type { GeneratedReferences, GenerateOptions } from './types';

/** References of a TIFF for our own reader alone, never written to a file. */
export interface TiffPreview extends GeneratedReferences {
  /** Why references cannot hold the TIFF; undefined where they can. */
  refusal?: string;
}

function optionsFor({ url }: TiffDescription): GenerateOptions {
  return { preset: 'portable', targetUrl: url, overviews: true, coordinates: true };
}

/**
 * References of all levels of a TIFF, with codecs of our own, so that its pixels are read as those of any reference file.
 * @throws KerchunkError what generateReferences throws, `not-expressible` only for what our own reader cannot decode either.
 */
export function shownReferences(tiff: TiffDescription): Promise<GeneratedReferences> {
  return generateReferences(tiff, { ...optionsFor(tiff), preview: true });
}

/**
 * `shownReferences`, and whether references can hold the TIFF too. @param source of the TIFF; strips that references would hold written anew
 * are read from it.
 * @throws KerchunkError as shownReferences; `cancelled`.
 */
export async function previewReferences(
  tiff: TiffDescription,
  source: ByteSource,
  signal?: AbortSignal,
): Promise<TiffPreview> {
  const options = optionsFor(tiff);
  let refusal: string | undefined;
  try {
    const strips = await readLastStrips(source, tiff, options, signal);
    const generated = await generateReferences(tiff, options, strips);
    // The strips themselves are shown, not what is written in their place.
    if (strips.length === 0) return generated;
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code === 'cancelled') throw error;
    refusal = error.message;
  }
  const shown = await shownReferences(tiff);
  return refusal === undefined ? shown : { ...shown, refusal };
}
