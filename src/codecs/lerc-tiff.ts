import { integerOf } from './config';
import { badConfiguration, damaged } from './decode-error';
import { decodeLercPixels } from './lerc';
import type { LercPixels } from './lerc-wasm';
import type { Decoder } from './types';

/**
 * `kerchunk_tiff_lerc {bands}`: LERC with all that libtiff keeps in it (libtiff, tif_lerc.c), as pixels with `bands` values each. Where blobs of
 * one band stand one after another, because floats are NaN in different places, the bands are interleaved. Where a value is missing, which
 * libtiff does with alpha of 8 bits that is 0 or 255 everywhere, it is the mask. Pixels that a mask marks are NaN in floats.
 */
export const decodeTiffLerc: Decoder = async (bytes, config, context) => {
  const bands = integerOf(config, 'bands');
  if (bands < 1) throw badConfiguration(`"bands" is ${bands}`);
  const decoded = await decodeLercPixels(bytes, context);
  if (decoded.floats) blankMasked(decoded);
  if (decoded.bands === 1 && decoded.depth === bands) return decoded.bytes;
  if (decoded.depth === 1 && decoded.bands === bands) return interleave(decoded, bands);
  if (decoded.bands === 1 && decoded.depth === bands - 1 && context.dataType.itemSize === 1) return withAlpha(decoded);
  throw damaged(`The LERC has ${decoded.bands} by ${decoded.depth} values for a pixel; the TIFF has ${bands} bands.`);
};

/** Puts NaN where the mask of all bands, or that of the band, is 0. */
function blankMasked({ bytes, depth, bands, pixels, valid }: LercPixels): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const itemSize = bytes.length / (pixels * bands * depth);
  const masks = valid.length / pixels;
  for (let place = 0; place < pixels * bands && masks > 0; place++) {
    if (valid[masks === 1 ? place % pixels : place] !== 0) continue;
    for (let value = place * depth; value < (place + 1) * depth; value++) {
      if (itemSize === 4) view.setFloat32(value * 4, NaN, true);
      else view.setFloat64(value * 8, NaN, true);
    }
  }
}

function interleave({ bytes, pixels }: LercPixels, bands: number): Uint8Array {
  const size = bytes.length / (pixels * bands);
  const out = new Uint8Array(bytes.length);
  for (let band = 0, from = 0; band < bands; band++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const to = (pixel * bands + band) * size;
      for (let i = 0; i < size; i++) out[to + i] = bytes[from++] ?? 0;
    }
  }
  return out;
}

function withAlpha({ bytes, pixels, depth, valid }: LercPixels): Uint8Array {
  const out = new Uint8Array(pixels * (depth + 1));
  for (let pixel = 0, from = 0, to = 0; pixel < pixels; pixel++) {
    for (let i = 0; i < depth; i++) out[to++] = bytes[from++] ?? 0;
    out[to++] = valid[pixel] === 0 ? 0 : 255;
  }
  return out;
}
