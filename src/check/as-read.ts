import { decodeChunk } from '../codecs/decode';
import { dtypeOf } from '../codecs/config';
import { toLittleEndian } from '../codecs/elements';
import type { CodecStep, DataType, NdArray, ZarrArray } from '../zarr/types';

/** Filters that change what values mean, not how they are stored: what is stored under them is what the TIFF holds. */
const conversions: ReadonlySet<string> = new Set(['fixedscaleoffset', 'astype', 'quantize']);

/** The array's filters that convert values, in encode order. */
export function conversionsOf({ codecs, dataType }: Pick<ZarrArray, 'codecs' | 'dataType'>): CodecStep[] {
  // Complex integers and integers of 24 bits become numbers that numpy has by such filters: these are how samples are read.
  if (dataType.kind === 'c') return [];
  return codecs.filter(({ id }, index) => conversions.has(id) && codecs[index + 1]?.config.bitspersample !== 24);
}

/** The type of the values under the array's conversions, which should be the TIFF's own; the array's where it has none. */
export function storedType(array: Pick<ZarrArray, 'codecs' | 'dataType'>): DataType {
  const last = conversionsOf(array).at(-1);
  if (last === undefined) return array.dataType;
  const { id, config } = last;
  return id === 'astype' ? dtypeOf(config, 'encode_dtype') : dtypeOf(config, 'astype', dtypeOf(config, 'dtype'));
}

/** Whether two types hold the same numbers, in whatever byte order. */
export function isSameType(a: DataType, b: DataType): boolean {
  return a.kind === b.kind && a.itemSize === b.itemSize;
}

/**
 * The TIFF's pixels as the array would give them: converted by the array's own filters, so that a scaled array is compared with scaled
 * pixels. `truth` is of `storedType(array)`.
 * @throws DecodeError
 */
export async function asRead(truth: NdArray, array: ZarrArray): Promise<NdArray> {
  const codecs = conversionsOf(array);
  if (codecs.length === 0) return truth;
  // In the byte order of the conversion, which is the same turn in both directions.
  const bytes = toLittleEndian(truth.data, storedType(array));
  const model = { chunkShape: truth.shape, dataType: array.dataType, order: 'C' as const, codecs };
  return (await decodeChunk(bytes, model)).array;
}
