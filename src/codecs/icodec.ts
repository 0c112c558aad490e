import { KerchunkError } from '../errors';
import { bytesInWords } from '../words';
import { damaged } from './decode-error';
import { type IcodecModule, loadJpegXl, loadWebp, type RgbaImage } from './icodec-glue.mjs';
import { WasmDecoder } from './wasm-decoder';

// The data lies in the memory of the module, and is copied before the next call overwrites it.
Object.assign(globalThis, {
  _icodec_ImageData: (data: Uint8Array, width: number, height: number, depth: number): RgbaImage => ({
    data: new Uint8Array(data),
    width,
    height,
    depth,
  }),
});

const decoders = {
  WebP: new WasmDecoder<IcodecModule>('webp-dec.wasm', loadWebp),
  'JPEG XL': new WasmDecoder<IcodecModule>('jxl-dec.wasm', loadJpegXl),
};

/** What the decoders may take beside the image: their own heap, and tables that do not grow with it. */
const ROOM = 2 ** 27;
/** Bytes of the four samples of all pixels: the libraries take several times as many while they decode. */
const MOST_DECODED = 64 * 2 ** 20;
/** Bytes that libwebp and libjxl take for a pixel of four samples at most: libjxl has several planes of floats. */
const PIXEL_BYTES = 256;

/**
 * Decodes an image with libwebp or libjxl to the four samples red, green, blue and alpha; grey has its value three times, and an image
 * without alpha the largest alpha. No colours are converted and alpha is not multiplied in.
 * @param size from the header, already checked.
 * @throws KerchunkError `decode-failed` where the library refuses the image or makes another one of it, `limit-exceeded` above 64 MiB, before
 * anything is decoded.
 */
export async function decodeRgba(
  format: keyof typeof decoders,
  bytes: Uint8Array,
  size: { width: number; height: number; depth: number },
): Promise<Uint8Array> {
  const decoded = 4 * Math.ceil(size.depth / 8) * size.width * size.height;
  if (decoded > MOST_DECODED) {
    throw new KerchunkError(
      'limit-exceeded',
      `The ${format} image has ${size.width} x ${size.height} pixels of ${size.depth} bits, ${bytesInWords(decoded)} in four samples; at most ` +
        `${bytesInWords(MOST_DECODED)} are decoded at once. Write the TIFF anew with smaller tiles: gdal_translate -of COG in.tif out.tif.`,
    );
  }
  const most = ROOM + PIXEL_BYTES * size.width * size.height + 4 * bytes.length;
  const image = await decoders[format].run(most, (module) => {
    try {
      return check(module.decode(bytes));
    } catch (error) {
      throw damaged(`The library refuses the ${format} image: it is damaged or cut off.`, error);
    }
  });
  if (image.width === size.width && image.height === size.height && image.depth === size.depth) return image.data;
  throw damaged(
    `The ${format} image has ${image.width} x ${image.height} pixels of ${image.depth} bits, but its header says ${size.width} x ${size.height} of ${size.depth}.`,
  );
}

function check(image: RgbaImage | string | null): RgbaImage {
  if (typeof image === 'object' && image !== null) return image;
  throw new Error(image ?? 'no image');
}

/** Of four samples a pixel those that `keep` names, in this order. @param itemSize bytes of a sample. */
export function keepSamples(rgba: Uint8Array, keep: readonly number[], itemSize: number): Uint8Array {
  const pixels = rgba.length / (4 * itemSize);
  const out = new Uint8Array(pixels * keep.length * itemSize);
  let at = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (const sample of keep) {
      const from = (pixel * 4 + sample) * itemSize;
      for (let byte = 0; byte < itemSize; byte++) out[at++] = rgba[from + byte] ?? 0;
    }
  }
  return out;
}
