import { displayAddress, resolveTarget } from '../bytes/address';
import { previewReferences } from '../generate/tiff-preview';
import { parseReferences } from '../references/parse';
import type { ReferenceSet } from '../references/reference-set';
import { TiffLookup, mayBeTiff } from '../validate/tiff-lookup';
import { firstFileReference } from '../validate/first-reference';
import { listInWords } from '../words';
import type { ZarrArray } from '../zarr/types';
import type { ChunkSource } from './chunk-loader';
import type { PreviewDocument } from './document';
import { failureOf } from './load-chunk';
import type { MapAxes } from './map-axes';
import { dtypeInWords } from './type-words';

/** One resolution of an array, to be read. */
export interface LevelSource extends ChunkSource {
  set: ReferenceSet;
}

/** Overviews that a TIFF holds of an array, from large to small, and what is to be said of them. */
export interface TiffOverviews {
  levels: LevelSource[];
  note: string | null;
  /** Whether the TIFF could not be looked into, which may go better another time. */
  failed: boolean;
}

const none: TiffOverviews = { levels: [], note: null, failed: false };

/**
 * The overviews of an array that its references leave out and the TIFF behind them holds, read by references that are made in memory. The note
 * says that they are the TIFF's, or why they are not used.
 * @throws KerchunkError `cancelled`.
 */
export async function tiffOverviews(
  { set, opener, tiffs }: PreviewDocument,
  array: ZarrArray,
  { rowAxis, columnAxis }: MapAxes,
  signal: AbortSignal,
): Promise<TiffOverviews> {
  const reference = firstFileReference(set, array.path);
  if (reference === undefined || !mayBeTiff(reference.url)) return none;
  const name = nameOf(reference.url);
  const behind = await new TiffLookup(set, opener, signal, tiffs).behind(array);
  if (behind.kind === 'unknown') {
    return without(`Whether ${name} has overviews is not known: ${sentence(behind.reason)}`, true);
  }
  if (behind.kind !== 'tiff' || behind.image === undefined) return none;
  const { tiff, image } = behind;
  const smaller = tiff.levels.filter(({ width }) => width < image.width);
  if (smaller.length === 0 || !tiff.levels.includes(image)) return none;
  if (image.width !== array.shape[columnAxis] || image.height !== array.shape[rowAxis]) return none;
  try {
    const url = resolveTarget(behind.url, set.url);
    const { text, account } = await previewReferences(tiff, url);
    const own = parseReferences(new TextEncoder().encode(text), { url });
    const levels = account.levels
      .map(({ path }) => own.array(path))
      .filter(({ shape }) => (shape[columnAxis] ?? 0) < image.width)
      .map((level): LevelSource => ({ set: own, array: level, opener }));
    const other = levels.find(({ array: level }) => !isAlike(level, array, rowAxis, columnAxis));
    if (other !== undefined) {
      const { dataType, shape } = other.array;
      const words = `${shape.join(' × ')} of ${dtypeInWords(dataType)}`;
      return without(`${name} has overviews, which are not used: they are ${words}, other than this array.`);
    }
    const sizes = levels.map(({ array: { shape } }) => `${shape[columnAxis] ?? 1} × ${shape[rowAxis] ?? 1}`);
    const note = `The references hold no overviews. Those shown are read from the TIFF itself, ${name}: ${listInWords(sizes)} pixels.`;
    return { levels, note, failed: false };
  } catch (error) {
    const { message } = failureOf(error);
    return without(`${name} has overviews, which are not used: ${sentence(message)}`);
  }
}

function without(note: string, failed = false): TiffOverviews {
  return { levels: [], note, failed };
}

function isAlike(level: ZarrArray, array: ZarrArray, rowAxis: number, columnAxis: number): boolean {
  const sameType = level.dataType.kind === array.dataType.kind && level.dataType.itemSize === array.dataType.itemSize;
  return (
    sameType &&
    level.shape.length === array.shape.length &&
    level.shape.every((side, axis) => axis === rowAxis || axis === columnAxis || side === array.shape[axis])
  );
}

function nameOf(url: string): string {
  const shown = displayAddress(url).replace(/[?#].*$/u, '');
  return shown.slice(shown.lastIndexOf('/') + 1) || shown;
}

function sentence(text: string): string {
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}
