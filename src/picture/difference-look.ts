import { COLOURS, colourTable } from './colour-maps';
import { type Differences, pairStates } from './pair-states';
import { type NumberPieces, PIECE } from './pieces';
import { paint } from './look';
import { runAtOnce, type Steps } from '../steps';
import { percentileSteps } from './percentiles';
import type { ScaleName } from './scale';

/** How differences become colours: blue below 0, white at 0, red above it, strongest at `limit` and beyond to both sides. */
export interface DifferenceLook {
  /** Null where no pair differs. */
  limit: number | null;
  scale: Exclude<ScaleName, 'log'>;
}

/** Colours, as red, green and blue, of pairs that have no place among the differences: of the Okabe-Ito palette, which those tell apart who see fewer colours. */
export const markColours = {
  nodataInFirst: [230, 159, 0],
  nodataInSecond: [0, 158, 115],
  noDifference: [204, 121, 167],
} as const;

/** Share of the differing pairs whose difference is within the limit that `limitOf` gives. */
const USUAL_PERCENTILE = 98;

/** The magnitude that 98 of 100 differing pairs do not exceed; null where none differs. */
export function limitOf(differences: Differences): number | null {
  return runAtOnce(limitSteps(differences));
}

/** As `limitOf`. */
export function* limitSteps(differences: Differences): Steps<number | null> {
  const parts = [{ numbers: magnitudesOf(differences), nodata: undefined }];
  return (yield* percentileSteps(parts, [USUAL_PERCENTILE]))?.[0] ?? null;
}

/** Magnitudes of the differences of pairs that differ, NaN for all others. */
function magnitudesOf({ states, values }: Differences): NumberPieces {
  return {
    length: values.length,
    isSmall: false,
    isBig: false,
    *pieces() {
      const magnitudes = new Float64Array(PIECE);
      for (let from = 0; from < values.length; from += PIECE) {
        const length = Math.min(PIECE, values.length - from);
        for (let index = 0; index < length; index++) {
          const differs = states[from + index] === pairStates.differs;
          magnitudes[index] = differs ? Math.abs(values[from + index] ?? NaN) : NaN;
        }
        yield magnitudes.subarray(0, length);
      }
    },
  };
}

/**
 * Red, green, blue and alpha bytes, four for each pair: pairs that are equal white, those that are nodata in both transparent, those that were
 * not read striped, by their row and column; each other kind of pair has a colour of its own.
 */
export function paintDifferences(
  { states, values }: Differences,
  { limit, scale }: DifferenceLook,
  width: number,
): Uint8ClampedArray<ArrayBuffer> {
  const range = limit === null ? null : { low: -limit, high: limit };
  const rgba = paint(values, { colourMap: 'blue-red', reversed: false, scale, range });
  const pixels = new Uint32Array(rgba.buffer);
  const colours = markPixels();
  states.forEach((state, index) => {
    if (state === pairStates.differs || state === pairStates.nodataInBoth) return;
    pixels[index] = colours[state] ?? 0;
  });
  stripe(rgba, width, (index) => states[index] === pairStates.notRead);
  return rgba;
}

/** Draws grey stripes over the pixels of an image that were not read. */
export function stripe(rgba: Uint8ClampedArray, width: number, isOpen: (index: number) => boolean): void {
  for (let index = 0; index < rgba.length / 4; index++) {
    if (!isOpen(index)) continue;
    const isGap = (index + Math.floor(index / width)) % STRIPE >= STRIPE / 2;
    rgba.set(isGap ? [0, 0, 0, 0] : STRIPE_COLOUR, 4 * index);
  }
}

/** Pixels of a stripe and the gap beside it. */
const STRIPE = 8;
const STRIPE_COLOUR = [128, 128, 128, 255];

/** The colour of each state but those of the colour map, as the four bytes of a pixel. */
function markPixels(): Uint32Array {
  const bytes = new Uint8Array(4 * Object.keys(pairStates).length);
  const set = (state: number, colour: readonly number[]): void => {
    bytes.set([...colour, 255], 4 * state);
  };
  set(pairStates.equal, middleColour());
  set(pairStates.nodataInFirst, markColours.nodataInFirst);
  set(pairStates.nodataInSecond, markColours.nodataInSecond);
  set(pairStates.noDifference, markColours.noDifference);
  return new Uint32Array(bytes.buffer);
}

/** The colour of 0: between the two in the middle of the map. */
export function middleColour(): number[] {
  const table = colourTable('blue-red');
  return [0, 1, 2].map((part) => {
    const [below, above] = [table[3 * (COLOURS / 2 - 1) + part], table[3 * (COLOURS / 2) + part]];
    return Math.round(((below ?? 0) + (above ?? 0)) / 2);
  });
}
