import type { TextPositions } from '../references/position';
import type { Severity } from '../validate/types';
import { type FileResult, shownFindings } from './file-result';
import { isInRecordFile, nameWithin } from './place-text';

const COMMANDS: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Findings as workflow commands of GitHub Actions, a line each, which GitHub shows beside the lines of a pull request ("Workflow commands
 * for GitHub Actions", "Setting an error message"). `pathOf` gives a
 * file's path as GitHub has it, seen from the root of the repository; `positions` are those of the text of the reference file.
 */
export function githubCommands(
  { file, groups, unreadable }: FileResult,
  pathOf: (file: string) => string,
  positions: TextPositions,
): string[] {
  if (unreadable !== undefined) return [command('error', { file: pathOf(file), title: 'unreadable' }, unreadable)];
  return shownFindings(groups).map((finding) => {
    const { severity, line, column, code, message, span, row } = finding;
    const path = pathOf(finding.file === undefined ? file : nameWithin(file, finding.file));
    if (isInRecordFile(finding)) {
      const place = row === undefined ? '' : `Row ${row}: `;
      return command(COMMANDS[severity], { file: path, title: code }, place + message);
    }
    const end = positions.lineColumn(span.offset + span.length);
    const place = { file: path, line, endLine: end.line, ...columnsOf(line, column, end), title: code };
    return command(COMMANDS[severity], place, message);
  });
}

/** Columns, which GitHub takes only within one line. */
function columnsOf(line: number, column: number, end: { line: number; column: number }): object {
  return end.line === line ? { col: column, endColumn: Math.max(end.column - 1, column) } : {};
}

function command(name: string, properties: object, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${written.join(',')}::${escapeData(message)}`;
}

/** As the toolkit of GitHub Actions escapes what stands behind the command (actions/toolkit, core/src/command.ts). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
