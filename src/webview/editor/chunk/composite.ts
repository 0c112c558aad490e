import type { ArrayDetails } from '../../../preview/types';
import { looksLikePixels, pictureAxes } from '../../../picture/plane';

export const colourSlots = ['red', 'green', 'blue'] as const;
export type ColourSlot = (typeof colourSlots)[number];

/** One of three bands: where it stands in the array, which chunk holds it, and at which index along the axis of bands. */
export interface CompositeBand {
  slot: ColourSlot;
  /** Along the axis of bands, in the array and in the chunk. */
  index: number;
  inChunk: number;
  /** Of the chunk that holds it. */
  indices: readonly number[];
}

type Described = Pick<ArrayDetails, 'shape' | 'chunkShape' | 'dimensions' | 'attributes'>;

const bandNames = /^(?:bands?|channels?|c|components?|samples?|wavelengths?|rgba?)$/iu;

/**
 * The axis that three bands can be taken from: the samples of pixels, else an axis named so, else the last that is neither rows nor columns; it has
 * three elements or more. Null where there is none.
 */
export function bandAxisOf({ shape, chunkShape, dimensions }: Described): number | null {
  const taken = pictureAxes(chunkShape);
  const free = shape.flatMap((length, axis) => (taken.includes(axis) || length < 3 ? [] : [axis]));
  if (looksLikePixels(chunkShape)) return free.includes(shape.length - 1) ? shape.length - 1 : null;
  return free.find((axis) => bandNames.test(dimensions?.[axis] ?? '')) ?? free.at(-1) ?? null;
}

/** The bands that are red, green and blue: those chosen, else those that the attribute `color_interpretation` says are, else the first three. */
export function chosenBands(details: Described, chosen: readonly number[] | null): readonly [number, number, number] {
  const axis = bandAxisOf(details);
  const length = axis === null ? 0 : (details.shape[axis] ?? 0);
  const [red = -1, green = -1, blue = -1] = chosen ?? rolesOf(details);
  const areThere = [red, green, blue].every((index) => index >= 0 && index < length);
  return areThere ? [red, green, blue] : [0, 1, 2];
}

function rolesOf({ attributes }: Described): number[] {
  const text = attributes.find(({ name }) => name === 'color_interpretation')?.value ?? '';
  const roles = Array.from(text.matchAll(/"([^"]*)"/gu), ([, role]) => role);
  return colourSlots.map((colour) => roles.indexOf(colour));
}

/** The three bands at the place of a chunk; undefined where the array has no axis of bands. */
export function compositeBands(
  details: Described,
  chunk: readonly number[],
  chosen: readonly number[] | null,
): CompositeBand[] | undefined {
  const axis = bandAxisOf(details);
  if (axis === null) return undefined;
  const side = details.chunkShape[axis] ?? 1;
  const bands = chosenBands(details, chosen);
  return colourSlots.map((slot, place) => {
    const index = bands[place] ?? 0;
    const indices = chunk.map((old, other) => (other === axis ? Math.floor(index / side) : old));
    return { slot, index, inChunk: index % side, indices };
  });
}
