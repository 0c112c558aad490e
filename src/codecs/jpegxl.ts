import { decodeRgba, keepSamples } from './icodec';
import { checkImageShape } from './image-shape';
import { readJpegXlHeader } from './jpegxl-header';
import type { Decoder } from './types';

/** Places of the samples in red, green, blue and alpha, by their number. */
const PLACES: readonly (readonly number[])[] = [[], [0], [0, 3], [0, 1, 2], [0, 1, 2, 3]];

/**
 * `imagecodecs_jpegxl`: one JPEG XL image of grey or RGB, with alpha or without, of 8 or 16 bits, decoded by libjxl. Lossless images are
 * exact. Lossy ones go through floating-point numbers, whose rounding depends on the machine that libjxl was built for: they can differ
 * from imagecodecs by one in the last place.
 */
export const decodeJpegXl: Decoder = async (bytes, _config, context) => {
  const { width, height, samples, bits } = readJpegXlHeader(bytes);
  const itemSize = bits / 8;
  checkImageShape({ width, height, samples, itemSize }, context, 'JPEG XL');
  const rgba = await decodeRgba('JPEG XL', bytes, { width, height, depth: bits });
  return samples === 4 ? rgba : keepSamples(rgba, PLACES[samples] ?? [], itemSize);
};
