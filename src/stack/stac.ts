import { resolveTarget } from '../bytes/address';
import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject, type JsonValue, shortJson } from '../json';
import { parseNodata } from '../generate/nodata';
import { listInWords, plural } from '../words';
import type { StatedBand, StatedFacts } from './facts';

/** One item of STAC (versions 1.0 and 1.1), as far as a set of its TIFFs needs it. */
export interface StacItem {
  id: string;
  /** `datetime`, or where that is null `start_datetime`; absent where the item has neither. */
  time?: string;
  assets: StacAsset[];
  /** Keys of assets that were not chosen. */
  left: string[];
}

export interface StacAsset {
  key: string;
  /** Absolute. */
  url: string;
  /** Names that the variable may have, best first: the common name and the name of its only band, then the key. */
  names: string[];
  facts: StatedFacts;
}

/** Items of a file, and what is to be said about it. */
export interface StacItems {
  items: StacItem[];
  warnings: string[];
}

/** Whether JSON is an item, or a collection of items, of STAC. */
export function isStac(value: JsonValue | undefined): value is JsonObject {
  return isJsonObject(value) && (value.type === 'Feature' || value.type === 'FeatureCollection');
}

/**
 * The items of a STAC Item or ItemCollection.
 * @param base address or absolute path of the file, against which the hrefs of assets count. @param wanted keys of the assets that are taken; by
 * default those that are TIFFs of data.
 * @throws KerchunkError `invalid-argument` for JSON that is neither, for an item without assets to take, and for a wanted asset that no item has.
 */
export function readStac(value: JsonValue, base: string, wanted?: readonly string[]): StacItems {
  if (isJsonObject(value) && (value.type === 'Collection' || value.type === 'Catalog')) {
    throw new KerchunkError(
      'invalid-argument',
      `${base} is a STAC ${value.type}, which points to items. Give one of its items, or an ItemCollection, such as what a STAC API answers to a search.`,
    );
  }
  if (!isStac(value)) {
    throw new KerchunkError(
      'invalid-argument',
      `${base} is no STAC Item and no ItemCollection: its "type" is neither "Feature" nor "FeatureCollection".`,
    );
  }
  const features = value.type === 'Feature' ? [value] : Array.isArray(value.features) ? value.features : [];
  const warnings: string[] = [];
  const items = features.filter(isJsonObject).map((feature) => readItem(feature, base, wanted, warnings));
  if (items.length === 0) {
    throw new KerchunkError(
      'invalid-argument',
      `${base} holds no items. Search again with other dates or another area.`,
    );
  }
  for (const key of wanted ?? []) {
    if (items.some(({ assets }) => assets.some((asset) => asset.key === key))) continue;
    const keys = [...new Set(items.flatMap(({ assets, left }) => [...assets.map((asset) => asset.key), ...left]))];
    throw new KerchunkError('invalid-argument', `No item has an asset "${key}". There are ${listInWords(keys)}.`);
  }
  if (items.every(({ assets }) => assets.length === 0)) {
    const keys = [...new Set(items.flatMap(({ left }) => left))];
    throw new KerchunkError(
      'invalid-argument',
      `${base} has no asset that says it is a TIFF of data. Name the ones that are with --assets; there are ${listInWords(keys) || 'none'}.`,
    );
  }
  return { items, warnings: [...pagesLeft(value, features.length), ...warnings] };
}

/** A STAC API answers a search page by page. */
function pagesLeft(collection: JsonObject, items: number): string[] {
  const links = Array.isArray(collection.links) ? collection.links : [];
  const hasNext = links.some((link) => isJsonObject(link) && link.rel === 'next');
  return hasNext
    ? [
        `The ItemCollection is one page of a search, with ${plural(items, 'item')}; it links to a next one, which is not followed. Save all pages as one ItemCollection to have all items.`,
      ]
    : [];
}

function readItem(item: JsonObject, base: string, wanted: readonly string[] | undefined, warnings: string[]): StacItem {
  const id = textOf(item.id) ?? 'without an id';
  const properties = isJsonObject(item.properties) ? item.properties : {};
  const time = textOf(properties.datetime) ?? textOf(properties.start_datetime);
  const all = isJsonObject(item.assets) ? Object.entries(item.assets) : [];
  const assets = all.flatMap(([key, asset]) => {
    if (!isJsonObject(asset) || typeof asset.href !== 'string') return [];
    const isChosen = wanted === undefined ? isData(asset) : wanted.includes(key);
    return isChosen ? [readAsset(key, asset, asset.href, properties, { id, base, warnings })] : [];
  });
  const chosen = new Set(assets.map(({ key }) => key));
  return {
    id,
    ...(time === undefined ? {} : { time }),
    assets,
    left: all.map(([key]) => key).filter((key) => !chosen.has(key)),
  };
}

/** Roles of assets that show data of other assets again. */
const SHOWN: readonly string[] = ['thumbnail', 'overview', 'visual', 'metadata'];

