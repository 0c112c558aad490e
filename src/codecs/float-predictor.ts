import { badConfiguration } from './decode-error';
import { nameOf } from './elements';
import { predictorLayout } from './predictor-layout';
import type { Decoder } from './types';

/**
 * `imagecodecs_floatpred {axis, dist, shape, dtype}`: TIFF predictor 3 (Adobe Photoshop TIFF technical note 3). Each row holds
 * the most significant bytes of all its floats, then the next ones, and so on, whatever the byte order of the file, and the
 * bytes of a row are differences. The floats come out in the byte order of `dtype`, those of 24 bits,
 * for which imagecodecs takes the dtype `|V3`, in little-endian order.
 */
export const decodeFloatPredictor: Decoder = (bytes, config, context) => {
  const { type, runLength, stride } = predictorLayout(bytes, config, context);
  const float24 = type.kind === 'V' && type.itemSize === 3;
  if (type.kind !== 'f' && !float24) throw badConfiguration(`dtype ${nameOf(type)} is not a float`);
  const size = type.itemSize;
  const runBytes = runLength * size;
  const out = new Uint8Array(bytes.length);
  const row = new Uint8Array(runBytes);
  for (let start = 0; start < bytes.length; start += runBytes) {
    row.set(bytes.subarray(start, start + runBytes));
    for (let i = stride; i < runBytes; i++) row[i] = (row[i] ?? 0) + (row[i - stride] ?? 0);
    for (let plane = 0; plane < size; plane++) {
      const place = type.byteOrder === 'big' ? plane : size - 1 - plane;
      const from = plane * runLength;
      for (let i = 0, to = start + place; i < runLength; i++, to += size) out[to] = row[from + i] ?? 0;
    }
  }
  return out;
};
