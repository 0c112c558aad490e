import type { JsonObject, JsonValue } from '../json';
import { KerchunkError } from '../errors';
import { elementBytes } from '../codecs/fill';
import { parseFillValue } from '../zarr/fill-value';
import { fillValueText, valueText } from '../zarr/text';
import type { DataType, FillValue, ZarrArray } from '../zarr/types';
import { isNumeric } from '../zarr/values';

/**
 * The stored value that means "no data": the fill value, which xarray masks; where there is none, `_FillValue` or `missing_value` of the
 * attributes (CF conventions, section 2.5.1), as far as it is a value of the array's type.
 */
export function nodataOf(array: ZarrArray): FillValue {
  return nodataWithSource(array)?.nodata ?? null;
}

/** The value of `nodataOf`, and what in the metadata says it. */
export function nodataWithSource({
  fillValue,
  attributes,
  dataType,
}: ZarrArray): { nodata: FillValue; source: 'fill_value' | '_FillValue' | 'missing_value' } | undefined {
  if (fillValue !== null) return { nodata: fillValue, source: 'fill_value' };
  for (const source of ['_FillValue', 'missing_value'] as const) {
    const value = attributes[source];
    const nodata = value === undefined ? null : readValue(Array.isArray(value) ? (value[0] ?? null) : value, dataType);
    if (nodata !== null) return { nodata, source };
  }
  return undefined;
}

/** The fill value as `fillValueText`; metadata have that of records in the byte order of their fields. */
export function fillTextOf({ fillValue, dataType }: Pick<ZarrArray, 'fillValue' | 'dataType'>): string {
  if (!(fillValue instanceof Uint8Array)) return fillValueText(fillValue, dataType);
  if (fillValue.length === dataType.itemSize) return fillValueText(elementBytes(fillValue, dataType), dataType);
  // The zeros of a very large element are left out.
  return fillValueText(fillValue, { kind: dataType.kind, itemSize: fillValue.length, byteOrder: 'none' });
}

function readValue(json: JsonValue, dataType: DataType): FillValue {
  try {
    return parseFillValue(typeof json === 'number' && Number.isNaN(json) ? 'NaN' : json, dataType);
  } catch (error) {
    if (error instanceof KerchunkError) return null;
    throw error;
  }
}

/** `nodataOf` as text from which the type's numbers are read: dates and durations as their counts, booleans as 0 and 1. */
export function nodataText(nodata: FillValue, dataType: DataType): string | null {
  if (nodata === null || !isNumeric(dataType)) return null;
  if (typeof nodata === 'boolean') return nodata ? '1' : '0';
  return typeof nodata === 'bigint' ? nodata.toString() : valueText(nodata, dataType);
}

/** `scale_factor` and `add_offset` (CF conventions, section 8.1); null where neither changes anything. */
export function scalingOf({ scale_factor, add_offset }: JsonObject): { scale: number; offset: number } | null {
  const scale = numberOr(scale_factor, 1);
  const offset = numberOr(add_offset, 0);
  return scale === 1 && offset === 0 ? null : { scale, offset };
}

function numberOr(value: JsonValue | undefined, otherwise: number): number {
  const number = typeof value === 'number' || typeof value === 'bigint' ? Number(value) : NaN;
  return Number.isFinite(number) ? number : otherwise;
}

/** The attribute `units`, where it is text. */
export function unitOf({ units }: JsonObject): string | null {
  return typeof units === 'string' && units !== '' ? units : null;
}
