import type { Georeferencing } from '../tiff/types';
import { codeOf, linearUnitOf } from '../wkt';

type GeoKeys = Georeferencing['geoKeys'];

/** GeoKeys (GeoTIFF 1.1, annex B) that say which CRS is meant. */
const Key = {
  modelType: 1024,
  rasterType: 1025,
  geographic: 2048,
  datum: 2050,
  ellipsoid: 2056,
  semiMajorAxis: 2057,
  projected: 3072,
  transformation: 3075,
  linearUnit: 3076,
  linearUnitSize: 3077,
  vertical: 4096,
  verticalDatum: 4098,
  verticalUnit: 4099,
} as const;

/** GTModelTypeGeoKey (1024). */
const Model = { projected: 1, geographic: 2, geocentric: 3 } as const;

/** Says in place of a code: "defined by the other keys". */
const USER_DEFINED = 32767;

/** Units of length (GeoTIFF 1.1, annex F.2, which are EPSG's) in metres. */
const METRES: ReadonlyMap<number, number> = new Map([
  [9001, 1],
  [9002, 0.3048],
  [9003, 1200 / 3937],
]);

const KEPT = 'so no crs_wkt is written; the GeoKeys stand in geo_keys of spatial_ref';
const ASSIGN = 'Assign the CRS that is meant: gdal_edit.py -a_srs EPSG:code in.tif';

/**
 * The EPSG code of the CRS that GeoKeys name, or why none is known, in sentences; {} where they say nothing of a CRS. Which key counts hangs
 * on the model type: a projected raster has code 2048 too, for the CRS that its own is projected from.
 */
export function namedCode(keys: GeoKeys): { code?: number; missing?: string } {
  if ([...keys.keys()].every((key) => key === Key.rasterType)) return {};
  const model = keys.get(Key.modelType) ?? USER_DEFINED;
  const isGeographic = model === Model.geographic || model === Model.geocentric;
  if (!isGeographic && model !== Model.projected && model !== USER_DEFINED) {
    return { missing: `The TIFF states the model type ${String(model)}, which has no meaning, ${KEPT}. ${ASSIGN}.` };
  }
  const [own, other] = isGeographic ? [Key.geographic, Key.projected] : [Key.projected, Key.geographic];
  const code = codeAt(keys, own);
  if (code !== undefined) return { code };
  if (keys.has(own) || hasParameters(keys)) {
    return { missing: `The CRS is defined by the TIFF's own parameters and has no EPSG code, ${KEPT}.` };
  }
  if (!keys.has(other)) return { missing: `The TIFF has GeoKeys and names no CRS in them, ${KEPT}. ${ASSIGN}.` };
  const kind = `says that its CRS is ${isGeographic ? 'geographic' : 'projected'}`;
  const said = model === USER_DEFINED ? 'does not say what kind of CRS it has' : kind;
  return { missing: `The TIFF ${said} and names one of another kind alone (GeoKey ${other}), ${KEPT}. ${ASSIGN}.` };
}

/** Keys 2050 to 2062 and 3074 to 3095 hold the parameters of a CRS. */
function hasParameters(keys: GeoKeys): boolean {
  return [...keys.keys()].some((key) => (key >= 2050 && key <= 2062) || (key >= 3074 && key <= 3095));
}

function codeAt(keys: GeoKeys, key: number): number | undefined {
  const value = keys.get(key);
  return typeof value === 'number' && value !== 0 && value !== USER_DEFINED ? value : undefined;
}

/**
 * What GeoKeys say that the CRS of the code they name does not, as a sentence, undefined where they agree: GDAL then reads a CRS of neither.
 * Beside a projected code other keys replace its unit, its method, and the datum and ellipsoid below it; beside a geographic one they are
 * not looked at.
 * @param wkt of the horizontal CRS of the code.
 */
export function contradictionOf(keys: GeoKeys, code: number, wkt: string): string | undefined {
  const model = keys.get(Key.modelType);
  const what =
    model === Model.geocentric && !/^GEO(CCS|DCRS)\[/u.test(wkt)
      ? 'says that its CRS is geocentric, which that is not'
      : model === Model.geographic || model === Model.geocentric
        ? undefined
        : (otherUnit(keys, wkt) ?? otherBase(keys, wkt));
  if (what === undefined) return undefined;
  return `The TIFF names EPSG ${code} and ${what}, ${KEPT}. ${ASSIGN}.`;
}

function otherUnit(keys: GeoKeys, wkt: string): string | undefined {
  const unit = linearUnitOf(wkt);
  const stated = keys.get(Key.linearUnit);
  if (unit === undefined || stated === undefined || stated === 0) return undefined;
  const size = stated === USER_DEFINED ? (keys.get(Key.linearUnitSize) ?? unit.metres) : METRES.get(Number(stated));
  if (typeof size === 'number' && Math.abs(size / unit.metres - 1) < 1e-12) return undefined;
  const name = stated === USER_DEFINED ? `a unit of ${String(size)} metres` : `the linear unit EPSG ${String(stated)}`;
  return `states ${name} beside it (ProjLinearUnits), where that has "${unit.name}"`;
}

function otherBase(keys: GeoKeys, wkt: string): string | undefined {
  const base = codeOf(wkt, 'GEOGCS') ?? codeOf(wkt, 'BASEGEOGCRS');
  if (base === undefined) return undefined;
  const geographic = codeAt(keys, Key.geographic);
  if (geographic !== undefined && geographic !== base) {
    return `states the geographic CRS EPSG ${geographic} beside it, where that is projected from EPSG ${base}`;
  }
  if (hasOtherDatum(keys, wkt) || hasOtherEllipsoid(keys, wkt)) return 'states another datum or ellipsoid beside it';
  return codeAt(keys, Key.transformation) === undefined ? undefined : 'states a projection method of its own beside it';
}

/** A geographic CRS that is user-defined has the datum that is stated, and none where none is. */
function hasOtherDatum(keys: GeoKeys, wkt: string): boolean {
  if (!keys.has(Key.datum)) return keys.has(Key.geographic) && codeAt(keys, Key.geographic) === undefined;
  return keys.get(Key.datum) !== codeOf(wkt, 'DATUM');
}

function hasOtherEllipsoid(keys: GeoKeys, wkt: string): boolean {
  const code = codeAt(keys, Key.ellipsoid);
  return code === undefined ? keys.has(Key.ellipsoid) && keys.has(Key.semiMajorAxis) : code !== codeOf(wkt, 'SPHEROID');
}

/**
 * The code of the CRS of heights, and whether one is meant that has none: GDAL takes the keys of heights for meant from GeoTIFF 1.1 on,
 * KeyRevision's minor number 1.
 */
export function verticalOf({ geoKeys, geoKeyRevision = 0 }: Georeferencing): { code?: number; isUnnamed: boolean } {
  const code = codeAt(geoKeys, Key.vertical);
  if (code !== undefined) return { code, isUnnamed: false };
  const has = [Key.vertical, Key.verticalDatum, Key.verticalUnit].some((key) => geoKeys.has(key));
  return { isUnnamed: has && geoKeyRevision >= 1 };
}
