import type { JsonValue } from '../json';
import type { TiffDescription } from '../tiff/types';
import { nodataAs, parseNodata } from './nodata';
import type { SampleType } from './sample-type';

/** The fill value of an array, and `_FillValue` for its attributes. */
export interface FillValues {
  fillValue: JsonValue;
  attribute?: JsonValue;
  warnings: string[];
}

/**
 * Nodata where the type can hold it. Else null, which stands for undefined content, where every chunk is present; where some are absent 0,
 * because zarr-python 2 gives uninitialised memory for null. NaN and infinities stand in `.zarray` alone, as JSON has no number for them.
 */
export function fillValuesOf(tiff: TiffDescription, { type, dtype }: SampleType, sparse: number): FillValues {
  const warnings: string[] = [];
  const stated = tiff.nodata === undefined ? undefined : parseNodata(tiff.nodata);
  if (tiff.nodata !== undefined && stated === undefined) {
    warnings.push(`The nodata value "${tiff.nodata}" is no number and is left out: no pixel is masked.`);
  }
  const value = stated === undefined || type.kind === 'c' ? undefined : nodataAs(stated, type);
  if (stated !== undefined && value === undefined) {
    const why = type.kind === 'c' ? 'has no place in complex values' : `does not fit the data type ${dtype}`;
    warnings.push(`The nodata value ${tiff.nodata ?? ''} ${why} and is left out: no pixel is masked.`);
  }
  if (value !== undefined) {
    if (typeof value === 'number' && !Number.isFinite(value)) return { fillValue: String(value), warnings };
    return { fillValue: value, attribute: value, warnings };
  }
  if (sparse === 0) return { fillValue: null, warnings };
  warnings.push(
    'Some tiles have no bytes and the file states no nodata: they read as 0, and xarray masks every 0, true zeros too. ' +
      'Set a nodata value in the TIFF (gdal_edit.py -a_nodata) to tell them apart.',
  );
  return { fillValue: type.kind === 'c' ? [0, 0] : 0, warnings };
}
