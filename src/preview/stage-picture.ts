import { elementNumbers, nodataNumber } from '../picture/numbers';
import { planeOf, thinned } from '../picture/plane';
import { stretchOf } from '../picture/stretch';
import type { FillValue, NdArray } from '../zarr/types';
import { isNumeric } from '../zarr/values';
import { nodataText } from './meaning';
import { dtypeText } from './type-words';
import type { StagePicture } from './types';

const LONGEST_SIDE = 128;

/** The first plane and sample of an array, thinned; null for one without elements, or of elements that are no numbers. */
export function stagePicture(array: NdArray, nodata: FillValue): StagePicture | null {
  const { dataType, shape, data } = array;
  if (!isNumeric(dataType) || shape.includes(0)) return null;
  const whole = planeOf(array);
  const step = Math.max(1, Math.ceil(Math.max(whole.width, whole.height) / LONGEST_SIDE));
  const plane = thinned(whole, step);
  const size = dataType.itemSize;
  const out = new Uint8Array(plane.width * plane.height * size);
  let to = 0;
  for (let row = 0; row < plane.height; row++) {
    for (let column = 0; column < plane.width; column++, to += size) {
      const from = (row * plane.rowStep + column * plane.columnStep) * size;
      out.set(data.subarray(from, from + size), to);
    }
  }
  const small: NdArray = { dataType, shape: [plane.height, plane.width], data: out };
  const range = stretchOf(elementNumbers(small, nodata), nodataNumber(dataType, nodata), dataType);
  const isFinite = range !== undefined && Number.isFinite(range.low) && Number.isFinite(range.high);
  return {
    dataType,
    dtype: dtypeText(dataType),
    shape: small.shape,
    data: out.buffer,
    step,
    nodata: nodataText(nodata, dataType),
    stretch: isFinite ? range : null,
  };
}
