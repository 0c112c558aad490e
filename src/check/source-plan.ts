import type { ReferenceSet } from '../references/reference-set';
import type { TiffDescription, TiffImage } from '../tiff/types';
import type { FileKnowledge, TiffLookup } from '../validate/tiff-lookup';
import { chunkIndices, gridShape } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { axesOf, cellOf, chunkMismatch, type ImageAxes, planeOf } from './axes';
import { referenceAt } from './chunks';
import { expectedRange } from './expected';
import { isAsExpected } from './judge';
import { TileIndex } from './tile-index';
import { pauses } from './pause';

/** References that tell which of several images of one size an array stands for. */
const VOTERS = 32;

/** The file behind some of an array's references. */
export interface TargetFile {
  url: string;
  file: FileKnowledge;
  /** References of the array that point there, and the key of the first. */
  count: number;
  firstChunk: number;
  index: () => TileIndex;
}

/** An image that an array, or one image of a stack, stands for. */
export interface MatchedImage {
  target: TargetFile;
  tiff: TiffDescription;
  image: TiffImage;
  axes: ImageAxes;
  /** Why its tiles cannot be the array's chunks; undefined where they can. */
  mismatch: string | undefined;
}

/** Which image of which file each chunk of an array should stand in. */
export interface SourcePlan {
  targets: ReadonlyMap<string, TargetFile>;
  /** Undefined where no file has an image of the array's size. */
  axes: ImageAxes | undefined;
  /** The image of each number in the stack, in the file that most of its references point into. */
  planes: ReadonlyMap<number, MatchedImage>;
  /** The image for a reference of one plane into one file. */
  imageFor(plane: number, url: string): MatchedImage | undefined;
}

/** Of a plane and a file: the first references, and how many there are. */
interface Ballot {
  plane: number;
  url: string;
  count: number;
  chunks: number[];
}

/**
 * Looks at every file that an array refers to, and finds the image that each of its chunks should stand in: one of the array's size, and
 * of several such the one whose tables the references agree with most.
 * @param fallback the file that the references were written for, which counts where the array refers to none.
 * @throws KerchunkError `cancelled`.
 */
export async function planSource(
  set: ReferenceSet,
  array: ZarrArray,
  files: TiffLookup,
  fallback: string | undefined,
  { signal, onFile }: { signal?: AbortSignal | undefined; onFile?: ((url: string) => void) | undefined },
): Promise<SourcePlan> {
  const pause = pauses(signal);
  const found = new Map<string, { count: number; firstChunk: number }>();
  for (const [chunk, kind] of set.chunkKinds(array.path)) {
    await pause();
    const reference = kind === 'range' ? referenceAt(set, array, chunk) : undefined;
    if (reference?.kind !== 'range' && reference?.kind !== 'file') continue;
    const known = found.get(reference.url);
    if (known === undefined) found.set(reference.url, { count: 1, firstChunk: chunk });
    else known.count += 1;
  }
  if (found.size === 0 && fallback !== undefined) found.set(fallback, { count: 0, firstChunk: 0 });
  const targets = new Map<string, TargetFile>();
  for (const [url, facts] of found) {
    onFile?.(url);
    const file = await files.at(url);
    let index: TileIndex | undefined;
    const images = file.kind === 'tiff' ? file.tiff.images : [];
    targets.set(url, { url, file, ...facts, index: () => (index ??= new TileIndex(images)) });
  }
  const axes = firstAxes(array, targets);
  if (axes === undefined) return { targets, axes, planes: new Map(), imageFor: () => undefined };
  const ballots = await ballotsOf(set, array, axes, pause);
  if (ballots.size === 0 && fallback !== undefined) {
    ballots.set('fallback', { plane: 0, url: fallback, count: 0, chunks: [] });
  }
  return { targets, axes, ...elected(set, array, axes, targets, [...ballots.values()]) };
}

/**
 * The image of one file that an array, or one plane of it, stands for, as `planSource` finds it; undefined where none has its size.
 * @param chunks that point into the file, by number; they tell which of several images of one size is meant.
 */
