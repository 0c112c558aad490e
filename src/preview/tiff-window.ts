import { resolveTarget } from '../bytes/address';
import { axesOf } from '../check/axes';
import { imageBehind, type MatchedImage } from '../check/source-plan';
import { imageInWords } from '../check/tile-index';
import { type ErrorCode, KerchunkError } from '../errors';
import { chunksOfSteppedWindow, type SteppedSlice } from '../read/stepped';
import { firstFileReference } from '../validate/first-reference';
import { statedSources } from '../validate/stated-sources';
import { TiffLookup } from '../validate/tiff-lookup';
import { plural } from '../words';
import { chunkNumber, gridShape } from '../zarr/grid';
import { elementCount } from '../zarr/shape';
import type { ZarrArray } from '../zarr/types';
import type { PlaneWindow } from './compare-types';
import type { PreviewDocument } from './document';
import { fileName } from './file-name';
import { failureOf } from './load-chunk';
import { chunkPlace } from './target-map';
import { type LevelSource, tiffLevels } from './tiff-levels';

/** The same pixels as a plane of an array, in the TIFF itself. */
export interface TiffWindow {
  kind: 'tiff';
  source: LevelSource;
  slices: SteppedSlice[];
  /** Axes of the source that are rows and columns. */
  plane: { rows: number; columns: number };
  /** Name of the file, and which of its images. */
  name: string;
  image: string;
  target: number | null;
}

/** Why there are none: there is nothing to compare with, or the TIFF could not be looked into. */
export type NoTiffWindow =
  { kind: 'refused'; reason: string } | { kind: 'failed'; code: ErrorCode; message: string; target: number | null };

/** Chunks of a window that are asked which file it stands in. */
const MOST_CHUNKS = 2 ** 16;

/**
 * Where the TIFF behind the references holds a plane of an array, by its own tags and tables, whatever the references say of codecs, lengths
 * and offsets.
 * @throws KerchunkError `cancelled`; `limit-exceeded` for a window of more than 65,536 chunks.
 */
export async function tiffWindow(
  document: PreviewDocument,
  array: ZarrArray,
  window: PlaneWindow,
  signal: AbortSignal,
): Promise<TiffWindow | NoTiffWindow> {
  const behind = fileBehind(document, array, window);
  if ('reason' in behind) return { kind: 'refused', reason: behind.reason };
  const { url, chunks, target } = behind;
  const { set, opener, tiffs } = document;
  const file = await new TiffLookup(set, opener, signal, tiffs).at(url);
  const name = fileName(url);
  if (file.kind === 'other') return refused(`${name} is no TIFF, and nothing else is compared with.`);
  if (file.kind === 'unknown') {
    return { kind: 'failed', code: file.code ?? 'fetch-failed', message: `${file.reason}.`, target };
  }
  const match = imageBehind(set, array, url, file.tiff, chunks);
  if (match === undefined) {
    const images = file.tiff.images.slice(0, 8).map(imageInWords).join(', ');
    return refused(
      `The shape of ${nameOf(array)}, ${array.shape.join(' x ')}, is that of no image of ${name}, which has ${images}.`,
    );
  }
  if (behind.isFallback && elementCount(gridShape(array).slice(0, match.axes.leading)) !== 1) {
    return refused(`None of the window’s chunks has a reference, so that it is not known in which file it stands.`);
  }
  if (window.rows !== match.axes.y || window.columns !== match.axes.x) {
    return refused(`The window’s rows and columns are not those of the pixels of ${name}.`);
  }
  let levels: LevelSource[];
  try {
    levels = await tiffLevels(file.tiff, resolveTarget(url, set.url), opener);
  } catch (error) {
    const { message } = failureOf(error);
    return refused(`The pixels of ${name} are not decoded here. ${message}`);
  }
  const image = imageInWords(match.image);
  const source = levels[file.tiff.levels.indexOf(match.image)];
  const place = source === undefined ? undefined : placeInImage(source.array, match, window);
  if (source === undefined || place === undefined) {
    return refused(
      `${nameOf(array)} stands for ${image} of ${name}; only the full resolution and its overviews are compared with.`,
    );
  }
  return { kind: 'tiff', source, ...place, name, image, target };
}

function refused(reason: string): NoTiffWindow {
  return { kind: 'refused', reason };
}

function nameOf({ path }: ZarrArray): string {
  return path === '' ? 'the array' : path;
}

interface FileBehind {
  url: string;
  /** Chunks of the window that point there, by number. */
  chunks: number[];
  target: number | null;
  /** Whether none of them does, so that it is the file of the whole array. */
  isFallback: boolean;
}

/** The one file that the window's chunks stand in; where none of them stands in a file, the one that the array was made from. */
function fileBehind(document: PreviewDocument, array: ZarrArray, window: PlaneWindow): FileBehind | { reason: string } {
  const { set } = document;
  const found = new Map<string, FileBehind>();
  for (const { indices } of chunksOfSteppedWindow(array, stepped(window), MOST_CHUNKS)) {
    const url = addressOf(document, array, indices);
    if (url === undefined) continue;
    const chunk = chunkNumber(array, indices);
    const known = found.get(url);
    if (known !== undefined) known.chunks.push(chunk);
    else {
      const { target } = chunkPlace(document, { kind: 'chunk', path: array.path, indices });
      found.set(url, { url, chunks: [chunk], target, isFallback: false });
    }
  }
  const [one, ...others] = found.values();
  if (others.length > 0) {
    return {
      reason: `The window’s chunks stand in ${plural(found.size, 'file')}: only windows in one TIFF are compared with it.`,
    };
  }
  if (one !== undefined) return one;
  const [stated, ...more] = statedSources(set).keys();
  const url = firstFileReference(set, array.path)?.url ?? (more.length === 0 ? stated : undefined);
  if (url === undefined) {
    return { reason: `No chunk of ${nameOf(array)} stands in a file, so there is no TIFF behind it.` };
  }
  return { url, chunks: [], target: null, isFallback: true };
}

function addressOf({ set }: PreviewDocument, { path }: ZarrArray, indices: readonly number[]): string | undefined {
  try {
    const reference = set.chunk(path, indices);
    return reference.kind === 'range' || reference.kind === 'file' ? reference.url : undefined;
  } catch (error) {
    // A malformed entry is told of where the window is read.
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}

/** The window's slices, each index. */
export function stepped({ slices }: Pick<PlaneWindow, 'slices'>): SteppedSlice[] {
  return slices.map(({ start, stop }) => ({ start, stop, step: 1 }));
}

/** The rows, columns and band of a window in the array that a level of the TIFF is read as. */
function placeInImage(
  level: ZarrArray,
  { image, axes }: MatchedImage,
  window: PlaneWindow,
): Pick<TiffWindow, 'slices' | 'plane'> | undefined {
  const own = axesOf(level, image);
  if (own?.leading !== 0) return undefined;
  const all = stepped(window);
  const band = axes.band === undefined ? undefined : all[axes.band];
  const slices = level.shape.map((_, axis) => {
    const slice = axis === own.y ? all[axes.y] : axis === own.x ? all[axes.x] : band;
    return slice ?? { start: 0, stop: 1, step: 1 };
  });
  return { slices, plane: { rows: own.y, columns: own.x } };
}
