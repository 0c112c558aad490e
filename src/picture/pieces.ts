import type { TypedArray } from '../zarr/values';

/**
 * Numbers that are gone through between two stops of long work: a power of two, which take less than a millisecond or
 * two.
 */
export const PIECE = 0x10000;

/** Views of numbers one after another, for work that stops between them. */
export function* piecesOf<Numbers extends TypedArray>(numbers: Numbers): Generator<Numbers, void, undefined> {
  for (let from = 0; from < numbers.length; from += PIECE) yield numbers.subarray(from, from + PIECE) as Numbers;
}
