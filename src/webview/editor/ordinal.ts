import { countInWords } from '../../words';
import { t } from '../l10n';

const ordinals = new Intl.PluralRules('en-US', { type: 'ordinal' });

/** `2nd`, `13th`. */
export function ordinal(count: number): string {
  const number = countInWords(count);
  switch (ordinals.select(count)) {
    case 'one':
      return t('{0}st', number);
    case 'two':
      return t('{0}nd', number);
    case 'few':
      return t('{0}rd', number);
    case 'zero':
    case 'many':
    case 'other':
      return t('{0}th', number);
  }
}
