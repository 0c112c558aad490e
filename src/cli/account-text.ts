import type { GeneratedFromSource } from '../generate/from-source';
import { rewrittenInWords } from '../generate/rewritten-words';
import type { GenerateAccount, ReaderVerdict } from '../generate/types';
import type { Verification } from '../generate/verify';
import { bytesInWords, countInWords, plural } from '../words';

/** Where a TIFF's references went, and what opens them. */
export interface WrittenReferences {
  input: string;
  /** Path of the reference file, or `-` for standard output. */
  output: string;
  /** Whether a file stood there before. */
  replaced: boolean;
  /** What the code calls the reference file: its path, or the name it may be given where it went to standard output. */
  file: string;
  generated: GeneratedFromSource;
}

const overviewsRemedy = {
  portable: '--overviews writes them',
  notebook: 'the preset notebook has none; --preset portable --overviews writes them',
} as const;

/** The account of one generated file as lines of text. What opens it is not said again where it is as with the file `before`. */
export function accountInWords(written: WrittenReferences, before?: WrittenReferences): string {
  const { input, output, replaced } = written;
  const { account, cost } = written.generated;
  const lines = [
    output === '-' ? `${input}: written to standard output` : `${input} -> ${output}${replaced ? ' (replaced)' : ''}`,
    `  preset ${account.preset}; ${plural(cost.requests, 'request')}, ${bytesInWords(cost.bytes)} read in ${cost.milliseconds.toFixed(0)} ms`,
    ...account.levels.flatMap((level) => {
      const rewritten = rewrittenInWords(level);
      return [
        `  ${level.path}: ${level.shape.join(' x ')} in ${plural(level.chunks, 'chunk')} of ${level.chunkShape.join(' x ')}` +
          (level.sparse > 0 ? `, ${countInWords(level.sparse)} of them sparse` : ''),
        ...(rewritten === undefined ? [] : [`    ${rewritten}`]),
      ];
    }),
  ];
  lines.push(...verificationInWords(written.generated.verification));
  if (account.overviewsLeftOut > 0)
    lines.push(`  ${plural(account.overviewsLeftOut, 'overview')} left out (${overviewsRemedy[account.preset]})`);
  if (account.masksLeftOut > 0) lines.push(`  ${plural(account.masksLeftOut, 'mask')} left out`);
  if (account.pagesLeftOut > 0) lines.push(`  ${pagesInWords(account)}`);
  lines.push(...account.warnings.map((warning) => `  warning: ${warning}`));
  lines.push(...readersInWords(written, before), ...codeInWords(written, before));
  return lines.join('\n');
}

function verificationInWords(verification: Verification | undefined): string[] {
  if (verification === undefined) return [];
  if (!verification.possible) return [`  not verified: ${verification.reason}`];
  const { checked, tiles } = verification;
  return [
    `  verified: ${countInWords(checked)} of ${plural(tiles, 'tile')}, which stand as the file's ghost area promises`,
  ];
}

function pagesInWords({ pagesLeftOut, pages }: GenerateAccount): string {
  const named = pages.map(({ ifd, width, height }) => `IFD ${ifd} (${width} x ${height})`).join(', ');
  const more = pagesLeftOut > pages.length ? ', …' : '';
  return `${plural(pagesLeftOut, 'further page')} left out: ${named}${more} (--page and the number of an IFD writes that one)`;
}

function readersInWords(written: WrittenReferences, before: WrittenReferences | undefined): string[] {
  const [lines, linesBefore] = [written, before].map((file) =>
    file?.generated.account.readers.map((verdict) => {
      return `    ${opensInWords(verdict)}  ${verdict.reader}: ${verdict.reason}`;
    }),
  );
  if (lines?.join() === linesBefore?.join()) return ['  readers: as above'];
  return ['  readers:', ...(lines ?? [])];
}

function opensInWords({ opens, unreadableChunks }: ReaderVerdict): string {
  if (!opens) return 'no ';
  return unreadableChunks === undefined ? 'yes' : `yes, but ${plural(unreadableChunks, 'chunk')} cannot be read`;
}

function codeInWords({ output, file, generated }: WrittenReferences, before: WrittenReferences | undefined): string[] {
  const { xarrayCode } = generated.account;
  if (xarrayCode('') === before?.generated.account.xarrayCode('')) {
    return [`  open it as above, with ${JSON.stringify(file)}`];
  }
  const lines = xarrayCode(file).trimEnd().split('\n');
  return [
    output === '-' ? `  once it is saved as ${file}, open it with:` : '  open it with:',
    ...lines.map((line) => (line === '' ? '' : `    ${line}`)),
  ];
}
