import { writeFileSync } from 'node:fs';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { parseRuleFilter } from '../../../src/cli/rule-filter';
import { sourceLink } from '../../../src/validate/rules/source-link';
import { findingLines, Sandbox } from './terminal';
import { byteArray } from '../../support/zarray';

const zarray = byteArray([40], [1]);

/** A sandbox with a file: a line for each entry, from line 2 on; the array stands in lines 2 and 3. */
function sandboxWith(entries: [string, unknown][], name = 'refs.json') {
  const sandbox = new Sandbox();
  const all: [string, unknown][] = [['.zgroup', { zarr_format: 2 }], ['a/.zarray', zarray], ...entries];
  const lines = all.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  writeFileSync(sandbox.path(name), `{\n${lines.join(',\n')}\n}\n`);
  return sandbox;
}

const many = (count: number): [string, unknown][] =>
  Array.from({ length: count }, (_, i) => [`a/${i}`, ['https://example.org/a', -1, 1]]);

describe('kerchunk validate, in words', () => {
  it('shows 20 findings of a kind one by one, and of more the first three with the number of the rest', async () => {
    const twenty = await sandboxWith(many(20)).run('validate', 'refs.json');
    expect(twenty.exitCode).toBe(1);
    expect(twenty.out.match(/\[kerchunk\/offset\]/gu)).toHaveLength(20);
    const { out } = await sandboxWith(many(21)).run('validate', 'refs.json');
    expect(findingLines(out)).toEqual([
      expect.stringMatching(/^refs\.json:4:33: error: .* \[kerchunk\/offset\]$/u),
      expect.stringMatching(/^refs\.json:5:33: error: .* \[kerchunk\/offset\]$/u),
      expect.stringMatching(/^refs\.json:6:33: error: .* \(and 18 more like it\) \[kerchunk\/offset\]$/u),
      'refs.json: 21 errors, 0 warnings, 0 notes',
    ]);
  });
});

describe('kerchunk validate, in numbers', () => {
  it('counts what is not listed one by one', async () => {
    const beyond = Array.from({ length: 10_050 }, (_, i): [string, unknown] => [`a/${i + 40}`, ['u', i, 1]]);
    const sandbox = sandboxWith(beyond);
    const inWords = await sandbox.run('validate', '--rules', 'zarr2', 'refs.json');
    expect(findingLines(inWords.out).at(-1)).toBe('refs.json: 0 errors, 10,050 warnings, 0 notes');
    expect(inWords.out).toContain('(and 10,047 more like it)');
    const json = await sandbox.run('validate', '--rules', 'zarr2', '--json', 'refs.json');
    const [result] = JSON.parse(json.out) as { findings: { more?: number }[]; counts: { warning: number } }[];
    expect(result?.counts.warning).toBe(10_050);
    expect(result?.findings.filter(({ more }) => more !== undefined)).toMatchObject([{ more: 50 }]);
  });
});

describe('kerchunk validate --rules', () => {
  const entries: [string, unknown][] = [
    ['a/0', ['https://example.org/a', -1, 1]],
    ['a/1', ['https://example.org/a', 1, 0]],
    ['a/99', ['https://example.org/a', 1, 1]],
  ];

  it.each([
    ['kerchunk', 1, ['kerchunk/offset', 'kerchunk/length-zero']],
    ['kerchunk/offset', 1, ['kerchunk/offset']],
    ['zarr2, kerchunk/length-zero', 1, ['kerchunk/length-zero', 'zarr2/chunk-key-grid']],
    ['zarr2', 0, ['zarr2/chunk-key-grid']],
    ['json', 0, []],
  ])('%s gives those alone, and the exit code that follows', async (names, exitCode, codes) => {
    const run = await sandboxWith(entries).run('validate', '--rules', names, '--json', 'refs.json');
    const [result] = JSON.parse(run.out) as { findings: { code: string }[]; counts: { error: number } }[];
    expect(result?.findings.map(({ code }) => code)).toEqual(codes);
    expect(run.exitCode).toBe(exitCode);
  });

  it('always says that a file is none', async () => {
    const sandbox = sandboxWith([]);
    writeFileSync(sandbox.path('cut.json'), '{');
    const { exitCode, out } = await sandbox.run('validate', '--rules', 'zarr3', 'cut.json');
    expect([exitCode, out]).toEqual([1, expect.stringContaining('[json/syntax]')]);
  });

  it.each([
    ['kerchnk', 'kerchunk'],
    ['zar2', 'zarr2'],
    ['kerchunk/ofset', 'kerchunk/offset'],
    ['kerchunk,json/bare-nana', 'json/bare-nan'],
  ])('%s is refused, and the nearest is named', (names, nearest) => {
    expect(() => parseRuleFilter(names)).toThrow(`The nearest is ${nearest};`);
  });

  it.each(['', 'nosuch'])('%j is near none, so that the kinds are named', (names) => {
    expect(() => parseRuleFilter(names)).toThrow('Kinds are json, kerchunk, references,');
  });

  it('ends with 2 on an unknown name, before any file is read', async () => {
    const { exitCode, out, told } = await sandboxWith([]).run('validate', '--rules', 'zar2', 'refs.json');
    expect([exitCode, out]).toEqual([2, '']);
    expect(told).toContain('there is no rule "zar2"');
  });
});

