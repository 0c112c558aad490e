import type { ComparedSide, Comparison, DifferenceInWords } from '../../../preview/compare-types';
import { countInWords, listInWords, plural } from '../../../words';
import { failureWords } from '../chunk/outcomes';
import { shortNumberText } from '../chunk/value-text';

type Compared = Extract<Comparison, { kind: 'compared' }>;

/** How the two came out, in one sentence: "65,280 of 65,536 values differ, by up to 6.5536." */
export function outcomeInWords({ difference, first, second }: Compared): string {
  const { compared, unequal, largest } = difference;
  if (compared === 0) return nothingCompared(difference, first, second);
  if (unequal === 0)
    return compared === 1 ? 'The value is the same.' : `All ${countInWords(compared)} values are the same.`;
  const far = largest === null ? '' : `, by up to ${shortNumberText(Math.abs(Number(largest.difference)))}`;
  const verb = unequal === 1 ? 'differs' : 'differ';
  return `${countInWords(unequal)} of ${plural(compared, 'value')} ${verb}${far}.`;
}

function nothingCompared(
  { notRead, nodataInBoth, count }: DifferenceInWords,
  first: ComparedSide,
  second: ComparedSide,
): string {
  if (notRead === count) {
    const sides = [
      ...(first.statistics === null ? ['the first'] : []),
      ...(second.statistics === null ? ['the second'] : []),
    ];
    return `Nothing is compared: of ${listInWords(sides.length === 0 ? ['either'] : sides)} no value could be read.`;
  }
  return nodataInBoth === count
    ? 'All of both is nodata: there is nothing to compare.'
    : 'Nothing is compared: every pair has nodata, or was not read, on one side at least.';
}

/** The same for a screen reader, with what could not be done. */
export function comparisonInWords(comparison: Comparison): string {
  switch (comparison.kind) {
    case 'refused':
      return `Not compared: ${comparison.reason}`;
    case 'failed':
      return `${failureWords(comparison.code, null).title}: ${comparison.message}`;
    case 'compared':
      return outcomeInWords(comparison);
  }
}
