import type { GdalItem, TiffDescription } from '../tiff/types';

/** Roles of a band's GDAL_METADATA items that stand in attributes of their own. */
const mapped: ReadonlySet<string> = new Set(['scale', 'offset', 'description', 'unittype', 'colorinterp']);

/** Number of bands of a TIFF. */
export function bandCount(tiff: TiffDescription): number {
  return tiff.levels[0]?.samplesPerPixel ?? 1;
}

/**
 * The text of an item of each band, by its role in GDAL_METADATA. As GDAL has it, the last of several counts, and an item that names no band
 * has no role: it belongs to the file.
 */
export function bandTexts(
  tiff: TiffDescription,
  role: 'scale' | 'offset' | 'description' | 'unittype' | 'colorinterp',
): (string | undefined)[] {
  const items = tiff.gdalItems.filter((item) => roleOf(item) === role);
  return Array.from({ length: bandCount(tiff) }, (_, band) => items.findLast((item) => item.sample === band)?.value);
}

/** Items without a role that stands elsewhere, apart from statistics. */
export function otherItems(tiff: TiffDescription): GdalItem[] {
  return tiff.gdalItems.filter((item) => !isStatistic(item) && !mapped.has(roleOf(item) ?? ''));
}

function roleOf({ role, sample }: GdalItem): string | undefined {
  return sample === undefined ? undefined : role?.toLowerCase();
}

/** Items of the form STATISTICS_MINIMUM. */
export function isStatistic({ name }: GdalItem): boolean {
  return name.startsWith('STATISTICS_');
}
