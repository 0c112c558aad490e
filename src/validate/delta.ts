import { elementCount } from '../zarr/shape';
import type { CodecStep, ZarrArray } from '../zarr/types';

/** Position of the numcodecs `delta` step in the array's codecs, and its index among the filters; undefined where there is none. */
export function findDelta(array: ZarrArray): { step: CodecStep; position: number } | undefined {
  const position = array.codecs.findIndex((step) => step.id === 'delta');
  const step = array.codecs[position];
  return step === undefined ? undefined : { step, position };
}

/** Number of rows that a chunk has: the product of all its sides but the last. */
export function rowsOfChunk(array: ZarrArray): number {
  return elementCount(array.chunkShape.slice(0, -1));
}

/**
 * The same array with its running sum over the whole chunk (numcodecs `delta`) replaced by the sum that starts anew in every row, which is
 * what TIFF predictor 2 needs (TIFF 6.0 section 14). `axis` is the axis of the pixels: -1, or -2 where bands are interleaved.
 */
export function withRowwiseDelta(array: ZarrArray, axis: -1 | -2 = -1): ZarrArray {
  const codecs = array.codecs.map((step): CodecStep => {
    if (step.id !== 'delta') return step;
    const dtype = step.config.astype ?? step.config.dtype ?? null;
    return { ...step, id: 'imagecodecs_delta', config: { axis, dist: 1, shape: [...array.chunkShape], dtype } };
  });
  return { ...array, codecs };
}
