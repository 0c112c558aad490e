import type { Repair } from './what-if-types';
import type { JsonValue } from '../json';
import { findDelta, rowsOfChunk } from '../validate/delta';
import { TiffLookup, type TiffKnowledge } from '../validate/tiff-lookup';
import { isPredictedByRows } from '../validate/tiff-rules';
import type { ZarrArray } from '../zarr/types';
import { fromBytes } from './byte-repairs';
import { parseValue } from './changed-array';
import { codecText } from './codec-text';
import type { PreviewDocument } from './document';
import { codecInserted, codecReplaced, codecRemoved } from './encoding-edits';
import { type Encoding, encodingText } from './encoding-text';
import { fromTiff } from './tiff-repairs';
import { typeRepairs } from './type-repairs';

const MOST_REPAIRS = 8;

/**
 * What an array's encoding may be in truth, the likely first: what the TIFF behind it says, where there is one, then what the encoding itself and
 * the stored bytes of a chunk suggest. None of them is tried.
 * @param stored the bytes of a chunk, where they are at hand.
 * @throws KerchunkError `cancelled`.
 */
export async function repairsOf(
  { set, opener, tiffs }: PreviewDocument,
  array: ZarrArray,
  encoding: Encoding,
  stored: Uint8Array | undefined,
  signal: AbortSignal,
): Promise<Repair[]> {
  const behind = await new TiffLookup(set, opener, signal, tiffs).behind(array);
  const repairs = [
    ...deltaRepairs(array, encoding, behind),
    ...fromTiff(array, encoding, behind),
    ...(stored === undefined ? [] : fromBytes(array, encoding, stored)),
    ...predictorRepairs(array, encoding, behind),
    ...typeRepairs(array, encoding),
  ];
  const seen = new Set([encodingText(encoding)]);
  return repairs.filter((repair) => isNew(repair, seen)).slice(0, MOST_REPAIRS);
}

function isNew({ encoding }: Repair, seen: Set<string>): boolean {
  const text = encodingText(encoding);
  if (seen.has(text)) return false;
  seen.add(text);
  return true;
}

/** numcodecs' delta over several rows, and one of a difference that nobody took. */
function deltaRepairs(array: ZarrArray, encoding: Encoding, behind: TiffKnowledge): Repair[] {
  const delta = findDelta(array);
  if (delta === undefined) return [];
  const image = behind.kind === 'tiff' ? behind.image : undefined;
  const without: Repair = {
    title: 'Without delta',
    why:
      image === undefined
        ? 'Nothing was subtracted when the chunk was written.'
        : `The TIFF has no differences: its predictor is ${image.predictor}.`,
    encoding: codecRemoved(encoding, delta.position),
  };
  const rows = rowsOfChunk(array);
  if (rows < 2) return [without];
  const axis = image !== undefined && !image.planar && image.samplesPerPixel > 1 ? -2 : -1;
  const dtype = delta.step.config.astype ?? delta.step.config.dtype ?? null;
  const text = predictorText(array, 'imagecodecs_delta', axis, dtype);
  const byRows: Repair = {
    title: 'imagecodecs_delta in place of delta',
    why: isPredictedByRows(behind)
      ? `The TIFF’s predictor 2 starts each row anew; delta sums on over all ${rows} rows of a chunk.`
      : `delta sums on over all ${rows} rows of a chunk; a TIFF’s predictor 2 starts each row anew.`,
    encoding: codecReplaced(encoding, delta.position, text),
  };
  return image !== undefined && image.predictor !== 2 ? [without, byRows] : [byRows, without];
}

/** Predictors that no codec undoes. Where a TIFF is known, it says which. */
function predictorRepairs(array: ZarrArray, encoding: Encoding, behind: TiffKnowledge): Repair[] {
  const { codecs, dataType, chunkShape } = array;
  const isPredicted = codecs.some(({ id }) => /delta|floatpred/iu.test(id));
  if ((behind.kind === 'tiff' && behind.image !== undefined) || chunkShape.length < 2 || isPredicted) return [];
  const added = (id: string): Encoding => {
    const position = positionOfPredictor(array);
    return codecInserted(encoding, position, predictorText(array, id, -1, typeAt(array, encoding, position)));
  };
  if (dataType.kind === 'f') {
    const why =
      'TIFF’s predictor 3 stores the bytes of floats apart, as differences; undone by nothing, it looks like noise.';
    return [{ title: 'With imagecodecs_floatpred', why, encoding: added('imagecodecs_floatpred') }];
  }
  if (!'iu'.includes(dataType.kind)) return [];
  const why = 'TIFF’s predictor 2 stores differences along rows; undone by nothing, a picture is flat and grey.';
  return [{ title: 'With imagecodecs_delta', why, encoding: added('imagecodecs_delta') }];
}

/** Behind the codecs that make other values of the stored ones, and of zarr v3 before the one that makes bytes. */
function positionOfPredictor({ codecs }: ZarrArray): number {
  const values = codecs.findIndex(({ id }) => !['fixedscaleoffset', 'astype', 'quantize', 'bitround'].includes(id));
  return values === -1 ? codecs.length : values;
}

/** The type of the elements that the codec at `position` is given. */
function typeAt({ codecs }: ZarrArray, { dtype }: Encoding, position: number): JsonValue {
  const before = codecs.slice(0, position).findLast(({ config }) => config.astype !== undefined);
  return before?.config.astype ?? parseValue(dtype);
}

function predictorText({ zarrFormat, chunkShape }: ZarrArray, id: string, axis: number, dtype: JsonValue): string {
  const config = { axis, dist: 1 };
  return codecText(zarrFormat, id, zarrFormat === 3 ? config : { ...config, shape: [...chunkShape], dtype });
}
