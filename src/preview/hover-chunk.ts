import { elementCount } from '../zarr/shape';
import { histogram } from '../picture/histogram';
import { elementNumbers, nodataNumber } from '../picture/numbers';
import { statistics } from '../picture/statistics';
import { thumbnail } from '../picture/thumbnail';
import { bytesInWords, cutText } from '../words';
import { valueText } from '../zarr/text';
import type { FillValue, NdArray, ZarrArray } from '../zarr/types';
import { isNumeric, valueAt } from '../zarr/values';
import { coordinatesOf } from './coordinates';
import type { PreviewDocument } from './document';
import { measureChunkDrift } from './drift';
import type { HoverAxis, Neighbours } from './hover-types';
import { cropped, insideOf } from '../read/inside';
import { type ChunkEntry, failureOf, findEntry, loadChunk } from './load-chunk';
import { fillTextOf, nodataOf } from './meaning';
import { neighboursOf } from './neighbours';
import { isAllFill, statisticsInWords } from './summary';
import { dtypeText } from './type-words';
import type { Histogram, HoverChunk } from './types';

const MOST_STORED = 16 * 2 ** 20;
const MOST_DECODED = 64 * 2 ** 20;
const MOST_PNG = 70_000;
const MOST_TEXTS = 12;
const MOST_CHARACTERS = 200;
const KEPT_CHUNKS = 256;
/** Enough for most chunks that are files of their own, and to learn the size of the others. */
const FIRST_READ = 65_536;

type Result = HoverChunk['result'];

/**
 * A chunk for a hover. Chunks shown before are fetched no more; above 16 MiB stored or 64 MiB decoded nothing
 * is fetched at all.
 * @throws KerchunkError `cancelled`.
 */
export async function hoverChunk(
  document: PreviewDocument,
  path: string,
  indices: readonly number[],
  signal: AbortSignal,
): Promise<HoverChunk> {
  const { array, entry } = findEntry(document, path, indices);
  const known = document.hovered.get(entry.key);
  if (known !== undefined) return ownCopy(known);
  const inside = insideOf(array, indices);
  const [found, place] = await Promise.all([
    readForHover(document, array, entry, inside, signal),
    placeOf(document, array, indices, inside, signal),
  ]);
  const chunk: HoverChunk = {
    path,
    indices,
    key: entry.key,
    dtype: dtypeText(array.dataType),
    shape: array.chunkShape,
    request: entry.request,
    reference: entry.kind,
    neighbours: findNeighbours(document, path, indices, entry, signal),
    ...place,
    ...found,
  };
  if (chunk.result.kind !== 'failed' && chunk.coordinateProblem === null) remember(document, chunk);
  return chunk;
}

/** Where the chunk stands in its array: indices, and the coordinates of both ends. */
async function placeOf(
  document: PreviewDocument,
  array: ZarrArray,
  indices: readonly number[],
  inside: readonly number[],
  signal: AbortSignal,
): Promise<Pick<HoverChunk, 'axes' | 'coordinateProblem'>> {
  const { coordinates, coordinateProblem } = await coordinatesOf(document, array, indices, inside, signal);
  const axes = inside.map((length, axis): HoverAxis => {
    const first = (indices[axis] ?? 0) * (array.chunkShape[axis] ?? 0);
    const found = coordinates.find((item) => item.axis === axis);
    const ends = found && { first: found.texts[0] ?? null, last: found.texts.at(-1) ?? null, unit: found.unit };
    const name = array.dimensionNames?.[axis] ?? found?.name ?? '';
    return { name, first, last: first + length - 1, coordinates: ends ?? null };
  });
  return { axes, coordinateProblem };
}

function findNeighbours(
  { set }: PreviewDocument,
  path: string,
  indices: readonly number[],
  { key, kind }: ChunkEntry,
  signal: AbortSignal,
): Neighbours | null {
  const reference = kind === 'range' ? set.chunk(path, indices) : undefined;
  if (reference?.kind !== 'range') return null;
  const { url, offset, length } = reference;
  return neighboursOf(set.rows, key, url, { start: offset, end: offset + length }, signal);
}

