import type { JsonObject, JsonValue } from '../../json';

/** `.zarray` of a good array of 4 x 4 numbers in 2 x 2 chunks. */
const array: JsonObject = {
  zarr_format: 2,
  shape: [4, 4],
  chunks: [2, 2],
  dtype: '<u2',
  compressor: null,
  fill_value: 0,
  order: 'C',
  filters: null,
};

/** A reference to a chunk of that array, as JSON text. */
export const CHUNK = '["https://example.org/a.tif", 8, 8]';

/** `.zarray` as JSON text, with members replaced; a member of undefined is left out. */
export function zarray(replaced: Record<string, JsonValue | undefined> = {}): string {
  const members = Object.entries({ ...array, ...replaced }).filter(([, value]) => value !== undefined);
  return JSON.stringify(Object.fromEntries(members));
}

/** A reference file of version 0 with the array `a`; `entries` are key and value as JSON text. */
export function withArray(document: string, entries: Record<string, string> = { 'a/0.0': CHUNK }): string {
  return references({ 'a/.zarray': document, ...entries });
}

/** A reference file of version 0 with a root group; `entries` are key and value as JSON text. */
export function references(entries: Record<string, string>): string {
  const lines = Object.entries({ '.zgroup': '{"zarr_format": 2}', ...entries });
  return `{\n${lines.map(([key, value]) => `  ${JSON.stringify(key)}: ${value}`).join(',\n')}\n}`;
}

/**
 * A file of version 1 with the array `a`, its metadata as strings; `refs` are entries beside them, `members` stand beside `refs`, key and
 * value as JSON text.
 */
export function version1(refs: Record<string, string>, members: Record<string, string> = { version: '1' }): string {
  const metadata = { '.zgroup': JSON.stringify('{"zarr_format": 2}'), 'a/.zarray': JSON.stringify(zarray()) };
  const all = { ...members, refs: references({ ...metadata, ...refs }) };
  return `{${Object.entries(all)
    .map(([key, value]) => `${JSON.stringify(key)}: ${value}`)
    .join(', ')}}`;
}
