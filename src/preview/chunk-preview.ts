import { KerchunkError } from '../errors';
import { tightCopy } from '../tight';
import { cutText } from '../words';
import { elementCount } from '../zarr/shape';
import { valueText } from '../zarr/text';
import type { NdArray, ZarrArray } from '../zarr/types';
import { isNumeric, valueAt } from '../zarr/values';
import { classesInChunk } from './chunk-classes';
import { coordinatesOf } from './coordinates';
import { crsNameOf } from './crs-name';
import { curlCommand } from './curl';
import type { PreviewDocument } from './document';
import { measureChunkDrift, type MeasuredDrift } from './drift';
import { cropped, insideOf } from '../read/inside';
import { type ChunkEntry, failureOf, findEntry, type LoadedChunk, loadChunk } from './load-chunk';
import { fillTextOf, nodataOf, nodataText, nodataWithSource, scalingOf, unitOf } from './meaning';
import { keepChunk } from './kept-chunk';
import { shardPreview } from './shard';
import { stoppedStep, summariseStages } from './stages';
import { summarise } from './summary';
import { thinnedToLimit } from './thin';
import type { ChunkOutcome, ChunkPreview, DriftPreview } from './types';

const MOST_TEXTS = 10_000;
const MOST_CHARACTERS = 1000;

/**
 * One chunk, fetched and decoded, or how far that came: failures of the chunk are outcomes, never fill values.
 * @throws KerchunkError as `ReferenceSet.array`, `invalid-argument` for indices outside the grid, `cancelled`.
 */
export async function previewChunk(
  document: PreviewDocument,
  path: string,
  indices: readonly number[],
  signal: AbortSignal,
): Promise<ChunkPreview> {
  const { array, entry } = findEntry(document, path, indices);
  const inside = insideOf(array, indices);
  const [loaded, axes] = await Promise.all([
    loadChunk(document, array, entry, signal),
    coordinatesOf(document, array, indices, inside, signal),
  ]);
  const { key, kind, range } = entry;
  const { stored, values } = loaded;
  keepChunk(document, { path, indices, stored });
  const measured =
    stored === undefined || values === undefined
      ? undefined
      : await measureChunkDrift(document, array, { key, stored, values, inside }, signal);
  const { outcome, drift } = outcomeOf(array, entry, loaded, inside, measured);
  const shard = await shardPreview(array, entry, loaded, signal);
  return {
    path,
    indices,
    key,
    reference: kind,
    request: requestOf(entry, stored),
    range,
    stages: summariseStages(loaded.stages, array),
    stopped: stoppedStep(loaded, array),
    outcome,
    ...axes,
    crs: crsNameOf(document, array),
    drift,
    ...(shard === undefined ? {} : { shard }),
  };
}

/** The request, with its end where only reading the whole file has told it. */
function requestOf({ request }: ChunkEntry, stored: Uint8Array | undefined): ChunkPreview['request'] {
  if (request === null || stored === undefined || stored.length === 0 || request.end !== null) return request;
  const end = request.start + stored.length - 1;
  return { ...request, end, curl: curlCommand(request.url, request.start, null) };
}

/**
 * How a chunk came out: its values, that there is none, or why there are no values; `measured` is how far these are from the truth, where
 * that is known.
 */
export function outcomeOf(
  array: ZarrArray,
  entry: Pick<ChunkEntry, 'failure'>,
  loaded: LoadedChunk,
  inside: readonly number[],
  measured?: MeasuredDrift,
): { outcome: ChunkOutcome; drift: DriftPreview | null } {
  const failure = loaded.failure ?? entry.failure;
  if (failure !== undefined) return { outcome: { kind: 'failed', ...failure }, drift: null };
  if (loaded.values === undefined) {
    return { outcome: { kind: 'absent', fillValue: fillTextOf(array) }, drift: null };
  }
  try {
    const outcome = valuesOutcome(array, loaded.values, inside);
    return { outcome, drift: measured === undefined ? null : driftPreview(array, measured, inside) };
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return { outcome: { kind: 'failed', ...failureOf(error) }, drift: null };
  }
}

function valuesOutcome(array: ZarrArray, values: NdArray, inside: readonly number[]): ChunkOutcome {
  const { dataType, attributes } = array;
  const sent = thinnedToLimit(values);
  const { nodata, source } = nodataWithSource(array) ?? { nodata: null, source: null };
  const valid = cropped(values, inside);
  const { allFill, ...summary } = summarise(valid, nodata, array.fillValue);
  return {
    kind: 'values',
    values: {
      dataType,
      shape: sent.array.shape,
      data: tightCopy(sent.array.data),
      step: sent.step,
      inside,
      nodata: nodataText(nodata, dataType),
      nodataSource: isNumeric(dataType) ? source : null,
      classes: classesInChunk(valid, attributes, nodata),
      scaling: scalingOf(attributes),
      unit: unitOf(attributes),
      calendar: typeof attributes.calendar === 'string' ? attributes.calendar : null,
      ...summary,
      texts: textsOf(valid),
    },
    allFill,
  };
}

function driftPreview(
  array: ZarrArray,
  { message, perRow, truth }: MeasuredDrift,
  inside: readonly number[],
): DriftPreview {
  const { statistics, stretch } = summarise(cropped(truth, inside), nodataOf(array), array.fillValue);
  return {
    message,
    perRow: perRow.buffer,
    truth: tightCopy(thinnedToLimit(truth).array.data),
    truthStatistics: statistics,
    truthStretch: stretch,
  };
}

/** Elements that are no numbers, in C order; one number that is all there is, too. */
function textsOf(values: NdArray): string[] | null {
  const { dataType, shape } = values;
  const count = elementCount(shape);
  if (isNumeric(dataType) && count !== 1) return null;
  return Array.from({ length: Math.min(count, MOST_TEXTS) }, (_, i) =>
    cutText(valueText(valueAt(values, i), dataType), MOST_CHARACTERS),
  );
}
