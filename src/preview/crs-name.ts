import { isJsonObject, type JsonValue } from '../json';
import { cutText } from '../words';
import type { ZarrArray } from '../zarr/types';
import type { PreviewDocument } from './document';
import { gridMappingOf, projOf } from './georeference';

const MOST_CHARACTERS = 200;

/**
 * The name of the coordinate reference system of an array and its EPSG code, "WGS 84 / UTM zone 32N (EPSG:32632)", as far as the grid
 * mapping says: by `crs_wkt`, else `spatial_ref`, `projected_crs_name`, `geographic_crs_name` or `epsg_code`; else by the array's own `crs`, and
 * by the zarr convention `proj:`. Null where nothing does.
 */
export function crsNameOf(document: PreviewDocument, array: ZarrArray): string | null {
  const mapping = gridMappingOf(document, array);
  const { 'proj:wkt2': wkt2, 'proj:code': stated, 'proj:projjson': json } = projOf(document, array);
  const wkt = [mapping.crs_wkt, mapping.spatial_ref, array.attributes.crs, wkt2].find(isWkt);
  if (wkt !== undefined) return cutText(nameOfWkt(wkt), MOST_CHARACTERS);
  const code =
    codeOf(mapping.epsg_code) ?? codeOf(array.attributes.crs) ?? (typeof stated === 'string' ? stated : undefined);
  const names = [mapping.projected_crs_name, mapping.geographic_crs_name, isJsonObject(json) ? json.name : undefined];
  const name = names.find((said) => typeof said === 'string');
  if (name === undefined) return code === undefined ? null : cutText(code, MOST_CHARACTERS);
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
