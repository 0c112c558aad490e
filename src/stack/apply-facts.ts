import { bandTexts } from '../generate/bands';
import { epsgWkt } from '../generate/epsg-table';
import { namedCode } from '../generate/geo-keys';
import { sameNumber } from '../generate/fill-value';
import { parseNodata } from '../generate/nodata';
import { kindOf } from '../wkt';
import type { GdalItem, Georeferencing, TiffDescription } from '../tiff/types';
import type { StatedBand, StatedFacts } from './facts';

/** GeoKeys (GeoTIFF 1.1, annex B) that name a CRS by its code. */
const Key = { modelType: 1024, rasterType: 1025, geographic: 2048, projected: 3072 } as const;

/** A TIFF with what a STAC item says of it and its own tags do not, and sentences on what the two say differently: there the TIFF counts. */
export interface Applied {
  tiff: TiffDescription;
  warnings: string[];
}

/** Completes the description of a TIFF by what a STAC item says of it: scale, offset, nodata and unit by band, CRS and transform. */
export async function applyFacts(tiff: TiffDescription, facts: StatedFacts): Promise<Applied> {
  const warnings: string[] = [];
  const contradict = (what: string, own: string | number, stated: string | number): void => {
    warnings.push(
      `${what}: ${own} in the TIFF, ${stated} in the STAC ${facts.place}. The TIFF counts; one of the two is wrong.`,
    );
  };
  const items = bandItems(tiff, facts.bands, contradict);
  const nodata = nodataOf(tiff, facts.bands, contradict);
  const georeferencing = await placeOf(tiff, facts, contradict);
  const [full, ...overviews] = tiff.levels;
  const levels =
    full === undefined || full.nodata !== undefined || nodata === undefined
      ? tiff.levels
      : [{ ...full, nodata }, ...overviews];
  return {
    tiff: {
      ...tiff,
      levels,
      georeferencing,
      gdalItems: [...tiff.gdalItems, ...items],
      ...(nodata === undefined ? {} : { nodata }),
    },
    warnings,
  };
}

type Contradict = (what: string, own: string | number, stated: string | number) => void;

/** Items of GDAL_METADATA for what the bands lack. A file that states a scale or an offset states both: the other is 1 or 0. */
function bandItems(tiff: TiffDescription, bands: readonly StatedBand[], contradict: Contradict): GdalItem[] {
  const scales = bandTexts(tiff, 'scale');
  const offsets = bandTexts(tiff, 'offset');
  const units = bandTexts(tiff, 'unittype');
  const isScaled = [...scales, ...offsets].some((text) => text !== undefined);
  return scales.flatMap((_, sample) => {
    const stated = bands[sample];
    if (stated === undefined) return [];
    const items: GdalItem[] = [];
    const of = scales.length === 1 ? '' : ` of band ${sample + 1}`;
    for (const [role, text, value, neutral] of [
      ['scale', scales[sample], stated.scale, 1],
      ['offset', offsets[sample], stated.offset, 0],
    ] as const) {
      if (value === undefined) continue;
      const own = text === undefined ? neutral : Number(text);
      if (!isScaled) items.push({ name: role.toUpperCase(), value: String(value), sample, role });
      else if (!isNear(own, value)) contradict(`${role === 'scale' ? 'Scale' : 'Offset'}${of}`, own, value);
    }
    const unit = units[sample];
    if (stated.unit !== undefined && (unit === undefined || unit === '')) {
      items.push({ name: 'UNITTYPE', value: stated.unit, sample, role: 'unittype' });
    }
    return items;
  });
}

function nodataOf(tiff: TiffDescription, bands: readonly StatedBand[], contradict: Contradict): string | undefined {
  const [stated] = bands.map((band) => band.nodata).filter((text) => text !== undefined);
  if (tiff.nodata === undefined || stated === undefined) return tiff.nodata ?? stated;
  const [own, other] = [parseNodata(tiff.nodata), parseNodata(stated)];
  const isSame = own !== undefined && other !== undefined && sameNumber(Number(own), Number(other));
  if (!isSame) contradict('Nodata', tiff.nodata, stated);
  return tiff.nodata;
}

async function placeOf(tiff: TiffDescription, facts: StatedFacts, contradict: Contradict): Promise<Georeferencing> {
  const { georeferencing } = tiff;
  const { geoKeys, transform } = georeferencing;
  const [full] = tiff.levels;
  const { code } = namedCode(geoKeys);
  const hasKeys = [...geoKeys.keys()].some((key) => key !== Key.rasterType);
  let keys = geoKeys;
  if (facts.epsg !== undefined) {
    if (!hasKeys) keys = await keysOf(facts.epsg);
    else if (code !== undefined && code !== facts.epsg) contradict('CRS', `EPSG:${code}`, `EPSG:${facts.epsg}`);
  }
  const [height, width] = facts.shape ?? [];
  const isOfThis = facts.shape === undefined || (height === full?.height && width === full?.width);
  const stated = isOfThis ? facts.transform : undefined;
  if (facts.shape !== undefined && !isOfThis && full !== undefined) {
    contradict('Size in pixels', `${full.width} x ${full.height}`, `${width ?? '?'} x ${height ?? '?'}`);
  }
  if (stated !== undefined && transform !== undefined && !isSamePlace(transform, stated)) {
    contradict('Transform', transform.join(' '), stated.join(' '));
  }
  const filled = transform ?? (georeferencing.groundControlPoints > 0 ? undefined : stated);
  return { ...georeferencing, geoKeys: keys, ...(filled === undefined ? {} : { transform: filled }) };
}

async function keysOf(epsg: number): Promise<Georeferencing['geoKeys']> {
  const wkt = await epsgWkt(epsg);
  const isGeographic = wkt !== undefined && kindOf(wkt) === 'geographic';
  return new Map([
    [Key.modelType, isGeographic ? 2 : 1],
    [Key.rasterType, 1],
    [isGeographic ? Key.geographic : Key.projected, epsg],
  ]);
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

/** Whether two transforms differ by less than a thousandth of a pixel at the corner, and by a millionth in the size of pixels. */
function isSamePlace(
  [x0, dx, rx, y0, ry, dy]: NonNullable<Georeferencing['transform']>,
  other: NonNullable<Georeferencing['transform']>,
): boolean {
  const pixel = Math.max(Math.abs(dx), Math.abs(rx), Math.abs(dy), Math.abs(ry));
  const steps = [dx, rx, ry, dy].map((step, index) => Math.abs(step - (other[[1, 2, 4, 5][index] ?? 1] ?? 0)));
  return (
    Math.abs(x0 - other[0]) < 1e-3 * pixel &&
    Math.abs(y0 - other[3]) < 1e-3 * pixel &&
    steps.every((step) => step < 1e-6 * pixel)
  );
}
