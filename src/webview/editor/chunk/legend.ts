import type { ChunkValues } from '../../../preview/types';
import { countInWords, listInWords, plural } from '../../../words';
import type { Elements } from './elements';

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
    ...(rows > 0 ? [lastInWords(rows, 'row')] : []),
    ...(columns > 0 ? [lastInWords(columns, rowAxis === null ? 'value' : 'column')] : []),
  ];
  return [
    ...entry(values.nodata !== null, 'nodata', `nodata ${values.nodata ?? ''}: ${countInWords(nodata)}`),
    ...entry(nan > 0, 'nodata', `NaN: ${countInWords(nan)}`),
    ...entry(beyond.length > 0, 'beyond', `${listInWords(beyond)}: filling beyond the edge of ${name}`),
    ...entry(
      values.step > 1,
      null,
      `Every ${ordinal(values.step)} ${rowAxis === null ? 'value' : 'row and column'} is shown; the statistics are of all.`,
    ),
  ];
}

function entry(isThere: boolean, swatch: LegendEntry['swatch'], text: string): LegendEntry[] {
  return isThere ? [{ swatch, text }] : [];
}

function lastInWords(count: number, noun: string): string {
  return count === 1 ? `the last ${noun}` : `the last ${plural(count, noun)}`;
}

const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
const ordinals = new Intl.PluralRules('en-US', { type: 'ordinal' });

/** `2nd`, `13th`. */
export function ordinal(count: number): string {
  return `${countInWords(count)}${endings[ordinals.select(count)] ?? 'th'}`;
}
