import { bandEntries, type Entry } from '../generate/coordinates';
import { gridEntries, type RasterGrid } from '../generate/raster-grid';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { manifestArrayV2 } from '../manifest/manifest-array';
import type { ManifestArray } from '../manifest/types';
import { decodeBase64 } from '../zarr/base64';
import { keyBelow } from '../zarr/grid';
import { zlibStream } from '../zlib';
import { type Place, type PlaceKind, valueOfPlace } from './places';

/** `spatial_ref`, `y`, `x` and, where a variable has several bands, `band` of a group. */
export async function gridArrays(group: string, grid: RasterGrid, bands: number | undefined): Promise<ManifestArray[]> {
  const prefix = keyBelow(group, '');
  const entries = await gridEntries(prefix, grid, true);
  if (bands !== undefined) entries.push(...(await bandEntries(prefix, bands)));
  return arraysOf(entries);
}

/** Arrays that stand in the references themselves: each its `.zarray`, its `.zattrs` and one chunk. */
function arraysOf(entries: readonly Entry[]): ManifestArray[] {
  const members = new Map<string, Map<string, JsonValue>>();
  for (const [key, value] of entries) {
    const slash = key.lastIndexOf('/');
    const path = key.slice(0, slash);
    const own = members.get(path) ?? new Map<string, JsonValue>();
    members.set(path, own.set(key.slice(slash + 1), value));
  }
  return Array.from(members, ([path, own]) => {
    const value = own.get('0');
    const bytes = inlineBytes(typeof value === 'string' ? value : '');
    return manifestArrayV2(path, objectOf(own.get('.zarray')), objectOf(own.get('.zattrs')), () => [
      [0, { kind: 'inline', bytes }],
    ]);
  });
}

/** The bytes of inline base64 that we made ourselves. */
export function inlineBytes(text: string): Uint8Array {
  const bytes = decodeBase64(text.replace(/^base64:/u, ''));
  if (typeof bytes === 'string') throw new Error(`Inline data are no base64: ${bytes}`);
  return bytes;
}

/**
 * The coordinate of the new dimension: dates as CF time, int64, in microseconds whatever the dates are, so that sets of one kind can be
 * appended to each other; whole numbers as int64, other numbers as float64, text as unicode of fixed length.
 * @param kind of all places of the set, whichever of them this group has.
 */
export async function placeArray(
  group: string,
  dimension: string,
  places: readonly Place[],
  kind: PlaceKind,
): Promise<ManifestArray> {
  const { dtype, bytes, attributes } = valuesOf(places, kind);
  const stored = await zlibStream(bytes);
  const document: JsonObject = {
    chunks: [places.length],
    compressor: { id: 'zlib' },
    dtype,
    fill_value: null,
    filters: null,
    order: 'C',
    shape: [places.length],
    zarr_format: 2,
  };
  return manifestArrayV2(
    keyBelow(group, dimension),
    document,
    { _ARRAY_DIMENSIONS: [dimension], ...attributes },
    () => [[0, { kind: 'inline', bytes: stored }]],
  );
}

function valuesOf(
  places: readonly Place[],
  kind: PlaceKind,
): { dtype: string; bytes: Uint8Array; attributes: JsonObject } {
  if (kind === 'text') return unicodeOf(places.map(String));
  const bytes = new Uint8Array(places.length * 8);
  const view = new DataView(bytes.buffer);
  places.forEach((place, index) => {
    const value = valueOfPlace(place, kind);
    if (typeof value === 'bigint') view.setBigInt64(index * 8, value, true);
    else view.setFloat64(index * 8, Number(value), true);
  });
  const attributes = {
    standard_name: 'time',
    axis: 'T',
    units: 'microseconds since 1970-01-01',
    calendar: 'proleptic_gregorian',
  };
  return { dtype: kind === 'number' ? '<f8' : '<i8', bytes, attributes: kind === 'date' ? attributes : {} };
}

/** numpy's type U: UTF-32, each text padded with NUL to the longest. */
function unicodeOf(texts: readonly string[]): { dtype: string; bytes: Uint8Array; attributes: JsonObject } {
  const points = texts.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0));
  const longest = Math.max(1, ...points.map((own) => own.length));
  const bytes = new Uint8Array(texts.length * longest * 4);
  const view = new DataView(bytes.buffer);
  points.forEach((own, row) => {
    own.forEach((point, column) => {
      view.setUint32((row * longest + column) * 4, point, true);
    });
  });
  return { dtype: `<U${longest}`, bytes, attributes: {} };
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
