import type { ComparedSide, Comparison, DifferenceInWords } from '../../../preview/compare-types';
import { countInWords } from '../../../words';
import { failureWords } from '../chunk/outcomes';
import { shortNumberText } from '../chunk/value-text';
import { t } from '../../l10n';
import { listed } from '../../counts';

type Compared = Extract<Comparison, { kind: 'compared' }>;

/** How the two came out, in one sentence: "65,280 of 65,536 values differ, by up to 6.5536." */
export function outcomeInWords({ difference, first, second }: Compared): string {
  const { compared, unequal, largest } = difference;
  if (compared === 0) return nothingCompared(difference, first, second);
  if (unequal === 0)
    return compared === 1 ? t('The value is the same.') : t('All {0} values are the same.', countInWords(compared));
  const values = compared === 1 ? t('1 value') : t('{0} values', countInWords(compared));
  if (largest === null) {
    return unequal === 1 ? t('1 of {0} differs.', values) : t('{0} of {1} differ.', countInWords(unequal), values);
  }
  const far = shortNumberText(Math.abs(Number(largest.difference)));
  return unequal === 1
    ? t('1 of {0} differs, by up to {1}.', values, far)
    : t('{0} of {1} differ, by up to {2}.', countInWords(unequal), values, far);
}

function nothingCompared(
  { notRead, nodataInBoth, count }: DifferenceInWords,
  first: ComparedSide,
  second: ComparedSide,
): string {
  if (notRead === count) {
    const sides = [
      ...(first.statistics === null ? [t('the first')] : []),
      ...(second.statistics === null ? [t('the second')] : []),
    ];
    return t('Nothing is compared: of {0} no value could be read.', listed(sides.length === 0 ? [t('either')] : sides));
  }
  return nodataInBoth === count
    ? t('All of both is nodata: there is nothing to compare.')
    : t('Nothing is compared: every pair has nodata, or was not read, on one side at least.');
}

/** The same for a screen reader, with what could not be done. */
export function comparisonInWords(comparison: Comparison): string {
  switch (comparison.kind) {
    case 'refused':
      return t('Not compared: {0}', comparison.reason);
    case 'failed':
      return `${failureWords(comparison.code, null).title}: ${comparison.message}`;
    case 'compared':
      return outcomeInWords(comparison);
  }
}
