import type { ArrayDetails } from '../../preview/types';
import { t } from '../l10n';
import { sizeInWords } from '../counts';

/** "2.0 KiB stored, 512 KiB decoded. Chunks decode to 4.0 times their size.": the ratio is of the chunks that are there. */
export function sizesInWords({
  storedBytes,
  decodedBytes,
  chunkBytes,
  coverage,
}: Pick<ArrayDetails, 'storedBytes' | 'decodedBytes' | 'chunkBytes' | 'coverage'>): string {
  const sizes = t('{0} stored, {1} decoded.', sizeInWords(storedBytes), sizeInWords(decodedBytes));
  const present = (coverage.ranges + coverage.inline) * chunkBytes;
  if (storedBytes === 0 || present === 0 || present === storedBytes) return sizes;
  return `${sizes} ${t('Chunks decode to {0} times their size.', (present / storedBytes).toFixed(1))}`;
}
