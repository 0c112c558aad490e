import { coverageInWords } from '../validate/coverage';
import { countInWords, plural } from '../words';
import { type FileResult, shownFindings } from './file-result';
import { placeInWords } from './place-text';
import { readerInWords } from './reader-text';
import { costInWords } from './traced-opener';

/** What was found in a file, for people: a line for each finding, and the numbers. */
export function findingsInWords(result: FileResult): string {
  const { file, groups, counts, coverage, readers, unreadable, source, decode, reach, cost } = result;
  if (unreadable !== undefined) return `${file}: could not be read`;
  const lines = shownFindings(groups).map(({ severity, message, code, ...place }) => {
    return `${placeInWords(file, place)}: ${severity}: ${message} [${code}]`;
  });
  const { error, warning, info } = counts;
  lines.push(`${file}: ${plural(error, 'error')}, ${plural(warning, 'warning')}, ${plural(info, 'note')}`);
  if (coverage !== undefined) lines.push(`${file}: ${coverageInWords(coverage)}`);
  lines.push(...readers.map((report) => `${file}: ${readerInWords(report)}`));
  if (source !== undefined) {
    const { arrays, compared, decoded } = source;
    lines.push(
      `${file}: against the source: ${plural(compared, 'chunk')} of ${plural(arrays, 'array')} compared with the tables, ${countInWords(decoded)} decoded both ways`,
    );
  }
  if (decode !== undefined) {
    lines.push(`${file}: decoded ${plural(decode.decoded, 'chunk')} of ${plural(decode.arrays, 'array')}`);
  }
  if (reach !== undefined) {
    lines.push(`${file}: reached ${countInWords(reach.reached)} of ${plural(reach.files, 'file')} that it refers to`);
  }
  if (cost !== undefined) lines.push(`${file}: ${costInWords(cost)}`);
  return lines.join('\n');
}
