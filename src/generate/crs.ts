import type { JsonObject } from '../json';
import type { Georeferencing } from '../tiff/types';
import { compoundWkt, epsgHorizontalPart, epsgWkt } from './epsg-table';
import { contradictionOf, namedCode, verticalOf } from './geo-keys';
import { kindOf, linearUnitOf, nameOf } from '../wkt';

/** Names of the CF grid mappings (CF conventions, appendix F) of WKT1's PROJECTION names. */
const gridMappings: ReadonlyMap<string, string> = new Map([
  ['Albers_Conic_Equal_Area', 'albers_conical_equal_area'],
  ['Azimuthal_Equidistant', 'azimuthal_equidistant'],
  ['Lambert_Azimuthal_Equal_Area', 'lambert_azimuthal_equal_area'],
  ['Lambert_Conformal_Conic_1SP', 'lambert_conformal_conic'],
  ['Lambert_Conformal_Conic_2SP', 'lambert_conformal_conic'],
  ['Cylindrical_Equal_Area', 'lambert_cylindrical_equal_area'],
  ['Mercator_1SP', 'mercator'],
  ['Mercator_2SP', 'mercator'],
  ['Orthographic', 'orthographic'],
  ['Polar_Stereographic', 'polar_stereographic'],
  ['Transverse_Mercator', 'transverse_mercator'],
]);

/** What the GeoKeys say of the CRS. */
export interface CoordinateSystem {
  wkt?: string;
  /** What `x` and `y` measure; `unknown` where no CRS is known. */
  kind: 'projected' | 'geographic' | 'unknown';
  /** Unit of `x` and `y` as the WKT names it. */
  unit?: string;
  /** What the GeoKeys say and the WKT does not, or why there is none; a sentence. */
  missing?: string;
}

/** The CRS of a TIFF. One that no EPSG code states gets no WKT: a wrong one would be worse than none. */
export async function coordinateSystemOf(georeferencing: Georeferencing): Promise<CoordinateSystem> {
  const { geoKeys } = georeferencing;
  const { code, missing } = namedCode(geoKeys);
  if (code === undefined) return { kind: 'unknown', ...(missing === undefined ? {} : { missing }) };
  const part = await epsgHorizontalPart(code);
  const horizontal = part ?? (await epsgWkt(code));
  if (horizontal === undefined) {
    return { kind: 'unknown', missing: `EPSG has no CRS ${code}, which the TIFF names, so no crs_wkt is written.` };
  }
  const contradiction = contradictionOf(geoKeys, code, horizontal);
  if (contradiction !== undefined) return { kind: 'unknown', missing: contradiction };
  const unit = linearUnitOf(horizontal)?.name;
  return {
    kind: kindOf(horizontal),
    ...(unit === undefined ? {} : { unit }),
    ...(await withHeights(code, horizontal, part !== undefined, georeferencing)),
  };
}

/**
 * The WKT of a horizontal CRS with the heights that the GeoKeys state. GDAL names a geographic CRS of three dimensions in the vertical key:
 * beside the same one of two it stands for the whole. Of a code that means both (EPSG 7415) it takes the heights from GeoTIFF 1.1 on.
 */
async function withHeights(
  code: number,
  horizontal: string,
  isCompound: boolean,
  georeferencing: Georeferencing,
): Promise<{ wkt: string; missing?: string }> {
  const { code: vertical, isUnnamed } = verticalOf(georeferencing);
  const isMeant = (georeferencing.geoKeyRevision ?? 0) >= 1;
  const without = (what: string): { wkt: string; missing: string } => {
    return { wkt: horizontal, missing: `The TIFF ${what}; crs_wkt states the horizontal CRS alone.` };
  };
  if (isCompound && vertical !== undefined)
    return without(`names EPSG ${code}, which has heights, and others beside it`);
  if (isCompound) return { wkt: isMeant ? ((await epsgWkt(code)) ?? horizontal) : horizontal };
  if (isUnnamed) return without('defines its heights by its own parameters');
  if (vertical === undefined) return { wkt: horizontal };
  const heights = await epsgWkt(vertical);
  const unknown = `names EPSG ${vertical} for heights, which EPSG ${code} has no form with`;
  if (heights === undefined) return without(unknown);
  if (heights.startsWith('VERT')) {
    if (!isMeant) return { wkt: horizontal };
    const name = `${nameOf(horizontal)} + ${nameOf(heights)}`;
    const wkt = compoundWkt(name, horizontal, heights);
    return wkt === undefined ? without(unknown) : { wkt };
  }
  const isSame = kindOf(horizontal) === 'geographic' && nameOf(horizontal) === nameOf(heights);
  return isSame ? { wkt: heights } : without(unknown);
}

/** Attributes of `spatial_ref` that state the CRS, as rioxarray and GDAL read them. */
export function crsAttributes({ wkt }: CoordinateSystem, { geoKeys }: Georeferencing): JsonObject {
  if (wkt === undefined) {
    if (geoKeys.size === 0) return {};
    const keys = [...geoKeys].map(
      ([key, value]) => [String(key), typeof value === 'object' ? [...value] : value] as const,
    );
    return { geo_keys: Object.fromEntries(keys) };
  }
  const projection = /PROJECTION\["([^"]+)"/u.exec(wkt)?.[1];
  const name =
    projection === undefined
      ? wkt.startsWith('GEOGCS')
        ? 'latitude_longitude'
        : undefined
      : gridMappings.get(projection);
  return { crs_wkt: wkt, spatial_ref: wkt, ...(name === undefined ? {} : { grid_mapping_name: name }) };
}
