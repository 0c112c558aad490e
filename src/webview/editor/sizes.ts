import type { ArrayDetails } from '../../preview/types';
import { bytesInWords } from '../../words';

/** "2.0 KiB stored, 512 KiB decoded. Chunks decode to 4.0 times their size.": the ratio is of the chunks that are there. */
export function sizesInWords({
  storedBytes,
  decodedBytes,
  chunkBytes,
  coverage,
}: Pick<ArrayDetails, 'storedBytes' | 'decodedBytes' | 'chunkBytes' | 'coverage'>): string {
  const sizes = `${bytesInWords(storedBytes)} stored, ${bytesInWords(decodedBytes)} decoded.`;
  const present = (coverage.ranges + coverage.inline) * chunkBytes;
  if (storedBytes === 0 || present === 0 || present === storedBytes) return sizes;
  return `${sizes} Chunks decode to ${(present / storedBytes).toFixed(1)} times their size.`;
}
