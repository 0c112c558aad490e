import { codeOf } from '../wkt';
import { isJsonObject, type JsonObject } from '../json';
import { sameJson } from '../same-json';
import {
  declared,
  hasGeoConventions,
  isGeoName,
  multiscalesLayout,
  spatialAttributes,
  withoutGeoConventions,
} from '../zarr/geo-conventions';
import { gridMappingName, transformNumbers } from '../zarr/grid-mapping';
import { keyBelow } from '../zarr/grid';
import { groupOf } from '../zarr/path';
import type { ZarrArray } from '../zarr/types';
import { manifestArrayV3 } from './manifest-array';
import type { Manifest, ManifestArray, ManifestGroup } from './types';

const ROWS = /^(y|lat|latitude|projection_y_coordinate)$/iu;
const COLUMNS = /^(x|lon|longitude|projection_x_coordinate)$/iu;

/** Where the rows and columns of an array lie, and in which CRS. */
interface Place {
  spatial: JsonObject;
  crs: JsonObject;
}

/**
 * A manifest of zarr v3 with the conventions `proj:`, `spatial:` and `multiscales` stated where CF says the same: on arrays with a grid mapping
 * that has a `GeoTransform`, and on groups whose levels are such arrays. A CRS is stated where its WKT carries an EPSG code, or is WKT 2. What
 * says something of these conventions already is left as it is.
 */
export function withGeoConventions({ groups, arrays }: Manifest): Manifest {
  const byPath = new Map(arrays.map(({ array }) => [array.path, array]));
  const places = new Map<string, Place>();
  const located = arrays.map((source): ManifestArray => {
    const place = placeOf(source.array, byPath);
    if (place === undefined) return source;
    const group = groupOf(source.array.path);
    if (!places.has(group)) places.set(group, place);
    const { attributes: own } = source.document;
    const stated = isJsonObject(own) ? own : {};
    if (hasGeoConventions(stated)) return source;
    const attributes = withPlace(stated, place);
    return manifestArrayV3(source.array.path, { ...source.document, attributes }, source.entries);
  });
  return { groups: groups.map((group) => withLevels(group, places)), arrays: located };
}

/**
 * The reverse of `withGeoConventions`, for zarr v2: of arrays that CF locates, and of groups of which it locates each level, what `proj:` and
 * `spatial:` say is left out. Where CF does not say it, it stays.
 */
export function withoutRepeatedConventions({ groups, arrays }: Manifest): Manifest {
  const byPath = new Map(arrays.map(({ array }) => [array.path, array]));
  const places = new Map<string, Place>();
  const plain = arrays.map((source): ManifestArray => {
    const { array } = source;
    const place = placeOf(array, byPath);
    if (place === undefined || !repeats(array.attributes, { ...place.crs, ...place.spatial })) return source;
    const group = groupOf(array.path);
    if (!places.has(group)) places.set(group, place);
    return { ...source, array: { ...array, attributes: withoutGeoConventions(array.attributes) } };
  });
  return {
    groups: groups.map((group) => {
      const attributes = withoutGeoConventions(group.attributes);
      const stated = withLevels({ ...group, attributes }, places).attributes;
      const isRepeated =
        repeats(group.attributes, stated) && sameJson(group.attributes.multiscales ?? null, stated.multiscales ?? null);
      return isRepeated ? { ...group, attributes } : group;
    }),
    arrays: plain,
  };
}

/** Whether all that attributes say of `proj:` and `spatial:` is said by others too, and with the same values. */
function repeats(attributes: JsonObject, others: JsonObject): boolean {
  return Object.entries(attributes).every(([name, value]) => {
    const { [name]: other } = others;
    return !isGeoName(name) || (other !== undefined && sameJson(value, other));
  });
}

function withPlace(attributes: JsonObject, { spatial, crs }: Place): JsonObject {
  const conventions = [...(Object.keys(crs).length === 0 ? [] : ['proj' as const]), 'spatial' as const];
  return { ...attributes, zarr_conventions: declared(attributes, conventions), ...crs, ...spatial };
}

function placeOf(array: ZarrArray, byPath: ReadonlyMap<string, ZarrArray>): Place | undefined {
  const mapping = byPath.get(keyBelow(groupOf(array.path), gridMappingName(array.attributes)));
  const transform = mapping === undefined ? undefined : transformNumbers(mapping.attributes);
  const names = array.dimensionNames ?? [];
  const [row, column] = [ROWS, COLUMNS].map((pattern) =>
    names.findIndex((name) => name !== null && pattern.test(name)),
  );
  if (mapping === undefined || transform === undefined) return undefined;
  if (row === undefined || column === undefined || row < 0 || column < 0) return undefined;
  const axis = (index: number) => ({ name: names[index] ?? '', length: array.shape[index] ?? 0 });
  return { spatial: spatialAttributes(transform, axis(row), axis(column)), crs: crsOf(mapping.attributes) };
}

/** `proj:code`, else `proj:wkt2`: the convention has one of them. */
function crsOf({ crs_wkt: wkt }: JsonObject): JsonObject {
  if (typeof wkt !== 'string') return {};
  const keyword = /^[A-Z_]+/u.exec(wkt)?.[0] ?? '';
  const code = codeOf(wkt, keyword);
  if (code !== undefined) return { 'proj:code': `EPSG:${code}` };
  return /^(GEOD|GEOG|PROJ|COMPOUND|BOUND|VERT|ENG)CRS$/u.test(keyword) ? { 'proj:wkt2': wkt } : {};
}

/** The levels of a `multiscales` layout, each with its own transform: beside `spatial:` the convention wants it of all of them. */
function withLevels(group: ManifestGroup, places: ReadonlyMap<string, Place>): ManifestGroup {
  const { attributes, path } = group;
  const layout = multiscalesLayout(attributes);
  const found = layout.map(({ asset }) => places.get(keyBelow(path, typeof asset === 'string' ? asset : '')));
  const [first] = found;
  if (layout.length === 0 || hasGeoConventions(attributes)) return group;
  const isLocated = found.every((place) => place !== undefined && dimensionsOf(place) === dimensionsOf(first));
  if (first === undefined || !isLocated) {
    return { ...group, attributes: { ...attributes, zarr_conventions: declared(attributes, ['multiscales']) } };
  }
  const { 'spatial:dimensions': dimensions = null, 'spatial:bbox': box = null } = first.spatial;
  const levels = layout.map((level, index): JsonObject => {
    const { 'spatial:shape': shape = null, 'spatial:transform': transform = null } = found[index]?.spatial ?? {};
    return { ...level, 'spatial:shape': shape, 'spatial:transform': transform };
  });
  const multiscales = isJsonObject(attributes.multiscales) ? attributes.multiscales : {};
  const located = withPlace(attributes, {
    crs: first.crs,
    spatial: { 'spatial:dimensions': dimensions, 'spatial:bbox': box },
  });
  const all = { ...located, multiscales: { ...multiscales, layout: levels } };
  return { ...group, attributes: { ...all, zarr_conventions: declared(located, ['multiscales']) } };
}

function dimensionsOf(place: Place | undefined): string {
  return JSON.stringify(place?.spatial['spatial:dimensions']);
}
