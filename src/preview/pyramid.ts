import { KerchunkError } from '../errors';
import { classesOf } from '../picture/classes';
import { crsNameOf } from './crs-name';
import type { PreviewDocument } from './document';
import { type MapAxes, mapAxesOf } from './map-axes';
import type { Pyramid, PyramidLevel } from './map-types';
import { nodataOf, nodataText, scalingOf, unitOf } from './meaning';
import { overviewsIn } from './overviews';
import { pixelAspect } from './pixel-aspect';
import type { LevelSource } from './tiff-levels';
import { tiffOverviews } from './tiff-overviews';

interface Found {
  axes: MapAxes;
  /** The array first. */
  sources: LevelSource[];
  note: string | null;
}

/** What was found for the arrays of a document; what failed or was cancelled is looked for again. */
const known = new WeakMap<PreviewDocument, Map<string, Found>>();

/**
 * An array and its overviews: those of the references, else those of the TIFF that these point into.
 * @throws KerchunkError as `ReferenceSet.array`; `invalid-argument` for an array of fewer than two axes; `cancelled`.
 */
export async function pyramidOf(document: PreviewDocument, path: string, signal: AbortSignal): Promise<Pyramid> {
  const { axes, sources, note } = await find(document, path, signal);
  const array = document.set.array(path);
  const { attributes, dataType, keyEncoding } = array;
  return {
    path,
    ...axes,
    dataType,
    keyEncoding,
    nodata: nodataText(nodataOf(array), dataType),
    scaling: scalingOf(attributes),
    unit: unitOf(attributes),
    classes: classesOf(attributes) ?? null,
    aspect: await pixelAspect(document, array, axes, signal),
    crs: crsNameOf(document, array),
    levels: sources.map((source) => levelInWords(source, document)),
    note,
  };
}

/** One level of an array's pyramid, to be read. @throws KerchunkError as `pyramidOf`, and `invalid-argument` for a level that there is not. */
export async function levelOf(
  document: PreviewDocument,
  path: string,
  level: number,
  signal: AbortSignal,
): Promise<LevelSource> {
  const { set, opener } = document;
  // The array itself can be read whatever is found of its overviews.
  if (level === 0) return { set, array: set.array(path), opener };
  const { sources } = await find(document, path, signal);
  const source = sources[level];
  if (source !== undefined) return source;
  throw new KerchunkError('invalid-argument', `Array "${path}" has no level ${level}: it has ${sources.length}.`);
}

async function find(document: PreviewDocument, path: string, signal: AbortSignal): Promise<Found> {
  let arrays = known.get(document);
  if (arrays === undefined) known.set(document, (arrays = new Map<string, Found>()));
  const before = arrays.get(path);
  if (before !== undefined) return before;
  const { set, opener } = document;
  const array = set.array(path);
  const axes = mapAxesOf(array);
  if (axes === undefined) {
    throw new KerchunkError('invalid-argument', `Array "${path}" has fewer than two axes, and no picture of a whole.`);
  }
  const inSet = overviewsIn(set, array, axes);
  const { levels, note, failed } =
    inSet.length > 0
      ? { levels: inSet.map((level): LevelSource => ({ set, array: level, opener })), note: null, failed: false }
      : await tiffOverviews(document, array, axes, signal);
  const found = { axes, sources: [{ set, array, opener }, ...levels], note };
  if (!failed) arrays.set(path, found);
  return found;
}

function levelInWords({ set, array }: LevelSource, document: PreviewDocument): PyramidLevel {
  const { path, shape, chunkShape } = array;
  const { ranges, inline } = set.coverage(path);
  return {
    from: set === document.set ? 'references' : 'tiff',
    path,
    shape,
    chunkShape,
    storedChunks: ranges + inline,
    storedBytes: set.storedBytes(path),
  };
}
