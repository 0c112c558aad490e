import { usesPredictor } from '../generate/expressible';
import { DRIFT_REASON } from '../validate/drift-in-words';
import { formatDataType } from '../zarr/data-type';
import type { DataType, ZarrArray } from '../zarr/types';
import { isSameType } from './as-read';
import type { MatchedImage } from './source-plan';

/** Filters that undo a difference between neighbours. */
const undoing: ReadonlySet<string> = new Set(['delta', 'imagecodecs_delta', 'imagecodecs_floatpred']);

/** What the metadata of an array and the tags of a TIFF say of why values differ: a sentence or more after the first, or ''. */
export function reasonFor(array: ZarrArray, { image, tiff }: MatchedImage, stored: DataType, truth: DataType): string {
  const reasons: string[] = [];
  const predictor = usesPredictor(image) ? image.predictor : 1;
  const filter = array.codecs.find(({ id }) => undoing.has(id));
  if (predictor !== 1 && filter === undefined) {
    reasons.push(`The TIFF has predictor ${predictor}, which no filter of the array undoes.`);
  } else if (predictor === 1 && filter !== undefined) {
    reasons.push(`The filter ${filter.id} undoes a predictor, and the TIFF has none.`);
  } else if (filter?.id === 'delta') {
    reasons.push(`The filter is delta: ${DRIFT_REASON}.`);
  }
  if (!isSameType(stored, truth)) {
    reasons.push(
      `The array is stored as ${text(stored)}, and the TIFF as ${text({ ...truth, byteOrder: stored.byteOrder })}.`,
    );
  } else if (stored.itemSize > 1 && array.zarrFormat === 2 && stored.byteOrder !== tiff.byteOrder) {
    reasons.push(
      `The array is stored ${stored.byteOrder}-endian (${text(stored)}), and the TIFF is ${tiff.byteOrder}-endian.`,
    );
  }
  return reasons.length === 0 ? '' : `. ${reasons.join(' ')}`;
}

function text(type: DataType): string {
  const name = formatDataType(type);
  return typeof name === 'string' ? name : JSON.stringify(name);
}
