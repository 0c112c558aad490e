import type { ReferenceSet } from '../references/reference-set';
import { runInSlices, type Steps } from '../steps';
import type { CheckContext } from './checks';
import { findRangeFaults } from './range-faults';
import { RangeReport } from './range-report';
import { statedSources } from './stated-sources';

/**
 * Looks at the byte ranges of all references beside one another, and beside the sizes of their files where those are known; nothing is fetched
 * for it. One finding for each kind of fault and array, or pair of arrays: the first in the text, and how many there are.
 */
export async function checkRanges(context: CheckContext): Promise<void> {
  await runInSlices(rangeSteps(context), context.signal);
}

function* rangeSteps({ set, reporter, tiffs }: CheckContext): Steps<void> {
  const sizes = new Map([...statedSizes(set), ...tiffs.knownSizes()]);
  const report = yield* findRangeFaults(set.rows, sizes, (owners) => new RangeReport(set, owners));
  report?.tell(reporter);
}

/** Sizes of files at the time when the references were written, by address, as the file itself states them. */
function* statedSizes(set: ReferenceSet): Iterable<[string, number]> {
  for (const [url, { size }] of statedSources(set)) {
    if (size !== undefined && Number.isSafeInteger(size) && size > 0) yield [url, size];
  }
}