async function readForHover(
  document: PreviewDocument,
  array: ZarrArray,
  entry: ChunkEntry,
  inside: readonly number[],
  signal: AbortSignal,
): Promise<Pick<HoverChunk, 'result' | 'storedBytes' | 'drift'>> {
  const only = (result: Result, storedBytes = entry.storedBytes) => ({ result, storedBytes, drift: null });
  if (entry.failure !== undefined) return only({ kind: 'failed', ...entry.failure });
  if (entry.kind === 'absent') return only({ kind: 'absent', fillValue: fillTextOf(array) });
  const decodedBytes = elementCount(array.chunkShape) * array.dataType.itemSize;
  try {
    const storedBytes = entry.storedBytes ?? (await sizeOfFile(document, entry, signal));
    if ((storedBytes ?? 0) > MOST_STORED || decodedBytes > MOST_DECODED) {
      return only({ kind: 'too-large', message: tooLarge(storedBytes, decodedBytes) }, storedBytes);
    }
    const { stored, values, failure } = await loadChunk(document, array, entry, signal, MOST_STORED);
    const length = stored?.length ?? storedBytes;
    if (failure?.code === 'limit-exceeded' && entry.kind === 'file') {
      return only({ kind: 'too-large', message: tooLarge(null, decodedBytes) }, length);
    }
    if (failure !== undefined) return only({ kind: 'failed', ...failure }, length);
    if (values === undefined || stored === undefined) return only({ kind: 'failed', ...NOTHING }, length);
    const { key } = entry;
    const drift = await measureChunkDrift(document, array, { key, stored, values, inside }, signal);
    return { ...only(showValues(array, cropped(values, inside)), length), drift: drift?.message ?? null };
  } catch (error) {
    return only({ kind: 'failed', ...failureOf(error) });
  }
}

const NOTHING = { code: 'decode-failed', message: 'The chunk gave no values.' } as const;

/** Size of the file that is a chunk; null where the server does not tell. */
async function sizeOfFile({ opener }: PreviewDocument, entry: ChunkEntry, signal: AbortSignal): Promise<number | null> {
  if (entry.request === null) return null;
  const source = opener.open(entry.request.url);
  await source.read(0, FIRST_READ, signal);
  return source.size() ?? null;
}

function tooLarge(storedBytes: number | null, decodedBytes: number): string {
  const stored = storedBytes === null ? `more than ${bytesInWords(MOST_STORED)}` : bytesInWords(storedBytes);
  return (
    `This chunk has ${stored} stored and ${bytesInWords(decodedBytes)} decoded; a hover reads at most ` +
    `${bytesInWords(MOST_STORED)} stored and ${bytesInWords(MOST_DECODED)} decoded. Open it in the editor.`
  );
}

function showValues(array: ZarrArray, values: NdArray): Result {
  const { dataType, fillValue } = array;
  const nodata = nodataOf(array);
  const found = statistics(values, nodata);
  const about = { statistics: statisticsInWords(found, dataType), allFill: isAllFill(values, found, fillValue) };
  const axes = values.shape.filter((side) => side > 1).length;
  if (!isNumeric(dataType) || axes === 0 || (axes === 1 && found.count <= MOST_TEXTS)) {
    return { kind: 'texts', texts: firstTexts(values, found.count), ...about };
  }
  const { png, width, height } = thumbnail(values, nodata, MOST_PNG);
  const shown = { png: new Uint8Array(png).buffer, width, height, histogram: histogramOf(values, nodata) };
  return { kind: 'picture', ...shown, ...about };
}

function histogramOf(values: NdArray, nodata: FillValue): Histogram | null {
  const { dataType } = values;
  if (dataType.kind === 'M' || dataType.kind === 'm') return null;
  return histogram(elementNumbers(values, nodata), nodataNumber(dataType, nodata)) ?? null;
}

function firstTexts(values: NdArray, count: number): string[] {
  return Array.from({ length: Math.min(count, MOST_TEXTS) }, (_, i) =>
    cutText(valueText(valueAt(values, i), values.dataType), MOST_CHARACTERS),
  );
}

/** Keeps a copy: what is sent moves away. The chunk that was shown first goes where there are too many. */
function remember({ hovered }: PreviewDocument, chunk: HoverChunk): void {
  const [oldest] = hovered.keys();
  if (hovered.size >= KEPT_CHUNKS && oldest !== undefined) hovered.delete(oldest);
  hovered.set(chunk.key, ownCopy(chunk));
}

function ownCopy(chunk: HoverChunk): HoverChunk {
  const { result } = chunk;
  return { ...chunk, result: result.kind === 'picture' ? { ...result, png: result.png.slice(0) } : result };
}
