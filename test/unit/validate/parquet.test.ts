import { describe, expect, it } from 'vitest';
import { ruleOf, rules } from '../../../src/validate/rules';
import { validateFolder } from '../../../src/validate/validate-folder';
import { fixtureSet, memoryFolder, parquetFixture, zmetadataOfX } from '../../support/folder';
import { byteArray } from '../../support/zarray';

/** Findings as code, file and row. */
async function findingsOf(
  files: Record<string, Uint8Array | string>,
): Promise<[string, string | undefined, number | undefined][]> {
  const findings = await validateFolder(memoryFolder(files));
  for (const { code, severity } of findings) {
    if (code !== 'parquet/record-none') expect(severity).toBe(ruleOf(code)?.severity);
  }
  return findings.map(({ code, file, row }) => [code, file, row]);
}

const RECORD = 'x/refs.0.parq';
const told = new Set<string>();

describe('a reference set in parquet', () => {
  it('has no findings as kerchunk writes it', async () => {
    expect(await validateFolder(await fixtureSet('kerchunk'))).toEqual([]);
  });

  const rows: [string, string, number | undefined][] = [
    ['no-offset', 'parquet/columns', undefined],
    ['only-path', 'parquet/columns', undefined],
    ['only-numbers', 'parquet/columns', undefined],
    ['offset-float', 'parquet/column-type', undefined],
    ['offset-text', 'parquet/column-type', undefined],
    ['path-binary', 'parquet/column-type', undefined],
    ['raw-list', 'parquet/column-type', undefined],
    ['raw-text', 'parquet/raw-text', undefined],
    ['gzip', 'parquet/record-not-read', undefined],
    ['short', 'parquet/record-short', undefined],
    ['long', 'parquet/row-beyond-grid', 3],
    ['null-range', 'parquet/null-range', 1],
    ['null-size', 'parquet/null-range', 2],
    ['null-padding', 'parquet/null-range', 2],
    ['negative-offset', 'parquet/offset', 2],
    ['large-offset', 'parquet/offset', 1],
    ['negative-size', 'parquet/size', 1],
    ['size-zero', 'parquet/size-zero', 1],
    ['path-empty', 'parquet/path-empty', 1],
    ['path-nan', 'parquet/path-empty', 2],
    ['path-and-raw', 'parquet/path-and-raw', 2],
  ];
  it.each(rows)('has one finding where a record file is at fault: %s', async (name, code, row) => {
    told.add(code);
    const record = await parquetFixture(`records/${name}.parq`);
    expect(await findingsOf({ '.zmetadata': zmetadataOfX(), [RECORD]: record })).toEqual([[code, RECORD, row]]);
  });

  it.each([
    'good',
    'missing',
    'padded',
    'only-urls',
    'only-raw',
    'whole-file',
    'int32',
    'uint64',
    'more-columns',
    'row-groups',
    'raw-base64',
  ])('has none where it nearly is: %s', async (name) => {
    const record = await parquetFixture(`records/${name}.parq`);
    expect(await findingsOf({ '.zmetadata': zmetadataOfX(), [RECORD]: record })).toEqual([]);
  });

  // zarr joins paths of parts that are neither empty, "." nor "..": fsspec is asked for none of these.
  it.each(['../y', 'y/../z', './y', 'y//z', '/y'])('tells that no reader asks for an array at "%s"', async (path) => {
    const { metadata } = JSON.parse(zmetadataOfX()) as { metadata: Record<string, unknown> };
    const record = await parquetFixture('records/good.parq');
    const folder = memoryFolder({
      '.zmetadata': zmetadataOfX({ [`${path}/.zarray`]: metadata['x/.zarray'] }),
      [RECORD]: record,
      [`${path}/refs.0.parq`]: record,
    });
    const findings = await validateFolder(folder);
    expect(findings.map(({ code, severity, file, key }) => [code, severity, file, key])).toEqual([
      ['kerchunk/key-unreachable', 'error', '.zmetadata', `${path}/.zarray`],
    ]);
    expect(folder.opened).toEqual(['.zmetadata', RECORD]);
  });

  it("tells of Arrow's columns of nulls, in files where they matter", async () => {
    told.add('parquet/column-null-type');
    const findings = await validateFolder(await fixtureSet('arrow'));
    expect(findings.map(({ code, file }) => [code, file])).toEqual([
      ['parquet/column-null-type', 'red/refs.0.parq'],
      ['parquet/column-null-type', 'time/refs.0.parq'],
    ]);
  });

  it('tells what it takes a damaged record file for, and looks no further', async () => {
    told.add('parquet/record-damaged');
    const record = await parquetFixture('records/good.parq');
    const files = { '.zmetadata': zmetadataOfX(), [RECORD]: record.slice(0, -9) };
    const [finding, ...others] = await validateFolder(memoryFolder(files));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'parquet/record-damaged',
      key: 'x/.zarray',
      file: RECORD,
      line: 1,
      column: 1,
    });
    expect(finding?.message).toBe(
      'The record file cannot be read: its end is missing (it does not end with PAR1); it was cut off. Its chunks fail, or read as fill values without a word.',
    );
  });

  const names: [string, Record<string, unknown>, string[], [string, string][]][] = [
    ['no record file', {}, [], [['parquet/record-none', '.zmetadata']]],
    ['the first of two missing', { record_size: 1 }, ['refs.1.parq'], [['parquet/record-missing', '.zmetadata']]],
    ['the name of the specification', {}, ['refs.0.parquet'], [['parquet/record-name', 'x/refs.0.parquet']]],
    [
      'a leading zero',
      { record_size: 1 },
      ['refs.0.parq', 'refs.01.parq'],
      [['parquet/record-name', 'x/refs.01.parq']],
    ],
    ['another beside it', {}, ['refs.0.parq', 'refs.0.parquet'], [['parquet/record-name', 'x/refs.0.parquet']]],
    ['one too many', {}, ['refs.0.parq', 'refs.1.parq'], [['parquet/record-beyond-grid', 'x/refs.1.parq']]],
    ['files of others', {}, ['refs.0.parq', '0.bin', 'refs.0.parq.csv', 'notes.txt'], []],
  ];
  it.each(names)('knows the record files by their names: %s', async (_, members, files, expected) => {
    for (const [code] of expected) told.add(code);
    const record = await parquetFixture(`records/${'record_size' in members ? 'short' : 'good'}.parq`);
    const entries = files.map((name): [string, Uint8Array] => [`x/${name}`, record]);
    const found = await findingsOf({ '.zmetadata': zmetadataOfX({}, members), ...Object.fromEntries(entries) });
    expect(found.map(([code, file]) => [code, file])).toEqual(expected);
  });

  it('says which chunks are missing', async () => {
    const array = byteArray([40], [2]);
    const record = await parquetFixture('records/good.parq');
    const files = {
      '.zmetadata': zmetadataOfX({ 'x/.zarray': array }),
      'x/refs.0.parq': record,
      'x/refs.9.parq': record,
    };
    const [finding] = await validateFolder(memoryFolder(files));
    expect(finding?.message).toBe(
      'There is no x/refs.1.parq: chunks 2 to 3 (in C order, from 0) read as the fill value. 7 more record files are missing.',
    );
    expect(finding).toMatchObject({ line: 6, column: 5 });
  });

  it('places what is wrong with .zmetadata in its text', async () => {
    const record = await parquetFixture('records/good.parq');
    const text = zmetadataOfX({}, { record_size: 2.5 });
    const [finding, ...others] = await validateFolder(memoryFolder({ '.zmetadata': text, [RECORD]: record }));
    expect(others).toEqual([]);
    const lines = text.split('\n');
    const line = lines.findIndex((content) => content.includes('record_size'));
    expect(finding).toMatchObject({ code: 'parquet/record-size', file: '.zmetadata', line: line + 1, column: 18 });
  });

  it('says of a .zmetadata that is none what it is', async () => {
    const consolidated = '{"zarr_consolidated_format": 1, "metadata": {".zgroup": {"zarr_format": 2}}}';
    expect(await findingsOf({ '.zmetadata': consolidated })).toEqual([['parquet/zmetadata', '.zmetadata', undefined]]);
    expect(await findingsOf({ '.zmetadata': '{"metadata"' })).toEqual([['json/syntax', '.zmetadata', undefined]]);
    await expect(validateFolder(memoryFolder({}))).rejects.toMatchObject({ code: 'fetch-failed' });
  });

  it('checks the documents by the rules of every reference file', async () => {
    const record = await parquetFixture('records/good.parq');
    const text = zmetadataOfX({
      'x/.zarray': byteArray([4], [2, 2]),
    });
    const found = await findingsOf({ '.zmetadata': text, [RECORD]: record });
    expect(found).toEqual([['zarr2/shape-chunks-rank', '.zmetadata', undefined]]);
  });

  it('tells ten thousand rows at fault of a kind, and the rest as a number', async () => {
    const array = byteArray([24000], [1]);
    const record = await parquetFixture('records/negative-offset.parq');
    const files: Record<string, Uint8Array | string> = { '.zmetadata': zmetadataOfX({ 'x/.zarray': array }) };
    for (let number = 0; number < 12_000; number++) files[`x/refs.${number}.parq`] = record;
    const found = await validateFolder(memoryFolder(files));
    const findings = found.filter(({ code }) => code === 'parquet/offset');
    expect(findings).toHaveLength(10_001);
    expect(findings.map(({ message }) => message)).toContain('2,000 more problems of this kind are not listed.');
  });

  it('has a test for every rule that has no example', () => {
    const codes = Object.keys(rules).filter(
      (code) => code.startsWith('parquet/') && ruleOf(code)?.examples === undefined,
    );
    expect([...told].sort()).toEqual(codes.sort());
  });
});
