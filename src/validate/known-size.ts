import { storedSize } from '../codecs/registry';
import { KerchunkError } from '../errors';
import type { ZarrArray } from '../zarr/types';
import { isOwnCodec } from './known-codecs';

/**
 * Bytes that a chunk has after the first `steps` of its array's codecs; undefined where they depend on the values, or a
 * codec is not known or has a configuration that it does not take.
 */
export function knownSize({ codecs, chunkShape, dataType }: ZarrArray, steps: number): number | undefined {
  const applied = codecs.slice(0, steps);
  if (applied.some(({ id }) => isOwnCodec(id))) return undefined;
  try {
    const size = storedSize(applied, chunkShape, dataType);
    return Number.isInteger(size) ? size : undefined;
  } catch (error) {
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}
