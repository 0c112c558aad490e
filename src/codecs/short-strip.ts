import { integerOf } from './config';
import { badConfiguration } from './decode-error';
import type { Decoder } from './types';

/**
 * `kerchunk_tiff_short_strip {axis, index, rows}`: the last strip of a TIFF whose height is no multiple of RowsPerStrip (TIFF 6.0, section 3).
 * In chunks with `index` along `axis`, the axis of the rows, `rows` rows become a whole chunk: rows of zeros follow, which lie beyond the
 * edge of the array. A strip stored with all its rows, as some writers have it, and all other chunks are left as they are.
 */
export const decodeShortStrip: Decoder = (bytes, config, { chunkShape, indices, decodedSize }) => {
  const axis = integerOf(config, 'axis');
  const rows = integerOf(config, 'rows');
  const side = chunkShape[axis];
  if (side === undefined || rows < 1 || rows >= side || decodedSize === undefined) {
    throw badConfiguration(
      `${rows} rows along axis ${axis} are no part of a chunk of shape [${chunkShape.join(', ')}]`,
    );
  }
  if (indices?.[axis] !== integerOf(config, 'index') || bytes.length !== (decodedSize / side) * rows) return bytes;
  const whole = new Uint8Array(decodedSize);
  whole.set(bytes);
  return whole;
};