export function imageBehind(
  set: ReferenceSet,
  array: ZarrArray,
  url: string,
  tiff: TiffDescription,
  chunks: readonly number[],
): MatchedImage | undefined {
  const count = chunks.length;
  const index = (): TileIndex => new TileIndex(tiff.images);
  const target: TargetFile = { url, file: { kind: 'tiff', url, tiff }, count, firstChunk: chunks[0] ?? 0, index };
  const axes = firstAxes(array, new Map([[url, target]]));
  const ballot = { plane: 0, url, count, chunks: chunks.slice(0, VOTERS) };
  return axes === undefined ? undefined : elect(set, array, axes, target, ballot);
}

function firstAxes(array: ZarrArray, targets: ReadonlyMap<string, TargetFile>): ImageAxes | undefined {
  for (const { file } of targets.values()) {
    const images = file.kind === 'tiff' ? candidates(file.tiff) : [];
    for (const image of images) {
      const axes = axesOf(array, image);
      if (axes !== undefined) return axes;
    }
  }
  return undefined;
}

/** Levels first: a mask or another page of the same size is rarely meant. */
function candidates(tiff: TiffDescription): TiffImage[] {
  return [...tiff.levels, ...tiff.images.filter((image) => !tiff.levels.includes(image))];
}

async function ballotsOf(
  set: ReferenceSet,
  array: ZarrArray,
  axes: ImageAxes,
  pause: () => Promise<void>,
): Promise<Map<string, Ballot>> {
  const grid = gridShape(array);
  const ballots = new Map<string, Ballot>();
  for (const [chunk, kind] of set.chunkKinds(array.path)) {
    await pause();
    const reference = kind === 'range' ? referenceAt(set, array, chunk) : undefined;
    if (reference?.kind !== 'range') continue;
    const plane = planeOf(grid, axes, chunkIndices(array, chunk));
    const name = `${plane} ${reference.url}`;
    let ballot = ballots.get(name);
    if (ballot === undefined) {
      ballots.set(name, (ballot = { plane, url: reference.url, count: 0, chunks: [] }));
    }
    ballot.count += 1;
    if (ballot.chunks.length < VOTERS) ballot.chunks.push(chunk);
  }
  return ballots;
}

function elected(
  set: ReferenceSet,
  array: ZarrArray,
  axes: ImageAxes,
  targets: ReadonlyMap<string, TargetFile>,
  ballots: readonly Ballot[],
): Pick<SourcePlan, 'planes' | 'imageFor'> {
  const images = new Map<string, MatchedImage>();
  const planes = new Map<number, MatchedImage>();
  const most = new Map<number, number>();
  for (const ballot of ballots) {
    const target = targets.get(ballot.url);
    const match = target === undefined ? undefined : elect(set, array, axes, target, ballot);
    if (match === undefined) continue;
    images.set(`${ballot.plane} ${ballot.url}`, match);
    if (ballot.count < (most.get(ballot.plane) ?? 0)) continue;
    most.set(ballot.plane, ballot.count);
    planes.set(ballot.plane, match);
  }
  return { planes, imageFor: (plane, url) => images.get(`${plane} ${url}`) };
}

function elect(
  set: ReferenceSet,
  array: ZarrArray,
  wanted: ImageAxes,
  target: TargetFile,
  { chunks }: Ballot,
): MatchedImage | undefined {
  if (target.file.kind !== 'tiff') return undefined;
  const { tiff } = target.file;
  let best: { match: MatchedImage; score: number } | undefined;
  for (const image of candidates(tiff)) {
    const axes = axesOf(array, image);
    if (axes?.leading !== wanted.leading) continue;
    const mismatch = chunkMismatch(array, axes, image);
    const rows = array.chunkShape[axes.y] ?? 1;
    const votes =
      mismatch !== undefined
        ? -1
        : chunks.filter((chunk) => {
            const reference = referenceAt(set, array, chunk);
            const cell = cellOf(image, axes, chunkIndices(array, chunk));
            return reference !== undefined && isAsExpected(reference, expectedRange(image, cell, rows));
          }).length;
    const sameDepth = (image.bitsPerSample[0] ?? 0) === 8 * array.dataType.itemSize;
    const score = 2 * votes + (sameDepth ? 1 : 0);
    if (best === undefined || score > best.score) best = { match: { target, tiff, image, axes, mismatch }, score };
  }
  return best?.match;
}
