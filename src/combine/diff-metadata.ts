import { KerchunkError } from '../errors';
import type { JsonObject } from '../json';
import type { ManifestArray } from '../manifest/types';
import { isSameFill, toZarrVersion, withPlainFill } from '../manifest/zarr-version';
import { fillValueText } from '../zarr/text';
import { arrayDifferences, attributeDifferences, type Difference } from './differences';

/** What the metadata of two arrays differ in. */
export interface MetadataDiff {
  metadata: Difference[];
  attributes: Difference[];
  /** The difference of fill values where they count only for chunks that are absent. */
  fill?: Difference;
}

/**
 * Compares the metadata of two arrays by what they mean, of different versions of zarr too: an array of zarr v2 is compared as zarr v3 with one
 * of zarr v3. A `_FillValue` that says what the fill value does is no difference, as xarray takes that of zarr v2 for it.
 */
export function diffMetadata(before: ManifestArray, after: ManifestArray): MetadataDiff {
  const isMixed = before.array.zarrFormat !== after.array.zarrFormat;
  const [left, right] = isMixed ? [before, after].map(asV3) : [before, after];
  if (left === undefined || right === undefined) throw new Error('There are two arrays.');
  const metadata = arrayDifferences(left.array, right.array);
  const others = metadata.filter(({ property }) => property !== 'fill value');
  // In zarr v3 it cannot be undefined.
  const isUndefined =
    isMixed && [before, after].some(({ array }) => array.zarrFormat === 2 && array.fillValue === null);
  const isStated = others.length === metadata.length && !isUndefined && (isMixed || left.array.zarrFormat === 2);
  const [attributes, otherAttributes] = [left, right].map(isStated ? withStatedFill : withPlain);
  const found = {
    metadata,
    attributes: attributeDifferences(attributes ?? {}, otherAttributes ?? {}),
  };
  if (!isUndefined) return found;
  const [fillBefore, fillAfter] = [before, after].map(({ array }) => fillValueText(array.fillValue, array.dataType));
  return { ...found, metadata: others, fill: { property: 'fill value', values: [fillBefore ?? '', fillAfter ?? ''] } };
}

/** An array as zarr v3; as it is where it cannot be that. */
function asV3(array: ManifestArray): ManifestArray {
  try {
    return toZarrVersion({ groups: [], arrays: [array] }, 3).arrays[0] ?? array;
  } catch (error) {
    if (error instanceof KerchunkError && error.code === 'not-expressible') return array;
    throw error;
  }
}

/** Attributes with `_FillValue` of a float as a number, which zarr v3 has as base64. */
function withPlain({ array: { attributes, dataType, zarrFormat } }: ManifestArray): JsonObject {
  return zarrFormat === 3 ? withPlainFill(attributes, dataType) : attributes;
}

/** As `withPlain`, and with a `_FillValue` where there is none or it says what the fill value does. */
function withStatedFill(source: ManifestArray): JsonObject {
  const { dataType, fillValue } = source.array;
  const attributes = withPlain(source);
  const { fill_value: fill = null } = source.document;
  const { _FillValue: stated = fill } = attributes;
  if (fill === null || !isSameFill(fill, stated, dataType)) return attributes;
  return { ...attributes, _FillValue: typeof fillValue === 'number' ? fillValue : fill };
}
