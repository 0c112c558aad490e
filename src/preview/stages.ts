import { toCOrder } from '../codecs/order';
import { toLittleEndian } from '../codecs/elements';
import { isArrayCodec, stepSizes, type StepSize } from '../codecs/registry';
import type { Stage } from '../codecs/types';
import { codecInWords } from '../codecs/words';
import { KerchunkError } from '../errors';
import { tightCopy } from '../tight';
import { elementCount } from '../zarr/shape';
import type { NdArray, ZarrArray } from '../zarr/types';
import { jsonText } from './json-text';
import type { LoadedChunk } from './load-chunk';
import { nodataOf } from './meaning';
import { stagePicture } from './stage-picture';
import type { DecodingStep, StagePicture, StageSummary } from './types';

const HEAD_BYTES = 256;

/** The stages of a chunk's decoding for a viewer, each with its step and, where its bytes are an array, a small picture of that. */
export function summariseStages(stages: readonly Stage[], array: ZarrArray): StageSummary[] {
  const sizes = sizesOf(array);
  return stages.map((stage, position) => ({
    ...stepAt(position, array),
    bytes: stage.bytes.length,
    milliseconds: stage.milliseconds,
    head: tightCopy(stage.bytes.subarray(0, HEAD_BYTES)),
    picture: pictureOf(stage, position, array, sizes),
  }));
}

/** The step at which decoding stopped; null where it did not, or the metadata kept it from beginning. */
export function stoppedStep({ failure, stopped }: LoadedChunk, array: ZarrArray): DecodingStep | null {
  if (failure === undefined || stopped === undefined) return null;
  return stepAt(array.codecs.length - (stopped === 'values' ? -1 : stopped), array);
}

/** Position 0 is of the stored bytes, then come the codecs from the last to the first, then the values. */
function stepAt(position: number, { codecs, order }: ZarrArray): DecodingStep {
  if (position === 0) return { name: 'stored', words: 'as the file stores them', config: null };
  const codec = codecs[codecs.length - position];
  if (codec === undefined) {
    const words = order === 'F' ? 'put into C order, the last axis fastest' : 'taken for the elements of the chunk';
    return { name: 'array', words, config: null };
  }
  const words = codecInWords(codec).slice(codec.id.length).replace(/^: /u, '');
  return { name: codec.id, words, config: jsonText(codec.config) };
}

/** What undoing each codec must give; undefined where the metadata do not tell. */
function sizesOf({ codecs, chunkShape, dataType }: ZarrArray): StepSize[] | undefined {
  try {
    return stepSizes(codecs, chunkShape, dataType);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return undefined;
  }
}

/** Only of what is an array: of the values, and of what is undone by codecs that are given arrays alone. */
function pictureOf(
  { bytes }: Stage,
  position: number,
  array: ZarrArray,
  sizes: readonly StepSize[] | undefined,
): StagePicture | null {
  const { codecs, chunkShape, dataType, order } = array;
  const isValues = position > codecs.length;
  const step = codecs.length - position;
  const size = isValues ? { chunkShape, dataType } : sizes?.[step];
  if (!isValues && !codecs.slice(0, Math.max(0, step)).every(({ id }) => isArrayCodec(id))) return null;
  // Without codecs the stored bytes are the array itself.
  const given = size ?? (codecs.length === 0 ? { chunkShape, dataType } : undefined);
  if (given === undefined || bytes.length !== elementCount(given.chunkShape) * given.dataType.itemSize) return null;
  const stage: NdArray = { dataType: given.dataType, shape: given.chunkShape, data: bytes };
  return stagePicture(isValues ? stage : inOrder(stage, order), isValues ? nodataOf(array) : null);
}

function inOrder({ dataType, shape, data }: NdArray, order: ZarrArray['order']): NdArray {
  const ordered = order === 'F' ? toCOrder(data, shape, dataType.itemSize) : data;
  return { dataType, shape, data: toLittleEndian(ordered, dataType) };
}
