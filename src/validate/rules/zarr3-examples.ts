import type { JsonObject, JsonValue } from '../../json';
import { CHUNK } from './examples';

/** `zarr.json` of a good array of 4 x 4 numbers in 2 x 2 chunks. */
const array: JsonObject = {
  zarr_format: 3,
  node_type: 'array',
  shape: [4, 4],
  data_type: 'uint16',
  chunk_grid: { name: 'regular', configuration: { chunk_shape: [2, 2] } },
  chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
  fill_value: 0,
  codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
  dimension_names: ['y', 'x'],
};

/** The codec that stores elements as they are. */
export const BYTES: JsonObject = { name: 'bytes', configuration: { endian: 'little' } };

/** A codec, grid or type with its configuration. */
export function extension(name: string, configuration: JsonObject): JsonObject {
  return { name, configuration };
}

/** `zarr.json` of that array as JSON text, with members replaced; a member of undefined is left out. */
export function zarrJson(replaced: Record<string, JsonValue | undefined> = {}): string {
  const members = Object.entries({ ...array, ...replaced }).filter(([, value]) => value !== undefined);
  return JSON.stringify(Object.fromEntries(members));
}

/** A reference file of version 0 with a zarr v3 array `a`, changed as `zarrJson` does. */
export function withZarr3(replaced: Record<string, JsonValue | undefined> = {}, chunk = 'a/c/0/0'): string {
  return zarr3References({ 'a/zarr.json': zarrJson(replaced), [chunk]: CHUNK });
}

/** The same array with these codecs. */
export function withCodecs(...codecs: JsonValue[]): string {
  return withZarr3({ codecs });
}

/** A reference file of version 0 with a zarr v3 root group; `entries` are key and value as JSON text. */
export function zarr3References(entries: Record<string, string>, group: JsonObject = {}): string {
  const root = JSON.stringify({ zarr_format: 3, node_type: 'group', ...group });
  const lines = Object.entries({ 'zarr.json': root, ...entries });
  return `{\n${lines.map(([key, value]) => `  ${JSON.stringify(key)}: ${value}`).join(',\n')}\n}`;
}
