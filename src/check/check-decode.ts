import { throwIfCancelled } from '../bytes/cancel';
import { decodeChunk } from '../codecs/decode';
import { describeError, type ErrorCode, KerchunkError } from '../errors';
import { cropped, insideOf, isEdge } from '../read/inside';
import type { ReferenceSet } from '../references/reference-set';
import type { ChunkReference } from '../references/types';
import type { RuleCode } from '../validate/rules';
import { countInWords, decodedInWords } from '../words';
import { chunkIndices, keyBelow, storeKey } from '../zarr/grid';
import type { NdArray, ZarrArray } from '../zarr/types';
import { type Bounds, boundsOf, hasApproximateStatistics, isOverview } from './bounds';
import { readableArray, referenceAt } from './chunks';
import { type Brought, fetchChunks, type WantedChunk } from './fetch-chunks';
import { inspectValues, type Outside } from './inspect-values';
import { pauses } from './pause';
import { SampleChooser, type SampleSize } from './sample';
import { Tally } from './tally';
import { type CheckOptions, type CheckResult, DEFAULT_SAMPLES } from './types';

/**
 * Decodes chunks of every array, whatever file is behind them, and reports those that cannot be fetched or decoded, values outside the
 * statistics or the valid range that the attributes state, and chunks of nothing but fill.
 * @param text that the set was parsed from.
 * @throws KerchunkError `cancelled`.
 */
export async function checkDecode(set: ReferenceSet, text: Uint8Array, options: CheckOptions): Promise<CheckResult> {
  const tally = new Tally(set, text);
  const result = { arrays: 0, decoded: 0, attempted: 0, failed: 0 };
  for (const path of set.arrayPaths()) {
    throwIfCancelled(options.signal);
    const array = readableArray(set, path);
    if (array === undefined) continue;
    result.arrays += 1;
    const { decoded, attempted, failed } = await decodeArray(set, array, tally, options);
    result.decoded += decoded;
    result.attempted += attempted;
    result.failed += failed;
  }
  return { ...result, compared: 0, needPermission: [], groups: tally.grouped() };
}

/** How many chunks of an array were to be decoded, were, and failed; a codec that is not decoded here is no failure. */
interface Decoded {
  attempted: number;
  decoded: number;
  failed: number;
}

async function decodeArray(
  set: ReferenceSet,
  array: ZarrArray,
  tally: Tally,
  { opener, samples = DEFAULT_SAMPLES, signal, onProgress }: CheckOptions,
): Promise<Decoded> {
  const { path } = array;
  const bounds = isOverview(set, path) ? boundsOf(array).filter(({ kind }) => kind !== 'statistics') : boundsOf(array);
  if (hasApproximateStatistics(array)) {
    const key = keyBelow(path, '.zattrs');
    tally.add({ code: 'decode/approximate-statistics', path }, key, () => {
      return `The statistics of ${path} are of a part of its pixels (STATISTICS_APPROXIMATE): no value was compared with them.`;
    });
  }
  const { positions, total } = await sampleOf(set, array, samples, signal);
  const counts = { attempted: 0, decoded: 0, failed: 0 };
  await fetchChunks(set, array, chosen(set, array, positions, signal), opener, signal, async (chunk, brought) => {
    const key = storeKey(array, chunk.indices);
    const values = await valuesOf(array, chunk.indices, brought, signal);
    counts.attempted += 1;
    onProgress?.(`${path === '' ? 'the array' : path}: ${decodedInWords(counts.attempted, total)}`);
    if (values instanceof KerchunkError) {
      if (values.code !== 'unsupported-codec') counts.failed += 1;
      reportFailure(array, key, chunk.reference, values, tally);
    } else {
      counts.decoded += 1;
      reportValues(array, key, chunk.indices, values, bounds, tally);
    }
  });
  return counts;
}

