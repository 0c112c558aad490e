import type { JsonValue } from '../json';
import { nodataAs, parseNodata } from './nodata';
import type { SampleType } from './sample-type';
import { sparsePixel } from './sparse-pixel';

/** The fill value of an array, and `_FillValue` for its attributes. */
export interface FillValues {
  fillValue: JsonValue;
  attribute?: JsonValue;
  warnings: string[];
}

/**
 * Nodata where the type can hold it. Else null, which stands for undefined content, where every chunk is present; where some are absent the
 * pixel that GDAL gives for them. NaN and infinities stand in `.zarray` alone, as JSON has no number for them.
 * @param nodata GDAL_NODATA (42113) as written. @param sparse number of chunks without bytes.
 */
export function fillValuesOf(nodata: string | undefined, sample: SampleType, sparse: number): FillValues {
  const { type, dtype, packing } = sample;
  const stated = nodata === undefined ? undefined : parseNodata(nodata);
  const value = stated === undefined || type.kind === 'c' ? undefined : nodataAs(stated, type);
  const pixel = sparse === 0 ? undefined : sparsePixel(nodata, type, packing);
  if (value !== undefined && (pixel === undefined || sameNumber(value, pixel))) {
    const fillValue = inJson(value);
    return { fillValue, ...(fillValue === value ? { attribute: value } : {}), warnings: [] };
  }
  const fault = nodata === undefined ? undefined : faultOf(nodata, stated, sample, dtype);
  if (pixel === undefined) {
    return {
      fillValue: null,
      warnings: fault === undefined ? [] : [`The nodata value ${fault} and is left out: no pixel is masked.`],
    };
  }
  const read = `they read as ${pixel}, and xarray masks every ${pixel}, true ones too`;
  const warning =
    fault === undefined
      ? `Some tiles have no bytes and the file states no nodata: ${read}.`
      : `Some tiles have no bytes, and the nodata value ${fault}. GDAL makes ${pixel} of it for them: ${read}.`;
  const remedy =
    type.kind === 'c'
      ? ''
      : ` Set a nodata value${fault === undefined ? '' : ' that fits'} in the TIFF (gdal_edit.py -a_nodata) to tell them apart.`;
  return { fillValue: type.kind === 'c' ? [inJson(pixel), 0] : inJson(pixel), warnings: [`${warning}${remedy}`] };
}

/** Whether two numbers are equal; NaN is equal to NaN. */
export function sameNumber(a: number | bigint, b: number | bigint): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function faultOf(nodata: string, stated: number | bigint | undefined, { type }: SampleType, dtype: string): string {
  if (stated === undefined) return `"${nodata}" is no number`;
  return `${nodata} ${type.kind === 'c' ? 'has no place in complex values' : `does not fit the data type ${dtype}`}`;
}

function inJson(value: number | bigint): number | bigint | string {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
