import { coverageInWords } from '../validate/coverage';
import { countInWords, plural } from '../words';
import { type CheckExtent, type FileResult, shownFindings } from './file-result';
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
    lines.push(`${file}: ${decodeInWords(decode)}`);
  }
  if (reach !== undefined) {
    lines.push(`${file}: reached ${countInWords(reach.reached)} of ${plural(reach.files, 'file')} that it refers to`);
  }
  if (cost !== undefined) lines.push(`${file}: ${costInWords(cost)}`);
  return lines.join('\n');
}

/** `decoded 37 chunks of 4 arrays`; `decoded 3 of 37 chunks of 4 arrays, 34 failed` where not all were. */
function decodeInWords({ decoded, attempted = decoded, failed = 0, arrays }: CheckExtent): string {
  const of = plural(arrays, 'array');
  if (decoded === attempted) return `decoded ${plural(decoded, 'chunk')} of ${of}`;
  const other = attempted - decoded - failed;
  const parts = [
    `decoded ${countInWords(decoded)} of ${plural(attempted, 'chunk')} of ${of}`,
    ...(failed > 0 ? [`${countInWords(failed)} failed`] : []),
    ...(other > 0 ? [`${countInWords(other)} with a codec that is not decoded here`] : []),
  ];
  return parts.join(', ');
}