/** Which of the stored chunks are decoded, by their positions, undefined for all; and how many these are. */
async function sampleOf(
  set: ReferenceSet,
  array: ZarrArray,
  size: SampleSize,
  signal: AbortSignal | undefined,
): Promise<{ positions: ReadonlySet<number> | undefined; total: number }> {
  const chooser = new SampleChooser();
  for await (const { indices, reference } of stored(set, array, signal)) {
    const length = reference.kind === 'range' ? reference.length : 0;
    chooser.see({ length, isEdge: isEdge(array, indices) });
  }
  const positions = chooser.positions(size);
  return { positions, total: positions?.size ?? chooser.seen };
}

async function* chosen(
  set: ReferenceSet,
  array: ZarrArray,
  positions: ReadonlySet<number> | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<WantedChunk> {
  let position = 0;
  for await (const chunk of stored(set, array, signal)) {
    if (positions?.has(position++) !== false) yield chunk;
  }
}

/** Every chunk of the grid that has bytes somewhere. */
async function* stored(
  set: ReferenceSet,
  array: ZarrArray,
  signal: AbortSignal | undefined,
): AsyncGenerator<WantedChunk> {
  const pause = pauses(signal);
  for (const [number] of set.chunkKinds(array.path)) {
    await pause();
    const reference = referenceAt(set, array, number);
    if (reference === undefined || reference.kind === 'absent') continue;
    yield { indices: chunkIndices(array, number), reference };
  }
}

async function valuesOf(
  array: ZarrArray,
  indices: readonly number[],
  brought: Brought,
  signal: AbortSignal | undefined,
): Promise<NdArray | KerchunkError> {
  if ('error' in brought) return brought.error;
  try {
    return (await decodeChunk(brought.bytes, array, indices, { signal })).array;
  } catch (error) {
    const { code, message } = describeError(error, 'decode-failed');
    if (code === 'cancelled') throw error;
    if (error instanceof KerchunkError) return error;
    return new KerchunkError(code, message, { cause: error });
  }
}

/** The rule for each failure that is told apart; all others are of decoding. */
const failures: Partial<Record<ErrorCode, RuleCode>> = {
  'fetch-failed': 'decode/fetch-failed',
  'needs-permission': 'decode/fetch-failed',
  'restricted-mode': 'decode/fetch-failed',
  'invalid-argument': 'decode/fetch-failed',
  'short-read': 'decode/short-read',
  'unsupported-codec': 'decode/unsupported-codec',
};

function reportFailure(
  array: ZarrArray,
  key: string,
  reference: ChunkReference,
  error: KerchunkError,
  tally: Tally,
): void {
  const code = failures[error.code] ?? 'decode/decode-failed';
  const about = code === 'decode/fetch-failed' && 'url' in reference ? { about: reference.url } : {};
  tally.add({ code, path: array.path, ...about }, key, () => `Chunk ${key}: ${error.message}`);
}

function reportValues(
  array: ZarrArray,
  key: string,
  indices: readonly number[],
  values: NdArray,
  bounds: readonly Bounds[],
  tally: Tally,
): void {
  const { path } = array;
  const origin = indices.map((index, axis) => index * (array.chunkShape[axis] ?? 1));
  const found = inspectValues(cropped(values, insideOf(array, indices)), array, bounds, origin);
  if (found === undefined) return;
  if (found.allFill) {
    tally.add({ code: 'decode/all-fill', path }, key, () => {
      return `Chunk ${key} is stored, and all of its ${countInWords(found.values)} values are the fill value.`;
    });
  }
  for (const outside of found.outside) {
    const code = `decode/outside-${outside.bounds.kind}` as const;
    tally.add({ code, path }, key, () => outsideInWords(key, outside, found.values));
  }
}

function outsideInWords(key: string, { bounds, count, first }: Outside, total: number): string {
  const what = bounds.kind === 'statistics' ? 'the statistics in the attributes' : 'the valid range in the attributes';
  return (
    `Chunk ${key} has ${countInWords(count)} of ${countInWords(total)} values outside ${what}, ${first.low} to ${first.high}: ` +
    `the first, at index ${first.at.join(', ')} of the chunk, is ${first.value}.`
  );
}
