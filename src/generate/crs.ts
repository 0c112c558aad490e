import type { JsonObject } from '../json';
import type { Georeferencing } from '../tiff/types';
import { compoundWkt, epsgWkt } from './epsg-table';

/** GeoKeys (GeoTIFF 1.1, annex B) that name a CRS. */
const Key = { modelType: 1024, geographic: 2048, projected: 3072, vertical: 4096 } as const;

/** The code that says "defined by the other keys", or nothing at all. */
const USER_DEFINED = 32767;

/** Names of the CF grid mappings (CF conventions, appendix F) of WKT1's PROJECTION names. */
const gridMappings: Readonly<Record<string, string>> = {
  Albers_Conic_Equal_Area: 'albers_conical_equal_area',
  Azimuthal_Equidistant: 'azimuthal_equidistant',
  Lambert_Azimuthal_Equal_Area: 'lambert_azimuthal_equal_area',
  Lambert_Conformal_Conic_1SP: 'lambert_conformal_conic',
  Lambert_Conformal_Conic_2SP: 'lambert_conformal_conic',
  Cylindrical_Equal_Area: 'lambert_cylindrical_equal_area',
  Mercator_1SP: 'mercator',
  Mercator_2SP: 'mercator',
  Orthographic: 'orthographic',
  Polar_Stereographic: 'polar_stereographic',
  Transverse_Mercator: 'transverse_mercator',
};

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

/** The CRS of a TIFF. A user-defined one gets no WKT: a wrong one would be worse than none. */
export async function coordinateSystemOf({ geoKeys }: Georeferencing): Promise<CoordinateSystem> {
  const code = (key: number): number | undefined => {
    const value = geoKeys.get(key);
    return typeof value === 'number' && value !== 0 && value !== USER_DEFINED ? value : undefined;
  };
  const horizontal = code(Key.projected) ?? (geoKeys.has(Key.projected) ? undefined : code(Key.geographic));
  if (horizontal === undefined) {
    if (geoKeys.size === 0) return { kind: 'unknown' };
    return {
      kind: 'unknown',
      missing:
        "The CRS is defined by the TIFF's own parameters and has no EPSG code, so no crs_wkt is written; the GeoKeys stand in geo_keys of spatial_ref.",
    };
  }
  const horizontalWkt = await epsgWkt(horizontal);
  if (horizontalWkt === undefined) {
    return {
      kind: 'unknown',
      missing: `EPSG has no CRS ${horizontal}, which the TIFF names, so no crs_wkt is written.`,
    };
  }
  const vertical = code(Key.vertical);
  const verticalWkt = vertical === undefined ? undefined : await epsgWkt(vertical);
  const wkt = verticalWkt === undefined ? horizontalWkt : withVertical(horizontalWkt, verticalWkt);
  const ellipsoidal = verticalWkt !== undefined && wkt === horizontalWkt;
  const unit = unitOf(horizontalWkt);
  return {
    wkt,
    kind: /^(PROJCS|PROJCRS|BOUNDCRS\[SOURCECRS\[PROJCRS)/u.test(horizontalWkt) ? 'projected' : 'geographic',
    ...(unit === undefined ? {} : { unit }),
    ...(ellipsoidal
      ? {
          missing: `The TIFF names EPSG ${String(vertical)} for heights, which EPSG ${horizontal} has no form with; crs_wkt states the horizontal CRS alone.`,
        }
      : {}),
  };
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
    projection === undefined ? (wkt.startsWith('GEOGCS') ? 'latitude_longitude' : undefined) : gridMappings[projection];
  return { crs_wkt: wkt, spatial_ref: wkt, ...(name === undefined ? {} : { grid_mapping_name: name }) };
}

/** GDAL names a geographic CRS of three dimensions in the vertical key: beside a geographic one it stands for the whole. */
function withVertical(horizontal: string, vertical: string): string {
  if (!vertical.startsWith('VERT')) return horizontal.startsWith('GEOG') ? vertical : horizontal;
  return compoundWkt(`${nameOf(horizontal)} + ${nameOf(vertical)}`, horizontal, vertical) ?? horizontal;
}

function nameOf(wkt: string): string {
  return /^[A-Z_]+\["((?:[^"]|"")*)"/u.exec(wkt)?.[1]?.replaceAll('""', '"') ?? 'unknown';
}

/** The linear unit of a projected CRS: the last UNIT of its WKT1, outside its base CRS. */
function unitOf(wkt: string): string | undefined {
  if (!wkt.startsWith('PROJCS[')) return undefined;
  return [...wkt.matchAll(/UNIT\["([^"]+)"/gu)].at(-1)?.[1];
}
