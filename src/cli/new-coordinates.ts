import { hasCoordinate } from '../combine/concatenate';
import { splitPath } from '../combine/names';
import type { Combined } from '../combine/types';
import { KerchunkError } from '../errors';
import { toZarrVersion } from '../manifest/zarr-version';
import { placeArray } from '../stack/group-arrays';
import { parseInstant } from '../stack/instant';
import { type Place, placeKindOf, sameForEqual } from '../stack/places';
import { plural } from '../words';
import { keyBelow } from '../zarr/grid';

/**
 * A combined set with these values for a dimension that has none: dates as CF time, whole and other numbers, else text. Without values it is told
 * where a dimension has no coordinate.
 * @throws KerchunkError `invalid-argument` for another number of values than there are steps, one that comes twice, one of another kind than
 * others, and where there is a coordinate.
 */
export async function withCoordinates(
  made: Combined,
  dimension: string,
  texts: readonly string[] | undefined,
): Promise<Combined> {
  const { groups, arrays } = made.manifest;
  const along = arrays.filter(({ array }) => array.dimensionNames?.includes(dimension) === true);
  const without = along.filter(({ array }) => !hasCoordinate(arrays, array.path, dimension));
  const [first] = without;
  if (texts === undefined) {
    if (first === undefined) return made;
    const note = `"${dimension}" has no coordinate, as none of the sets has one. --coordinates gives it values, one for each set: --coordinates 2022-01-05,2022-01-10; of TIFFs kerchunk stack finds the dates itself.`;
    return { ...made, notes: [...made.notes, note] };
  }
  if (first === undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `"${dimension}" has a coordinate in the sets already. Leave --coordinates out.`,
    );
  }
  const { dimensionNames, shape, zarrFormat } = first.array;
  const steps = shape[dimensionNames?.indexOf(dimension) ?? 0] ?? 0;
  if (steps !== texts.length) {
    throw new KerchunkError(
      'invalid-argument',
      `--coordinates has ${plural(texts.length, 'value')}, and "${dimension}" has ${plural(steps, 'step')}. Give one for each.`,
    );
  }
  const places = placesOf(texts);
  const twice = places.find((place, at) => places.indexOf(place) !== at);
  if (twice !== undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `--coordinates has ${texts[places.indexOf(twice)] ?? ''} twice, and a step is found by its coordinate. Give each another value.`,
    );
  }
  const wanted = new Set(without.map(({ array }) => splitPath(array.path).group));
  const added = [];
  for (const group of wanted) {
    const path = keyBelow(group, dimension);
    if (arrays.some(({ array }) => array.path === path)) {
      throw new KerchunkError(
        'invalid-argument',
        `There is a variable "${path}" that is no coordinate. Rename it (--rename).`,
      );
    }
    added.push(await placeArray(group, dimension, places, placeKindOf(places)));
  }
  const coordinates = toZarrVersion({ groups: [], arrays: added }, zarrFormat).arrays;
  return { ...made, manifest: { groups, arrays: [...arrays, ...coordinates] } };
}

/** @throws KerchunkError `invalid-argument` for what looks like a date and is none, and for one that is no date, or number, among such. */
function placesOf(texts: readonly string[]): Place[] {
  const dates = texts.map(parseInstant);
  if (dates.every((date) => date !== undefined)) return dates;
  const likeDate = texts.find((text, at) => dates[at] === undefined && LIKE_A_DATE.test(text));
  if (likeDate !== undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `--coordinates: ${likeDate} is no date that exists. Write it as in 2022-01-05 or 2022-01-05T10:20:00Z.`,
    );
  }
  refuseOdd(texts, (text) => parseInstant(text) !== undefined, 'a date', 'no date');
  refuseOdd(texts, (text) => placeKindOf([text]) !== 'text', 'a number', 'no number');
  return sameForEqual(texts);
}

/** A year, month and day of digits, whatever follows. */
const LIKE_A_DATE = /^\d{4}[-:]\d{1,2}[-:]\d{1,2}(?:\D|$)/u;

function refuseOdd(texts: readonly string[], fits: (text: string) => boolean, one: string, none: string): void {
  const fitting = texts.find(fits);
  const odd = texts.find((text) => !fits(text));
  if (fitting === undefined || odd === undefined) return;
  throw new KerchunkError(
    'invalid-argument',
    `--coordinates: ${odd} is ${none}, and ${fitting} is ${one}. Give all as dates, all as numbers, or all as text.`,
  );
}
