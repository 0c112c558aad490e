import type { GdalItem, TiffDescription } from '../tiff/types';

/** Roles of GDAL_METADATA items that stand in attributes of their own. */
const mapped: ReadonlySet<string> = new Set(['scale', 'offset', 'description', 'unittype']);

/** Number of bands of a TIFF. */
export function bandCount(tiff: TiffDescription): number {
  return tiff.levels[0]?.samplesPerPixel ?? 1;
}

/** The text of an item of each band, by its role in GDAL_METADATA; an item that names no band holds for all. */
export function bandTexts(
  tiff: TiffDescription,
  role: 'scale' | 'offset' | 'description' | 'unittype',
): (string | undefined)[] {
  const items = tiff.gdalItems.filter((item) => item.role?.toLowerCase() === role);
  return Array.from({ length: bandCount(tiff) }, (_, band) => {
    const own = items.find((item) => item.sample === band) ?? items.find((item) => item.sample === undefined);
    return own?.value;
  });
}

/** Items without a role that stands elsewhere, apart from statistics. */
export function otherItems(tiff: TiffDescription): GdalItem[] {
  return tiff.gdalItems.filter((item) => !isStatistic(item) && !mapped.has(item.role?.toLowerCase() ?? ''));
}

/** Items of the form STATISTICS_MINIMUM. */
export function isStatistic({ name }: GdalItem): boolean {
  return name.startsWith('STATISTICS_');
}
