import { isJsonObject, type JsonObject, type JsonValue } from '../../json';
import type { ReferenceSet } from '../../references/reference-set';
import { keyBelow } from '../../zarr/grid';
import { groupOf } from '../../zarr/path';
import type { Obstacles } from './obstacles';

/** What stops xarray, which decodes attributes by CF, and VirtualiZarr, which needs dimension names. */
export function attributeLimits(set: ReferenceSet, path: string, obstacles: Obstacles): void {
  const key = keyBelow(path, '.zattrs');
  const metadata = keyBelow(path, '.zarray');
  const rank = rankOf(set, path);
  if (set.keySpan(key) === undefined) {
    obstacles.at(set.keySpan(metadata), metadata, 'no-dimensions', path);
    return;
  }
  const attributes = set.document(key)?.value;
  if (attributes === undefined) {
    obstacles.at(set.entrySpan(key), key, 'attributes-not-json', path);
  } else if (!isJsonObject(attributes)) {
    obstacles.inside(key, [], 'attributes-no-object', path);
  } else {
    nameLimits(key, attributes, rank, path, obstacles);
    for (const name of undecodable(attributes)) obstacles.inside(key, [name], 'attributes-undecodable', path);
  }
}

function nameLimits(key: string, attributes: JsonObject, rank: number, path: string, obstacles: Obstacles): void {
  const names = attributes._ARRAY_DIMENSIONS;
  const place = ['_ARRAY_DIMENSIONS'];
  if (names === undefined) obstacles.inside(key, [], 'no-dimensions', path);
  else if (typeof names === 'string') obstacles.inside(key, place, 'dimensions-text', path);
  else if (rank >= 0 && (!Array.isArray(names) || names.length !== rank))
    obstacles.inside(key, place, 'dimensions-rank', path);
  else if (Array.isArray(names) && names.some((name) => name !== null && typeof name !== 'string'))
    obstacles.inside(key, place, 'dimensions-names', path);
}

/** Attributes that xarray fails on when it decodes them. */
function undecodable(attributes: JsonObject): string[] {
  const found: string[] = [];
  for (const name of ['scale_factor', 'add_offset']) if (typeof attributes[name] === 'string') found.push(name);
  if (attributes.coordinates !== undefined && typeof attributes.coordinates !== 'string') found.push('coordinates');
  const { units, calendar } = attributes;
  const since = typeof units === 'string' ? /^\s*\w+\s+since\s+(.*)$/u.exec(units)?.[1] : undefined;
  if (since !== undefined) {
    if (!/\d/u.test(since)) found.push('units');
    else if (calendar !== undefined && !isCalendar(calendar)) found.push('calendar');
  }
  return found;
}

function isCalendar(calendar: JsonValue): boolean {
  const known = /^(standard|gregorian|proleptic_gregorian|julian|noleap|365_day|all_leap|366_day|360_day)$/iu;
  return typeof calendar === 'string' && known.test(calendar);
}

/** Axes of an array by its metadata; -1 where they do not tell. */
function rankOf(set: ReferenceSet, path: string): number {
  const document = set.document(keyBelow(path, '.zarray'))?.value;
  return isJsonObject(document) && Array.isArray(document.shape) ? document.shape.length : -1;
}

/** Dimensions to which arrays of one group give different sizes: xarray opens none of them. */
export function dimensionSizeLimits(set: ReferenceSet, obstacles: Obstacles): void {
  const sizes = new Map<string, JsonValue>();
  for (const path of set.arrayPaths()) {
    const key = keyBelow(path, '.zattrs');
    const attributes = set.document(key)?.value;
    const document = set.document(keyBelow(path, '.zarray'))?.value;
    if (!isJsonObject(attributes) || !isJsonObject(document)) continue;
    const [names, shape] = [attributes._ARRAY_DIMENSIONS, document.shape];
    if (!Array.isArray(names) || !Array.isArray(shape) || names.length !== shape.length) continue;
    names.forEach((name, axis) => {
      if (typeof name !== 'string') return;
      const dimension = `${groupOf(path)}/${name}`;
      const size = sizes.get(dimension);
      if (size === undefined) sizes.set(dimension, shape[axis] ?? null);
      else if (size !== shape[axis]) obstacles.inside(key, ['_ARRAY_DIMENSIONS', axis], 'dimension-sizes', path);
    });
  }
}
