import type { ArrayDetails } from '../../preview/types';
import { t } from '../l10n';
import { sizeInWords } from '../counts';

/** "2.0 KiB stored, 512 KiB decoded. Compression ratio 4.0.": the ratio is of the chunks that are there. */
export function sizesInWords({
  storedBytes,
  decodedBytes,
  chunkBytes,
  coverage,
}: Pick<ArrayDetails, 'storedBytes' | 'decodedBytes' | 'chunkBytes' | 'coverage'>): string {
  const sizes = t('{0} stored, {1} decoded.', sizeInWords(storedBytes), sizeInWords(decodedBytes));
  const present = (coverage.ranges + coverage.inline) * chunkBytes;
  if (storedBytes === 0 || present === 0 || present === storedBytes) return sizes;
  return `${sizes} ${t('Compression ratio {0}.', ratioInWords(present / storedBytes))}`;
}

/** "12.7"; below 1, where compression makes chunks larger, with a digit more. */
export function ratioInWords(ratio: number): string {
  return ratio.toFixed(ratio < 0.95 ? 2 : 1);
}
