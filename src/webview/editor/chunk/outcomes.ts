import type { ErrorCode } from '../../../errors';
import type { IconName } from '../../outlines';

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
        title: 'Not fetched',
        sign: 'cloud',
        advice:
          'The bytes did not arrive, so nothing is known about the values. Copy the request as curl to try it in a terminal.',
        remedy: 'again',
      };
    case 'short-read':
      return {
        title: 'Not the bytes asked for',
        sign: 'cut',
        advice:
          'The file ends before the range does, or the server does not honour ranges. The file may have changed since the references were made.',
        remedy: 'again',
      };
    case 'decode-failed':
      return {
        title: 'Fetched, not decoded',
        sign: 'puzzle',
        advice:
          'The bytes are here, but a step of the codec chain does not accept them. The pipeline below shows how far it came.',
        remedy: 'text',
      };
    case 'unsupported-codec':
      return {
        title: 'A codec that is not known here',
        sign: 'puzzle',
        advice: 'The stored bytes are below. Python may decode them: numcodecs looks codecs up by this name.',
        remedy: 'text',
      };
    case 'restricted-mode':
      return {
        title: 'Restricted Mode',
        sign: 'shield',
        advice: 'Nothing is fetched in a workspace that is not trusted.',
        remedy: 'trust',
      };
    case 'needs-permission':
      return {
        title: 'A file outside this workspace',
        sign: 'lock',
        advice: 'A local file outside the workspace is not read until you allow it.',
        remedy: 'allow',
      };
    case 'limit-exceeded':
      return { title: 'Too large to show', sign: 'cut', advice: tooLargeAdvice(stages), remedy: 'none' };
    case 'malformed-reference':
      return {
        title: 'A malformed reference',
        sign: 'error',
        advice: 'An entry is a text, [url], or [url, offset, length] with whole numbers.',
        remedy: 'text',
      };
    case 'malformed-metadata':
      return { title: 'Metadata that cannot be read', sign: 'error', advice: '', remedy: 'text' };
    case 'cancelled':
      return { title: 'Cancelled', sign: 'left', advice: 'The chunk was not loaded.', remedy: 'again' };
    case 'absent-key':
    case 'not-json':
    case 'not-a-tiff':
    case 'malformed-tiff':
    case 'not-expressible':
    case 'short-last-strip':
    case 'invalid-argument':
    case 'write-failed':
    case 'not-open':
      return { title: 'Cannot be shown', sign: 'error', advice: '', remedy: 'again' };
  }
}

function tooLargeAdvice(stages: number | null): string {
  if (stages === null) return '';
  return stages === 0 ? 'Nothing was fetched.' : 'The bytes were fetched; the pipeline below shows how far it came.';
}
