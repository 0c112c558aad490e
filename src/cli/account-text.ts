import type { GeneratedFromSource } from '../generate/from-source';
import type { ReaderVerdict } from '../generate/types';
import { bytesInWords, countInWords, plural } from '../words';

const overviewsRemedy = {
  portable: '--overviews writes them',
  notebook: 'the preset notebook has none; --preset portable --overviews writes them',
} as const;

/** The account of one generated file as lines of text. */
export function accountInWords(
  input: string,
  output: string,
  generated: GeneratedFromSource,
  xarrayCode: string,
): string {
  const { account, cost } = generated;
  const lines = [
    output === '-' ? `${input}: written to standard output` : `${input} -> ${output}`,
    `  preset ${account.preset}; ${plural(cost.requests, 'request')}, ${bytesInWords(cost.bytes)} read in ${cost.milliseconds.toFixed(0)} ms`,
    ...account.levels.map(
      (level) =>
        `  ${level.path}: ${level.shape.join(' x ')} in ${plural(level.chunks, 'chunk')} of ${level.chunkShape.join(' x ')}` +
        (level.sparse > 0 ? `, ${countInWords(level.sparse)} of them sparse` : ''),
    ),
  ];
  if (account.overviewsLeftOut > 0)
    lines.push(`  ${plural(account.overviewsLeftOut, 'overview')} left out (${overviewsRemedy[account.preset]})`);
  if (account.masksLeftOut > 0) lines.push(`  ${plural(account.masksLeftOut, 'mask')} left out`);
  if (account.pagesLeftOut > 0) lines.push(`  ${plural(account.pagesLeftOut, 'further page')} left out`);
  lines.push(...account.warnings.map((warning) => `  warning: ${warning}`));
  lines.push(
    '  readers:',
    ...account.readers.map((verdict) => `    ${opensInWords(verdict)}  ${verdict.reader}: ${verdict.reason}`),
  );
  lines.push(
    '  open it with:',
    ...xarrayCode
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`),
  );
  return lines.join('\n');
}

function opensInWords({ opens, unreadableChunks }: ReaderVerdict): string {
  if (!opens) return 'no ';
  return unreadableChunks === undefined ? 'yes' : `yes, but ${plural(unreadableChunks, 'chunk')} cannot be read`;
}
