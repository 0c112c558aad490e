import { KerchunkError } from '../errors';
import type { JsonObject, JsonValue } from '../json';
import { sameJson } from '../same-json';
import { encodeBase64, decodeBase64 } from '../zarr/base64';
import { formatDataType } from '../zarr/data-type';
import { chunkCount } from '../zarr/grid';
import type { DataType, FillValue, ZarrArray } from '../zarr/types';
import { manifestArrayV2, manifestArrayV3 } from './manifest-array';
import type { Manifest, ManifestArray } from './types';
import { withGeoConventions, withoutRepeatedConventions } from './geo-conventions';
import { codecsForV2, codecsForV3 } from './v3-codecs';

const DIMENSIONS = '_ARRAY_DIMENSIONS';
const NAMES: Readonly<Partial<Record<DataType['kind'], string>>> = { i: 'int', u: 'uint', f: 'float', c: 'complex' };

/**
 * The manifest with all metadata in a version of zarr; of arrays that are in it already nothing changes. The chunks are the same: their keys
 * follow from the metadata.
 * @throws KerchunkError `not-expressible` naming the array and what of it that version has not.
 */
export function toZarrVersion({ groups, arrays }: Manifest, version: 2 | 3): Manifest {
  const isChanged =
    arrays.some(({ array }) => array.zarrFormat !== version) || groups.some(({ zarrFormat }) => zarrFormat !== version);
  if (!isChanged) return { groups, arrays };
  const converted: Manifest = {
    groups: groups.map((group) => ({ ...group, zarrFormat: version })),
    arrays: arrays.map((array) => {
      if (array.array.zarrFormat === version) return array;
      return version === 3 ? toV3(array) : toV2(array);
    }),
  };
  return version === 3 ? withGeoConventions(converted) : withoutRepeatedConventions(converted);
}

/**
 * xarray takes the fill value of zarr v2 for `_FillValue`, and that of zarr v3 not: the attribute says it then, floats as base64 of their bytes
 * (xarray, FillValueCoder).
 */
function toV3({ array, document, entries }: ManifestArray): ManifestArray {
  const { path, dataType, fillValue, dimensionNames } = array;
  const attributes = withoutDimensions(array.attributes);
  const written = attributes._FillValue ?? document.fill_value ?? null;
  const stated = written === null ? undefined : fillAttribute(written, dataType);
  const codecs = codecsForV3(array);
  const converted: JsonObject = {
    zarr_format: 3,
    node_type: 'array',
    shape: [...array.shape],
    data_type: typeForV3(array),
    chunk_grid: { name: 'regular', configuration: { chunk_shape: [...array.chunkShape] } },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    // It cannot be undefined there.
    fill_value: fillValue === null ? emptyOf(dataType) : (document.fill_value ?? null),
    codecs,
    attributes: stated === undefined ? attributes : { ...attributes, _FillValue: stated },
    ...(dimensionNames === undefined ? {} : { dimension_names: [...dimensionNames] }),
  };
  return manifestArrayV3(path, converted, entries);
}

function typeForV3({ path, dataType, codecs }: ZarrArray): JsonValue {
  const { kind, itemSize } = dataType;
  const name = NAMES[kind];
  if (kind === 'b') return 'bool';
  if (name !== undefined) return `${name}${8 * itemSize}`;
  if (kind === 'O' && codecs[0]?.id === 'vlen-utf8') return 'string';
  throw new KerchunkError(
    'not-expressible',
    `"${path}" cannot be zarr v3: its data type ${JSON.stringify(formatDataType(dataType))} is not one that all its readers have. Drop it (--drop ${path}), or keep zarr v2.`,
  );
}

function emptyOf({ kind }: DataType): JsonValue {
  if (kind === 'b') return false;
  if (kind === 'O') return '';
  return kind === 'c' ? [0, 0] : 0;
}

function fillAttribute(value: JsonValue, { kind }: DataType): JsonValue | undefined {
  if (kind === 'i' || kind === 'u' || kind === 'b') return value;
  if (kind !== 'f') return undefined;
  const number = numberOf(value);
  if (number === undefined) return undefined;
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, number, true);
  return encodeBase64(bytes);
}

