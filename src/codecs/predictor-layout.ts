import type { JsonObject } from '../json';
import type { DataType } from '../zarr/types';
import { dtypeOf, integerOf, shapeOf } from './config';
import { badConfiguration, damaged } from './decode-error';
import { describeMismatch } from './size';
import { elementCount } from '../zarr/shape';
import type { CodecContext } from './types';

/** Where the differences of a predictor run. A run is what begins anew: a row of pixels, or of the samples of a pixel. */
export interface PredictorLayout {
  type: DataType;
  /** Elements of one run. */
  runLength: number;
  /** Elements between an element and the one it was subtracted from. */
  stride: number;
}

/**
 * Reads `{axis, dist, shape, dtype}` of imagecodecs_delta and imagecodecs_floatpred: the elements from `axis` to the last axis
 * are one run, and differences are between elements `dist` apart along `axis`. Shape and dtype default to the chunk's.
 * @throws KerchunkError `malformed-metadata` for an axis or distance that the shape does not have, `decode-failed` where the
 * bytes are not as many as the shape needs.
 */
export function predictorLayout(
  bytes: Uint8Array,
  config: JsonObject,
  context: Pick<CodecContext, 'chunkShape' | 'dataType'>,
): PredictorLayout {
  const type = dtypeOf(config, 'dtype', context.dataType);
  const shape = shapeOf(config, context.chunkShape);
  const axis = integerOf(config, 'axis', -1);
  const distance = integerOf(config, 'dist', 1);
  const from = axis < 0 ? axis + shape.length : axis;
  if (from < 0 || from >= shape.length) {
    throw badConfiguration(`"axis" is ${axis}, but "shape" [${shape.join(', ')}] has ${shape.length} axes`);
  }
  if (distance < 1) throw badConfiguration(`"dist" is ${distance}; it is at least 1`);
  const expected = elementCount(shape) * type.itemSize;
  if (bytes.length !== expected) {
    throw damaged(`It was given ${describeMismatch(bytes.length, expected, shape)}`);
  }
  return { type, runLength: elementCount(shape.slice(from)), stride: elementCount(shape.slice(from + 1)) * distance };
}
