import { decodeChunk } from '../codecs/decode';
import { KerchunkError } from '../errors';
import { findDelta, rowsOfChunk, withRowwiseDelta } from '../validate/delta';
import { compareRows } from '../validate/drift';
import { driftInWords } from '../validate/drift-in-words';
import { TiffLookup } from '../validate/tiff-lookup';
import { isPredictedByRows } from '../validate/tiff-rules';
import type { TiffImage } from '../tiff/types';
import { elementCount } from '../zarr/shape';
import type { NdArray, ZarrArray } from '../zarr/types';
import type { PreviewDocument } from './document';
import { cropped } from '../read/inside';

/** How far the values of a chunk are from the truth, of which `truth` is the whole chunk. */
export interface MeasuredDrift {
  message: string;
  perRow: Float64Array<ArrayBuffer>;
  truth: NdArray;
}

/** A decoded chunk, and what it was decoded from. */
export interface DecodedValues {
  key: string;
  stored: Uint8Array;
  values: NdArray;
  inside: readonly number[];
}

/**
 * What `delta` over several rows does to a chunk, where the headers of the TIFF behind it show that it is a fault; undefined where it is
 * none, where nobody knows, and where this chunk happens to be right.
 * @throws KerchunkError `cancelled`.
 */
export async function measureChunkDrift(
  { set, opener, tiffs }: PreviewDocument,
  array: ZarrArray,
  { key, stored, values, inside }: DecodedValues,
  signal: AbortSignal,
): Promise<MeasuredDrift | undefined> {
  if (findDelta(array) === undefined || rowsOfChunk(array) < 2) return undefined;
  const behind = await new TiffLookup(set, opener, signal, tiffs).behind(array);
  if (behind.kind !== 'tiff' || !isPredictedByRows(behind)) return undefined;
  const axis = axisOfPixels(array, behind.image);
  try {
    const { array: truth } = await decodeChunk(stored, withRowwiseDelta(array, axis));
    const rows = elementCount(inside.slice(0, axis));
    const { drift, perRow } = compareRows(cropped(values, inside), cropped(truth, inside), rows);
    return drift.first === undefined ? undefined : { message: driftInWords(drift, key), perRow, truth };
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return undefined;
  }
}

/** The axis along which the TIFF's predictor runs: the last one, or that before it where the last holds the samples of a pixel. */
function axisOfPixels({ chunkShape }: ZarrArray, image: TiffImage | undefined): -1 | -2 {
  if (image === undefined || image.planar || image.samplesPerPixel === 1) return -1;
  return chunkShape.length > 2 && chunkShape.at(-1) === image.samplesPerPixel ? -2 : -1;
}
