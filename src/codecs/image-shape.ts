import { elementCount } from '../zarr/shape';
import { damaged } from './decode-error';
import { checkDeclaredSize } from './size';
import type { CodecContext } from './types';

/** What the header of an encoded image says of it. */
export interface ImageShape {
  width: number;
  height: number;
  /** Samples of a pixel, interleaved. */
  samples: number;
  /** Bytes of a sample. */
  itemSize: number;
  /** How many such images stand one after another, each a band; 1 by default. */
  planes?: number;
}

/**
 * Compares the header of an image with the chunk before anything of the image's size is set aside.
 * @param format of the image, for messages.
 * @returns the bytes that the image decodes to.
 * @throws KerchunkError `decode-failed` where the image is not the chunk, `limit-exceeded` where the size of the chunk in this step is
 * not known and the image is above the limit.
 */
export function checkImageShape(shape: ImageShape, context: CodecContext, format: string): number {
  const { width, height, samples, itemSize, planes = 1 } = shape;
  const size = planes * width * height * samples * itemSize;
  if (size === 0) throw damaged(`The ${format} image has no pixels: ${inWords(shape)}.`);
  checkDeclaredSize(size, context);
  const { chunkShape, dataType, decodedSize } = context;
  const sides = chunkShape.filter((side) => side > 1);
  // As many bytes do not make it the chunk: rows and columns may have changed places.
  const whole = size === decodedSize && size === elementCount(chunkShape) * dataType.itemSize;
  const differs = [
    [planes, height, width, samples],
    [height, width, planes, samples],
  ].every((order) => {
    const imageSides = order.filter((side) => side > 1);
    return imageSides.length === sides.length && imageSides.some((side, i) => side !== sides[i]);
  });
  if (whole && (differs || itemSize !== dataType.itemSize)) {
    throw damaged(
      `The ${format} image is ${inWords(shape)}, but the chunk is [${chunkShape.join(', ')}] with ${dataType.itemSize * 8} bits. ` +
        'Check chunks, dtype, and the byte range.',
    );
  }
  return size;
}

function inWords({ width, height, samples, itemSize, planes = 1 }: ImageShape): string {
  return `${height} rows by ${width} columns of ${planes * samples} samples with ${itemSize * 8} bits`;
}