function toV2(source: ManifestArray): ManifestArray {
  const { array, entries } = source;
  const { path, shape, chunkShape, dimensionNames } = array;
  const bytes = array.codecs.find(({ id }) => id === 'bytes');
  const isBig = bytes?.config.endian === 'big' && array.dataType.byteOrder !== 'none';
  const dataType: DataType = isBig ? { ...array.dataType, byteOrder: 'big' } : array.dataType;
  if (dataType.kind === 'O' || dataType.fields !== undefined || dataType.kind === 'V') {
    throw new KerchunkError(
      'not-expressible',
      `"${path}" cannot be zarr v2: its data type ${dataType.v3Name ?? 'structured'} is not written there. Drop it (--drop ${path}), or keep zarr v3.`,
    );
  }
  if (dimensionNames?.includes(null) === true) {
    throw new KerchunkError(
      'not-expressible',
      `"${path}" cannot be zarr v2: some of its dimensions have no name, and _ARRAY_DIMENSIONS names all. Name them, or keep zarr v3.`,
    );
  }
  const others = withPlainFill(withoutDimensions(array.attributes), dataType);
  const document: JsonObject = {
    zarr_format: 2,
    shape: [...shape],
    chunks: [...chunkShape],
    dtype: formatDataType(dataType),
    fill_value: fillForV2(source, others._FillValue),
    ...codecsForV2({ ...array, dataType }),
  };
  const names = dimensionNames === undefined ? {} : { [DIMENSIONS]: [...dimensionNames] };
  return manifestArrayV2(path, document, { ...names, ...others }, entries);
}

/**
 * xarray masks the fill value of zarr v2, and of zarr v3 what `_FillValue` says. One that this does not say is no more than a default, and is
 * left out where no chunk is absent.
 */
function fillForV2({ array, document, entries }: ManifestArray, stated: JsonValue | undefined): JsonValue {
  const { fill_value: written = null } = document;
  // Of zarr v3 alone are the bytes of a float in hexadecimal.
  const isPlain = typeof written !== 'string' || !written.startsWith('0x');
  const fill = isPlain ? written : jsonOfFill(array.fillValue);
  if (stated !== undefined && isSameFill(fill, stated, array.dataType)) return fill;
  let count = 0;
  const all = entries()[Symbol.iterator]();
  while (all.next().done !== true) count++;
  return count === chunkCount(array) ? null : fill;
}

/** Whether two fill values, as numbers or `NaN`, `Infinity` and `-Infinity`, are the same element. */
export function isSameFill(a: JsonValue, b: JsonValue, { kind, itemSize }: DataType): boolean {
  if (kind !== 'f') return sameJson(a, b);
  const [left, right] = [a, b].map((value) => {
    const number = numberOf(value);
    return number !== undefined && itemSize === 4 ? Math.fround(number) : number;
  });
  return left !== undefined && right !== undefined && sameJson(left, right);
}

/** A number as JSON has it or as zarr writes it, whole ones beyond 2^53 among them. */
function numberOf(value: JsonValue): number | undefined {
  return ['string', 'number', 'bigint'].includes(typeof value) ? Number(value) : undefined;
}

function jsonOfFill(value: FillValue): JsonValue {
  if (value instanceof Uint8Array) return encodeBase64(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value === 'object' && value !== null) return [jsonOfFill(value.real), jsonOfFill(value.imaginary)];
  return value;
}

/** Attributes of zarr v3 with `_FillValue` of a float as the number. */
export function withPlainFill(attributes: JsonObject, { kind }: DataType): JsonObject {
  const { _FillValue: value } = attributes;
  const bytes = kind === 'f' && typeof value === 'string' ? decodeBase64(value) : undefined;
  if (!(bytes instanceof Uint8Array) || bytes.length !== 8) return attributes;
  return { ...attributes, _FillValue: new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true) };
}

function withoutDimensions(attributes: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== DIMENSIONS));
}
