import { nameOf } from '../codecs/elements';
import type { ReferenceSet } from '../references/reference-set';
import { countInWords, plural } from '../words';
import { chunkIndices, storeKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { knownSize } from './known-size';
import type { Reporter } from './reporter';

/**
 * Where no codec of an array compresses, every chunk is stored in as many bytes as its shape and dtype need, those at
 * the edges too (zarr v2 specification, "Chunks"; zarr v3, "Chunk grids"). Reports the first chunk that is stored in more or fewer, and how
 * many such there are: one comparison a row.
 */
export function checkUncompressedLength(set: ReferenceSet, array: ZarrArray, reporter: Reporter): void {
  const isV2 = array.zarrFormat === 2;
  const size = knownSize(array, array.codecs.length);
  if (size === undefined) return;
  const found = set.otherLengths(array.path, size);
  if (found === undefined) return;
  const { count, chunk, length } = found;
  const key = storeKey(array, chunkIndices(array, chunk));
  const shape = [...array.chunkShape, `${array.dataType.itemSize} bytes of ${nameOf(array.dataType)}`].join(' x ');
  const others = count === 1 ? '' : ` The same holds for ${plural(count - 1, 'more chunk')} of this array.`;
  const codecs = array.codecs.length === 0 || !isV2 ? 'without compression' : 'by these filters, which do not compress';
  const message =
    `This chunk is stored in ${countInWords(length)} bytes; ${codecs} a chunk has ${countInWords(size)} (${shape}), at the edges of the ` +
    `array too. Readers fail on it.${others}`;
  reporter.inside(key, [2], isV2 ? 'zarr2/uncompressed-length' : 'zarr3/uncompressed-length', message);
}
