import { parseNodata } from '../generate/nodata';
import type { JsonValue } from '../json';
import { readDataType } from '../zarr/data-type';
import type { ZarrArray } from '../zarr/types';
import { findDelta, rowsOfChunk } from './delta';
import type { Reporter } from './reporter';
import { mayBeTiff, type TiffKnowledge } from './tiff-lookup';

/**
 * numcodecs `delta` is one running sum over the flattened chunk (numcodecs, delta.py); TIFF predictor 2 starts every row anew (TIFF 6.0,
 * section 14). In a chunk of more than one row, every row after the first decodes to wrong values.
 */
export function checkDeltaOverRows(key: string, array: ZarrArray, behind: TiffKnowledge, reporter: Reporter): void {
  const delta = findDelta(array);
  const rows = rowsOfChunk(array);
  if (delta === undefined || rows < 2) return;
  const place = [array.zarrFormat === 3 ? 'codecs' : 'filters', delta.position];
  const remedy =
    'Use imagecodecs_delta with the axis of the pixels, or generate the references anew with the preset portable.';
  if (isPredictedByRows(behind)) {
    const message =
      `The filter "delta" sums over all ${rows} rows of a chunk, and the TIFF's predictor 2 starts each row anew: ` +
      `row 0 of every chunk decodes right, every later row wrong. ${remedy}`;
    reporter.inside(key, place, 'tiff/delta-over-rows', message);
  } else if (behind.kind === 'tiff' && behind.image === undefined) {
    const message =
      `The filter "delta" sums over all ${rows} rows of a chunk; if these are chunks of a TIFF image with predictor 2, every row of a chunk ` +
      `after the first may decode wrong. No image of ${behind.url} has a chunk where the first reference begins. ${remedy}`;
    reporter.inside(key, place, 'tiff/delta-over-rows', message, 'warning');
  } else if (behind.kind === 'tiff') {
    const message =
      `The filter "delta" undoes a difference that the TIFF does not have (its predictor is ${behind.image?.predictor ?? 1}): ` +
      `all values after the first decode wrong. Remove the filter, or generate the references anew.`;
    reporter.inside(key, place, 'tiff/delta-without-predictor', message);
  } else if (behind.kind === 'unknown' && mayBeTiff(behind.url)) {
    const message =
      `The filter "delta" sums over all ${rows} rows of a chunk; if the target is a TIFF with predictor 2, every row of a chunk after ` +
      `the first may decode wrong. The target could not be looked at (${behind.reason}). ${remedy}`;
    reporter.inside(key, place, 'tiff/delta-over-rows', message, 'warning');
  }
}

/** Whether the file behind an array is a TIFF in which predictor 2 starts every row anew, as far as its headers tell. */
export function isPredictedByRows(behind: TiffKnowledge): boolean {
  return behind.kind === 'tiff' && behind.image?.predictor === 2;
}

/**
 * zarr compares `fill_value` with decoded values, and a TIFF's nodata is a stored value. With a scaling filter between them the same
 * number means two things: stored nodata decodes to something else, and an ordinary value decodes to the fill value.
 */
export function checkFillValueDomain(key: string, array: ZarrArray, behind: TiffKnowledge, reporter: Reporter): void {
  const scaling = scalingOf(array);
  if (scaling === undefined || typeof array.fillValue !== 'number') return;
  const fill = array.fillValue;
  const stored = Math.round((fill - scaling.offset) * scaling.scale);
  const masked = holds(scaling.astype, stored)
    ? `, and stored ${stored} decodes to ${fill} and is taken for missing`
    : '';
  const remedy =
    'Keep the stored data type and fill value, and put scale_factor, add_offset and _FillValue into .zattrs, so that masking comes before scaling.';
  if (behind.kind === 'tiff') {
    const nodata = Number(parseNodata(behind.tiff.nodata ?? '') ?? NaN);
    const decoded = Math.fround(nodata / scaling.scale + scaling.offset);
    if (Number.isNaN(nodata) || decoded === Math.fround(fill)) return;
    const message =
      `The fill value ${fill} is compared with scaled values, the TIFF's nodata ${nodata} is a stored one: it decodes to ` +
      `${Number(decoded.toPrecision(7))} and is not masked${masked}. ${remedy}`;
    reporter.inside(key, ['fill_value'], 'tiff/fill-value-domain', message);
  } else if (behind.kind === 'unknown' && mayBeTiff(behind.url) && Number.isInteger(fill) && stored !== fill) {
    const message =
      `The fill value ${fill} is compared with scaled values; if it is the file's stored nodata, it decodes to ` +
      `${Number((fill / scaling.scale + scaling.offset).toPrecision(7))} and may not be masked${masked}. ` +
      `The target could not be looked at (${behind.reason}). ${remedy}`;
    reporter.inside(key, ['fill_value'], 'tiff/fill-value-domain', message, 'warning');
  }
}

/** The numbers of the array's fixedscaleoffset filter: decoded = stored / scale + offset (numcodecs, fixedscaleoffset.py). */
function scalingOf(array: ZarrArray): { scale: number; offset: number; astype: JsonValue | undefined } | undefined {
  const config = array.codecs.find((step) => step.id === 'fixedscaleoffset')?.config;
  const isNumber = (value: JsonValue | undefined): value is number => Number.isFinite(value);
  // A scale of 0 decodes to nothing that could be compared; it is a fault of its own.
  if (config === undefined || !isNumber(config.scale) || !isNumber(config.offset) || config.scale === 0)
    return undefined;
  return { scale: config.scale, offset: config.offset, astype: config.astype ?? config.dtype };
}

/** Whether values of a dtype can be `value`; false for what is no dtype of integers or floats. */
function holds(dtype: JsonValue | undefined, value: number): boolean {
  const type = dtype === undefined ? undefined : readDataType(dtype).type;
  if (type === undefined || !'iuf'.includes(type.kind) || !Number.isFinite(value)) return false;
  if (type.kind === 'f') return true;
  const bits = 8 * type.itemSize;
  return type.kind === 'u' ? value >= 0 && value < 2 ** bits : value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1);
}