describe('kerchunk validate --github', () => {
  it('writes a command for each finding, escaped as the toolkit of GitHub Actions escapes them', async () => {
    const sandbox = sandboxWith([['a/0', ['https://example.org/100%,\n', -1, 1]]], 'a b,c%:.json');
    writeFileSync(sandbox.path('cut.json'), '{,');
    const { exitCode, out } = await sandbox.run('validate', '--github', 'a b,c%:.json', 'cut.json', 'absent.json');
    expect(exitCode).toBe(2);
    expect(out.trimEnd().split('\n')).toEqual([
      '::error file=a b%2Cc%25%3A.json,line=4,endLine=4,col=39,endColumn=40,title=kerchunk/offset::The offset is -1; it must be an integer from 0 to 2^53 - 1.',
      expect.stringMatching(/^::error file=cut\.json,line=1,endLine=1,col=2,endColumn=2,title=json\/syntax::/u),
      '::error file=absent.json,title=unreadable::absent.json cannot be read: there is no such file or folder.',
    ]);
  });

  it('escapes percent signs and line breaks in messages, and leaves out columns of places over several lines', async () => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('r.json'), '{".zgroup": {"zarr_format": 2}, "x%y": [\n1, 2]}');
    const { out } = await sandbox.run('validate', '--rules', 'kerchunk/reference-shape', '--github', 'r.json');
    expect(out).toBe(
      '::error file=r.json,line=1,endLine=2,title=kerchunk/reference-shape::The list has 2 elements; a reference is [url] or [url, offset, length].\n',
    );
    writeFileSync(sandbox.path('r.json'), '{".zgroup": {"zarr_format": 2}, "x": ["100%", -1, 2], "y": ["s3://b/%41"]}');
    expect((await sandbox.run('validate', '--rules', 'kerchunk/relative-target', '--github', 'r.json')).out).toContain(
      '::"100%25" is a relative path;',
    );
  });

  it('warnings and notes have commands of their own, and groups are cut as in words', async () => {
    const entries: [string, unknown][] = Array.from({ length: 30 }, (_, i) => [
      `a/${100 + i}`,
      ['https://e.org/a', 1, 1],
    ]);
    const { out } = await sandboxWith(entries).run('validate', '--github', 'refs.json');
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^::warning .*\(and 27 more like it\)$/u);
  });
});

