import { resolveTarget } from '../bytes/address';
import { TiffLookup, mayBeTiff } from '../validate/tiff-lookup';
import { firstFileReference } from '../validate/first-reference';
import { listInWords } from '../words';
import type { ZarrArray } from '../zarr/types';
import type { PreviewDocument } from './document';
import { failureOf } from './load-chunk';
import type { MapAxes } from './map-axes';
import { fileName } from './file-name';
import { type LevelSource, tiffLevels } from './tiff-levels';
import { dtypeInWords } from './type-words';

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
  const name = fileName(reference.url);
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
    const levels = (await tiffLevels(tiff, url, opener)).filter(
      ({ array: { shape } }) => (shape[columnAxis] ?? 0) < image.width,
    );
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

function sentence(text: string): string {
  return /[.!?]$/u.test(text) ? text : `${text}.`;
}
