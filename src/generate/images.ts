import type { TiffImage } from '../tiff/types';
import { plural } from '../words';
import { compressionName } from '../tiff/names';
import { YCBCR } from './colours';
import { Compression, isJpeg, isJpeg2000, isJpegXl } from './compression';
import { notExpressible, rewrite } from './refusal';
import type { SampleType } from './sample-type';

/** Bands that stand together in one tile or strip. */
function together({ planar, samplesPerPixel }: TiffImage): number {
  return planar ? 1 : samplesPerPixel;
}

/**
 * Refuses tiles and strips that are images (JPEG, JPEG 2000, JPEG XL, WebP, PNG) of samples or bands that no decoder gives.
 * @param name of the image, for messages.
 * @throws KerchunkError `not-expressible` naming them.
 */
export function checkImageCodec(image: TiffImage, type: SampleType['type'], name: string): void {
  const reason = reasonAgainst(image, type);
  if (reason !== undefined) throw notExpressible(name, reason, rewrite(image));
}

function reasonAgainst(image: TiffImage, type: SampleType['type']): string | undefined {
  if (isJpeg(image.compression)) return reasonAgainstJpeg(image, type);
  if (isJpeg2000(image.compression)) return sampleReason(image, type, ['u', 'i'], Infinity);
  if (isJpegXl(image.compression) || image.compression === Compression.png) {
    return sampleReason(image, type, ['u'], 4);
  }
  if (image.compression !== Compression.webp) return undefined;
  const bands = together(image);
  if (type.kind !== 'u' || type.itemSize !== 1) return sampleWords(image, type, 'unsigned integers of 8 bits');
  return bands === 3 || bands === 4
    ? undefined
    : `its WebP is said to have ${plural(bands, 'band')} in one image, and WebP has three or four`;
}

function sampleReason(
  image: TiffImage,
  { kind, itemSize }: SampleType['type'],
  kinds: readonly string[],
  most: number,
): string | undefined {
  const known = kinds.length === 2 ? 'integers of up to 16 bits' : 'unsigned integers of 8 or 16 bits';
  if (!kinds.includes(kind) || itemSize > 2) return sampleWords(image, { kind, itemSize }, known);
  if (together(image) <= most) return undefined;
  return `its ${compressionName(image.compression)} has ${together(image)} bands in one image, and readers decode up to ${most}`;
}

function sampleWords(
  { compression }: TiffImage,
  { kind, itemSize }: Pick<SampleType['type'], 'kind' | 'itemSize'>,
  known: string,
): string {
  const kinds = { u: 'unsigned integers', i: 'signed integers', f: 'floating-point numbers', c: 'complex numbers' };
  return `its ${compressionName(compression)} has ${kinds[kind]} of ${itemSize * 8} bits, and ${known} are decoded here`;
}

function reasonAgainstJpeg(image: TiffImage, type: SampleType['type']): string | undefined {
  const samples = sampleReason(image, type, ['u'], 4);
  if (samples !== undefined) return samples;
  // JPEG of more than 12 bits is lossless, and libjpeg converts no colours of lossless JPEG.
  return image.photometric === YCBCR && (image.bitsPerSample[0] ?? 8) > 12
    ? 'its lossless JPEG has YCbCr colours, which libjpeg does not turn into RGB'
    : undefined;
}
