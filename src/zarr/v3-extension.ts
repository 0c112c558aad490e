import { isJsonObject, type JsonObject, type JsonValue } from '../json';

/** What stands at an extension point of zarr v3: a data type, chunk grid, chunk key encoding, codec or storage transformer. */
export interface Extension {
  name: string;
  configuration: JsonObject;
}

/**
 * The extension that a value names (zarr v3 core specification, "Extension definition"): an object with a `name` and perhaps a
 * `configuration`, or the name alone. Undefined where it is neither.
 */
export function extensionOf(json: JsonValue | undefined): Extension | undefined {
  if (typeof json === 'string') return { name: json, configuration: {} };
  if (!isJsonObject(json) || typeof json.name !== 'string') return undefined;
  const configuration = json.configuration ?? {};
  return isJsonObject(configuration) ? { name: json.name, configuration } : undefined;
}
