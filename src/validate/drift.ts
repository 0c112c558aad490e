import { decodeChunk } from '../codecs/decode';
import type { NdArray, ZarrArray } from '../zarr/types';
import { toTypedArray } from '../zarr/values';
import { rowsOfChunk, withRowwiseDelta } from './delta';

/** How far a chunk read through numcodecs `delta` is from its true values. Rows and columns count from 0. */
export interface Drift {
  rows: number;
  /** Rows in which at least one value is wrong. */
  wrongRows: number;
  /** The wrong value that is farthest from the truth. */
  worst?: { row: number; column: number; read: number; truth: number };
  /** The first wrong value. */
  first?: { row: number; column: number; read: number; truth: number };
  maximumRead: number;
  maximumTrue: number;
}

/**
 * Decodes one chunk twice: as the array says, with `delta` running on over the whole chunk, and with a sum that starts anew in each row.
 * `stored` are the chunk's bytes as fetched; the array has a `delta` filter and a real data type.
 * @throws DecodeError where the chunk does not decode.
 */
export async function measureDrift(stored: Uint8Array, array: ZarrArray): Promise<Drift> {
  const { array: read } = await decodeChunk(stored, array);
  const { array: truth } = await decodeChunk(stored, withRowwiseDelta(array));
  return compareRows(read, truth, rowsOfChunk(array)).drift;
}

/**
 * How far `read` is from `truth`, both of one shape with real numbers, cut into `rows` rows of equal length; `perRow` holds the largest
 * difference in each.
 */
export function compareRows(
  read: NdArray,
  truth: NdArray,
  rows: number,
): { drift: Drift; perRow: Float64Array<ArrayBuffer> } {
  const readValues = toTypedArray(read);
  const trueValues = toTypedArray(truth);
  const columns = readValues.length / rows;
  const perRow = new Float64Array(rows);
  const drift: Drift = { rows, wrongRows: 0, maximumRead: -Infinity, maximumTrue: -Infinity };
  let worstError = 0;
  for (let row = 0; row < rows; row += 1) {
    let farthest = 0;
    for (let column = 0; column < columns; column += 1) {
      const readValue = Number(readValues[row * columns + column]);
      const trueValue = Number(trueValues[row * columns + column]);
      if (readValue > drift.maximumRead) drift.maximumRead = readValue;
      if (trueValue > drift.maximumTrue) drift.maximumTrue = trueValue;
      const error = Math.abs(readValue - trueValue);
      if (error > 0) drift.first ??= { row, column, read: readValue, truth: trueValue };
      if (error > farthest) farthest = error;
      if (error > worstError) {
        worstError = error;
        drift.worst = { row, column, read: readValue, truth: trueValue };
      }
    }
    perRow[row] = farthest;
    if (farthest > 0) drift.wrongRows += 1;
  }
  return { drift, perRow };
}