/** An asset with the media type of a TIFF, or none and the name of one, that is not there for being looked at. */
function isData({ type, href, roles, title }: JsonObject): boolean {
  const isTiff =
    typeof type === 'string'
      ? /^image\/(?:tiff|vnd\.stac\.geotiff|geo\+tiff)\b/iu.test(type)
      : typeof href === 'string' && /\.tiff?$/iu.test(href.replace(/[?#].*$/u, ''));
  const stated = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  if (!isTiff || (stated.length > 0 && stated.every((role) => SHOWN.includes(role)))) return false;
  const shows = stated.some((role) => SHOWN.includes(role)) && !stated.includes('data');
  return !shows && !(typeof title === 'string' && /thumbnail|true[- ]colou?r/iu.test(title));
}

function readAsset(
  key: string,
  asset: JsonObject,
  href: string,
  properties: JsonObject,
  { id, base, warnings }: { id: string; base: string; warnings: string[] },
): StacAsset {
  const place = `item ${id}, asset ${key}`;
  const tell = (fault: string): void => {
    const told = `The STAC ${place}: ${fault}. The TIFF is taken without it; correct the item.`;
    if (!warnings.includes(told)) warnings.push(told);
  };
  const bands = bandsOf(asset, tell);
  const [only] = bands;
  const names = bands.length === 1 ? [only?.commonName, only?.name, key] : [key];
  // Where the item states a place it is that of assets which state none, if they have the size that it states.
  const own = asset['proj:transform'] === undefined ? {} : placeOf(asset, tell);
  const shared =
    asset['proj:transform'] === undefined && asset['proj:shape'] === undefined ? placeOf(properties, tell) : {};
  const epsg = epsgOf(asset) ?? epsgOf(properties);
  return {
    key,
    url: resolveTarget(href, base),
    names: names.filter((name) => name !== undefined),
    facts: {
      place,
      ...(epsg === undefined ? {} : { epsg }),
      ...(shared.shape === undefined ? {} : shared),
      ...own,
      bands,
    },
  };
}

/** `proj:transform` in rasterio's order, of 6 or 9 numbers, and `proj:shape`, rows first (projection extension). */
function placeOf(from: JsonObject, tell: (fault: string) => void): Pick<StatedFacts, 'transform' | 'shape'> {
  const stated = from['proj:transform'];
  const numbers = numbersOf(stated);
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f] = numbers ?? [];
  const area = a * e - b * d;
  const isPlace = f !== undefined && Number.isFinite(area) && area !== 0;
  if (stated !== undefined && stated !== null && !isPlace) {
    tell(`its proj:transform is ${shortJson(stated, 80)}, which gives pixels no place`);
  }
  const shape = numbersOf(from['proj:shape']);
  return {
    ...(isPlace ? { transform: [c, a, b, f, d, e] as const } : {}),
    ...(shape?.length === 2 ? { shape: [shape[0] ?? 0, shape[1] ?? 0] as const } : {}),
  };
}

/** `proj:code` since version 2 of the projection extension, `proj:epsg` before. */
function epsgOf(from: JsonObject): number | undefined {
  const [, code] = /^EPSG:(\d+)$/iu.exec(textOf(from['proj:code']) ?? '') ?? [];
  if (code !== undefined) return Number(code);
  return typeof from['proj:epsg'] === 'number' ? from['proj:epsg'] : undefined;
}

/** The bands of an asset: `bands` of STAC 1.1, else `eo:bands` and `raster:bands` of 1.0; in 1.1 what holds for all may stand at the asset. */
function bandsOf(asset: JsonObject, tell: (fault: string) => void): StatedBand[] {
  const lists = ['bands', 'raster:bands', 'eo:bands'].map((name) => {
    const list = asset[name];
    return Array.isArray(list) ? list.filter(isJsonObject) : [];
  });
  const count = Math.max(...lists.map((list) => list.length));
  const isOfAll = ['raster:scale', 'raster:offset', 'nodata', 'unit', 'eo:common_name'].some(
    (name) => asset[name] !== undefined,
  );
  const bands = Array.from({ length: count === 0 && isOfAll ? 1 : count }, (_, band) => {
    const merged: JsonObject = { ...(count <= 1 ? asset : sharedOf(asset)) };
    for (const list of [...lists].reverse()) Object.assign(merged, list[band] ?? {});
    const listed = lists.map((list) => list[band]?.name).find((name) => typeof name === 'string');
    return readBand(merged, listed, tell);
  });
  const nodata = [...new Set(bands.flatMap((band) => band.nodata ?? []))];
  if (nodata.length < 2) return bands;
  tell(`its bands have several nodata values, ${listInWords(nodata)}, and a TIFF has one`);
  for (const band of bands) delete band.nodata;
  return bands;
}

function sharedOf(asset: JsonObject): JsonObject {
  return Object.fromEntries(
    ['raster:scale', 'raster:offset', 'nodata', 'unit'].flatMap((name) =>
      asset[name] === undefined ? [] : [[name, asset[name]]],
    ),
  );
}

function readBand(band: JsonObject, name: string | undefined, tell: (fault: string) => void): StatedBand {
  const scale = numberOf('scale', band['raster:scale'] ?? band.scale, tell);
  const offset = numberOf('offset', band['raster:offset'] ?? band.offset, tell);
  const nodata = nodataTextOf(band.nodata, tell);
  const commonName = textOf(band['eo:common_name']) ?? textOf(band.common_name);
  const unit = textOf(band.unit);
  if (scale === 0) tell('its scale is 0, by which every value would be the offset');
  return {
    ...(scale === undefined || scale === 0 ? {} : { scale }),
    ...(offset === undefined ? {} : { offset }),
    ...(nodata === undefined ? {} : { nodata }),
    ...(unit === undefined ? {} : { unit }),
    ...(name === undefined ? {} : { name }),
    ...(commonName === undefined ? {} : { commonName }),
  };
}

function numberOf(what: string, value: JsonValue | undefined, tell: (fault: string) => void): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  tell(`its ${what} is ${shortJson(value, 40)}, which is no number`);
  return undefined;
}

/** A number, or one of the texts `nan`, `inf` and `-inf` (raster extension, band object); as GDAL_NODATA writes it. */
function nodataTextOf(value: JsonValue | undefined, tell: (fault: string) => void): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string' && parseNodata(value) !== undefined) return value;
  tell(`its nodata is ${shortJson(value, 40)}, which is no number`);
  return undefined;
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function numbersOf(value: JsonValue | undefined): number[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'number') ? value : undefined;
}
