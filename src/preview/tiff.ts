import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import { planPreview, previewReferences, type ReferencesVerdict } from '../generate/tiff-preview';
import { describeTiff } from '../tiff/describe';
import { compressionName, samplesInWords } from '../tiff/names';
import type { TiffDescription } from '../tiff/types';
import type { TiffSummary } from './types';

/**
 * The references, in memory alone, that the pixels of a TIFF are read by, and the TIFF in words.
 * @throws KerchunkError what describeTiff and previewReferences throw.
 */
export async function openTiff(
  source: ByteSource,
  signal: AbortSignal,
): Promise<{ text: Uint8Array; tiff: TiffSummary }> {
  const tiff = await describeTiff(source, { signal });
  const { text, ...verdict } = await previewReferences(tiff, source.url);
  return { text: new TextEncoder().encode(text), tiff: summaryOf(tiff, verdict) };
}

/** Whether the pixels of a TIFF are decoded here, whatever references can hold. */
export function canShow(tiff: TiffDescription): boolean {
  try {
    planPreview(tiff);
    return true;
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return false;
  }
}

function summaryOf(tiff: TiffDescription, { refusal, overviewsRefusal }: ReferencesVerdict): TiffSummary {
  const [full] = tiff.levels;
  return {
    container: `${tiff.bigTiff ? 'BigTIFF' : 'TIFF'}, ${tiff.byteOrder}-endian`,
    size: tiff.size ?? null,
    ifds: tiff.images.length,
    compression: full === undefined ? '' : compressionName(full.compression),
    samples: full === undefined ? '' : samplesInWords(full),
    refusal: refusal ?? null,
    overviewsRefusal: overviewsRefusal ?? null,
  };
}
