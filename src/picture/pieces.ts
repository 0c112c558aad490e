import type { FillValue, NdArray } from '../zarr/types';
import type { TypedArray } from '../zarr/values';
import { elementNumbers } from './numbers';

/**
 * Numbers that are gone through between two stops of long work: a power of two, which take less than a millisecond or
 * two.
 */
export const PIECE = 0x10000;

/** Numbers that are made piece by piece, so that there is never a copy of all. */
export interface NumberPieces {
  readonly length: number;
  /** Integers of at most 16 bits, or of 64. */
  readonly isSmall: boolean;
  readonly isBig: boolean;
  /** Piece after piece, in order. */
  pieces: () => Iterable<TypedArray>;
}

/** Elements of an array as `elementNumbers` gives them. @throws KerchunkError as it. */
export function elementPieces({ dataType, shape, data }: NdArray, nodata: FillValue): NumberPieces {
  const { kind, itemSize } = dataType;
  const isInteger = 'biumM'.includes(kind);
  return {
    length: data.length / itemSize,
    isSmall: isInteger && itemSize <= 2,
    isBig: isInteger && itemSize === 8,
    *pieces() {
      for (let from = 0; from < data.length; from += PIECE * itemSize) {
        yield elementNumbers({ dataType, shape, data: data.subarray(from, from + PIECE * itemSize) }, nodata);
      }
    },
  };
}

/** Numbers that are there already. */
export function piecesOf(numbers: TypedArray): NumberPieces {
  return {
    length: numbers.length,
    isSmall: numbers.BYTES_PER_ELEMENT <= 2,
    isBig: numbers instanceof BigInt64Array || numbers instanceof BigUint64Array,
    *pieces() {
      for (let from = 0; from < numbers.length; from += PIECE) yield numbers.subarray(from, from + PIECE);
    },
  };
}

/**
 * Writes numbers into doubles, from index 0 on, of which nothing is lost but that of 64-bit integers: a loop over doubles alone stays fast
 * whatever it is given.
 */
export function loadDoubles(numbers: TypedArray, into: Float64Array): void {
  if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) {
    for (let index = 0; index < numbers.length; index++) into[index] = Number(numbers[index]);
  } else into.set(numbers);
}
