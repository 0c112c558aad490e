import type { ElementTypes } from '../codecs/element-types';

/**
 * What codecs of images decode to, as imagecodecs has it: `u` for integers, signed or not, `f` for floats, and the
 * bytes of one.
 */
const images: ReadonlyMap<string, readonly string[]> = new Map([
  ['imagecodecs_webp', ['u1']],
  ['imagecodecs_jpeg', ['u1', 'u2']],
  ['imagecodecs_png', ['u1', 'u2']],
  ['imagecodecs_jpeg2k', ['u1', 'u2', 'u4']],
  ['imagecodecs_jpegxl', ['u1', 'u2', 'f2', 'f4']],
  ['imagecodecs_lerc', ['u1', 'u2', 'u4', 'f4', 'f8']],
]);

/**
 * Whether a codec of images decodes to the machine's own byte order whatever the file's. Not LERC: libtiff gives it
 * big-endian numbers as they stand, and they come out so.
 */
export function isNativeOrder(id: string): boolean {
  return images.has(id) && id !== 'imagecodecs_lerc';
}

/** The types that a codec of images decodes to, `u1`, `u2`, `f4` and so on; undefined for any other codec. */
export function imageTypes(id: string): readonly string[] | undefined {
  return images.get(id);
}

/**
 * Whether a codec compresses elements as an image or as numbers, rather than bytes: a compressor of bytes around it is
 * no mistake.
 */
export function isImageCodec(id: string): boolean {
  return images.has(id) || id === 'zfpy' || id === 'pcodec';
}

/**
 * Whether a step gives the same bits whatever type of that size its elements are taken for: sums of integers, as
 * numcodecs' delta and imagecodecs' predictors make them, and an astype that only turns the bytes of integers round.
 */
export function keepsBits(id: string, { decoded, encoded }: ElementTypes): boolean {
  if (id === 'astype') {
    return 'iu'.includes(decoded.kind) && decoded.kind === encoded.kind && decoded.itemSize === encoded.itemSize;
  }
  return id.startsWith('imagecodecs_') || (id === 'delta' && decoded.kind !== 'f');
}
