import { createOpener } from '../bytes/open';
import { describeError } from '../errors';
import type { Finding, Severity } from '../validate/types';
import { validateText } from '../validate/validate';
import { plural } from '../words';
import { toJson } from './json';
import { exitCodes, type Terminal } from './terminal';

interface FileResult {
  file: string;
  findings: Finding[];
  counts: Record<Severity, number>;
  /** Why the file could not be read. */
  unreadable?: string;
}

/** `kerchunk validate`: 0 where no file has errors, 1 where one has, 2 where one could not be read. */
export async function validate(terminal: Terminal, files: readonly string[], json: boolean): Promise<number> {
  const results: FileResult[] = [];
  for (const file of files) results.push(await validateFile(terminal, file));
  if (json) {
    terminal.print(`${toJson(results.map(forMachines))}\n`);
  } else {
    terminal.print(`${results.map(inWords).join('\n')}\n`);
  }
  return Math.max(...results.map(exitCodeOf));
}

/** Whatever a file does to the reader becomes its own result, so that those of the other files are not lost. */
async function validateFile(terminal: Terminal, file: string): Promise<FileResult> {
  const counts = { error: 0, warning: 0, info: 0 };
  try {
    const text = await terminal.readFile(file);
    const options = { url: terminal.fileUrl(file), opener: createOpener({}), signal: terminal.signal };
    const findings = await validateText(text, options);
    for (const finding of findings) counts[finding.severity] += 1;
    return { file, findings, counts };
  } catch (error) {
    const { code, message: unreadable } = describeError(error, 'fetch-failed');
    if (code === 'cancelled') throw error;
    terminal.tell(unreadable);
    return { file, findings: [], counts, unreadable };
  }
}

function exitCodeOf(result: FileResult): number {
  if (result.unreadable !== undefined) return exitCodes.failed;
  return result.counts.error > 0 ? exitCodes.errorsFound : exitCodes.ok;
}

function forMachines({ file, findings, counts, unreadable }: FileResult): object {
  return {
    file,
    findings: findings.map(({ span, ...finding }) => ({ ...finding, offset: span.offset, length: span.length })),
    counts,
    ...(unreadable === undefined ? {} : { error: unreadable }),
  };
}

function inWords({ file, findings, counts, unreadable }: FileResult): string {
  if (unreadable !== undefined) return `${file}: could not be read`;
  const lines = findings.map(
    (finding) => `${file}:${finding.line}:${finding.column}: ${finding.severity}: ${finding.message} [${finding.code}]`,
  );
  const { error, warning, info } = counts;
  lines.push(`${file}: ${plural(error, 'error')}, ${plural(warning, 'warning')}, ${plural(info, 'note')}`);
  return lines.join('\n');
}
