import type { ChunkValues } from '../../../preview/types';
import { classFinder } from '../../../picture/classes';
import { cfTimeText } from '../../../zarr/cf-time';
import { scaledValueText } from './value-text';

type Meaning = Pick<ChunkValues, 'scaling' | 'unit' | 'calendar' | 'dataType'>;

/** Whether the CF attributes make something else of the stored numbers: scaled ones, or dates. */
export function isMeant({ scaling, unit, calendar, dataType }: Meaning): boolean {
  return 'iuf'.includes(dataType.kind) && (scaling !== null || dates(unit, calendar) !== undefined);
}

/** What a stored number means by the CF attributes, scaled with its unit or as a date; null where they say nothing of it. */
export function meantText(
  number: number | bigint | undefined,
  { scaling, unit, calendar, dataType }: Meaning,
): { name: 'Scaled' | 'Date'; text: string } | null {
  if (number === undefined || !'iuf'.includes(dataType.kind)) return null;
  if (scaling !== null) {
    const scaled = scaledValueText(number, scaling, dataType);
    const date = dates(unit, calendar)?.(Number(scaled));
    if (date !== undefined) return { name: 'Date', text: date };
    return { name: 'Scaled', text: unit === null ? scaled : `${scaled} ${unit}` };
  }
  const date = dates(unit, calendar)?.(number);
  return date === undefined ? null : { name: 'Date', text: date };
}

const readers = new Map<string, ReturnType<typeof cfTimeText>>();

/** Made once for each unit and calendar: a table asks for hundreds of cells. */
function dates(unit: string | null, calendar: string | null): ReturnType<typeof cfTimeText> {
  if (unit?.includes('since') !== true) return undefined;
  const key = JSON.stringify([unit, calendar]);
  if (!readers.has(key)) readers.set(key, cfTimeText(unit, calendar));
  return readers.get(key);
}

const finders = new WeakMap<object, ReturnType<typeof classFinder>>();

/** The name of the class of a stored number; undefined where it has none. */
export function nameOfClass({ classes }: Pick<ChunkValues, 'classes'>, number: number | bigint): string | undefined {
  if (classes === null) return undefined;
  const find = finders.get(classes) ?? classFinder(classes.classes);
  finders.set(classes, find);
  return classes.classes[find(number)]?.name;
}
