import type { Steps } from '../steps';
import type { TypedArray } from '../zarr/values';
import { loadDoubles, type NumberPieces, PIECE } from './pieces';

/** How often each integer from -32,768 to 65,535 occurs. */
export interface Counts {
  counts: Uint32Array;
  /** The integer of the first count. */
  least: number;
  /** Integers counted. */
  valid: number;
}

const doubles = new Float64Array(PIECE);

/** Counts integers of at most 16 bits that do not equal `nodata` and are greater than `above`. */
export function* countSteps(numbers: NumberPieces, nodata: number | bigint | undefined, above: number): Steps<Counts> {
  const least = -(2 ** 15);
  const counts = new Uint32Array(2 ** 15 + 2 ** 16);
  for (const piece of numbers.pieces()) {
    tally(piece, least, counts);
    yield;
  }
  if (typeof nodata === 'number' && Number.isInteger(nodata)) counts[nodata - least] = 0;
  if (above >= least) counts.fill(0, 0, Math.floor(above) - least + 1);
  return { counts, least, valid: counts.reduce((sum, count) => sum + count, 0) };
}

function tally(piece: TypedArray, least: number, counts: Uint32Array): void {
  loadDoubles(piece, doubles);
  for (let index = 0; index < piece.length; index++) {
    const place = (doubles[index] ?? 0) - least;
    counts[place] = (counts[place] ?? 0) + 1;
  }
}
