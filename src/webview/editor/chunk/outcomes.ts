import type { ErrorCode } from '../../../errors';
import type { IconName } from '../../outlines';
import { t } from '../../l10n';

/** How a chunk that has no values is told: each way to fail has words, a sign and a next step of its own. */
export interface OutcomeWords {
  title: string;
  sign: IconName;
  /** What to do, or what it means; beside the message. */
  advice: string;
  /** What the page can do about it. */
  remedy: 'again' | 'trust' | 'allow' | 'text' | 'none';
}

/** Words for a failure's code; `stages` is how far decoding came, null where that is not known. */
export function failureWords(code: ErrorCode, stages: number | null): OutcomeWords {
  switch (code) {
    case 'fetch-failed':
      return {
        title: t('Not fetched'),
        sign: 'cloud',
        advice: t(
          'The bytes did not arrive, so nothing is known about the values. Copy the request as curl to try it in a terminal.',
        ),
        remedy: 'again',
      };
    case 'short-read':
      return {
        title: t('Not the bytes asked for'),
        sign: 'cut',
        advice: t(
          'The file ends before the range does, or the server does not honour ranges. The file may have changed since the references were made.',
        ),
        remedy: 'again',
      };
    case 'decode-failed':
      return {
        title: t('Fetched, not decoded'),
        sign: 'puzzle',
        advice: t(
          'The bytes are here, but a step of the codec chain does not accept them. The pipeline below shows how far it came.',
        ),
        remedy: 'text',
      };
    case 'unsupported-codec':
      return {
        title: t('A codec that is not known here'),
        sign: 'puzzle',
        advice: t('The stored bytes are below. Python may decode them: numcodecs looks codecs up by this name.'),
        remedy: 'text',
      };
    case 'restricted-mode':
      return {
        title: t('Restricted Mode'),
        sign: 'shield',
        advice: t('Nothing is fetched in a workspace that is not trusted.'),
        remedy: 'trust',
      };
    case 'needs-permission':
      return {
        title: t('A file outside this workspace'),
        sign: 'lock',
        advice: t('A local file outside the workspace is not read until you allow it.'),
        remedy: 'allow',
      };
    case 'limit-exceeded':
      return { title: t('Too large to show'), sign: 'cut', advice: tooLargeAdvice(stages), remedy: 'none' };
    case 'malformed-reference':
      return {
        title: t('A malformed reference'),
        sign: 'error',
        advice: t('An entry is a text, [url], or [url, offset, length] with whole numbers.'),
        remedy: 'text',
      };
    case 'malformed-metadata':
      return { title: t('Metadata that cannot be read'), sign: 'error', advice: '', remedy: 'text' };
    case 'cancelled':
      return { title: t('Cancelled'), sign: 'left', advice: t('The chunk was not loaded.'), remedy: 'again' };
    case 'absent-key':
    case 'not-json':
    case 'not-a-tiff':
    case 'malformed-tiff':
    case 'not-expressible':
    case 'short-last-strip':
    case 'invalid-argument':
    case 'write-failed':
    case 'not-open':
      return { title: t('Cannot be shown'), sign: 'error', advice: '', remedy: 'again' };
  }
}

function tooLargeAdvice(stages: number | null): string {
  if (stages === null) return '';
  return stages === 0
    ? t('Nothing was fetched.')
    : t('The bytes were fetched; the pipeline below shows how far it came.');
}
