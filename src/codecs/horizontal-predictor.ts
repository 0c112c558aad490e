import { badConfiguration } from './decode-error';
import { nameOf, toLittleEndian } from './elements';
import { type PredictorLayout, predictorLayout } from './predictor-layout';
import type { Decoder, Encoder } from './types';

/**
 * `imagecodecs_delta {axis, dist, shape, dtype}`: TIFF predictor 2 (TIFF 6.0, section 14). Differences are of unsigned integers
 * as wide as an element, floats and signed integers included, in the byte order of `dtype`, and begin anew with each row.
 */
export const decodeHorizontalPredictor: Decoder = (bytes, config, context) =>
  inLanes(bytes, predictorLayout(bytes, config, context), sumRuns, sumRuns64);

/** virtual-tiff's `HorizontalDeltaCodec`: as decodeHorizontalPredictor, also of complex numbers of 8 bytes, as whole numbers of 64 bits. */
export const decodeHorizontalDelta: Decoder = (bytes, config, context) => {
  const layout = predictorLayout(bytes, config, context);
  const { type } = layout;
  const isPair = type.kind === 'c' && type.itemSize === 8;
  return inLanes(bytes, isPair ? { ...layout, type: { ...type, kind: 'u' } } : layout, sumRuns, sumRuns64);
};

/** The inverse of decodeHorizontalPredictor: every element but the first of a run becomes its difference to the one before. */
export const encodeHorizontalPredictor: Encoder = (bytes, config, context) =>
  inLanes(bytes, predictorLayout(bytes, config, context), differRuns, differRuns64);

function inLanes(
  bytes: Uint8Array,
  { type, runLength, stride }: PredictorLayout,
  change: (values: Lanes, runLength: number, stride: number) => void,
  change64: (words: Uint32Array, runLength: number, stride: number) => void,
): Uint8Array {
  if (!'iuf'.includes(type.kind)) throw badConfiguration(`dtype ${nameOf(type)} is not an integer or float`);
  const little = toLittleEndian(bytes, type);
  const changed = little === bytes ? bytes.slice() : little;
  if (type.itemSize === 8) change64(new Uint32Array(changed.buffer), runLength, stride);
  else change(lanes(changed, type.itemSize), runLength, stride);
  return toLittleEndian(changed, type);
}

type Lanes = Uint8Array | Uint16Array | Uint32Array;

/** `bytes` owns its buffer from offset 0, so that any lane width is aligned. */
function lanes(bytes: Uint8Array, itemSize: number): Lanes {
  if (itemSize === 1) return bytes;
  return itemSize === 2 ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer);
}

function sumRuns(values: Lanes, runLength: number, stride: number): void {
  for (let start = 0; start < values.length; start += runLength) {
    const end = start + runLength;
    for (let i = start + stride; i < end; i++) values[i] = (values[i] ?? 0) + (values[i - stride] ?? 0);
  }
}

function differRuns(values: Lanes, runLength: number, stride: number): void {
  for (let start = 0; start < values.length; start += runLength) {
    // From the end: what is subtracted is the element itself, not its difference.
    for (let i = start + runLength - 1; i >= start + stride; i--)
      values[i] = (values[i] ?? 0) - (values[i - stride] ?? 0);
  }
}

/** As `sumRuns` for 64-bit lanes, each two words, the low one first: bigints take several times as long. */
function sumRuns64(words: Uint32Array, runLength: number, stride: number): void {
  const count = words.length / 2;
  for (let start = 0; start < count; start += runLength) {
    const end = start + runLength;
    for (let i = start + stride; i < end; i++) {
      const low = (words[2 * i] ?? 0) + (words[2 * (i - stride)] ?? 0);
      const high = (words[2 * i + 1] ?? 0) + (words[2 * (i - stride) + 1] ?? 0) + (low > 0xffffffff ? 1 : 0);
      words[2 * i] = low;
      words[2 * i + 1] = high;
    }
  }
}

/** As `differRuns` for 64-bit lanes, each two words, the low one first. */
function differRuns64(words: Uint32Array, runLength: number, stride: number): void {
  const count = words.length / 2;
  for (let start = 0; start < count; start += runLength) {
    for (let i = start + runLength - 1; i >= start + stride; i--) {
      const low = (words[2 * i] ?? 0) - (words[2 * (i - stride)] ?? 0);
      words[2 * i] = low;
      words[2 * i + 1] = (words[2 * i + 1] ?? 0) - (words[2 * (i - stride) + 1] ?? 0) - (low < 0 ? 1 : 0);
    }
  }
}
