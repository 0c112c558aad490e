import type { DataType } from '../zarr/types';
import { badConfiguration } from './decode-error';
import { nameOf } from './elements';
import { type PredictorLayout, predictorLayout } from './predictor-layout';
import type { Decoder, Encoder } from './types';

/**
 * `imagecodecs_floatpred {axis, dist, shape, dtype}`: TIFF predictor 3 (Adobe Photoshop TIFF technical note 3). Each row holds
 * the most significant bytes of all its floats, then the next ones, and so on, whatever the byte order of the file, and the
 * bytes of a row are differences. The floats come out in the byte order of `dtype`, those of 24 bits,
 * for which imagecodecs takes the dtype `|V3`, in little-endian order.
 */
export const decodeFloatPredictor: Decoder = (bytes, config, context) => {
  const { type, runLength, stride } = floatLayout(bytes, config, context);
  const size = type.itemSize;
  const runBytes = runLength * size;
  const out = new Uint8Array(bytes.length);
  const row = new Uint8Array(runBytes);
  for (let start = 0; start < bytes.length; start += runBytes) {
    row.set(bytes.subarray(start, start + runBytes));
    for (let i = stride; i < runBytes; i++) row[i] = (row[i] ?? 0) + (row[i - stride] ?? 0);
    for (let plane = 0; plane < size; plane++) {
      const place = placeOf(plane, type);
      const from = plane * runLength;
      for (let i = 0, to = start + place; i < runLength; i++, to += size) out[to] = row[from + i] ?? 0;
    }
  }
  return out;
};

/** The inverse of decodeFloatPredictor. */
export const encodeFloatPredictor: Encoder = (bytes, config, context) => {
  const { type, runLength, stride } = floatLayout(bytes, config, context);
  const size = type.itemSize;
  const runBytes = runLength * size;
  const out = new Uint8Array(bytes.length);
  for (let start = 0; start < bytes.length; start += runBytes) {
    for (let plane = 0; plane < size; plane++) {
      const to = start + plane * runLength;
      for (let i = 0, from = start + placeOf(plane, type); i < runLength; i++, from += size)
        out[to + i] = bytes[from] ?? 0;
    }
    for (let i = start + runBytes - 1; i >= start + stride; i--) out[i] = (out[i] ?? 0) - (out[i - stride] ?? 0);
  }
  return out;
};

function floatLayout(...chunk: Parameters<typeof predictorLayout>): PredictorLayout {
  const layout = predictorLayout(...chunk);
  const { kind, itemSize } = layout.type;
  if (kind === 'f' || (kind === 'V' && itemSize === 3)) return layout;
  throw badConfiguration(`dtype ${nameOf(layout.type)} is not a float`);
}

/** Where in a float of this type the byte stands that is the `plane`th most significant. */
function placeOf(plane: number, { byteOrder, itemSize }: DataType): number {
  return byteOrder === 'big' ? plane : itemSize - 1 - plane;
}
