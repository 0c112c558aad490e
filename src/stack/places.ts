import { instantInWords } from './instant';

/** A place along the new dimension: a date in microseconds since 1970, or what a pattern takes from a name. */
export type Place = bigint | string;

/** What places are written as: dates as int64, whole numbers as int64, other numbers as float64, anything else as text. */
export type PlaceKind = 'date' | 'integer' | 'number' | 'text';

const MOST = 2n ** 63n - 1n;

/** What places of one dimension are, all of them looked at. */
export function placeKindOf(places: readonly Place[]): PlaceKind {
  if (places.every((place) => typeof place === 'bigint')) return 'date';
  const texts = places.map(String);
  if (texts.every(isInteger)) return 'integer';
  return texts.every(isNumber) ? 'number' : 'text';
}

/** The value that is written for a place of a kind. */
export function valueOfPlace(place: Place, kind: PlaceKind): bigint | number | string {
  if (typeof place === 'bigint') return place;
  if (kind === 'integer') return BigInt(place.replace('+', ''));
  return kind === 'number' ? Number(place) : place;
}

/** Places of which those of one value are one text, the first: `1` for `1`, `01` and `+1` where all are numbers. */
export function sameForEqual(places: readonly Place[]): Place[] {
  const kind = placeKindOf(places);
  const firsts = new Map<string, Place>();
  return places.map((place) => {
    // As text, for -0 and 0 are one number.
    const value = String(valueOfPlace(place, kind));
    const first = firsts.get(value) ?? place;
    firsts.set(value, first);
    return first;
  });
}

/** Places in order, each once: dates and numbers by value, text by its UTF-16 units. */
export function sortedPlaces(places: readonly Place[], kind: PlaceKind): Place[] {
  return [...new Set(places)].sort((a, b) => {
    const [x, y] = [valueOfPlace(a, kind), valueOfPlace(b, kind)];
    return x < y ? -1 : x > y ? 1 : 0;
  });
}

/** How people read a place. */
export function placeInWords(place: Place): string {
  return typeof place === 'bigint' ? instantInWords(place) : place;
}

function isInteger(text: string): boolean {
  if (!/^[+-]?\d{1,30}$/u.test(text)) return false;
  const value = BigInt(text.replace('+', ''));
  return value <= MOST && value >= -MOST - 1n;
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text)) && !/^[+-]?0[xob]/iu.test(text);
}
