import type { IconName } from '../../outlines';
import { failureWords } from '../chunk/outcomes';
import { t } from '../../l10n';

/** How a chunk without values to trust is told apart, and what that means. */
export interface OutcomeMeaning {
  /** As in the classes of outcomes. */
  kind: string;
  title: string;
  sign: IconName;
  meaning: string;
}

function failure(code: Parameters<typeof failureWords>[0], meaning: string): OutcomeMeaning {
  const { title, sign } = failureWords(code, null);
  return { kind: code, title, sign, meaning };
}

/** The five, in the order in which reading can end with them. */
export const outcomeMeanings: readonly OutcomeMeaning[] = [
  {
    kind: 'absent',
    title: t('Absent'),
    sign: 'hole',
    meaning: t('No such key in the file, which is legal: readers give the fill value, and nothing is fetched.'),
  },
  failure('fetch-failed', t('The bytes did not arrive. What the chunk holds is not known; it is not fill.')),
  failure(
    'short-read',
    t('Other bytes came than the reference names: the file is shorter, has changed, or is no file.'),
  ),
  failure(
    'decode-failed',
    t('The bytes are here, and a codec does not accept them: the metadata and the file disagree.'),
  ),
  {
    kind: 'fill',
    title: t('All fill'),
    sign: 'fill',
    meaning: t('The chunk is stored and was decoded, and every element of it is the fill value.'),
  },
];
