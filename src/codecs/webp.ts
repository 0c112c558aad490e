import { KerchunkError } from '../errors';
import { damaged } from './decode-error';
import { decodeRgba, keepSamples } from './icodec';
import { checkImageShape } from './image-shape';
import type { Decoder } from './types';

const LOSSY = 'VP8 ';
const LOSSLESS = 'VP8L';
const EXTENDED = 'VP8X';
const ALPHA_FLAG = 0x10;
const ANIMATION_FLAG = 0x02;

/**
 * `imagecodecs_webp {hasalpha}`: one WebP image, decoded by libwebp as imagecodecs does, so that lossy images are equal too. Three samples
 * a pixel or four: as `hasalpha` says, an image without alpha being opaque; without it as the image has them.
 */
export const decodeWebp: Decoder = async (bytes, config, context) => {
  const { width, height, alpha } = readHeader(bytes);
  const samples = (config.hasalpha ?? alpha) === true ? 4 : 3;
  checkImageShape({ width, height, samples, itemSize: 1 }, context, 'WebP');
  const rgba = await decodeRgba('WebP', bytes, { width, height, depth: 8 });
  return samples === 4 ? rgba : keepSamples(rgba, [0, 1, 2], 1);
};

interface WebpHeader {
  width: number;
  height: number;
  alpha: boolean;
}

/** The size of an image by its first chunk (WebP Container Specification; RFC 6386, 9.1; RFC 9649, 3.4 for VP8L). */
function readHeader(bytes: Uint8Array): WebpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (text(0) !== 'RIFF' || text(8) !== 'WEBP')
    throw damaged('The bytes do not begin as a WebP image does (RIFF, WEBP).');
  if (bytes.length < 30) throw damaged('The WebP image ends in its header.');
  const body = 20;
  switch (text(12)) {
    case LOSSY:
      return {
        width: view.getUint16(body + 6, true) & 0x3fff,
        height: view.getUint16(body + 8, true) & 0x3fff,
        alpha: false,
      };
    case LOSSLESS: {
      const bits = view.getUint32(body + 1, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, alpha: ((bits >>> 28) & 1) === 1 };
    }
    case EXTENDED: {
      const flags = bytes[body] ?? 0;
      if ((flags & ANIMATION_FLAG) !== 0) {
        throw new KerchunkError('unsupported-codec', 'The WebP image is an animation; only single images are decoded.');
      }
      const side = (at: number): number => (view.getUint32(at, true) & 0xffffff) + 1;
      return { width: side(body + 4), height: side(body + 7), alpha: (flags & ALPHA_FLAG) !== 0 };
    }
    default:
      throw damaged(`The WebP image begins with the unknown chunk "${text(12)}".`);
  }
}