describe('kerchunk validate --sarif', () => {
  async function logOf(sandbox: Sandbox, ...args: string[]): Promise<{ log: Log; exitCode: number }> {
    const { out, exitCode } = await sandbox.run('validate', '--sarif', ...args);
    return { log: JSON.parse(out) as Log, exitCode };
  }

  it('has rule, level, message and exact place of every finding', async () => {
    const sandbox = sandboxWith([['é/0', ['https://example.org/é', -1, 1]]], 'a b%.json');
    const { log, exitCode } = await logOf(sandbox, 'a b%.json', '--rules', 'kerchunk/offset');
    expect(exitCode).toBe(1);
    const [run] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(run?.columnKind).toBe('utf16CodeUnits');
    const [result, ...others] = run?.results ?? [];
    expect(others).toEqual([]);
    const line = '"é/0": ["https://example.org/é",-1,1]';
    const before = `{\n".zgroup": {"zarr_format":2},\n"a/.zarray": ${JSON.stringify(zarray)},\n`;
    const column = line.indexOf('-1') + 1;
    expect(result).toEqual({
      ruleId: 'kerchunk/offset',
      ruleIndex: run?.tool.driver.rules?.findIndex(({ id }) => id === 'kerchunk/offset'),
      level: 'error',
      message: { text: 'The offset is -1; it must be an integer from 0 to 2^53 - 1.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b%25.json', uriBaseId: '%SRCROOT%' },
            region: {
              startLine: 4,
              startColumn: column,
              endLine: 4,
              endColumn: column + 2,
              // Two characters of the line have two bytes each in UTF-8.
              byteOffset: before.length + column - 1 + 2,
              byteLength: 2,
            },
          },
          logicalLocations: [{ fullyQualifiedName: 'é/0' }],
        },
      ],
      partialFingerprints: { 'codeAndKey/v1': 'a%20b%25.json kerchunk/offset é/0 1' },
    });
    expect(run?.originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: `file://${sandbox.folder}/` } });
    expect(run?.invocations).toEqual([{ executionSuccessful: true }]);
  });

  it('names files outside the working directory by their address', async () => {
    const other = sandboxWith(many(1));
    const { log } = await logOf(new Sandbox(), other.path('refs.json'));
    expect(log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation).toEqual({
      uri: `file://${other.path('refs.json')}`,
    });
  });

  it('keeps the first 20 of a kind, and fingerprints that differ', async () => {
    const { log } = await logOf(sandboxWith(many(30)), 'refs.json');
    const results = log.runs[0]?.results ?? [];
    expect(results).toHaveLength(20);
    expect(results[19]?.message.text).toContain('(and 10 more like it)');
    expect(new Set(results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size).toBe(20);
  });

  it('has no results of a good file, and tells one that cannot be read apart', async () => {
    const sandbox = sandboxWith([['a/0', ['https://example.org/a', 1, 1]]]);
    expect((await logOf(sandbox, 'refs.json')).log.runs[0]?.results).toEqual([]);
    const { log, exitCode } = await logOf(sandbox, 'refs.json', 'absent.json');
    expect(exitCode).toBe(2);
    expect(log.runs[0]?.invocations?.[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ message: { text: expect.stringContaining('absent.json') as string } }],
    });
  });

  it('describes every rule', async () => {
    const { log } = await logOf(sandboxWith([]), 'refs.json');
    const descriptors = log.runs[0]?.tool.driver.rules ?? [];
    const nan = descriptors.find(({ id }) => id === 'json/bare-nan');
    expect(nan).toMatchObject({
      shortDescription: { text: 'NaN or Infinity stands bare.' },
      helpUri: 'https://www.rfc-editor.org/rfc/rfc8259',
      defaultConfiguration: { level: 'warning' },
    });
    expect(nan?.help?.markdown).toContain('```json');
  });

  it.each([
    ['--json', '--sarif'],
    ['--json', '--github'],
    ['--github', '--sarif'],
  ])('%s and %s exclude one another', async (one, other) => {
    const { exitCode, out, told } = await sandboxWith([]).run('validate', one, other, 'refs.json');
    expect([exitCode, out]).toEqual([2, '']);
    expect(told).toContain('cannot be used with');
  });
});

describe('kerchunk validate --reach', () => {
  it('ends with 1 where a file is absent or too short, and counts what was reached', async () => {
    const sandbox = sandboxWith([
      ['a/0', ['data.bin', 0, 4]],
      ['a/1', ['data.bin', 2, 4]],
      ['a/2', ['gone.bin', 0, 4]],
    ]);
    writeFileSync(sandbox.path('data.bin'), new Uint8Array(4));
    const { exitCode, out } = await sandbox.run('validate', '--reach', '--rules', 'reach', 'refs.json');
    expect(exitCode).toBe(1);
    expect(findingLines(out)).toEqual([
      expect.stringMatching(
        /^refs\.json:5:1: error: a\/1 ends at byte 6 of data\.bin, which has 4 bytes\. \[reach\/past-end\]$/u,
      ),
      expect.stringMatching(/^refs\.json:6:1: error: .* 1 reference points there\. \[reach\/absent\]$/u),
      'refs.json: 2 errors, 0 warnings, 0 notes',
      'refs.json: reached 1 of 2 files that it refers to',
      expect.stringMatching(/^refs\.json: 1 request, 1 byte read$/u),
    ]);
    const json = JSON.parse((await sandbox.run('validate', '--reach', '--json', 'refs.json')).out) as unknown[];
    expect(json).toMatchObject([{ reach: { files: 2, reached: 1 }, cost: { requests: 1 } }]);
  });
});

describe('the link of a source', () => {
  it.each([
    [
      'kerchunk specification (fsspec.github.io/kerchunk/spec.html), version 0',
      'https://fsspec.github.io/kerchunk/spec.html',
    ],
    ['RFC 8259 (JSON), section 6', 'https://www.rfc-editor.org/rfc/rfc8259'],
    ['zarr-developers/VirtualiZarr#1088; x/y#2', 'https://github.com/zarr-developers/VirtualiZarr/issues/1088'],
    ['TIFF 6.0, section 2', undefined],
  ])('%s', (source, link) => {
    expect(sourceLink(source)).toBe(link);
  });
});
