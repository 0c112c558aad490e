import { describe, expect, it, vi } from 'vitest';
import { byRule } from '../../../src/preview/rule-findings';
import type { FindingGroup } from '../../../src/preview/types';
import { diagnosticsOf, placesWithoutRow } from '../../../src/vscode/reference-diagnostics';

vi.mock('vscode', () => {
  class Diagnostic {
    constructor(
      readonly range: unknown,
      readonly message: string,
      readonly severity: number,
    ) {}
  }
  class Range {
    constructor(readonly line: number) {}
  }
  class Related {
    constructor(
      readonly location: unknown,
      readonly message: string,
    ) {}
  }
  return {
    Diagnostic,
    Range,
    Location: Object,
    DiagnosticRelatedInformation: Related,
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2 },
    Uri: { from: ({ path }: { path: string }) => path },
    l10n: {
      t: (message: string, ...args: string[]) =>
        message.replace(/\{(\d)\}/gu, (_, at: string) => args[Number(at)] ?? ''),
    },
  };
});

const uri = 'file:///refs.json' as never;
const at = (line: number) => ({ line, column: 1, endLine: line, endColumn: 2 });

/** Findings about one array: one at each line from `line` on, the first twenty as samples. */
function group(code: string, severity: FindingGroup['severity'], line: number, count: number): FindingGroup {
  const lines = Array.from({ length: count }, (_unused, i) => line + i);
  const samples = lines
    .slice(0, 20)
    .map((each) => ({ key: 'k', message: `at ${each}`, range: at(each), indices: null }));
  const others = lines.slice(20).map(at);
  const path = `array${line}`;
  return { code, title: code, severity, path, message: `at ${line}`, range: at(line), count, samples, others };
}

const messages = (groups: FindingGroup[]): string[] => diagnosticsOf(uri, groups).map(({ message }) => message);

describe('rows of the Problems panel', () => {
  it('are one for each finding, up to ten of a rule in the file', () => {
    expect(messages([group('r', 'error', 1, 6), group('s', 'error', 9, 1), group('r', 'error', 20, 4)])).toEqual([
      ...['at 1', 'at 2', 'at 3', 'at 4', 'at 5', 'at 6', 'at 20', 'at 21', 'at 22', 'at 23'],
      'at 9',
    ]);
  });

  it('are one with the total for a rule that is broken once in each of 3,000 arrays', () => {
    const groups = Array.from({ length: 3000 }, (_unused, i) => group('r', 'warning', i + 1, 1));
    const [row, ...others] = diagnosticsOf(uri, [...groups, group('s', 'error', 5000, 1)]);
    expect(row).toMatchObject({ message: '3,000 times: at 1', severity: 1, range: { line: 0 } });
    expect(row?.relatedInformation).toHaveLength(20);
    expect(others).toMatchObject([{ message: 'at 5000' }]);
  });

  it('count errors and warnings of a rule apart', () => {
    const errors = group('r', 'error', 50, 10);
    const groups = [group('r', 'warning', 1, 11), errors];
    expect(messages(groups)).toEqual(['11 times: at 1', ...errors.samples.map(({ message }) => message)]);
  });

  it('leave to underlines the places that they do not stand at', () => {
    const [few, many] = byRule([group('s', 'error', 90, 2), group('r', 'error', 1, 8), group('r', 'error', 30, 23)]);
    expect(few === undefined ? [] : placesWithoutRow(few)).toEqual([]);
    const lines = many === undefined ? [] : placesWithoutRow(many).map(({ line }) => line);
    expect(lines).toHaveLength(30);
    expect(lines.slice(0, 8)).toEqual([2, 3, 4, 5, 6, 7, 8, 30]);
  });
});
