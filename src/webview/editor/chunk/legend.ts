import type { ChunkValues } from '../../../preview/types';
import { countInWords } from '../../../words';
import type { Elements } from './elements';
import { t } from '../../l10n';
import { listed } from '../../counts';
import { ordinal } from '../ordinal';

/** What stands in the legend of a picture: a sign where what it tells has a look of its own. */
export interface LegendEntry {
  swatch: 'nodata' | 'beyond' | null;
  text: string;
}

type Told = Pick<ChunkValues, 'nodata' | 'step'> & { statistics: Pick<ChunkValues['statistics'], 'nodata' | 'nan'> };

/** Whether the array's nodata is NaN: elements that are NaN are nodata then. */
export function isNodataNaN({ nodata }: Pick<ChunkValues, 'nodata'>): boolean {
  return nodata?.includes('NaN') ?? false;
}

/** How many elements are nodata, and how many are NaN beside those. */
export function missing(
  { nodata, nan }: Told['statistics'],
  values: Pick<ChunkValues, 'nodata'>,
): { nodata: number; nan: number } {
  return isNodataNaN(values) ? { nodata: nodata + nan, nan: 0 } : { nodata, nan };
}

/** What is not a colour: nodata, NaN, filling beyond the array `name`; and what was thinned. */
export function legendOf(
  values: Told,
  { plane, inside, rowAxis }: Pick<Elements, 'inside' | 'rowAxis'> & { plane: { width: number; height: number } },
  name: string,
): LegendEntry[] {
  const { nodata, nan } = missing(values.statistics, values);
  const rows = plane.height - inside.rows;
  const columns = plane.width - inside.columns;
  const beyond = [
    ...(rows > 0 ? [lastRows(rows)] : []),
    ...(columns > 0 ? [rowAxis === null ? lastValues(columns) : lastColumns(columns)] : []),
  ];
  return [
    ...entry(
      values.nodata !== null,
      'nodata',
      nodata === 0
        ? t('nodata ({0}): none', values.nodata ?? '')
        : t('nodata ({0}): {1}', values.nodata ?? '', countInWords(nodata)),
    ),
    ...entry(nan > 0, 'nodata', t('NaN: {0}', countInWords(nan))),
    ...entry(beyond.length > 0, 'beyond', t('{0}: filling beyond the edge of {1}', listed(beyond), name)),
    ...entry(
      values.step > 1,
      null,
      rowAxis === null
        ? t('Every {0} value is shown; the statistics are of all.', ordinal(values.step))
        : t('Every {0} row and column is shown; the statistics are of all.', ordinal(values.step)),
    ),
  ];
}

function entry(isThere: boolean, swatch: LegendEntry['swatch'], text: string): LegendEntry[] {
  return isThere ? [{ swatch, text }] : [];
}

function lastRows(count: number): string {
  return count === 1 ? t('the last row') : t('the last {0} rows', countInWords(count));
}

function lastColumns(count: number): string {
  return count === 1 ? t('the last column') : t('the last {0} columns', countInWords(count));
}

function lastValues(count: number): string {
  return count === 1 ? t('the last value') : t('the last {0} values', countInWords(count));
}
