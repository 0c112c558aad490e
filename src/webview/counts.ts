import { bytesInWords, countInWords } from '../words';
import { t } from './l10n';

/*
 * Counts with what is counted, each a message of its own: a language may need other words for one than for many. The command line, and what
 * it prints, has the English `plural` of `src/words.ts`.
 */

export function arraysInWords(count: number): string {
  return count === 1 ? t('1 array') : t('{0} arrays', countInWords(count));
}

export function chunksInWords(count: number): string {
  return count === 1 ? t('1 chunk') : t('{0} chunks', countInWords(count));
}

export function filesInWords(count: number): string {
  return count === 1 ? t('1 file') : t('{0} files', countInWords(count));
}

export function requestsInWords(count: number): string {
  return count === 1 ? t('1 request') : t('{0} requests', countInWords(count));
}

export function timesInWords(count: number): string {
  return count === 1 ? t('1 time') : t('{0} times', countInWords(count));
}

export function errorsInWords(count: number): string {
  return count === 1 ? t('1 error') : t('{0} errors', countInWords(count));
}

export function warningsInWords(count: number): string {
  return count === 1 ? t('1 warning') : t('{0} warnings', countInWords(count));
}

/** A size in the unit in which it has one to three digits before the point: `1.6 MiB`, `12 bytes`. */
export function sizeInWords(bytes: number): string {
  return bytes < 1024 ? exactSizeInWords(bytes) : bytesInWords(bytes);
}

/** A size in bytes, to the last of them: `151,032 bytes`. */
export function exactSizeInWords(bytes: number): string {
  return bytes === 1 ? t('1 byte') : t('{0} bytes', countInWords(bytes));
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length <= 1 ? last : t('{0} and {1}', items.slice(0, -1).join(', '), last);
}
