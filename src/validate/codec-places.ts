import type { CodecStep, ZarrArray } from '../zarr/types';

/** A step of a codec chain, and where it stands in `.zarray`. */
export interface PlacedStep extends CodecStep {
  /** `['filters', index]` or `['compressor']`. */
  path: (string | number)[];
}

/** The steps of a zarr v2 array's chain with their places in `.zarray`, in the order of encoding. */
export function placedSteps(array: ZarrArray): PlacedStep[] {
  let filter = 0;
  return array.codecs.map((step) => ({
    ...step,
    path: step.place === 'filter' ? ['filters', filter++] : ['compressor'],
  }));
}
