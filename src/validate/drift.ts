import { decodeChunk } from '../codecs/decode';
import type { ZarrArray } from '../zarr/types';
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
  const read = toTypedArray((await decodeChunk(stored, array)).array);
  const truth = toTypedArray((await decodeChunk(stored, withRowwiseDelta(array))).array);
  const rows = rowsOfChunk(array);
  const columns = read.length / rows;
  const drift: Drift = { rows, wrongRows: 0, maximumRead: -Infinity, maximumTrue: -Infinity };
  let worstError = 0;
  for (let row = 0; row < rows; row += 1) {
    let wrong = false;
    for (let column = 0; column < columns; column += 1) {
      const readValue = Number(read[row * columns + column]);
      const trueValue = Number(truth[row * columns + column]);
      if (readValue > drift.maximumRead) drift.maximumRead = readValue;
      if (trueValue > drift.maximumTrue) drift.maximumTrue = trueValue;
      const error = Math.abs(readValue - trueValue);
      if (error > 0) wrong = true;
      if (error > 0) drift.first ??= { row, column, read: readValue, truth: trueValue };
      if (error > worstError) {
        worstError = error;
        drift.worst = { row, column, read: readValue, truth: trueValue };
      }
    }
    if (wrong) drift.wrongRows += 1;
  }
  return drift;
}
