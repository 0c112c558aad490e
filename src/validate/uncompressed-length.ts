import { storedSize } from '../codecs/registry';
import { nameOf } from '../codecs/elements';
import { KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import { countInWords } from '../words';
import { chunkIndices, storeKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { isOwnCodec } from './known-codecs';
import type { Reporter } from './reporter';

/**
 * Where no codec of an array compresses, every chunk is stored in as many bytes as its shape and dtype need, those at the edges too (zarr v2
 * specification, "Chunks"). Reports the first chunk that is stored in more or fewer, and how many such there are: one comparison a row.
 */
export function checkUncompressedLength(set: ReferenceSet, array: ZarrArray, reporter: Reporter): void {
  const size = sizeOf(array);
  if (size === undefined || !Number.isInteger(size)) return;
  const found = set.otherLengths(array.path, size);
  if (found === undefined) return;
  const { count, chunk, length } = found;
  const key = storeKey(array, chunkIndices(array, chunk));
  const shape = [...array.chunkShape, `${array.dataType.itemSize} bytes of ${nameOf(array.dataType)}`].join(' x ');
  const others = count === 1 ? '' : ` So are ${countInWords(count - 1)} more chunks of this array not of this length.`;
  const codecs = array.codecs.length === 0 ? 'without compression' : 'by these filters, which do not compress';
  const message =
    `This chunk is stored in ${countInWords(length)} bytes; ${codecs} a chunk has ${countInWords(size)} (${shape}), at the edges of the ` +
    `array too. Readers fail on it.${others}`;
  reporter.inside(key, [2], 'zarr2/uncompressed-length', message);
}

function sizeOf({ codecs, chunkShape, dataType }: ZarrArray): number | undefined {
  if (codecs.some(({ id }) => isOwnCodec(id))) return undefined;
  try {
    return storedSize(codecs, chunkShape, dataType);
  } catch (error) {
    if (error instanceof KerchunkError) return undefined;
    throw error;
  }
}
