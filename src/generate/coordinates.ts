import type { JsonObject, JsonValue } from '../json';
import type { Georeferencing } from '../tiff/types';
import { encodeBase64 } from '../zarr/base64';
import { zlibStream } from '../zlib';
import type { CoordinateSystem } from './crs';

type Transform = NonNullable<Georeferencing['transform']>;

/** An entry of a reference file: a key and its value. */
export type Entry = [key: string, value: JsonValue];

/** The transform of a level: the pixels of an overview are larger by the ratio of the widths and of the heights. */
export function levelTransform(
  [x0, dx, rx, y0, ry, dy]: Transform,
  full: { width: number; height: number },
  level: { width: number; height: number },
): Transform {
  const across = full.width / level.width;
  const down = full.height / level.height;
  return [x0, dx * across, rx * down, y0, ry * across, dy * down];
}

/** Whether rows and columns run along x and y, so that coordinates of one dimension exist. */
export function isAligned([, , rx, , ry]: Transform): boolean {
  return rx === 0 && ry === 0;
}

/** `x` and `y` of the pixel centres of an aligned transform, as inline arrays. */
export async function axisEntries(
  prefix: string,
  [x0, dx, , y0, , dy]: Transform,
  { width, height }: { width: number; height: number },
  system: CoordinateSystem,
): Promise<Entry[]> {
  const y = await inlineArray(`${prefix}y`, centres(height, y0, dy), axisAttributes('y', system));
  const x = await inlineArray(`${prefix}x`, centres(width, x0, dx), axisAttributes('x', system));
  return [...y, ...x];
}

/** `band`, counted from 1. */
export function bandEntries(prefix: string, count: number): Promise<Entry[]> {
  const numbers = BigInt64Array.from({ length: count }, (_, band) => BigInt(band + 1));
  return inlineArray(`${prefix}band`, numbers, { _ARRAY_DIMENSIONS: ['band'] });
}

/** The scalar that holds the CRS and the transform as attributes (CF conventions, section 5.6; GDAL's GeoTransform). */
export function spatialRefEntries(prefix: string, attributes: JsonObject, transform: Transform | undefined): Entry[] {
  const geoTransform = transform === undefined ? {} : { GeoTransform: transform.map(String).join(' ') };
  return [
    [`${prefix}spatial_ref/.zarray`, arrayMetadata([], [], '<i8', null)],
    [`${prefix}spatial_ref/.zattrs`, { _ARRAY_DIMENSIONS: [], ...attributes, ...geoTransform }],
    [`${prefix}spatial_ref/0`, `base64:${encodeBase64(new Uint8Array(8))}`],
  ];
}

function centres(count: number, start: number, step: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => start + (index + 0.5) * step);
}

function axisAttributes(axis: 'x' | 'y', { kind, unit }: CoordinateSystem): JsonObject {
  const common = { _ARRAY_DIMENSIONS: [axis], axis: axis.toUpperCase() };
  if (kind === 'unknown') return common;
  if (kind === 'geographic') {
    return axis === 'x'
      ? { ...common, standard_name: 'longitude', long_name: 'longitude', units: 'degrees_east' }
      : { ...common, standard_name: 'latitude', long_name: 'latitude', units: 'degrees_north' };
  }
  return {
    ...common,
    standard_name: `projection_${axis}_coordinate`,
    long_name: `${axis} coordinate of projection`,
    ...(unit === undefined ? {} : { units: unit }),
  };
}

async function inlineArray(
  path: string,
  values: Float64Array | BigInt64Array,
  attributes: JsonObject,
): Promise<Entry[]> {
  const dtype = values instanceof Float64Array ? '<f8' : '<i8';
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value: number | bigint, index: number) => {
    if (typeof value === 'bigint') view.setBigInt64(index * 8, value, true);
    else view.setFloat64(index * 8, value, true);
  });
  const stored = await zlibStream(bytes);
  return [
    [`${path}/.zarray`, arrayMetadata([values.length], [values.length], dtype, { id: 'zlib' })],
    [`${path}/.zattrs`, attributes],
    [`${path}/0`, `base64:${encodeBase64(stored)}`],
  ];
}

/** A zarr v2 `.zarray` in C order without filters. Coordinates have no fill value: with 0, xarray would mask x = 0. */
function arrayMetadata(shape: number[], chunks: number[], dtype: string, compressor: JsonObject | null): JsonObject {
  return { chunks, compressor, dtype, fill_value: null, filters: null, order: 'C', shape, zarr_format: 2 };
}
