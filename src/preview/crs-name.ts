import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { cutText } from '../words';
import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { parentOf } from './paths';

const MOST_CHARACTERS = 200;

/** Attributes of the grid mapping of an array (CF conventions, section 5.6): the array that `grid_mapping` names, else `spatial_ref`. */
export function gridMappingOf(set: ReferenceSet, { path, attributes }: ZarrArray): JsonObject | undefined {
  const said = attributes.grid_mapping;
  // The extended form, "crs: x y other: lat lon", names the grid mapping first.
  const name = typeof said === 'string' ? (/^[^\s:]+/u.exec(said.trim())?.[0] ?? '') : 'spatial_ref';
  const found = keyBelow(parentOf(path), name);
  const { value } = set.document(keyBelow(found, '.zattrs')) ?? {};
  if (isJsonObject(value)) return value;
  const { value: metadata } = set.document(keyBelow(found, 'zarr.json')) ?? {};
  return isJsonObject(metadata) && isJsonObject(metadata.attributes) ? metadata.attributes : undefined;
}

/**
 * The name of the coordinate reference system of an array and its EPSG code, "WGS 84 / UTM zone 32N (EPSG:32632)", as far as the grid
 * mapping says: by `crs_wkt`, else `spatial_ref`, `projected_crs_name`, `geographic_crs_name` or `epsg_code`; else by the array's own `crs`. Null where nothing
 * does.
 */
export function crsNameOf(set: ReferenceSet, array: ZarrArray): string | null {
  const mapping = gridMappingOf(set, array) ?? {};
  const wkt = [mapping.crs_wkt, mapping.spatial_ref, array.attributes.crs].find(isWkt);
  if (wkt !== undefined) return cutText(nameOfWkt(wkt), MOST_CHARACTERS);
  const code = codeOf(mapping.epsg_code) ?? codeOf(array.attributes.crs);
  const name = [mapping.projected_crs_name, mapping.geographic_crs_name].find((said) => typeof said === 'string');
  if (name === undefined) return code ?? null;
  return cutText(code === undefined ? name : `${name} (${code})`, MOST_CHARACTERS);
}

function isWkt(text: JsonValue | undefined): text is string {
  return typeof text === 'string' && /^\s*[A-Z_]+\s*[[(]\s*"/iu.test(text);
}

/** The first name in WKT 1 or 2, and the code of the last `AUTHORITY` or `ID`, which is that of the whole where it stands at the very end. */
function nameOfWkt(wkt: string): string {
  const [, name = ''] = /"((?:[^"]|"")*)"/u.exec(wkt) ?? [];
  const [, authority, code] =
    /(?:AUTHORITY|ID)\s*[[(]\s*"([^"]+)"\s*,\s*"?([\w.]+)"?\s*[\])]\s*[\])]\s*$/iu.exec(wkt) ?? [];
  const plain = name.replaceAll('""', '"');
  return authority === undefined || code === undefined ? plain : `${plain} (${authority}:${code})`;
}

function codeOf(said: JsonValue | undefined): string | undefined {
  if (typeof said === 'number' && Number.isInteger(said)) return `EPSG:${said}`;
  const [, code] = typeof said === 'string' ? (/^(?:EPSG:+)?(\d{4,6})$/iu.exec(said.trim()) ?? []) : [];
  return code === undefined ? undefined : `EPSG:${code}`;
}
