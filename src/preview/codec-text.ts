import type { JsonObject } from '../json';
import { jsonText } from './json-text';

/** Codecs that zarr v3 and zarr-python have under the names that numcodecs gives them. */
const OWN_IN_ZARR3: ReadonlySet<string> = new Set(['blosc', 'bytes', 'crc32c', 'gzip', 'transpose', 'zstd']);

/** A codec by its id, as numcodecs and imagecodecs have it, as metadata of zarr v2 or v3 write it: JSON on one line. */
export function codecText(zarrFormat: 2 | 3, id: string, config: JsonObject): string {
  if (zarrFormat === 2) return jsonText({ id, ...config });
  const name = OWN_IN_ZARR3.has(id) || id.startsWith('imagecodecs_') ? id : `numcodecs.${id}`;
  return jsonText(Object.keys(config).length === 0 ? { name } : { name, configuration: config });
}
