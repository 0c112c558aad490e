import { throwIfCancelled } from '../bytes/cancel';
import type { SourceOpener } from '../bytes/source';
import { KerchunkError } from '../errors';
import { readWindow } from '../read/window';
import type { ReferenceSet } from '../references/reference-set';
import { countInWords, plural } from '../words';
import { metadataKey } from '../zarr/grid';
import { nameOfPath } from '../zarr/path';
import { elementCount } from '../zarr/shape';
import type { ZarrArray } from '../zarr/types';
import { toTypedArray, type TypedArray } from '../zarr/values';
import type { CheckContext } from './checks';
import { readableArrays } from './readable-arrays';

/** Values that are looked at in one array, and in all arrays of a file. */
const MOST_VALUES = 1e6;
const MOST_VALUES_OF_ALL = 4e6;
/** Bytes of a decoded chunk: of an array of ten coordinates, too, the chunks may claim any size. */
const LARGEST_CHUNK = 64 * 2 ** 20;

/**
 * Coordinates, 1-D arrays of numbers with the name of their dimension, whose chunks stand in the reference file itself:
 * none is missing, and they go up or down all the way (netCDF user's guide, "Coordinate variables"). Nothing is
 * fetched, and coordinates that lie elsewhere are not looked at.
 */
export async function checkCoordinateValues({ set, reporter, signal }: CheckContext): Promise<void> {
  let left = MOST_VALUES_OF_ALL;
  for (const array of readableArrays(set)) {
    throwIfCancelled(signal);
    const count = array.shape[0] ?? 0;
    if (!isCoordinate(array) || count > Math.min(MOST_VALUES, left) || !isInline(set, array)) continue;
    if (elementCount(array.chunkShape) * array.dataType.itemSize > LARGEST_CHUNK) continue;
    left -= count;
    const values = await valuesOf(set, array, count, signal);
    if (values === undefined) continue;
    const key = metadataKey(array);
    const name = nameOfPath(array.path);
    const missing = missingValues(values, array);
    if (missing !== undefined) {
      const why = missing.isFill ? `, the fill value ${String(missing.value)}, which xarray takes for missing` : '';
      const more = missing.count === 1 ? '' : ` So are ${countInWords(missing.count - 1)} more.`;
      const message =
        `Coordinate ${countInWords(missing.index)} of ${countInWords(count)} along "${name}" is NaN${why}: nothing can be selected ` +
        `there.${more}`;
      reporter.inside(key, missing.isFill ? ['fill_value'] : [], 'attributes/coordinate-missing', message);
      continue;
    }
    const broken = orderBreak(values);
    if (broken === undefined) continue;
    const [before, at] = [values[broken - 1], values[broken]];
    const what =
      before === at ? `${String(at)} stands twice in a row` : `${String(before)} is followed by ${String(at)}`;
    const message =
      `The ${plural(count, 'coordinate')} along "${name}" neither go up nor down all the way: at ${countInWords(broken)} ${what}. xarray cannot select ` +
      'slices by label along it, and GDAL gives no geotransform.';
    reporter.inside(key, [], 'attributes/coordinate-order', message);
  }
}

function isCoordinate({ path, shape, dimensionNames, dataType }: ZarrArray): boolean {
  return shape.length === 1 && dimensionNames?.[0] === nameOfPath(path) && 'iufmM'.includes(dataType.kind);
}

/** Whether every chunk of an array stands in the reference file. */
function isInline(set: ReferenceSet, { path }: ZarrArray): boolean {
  const { total, inline } = set.coverage(path);
  return total > 0 && inline === total;
}

const nothingElse: SourceOpener = {
  open: (url) => {
    throw new KerchunkError('fetch-failed', `${url} is not read.`);
  },
};

/** The values; undefined where they do not decode here, which decoding chunks tells of. */
async function valuesOf(
  set: ReferenceSet,
  array: ZarrArray,
  count: number,
  signal: AbortSignal | undefined,
): Promise<TypedArray | undefined> {
  try {
    const options = signal === undefined ? {} : { signal };
    return toTypedArray(await readWindow(set, array, [{ start: 0, stop: count }], nothingElse, options));
  } catch (error) {
    if (error instanceof KerchunkError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}

/** The values that xarray reads as missing: NaN, and in zarr v2 the fill value. */
function missingValues(
  values: TypedArray,
  { fillValue, zarrFormat, dataType }: ZarrArray,
): { index: number; count: number; isFill: boolean; value: number | bigint } | undefined {
  // A fill value of times is no mask: xarray leaves datetime64 as it is.
  const fill = zarrFormat === 2 && 'iuf'.includes(dataType.kind) ? fillValue : null;
  let first: { index: number; isFill: boolean; value: number | bigint } | undefined;
  let count = 0;
  for (const [index, value] of values.entries()) {
    const isFill = value === fill;
    if (!isFill && !Number.isNaN(value)) continue;
    first ??= { index, isFill, value };
    count++;
  }
  return first === undefined ? undefined : { ...first, count };
}

/** Index of the first value that does not go on as the first two do; undefined where all go up, or all go down. */
function orderBreak(values: TypedArray): number | undefined {
  const [first = 0, second = 0] = values;
  if (values.length < 2) return undefined;
  const up = second > first;
  for (let i = 1; i < values.length; i++) {
    const [before = 0, at = 0] = [values[i - 1], values[i]];
    if (up ? at <= before : at >= before) return i;
  }
  return undefined;
}
