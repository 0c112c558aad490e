import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parquetFixture, zmetadataOfX } from '../../support/folder';
import { Sandbox } from './terminal';

const fixtures = fileURLToPath(new URL('../../fixtures/parquet/sets/', import.meta.url));

/** The set of kerchunk as `set.parq`, and as `x.parq` an array `x` whose record file is the fixture `record`. */
async function sandboxWith(record: string): Promise<Sandbox> {
  const sandbox = new Sandbox();
  cpSync(`${fixtures}kerchunk`, sandbox.path('set.parq'), { recursive: true });
  mkdirSync(sandbox.path('x.parq/x'), { recursive: true });
  writeFileSync(sandbox.path('x.parq/.zmetadata'), zmetadataOfX());
  writeFileSync(sandbox.path('x.parq/x/refs.0.parq'), await parquetFixture(`records/${record}.parq`));
  writeFileSync(sandbox.path('x.parq/a.bin'), new Uint8Array([7, 8, 9]));
  return sandbox;
}

describe('a reference set in parquet on the command line', () => {
  it('is validated by its folder, or the .zmetadata in it', async () => {
    const sandbox = await sandboxWith('negative-offset');
    expect(await sandbox.run('validate', 'set.parq')).toMatchObject({
      exitCode: 0,
      out: 'set.parq: 0 errors, 0 warnings, 0 notes\n',
    });
    const finding = 'x.parq/x/refs.0.parq:row 2: error: "offset" is -2; it must be 0 to 2^53 - 1. [parquet/offset]';
    for (const name of ['x.parq', 'x.parq/', 'x.parq/.zmetadata']) {
      const { exitCode, out } = await sandbox.run('validate', name);
      expect(exitCode).toBe(1);
      expect(out).toBe(`${finding}\n${name}: 1 error, 0 warnings, 0 notes\n`);
    }
  });

  it('gives machines the file and the row', async () => {
    const sandbox = await sandboxWith('negative-offset');
    const { out } = await sandbox.run('validate', 'x.parq', '--json');
    const [{ findings }] = JSON.parse(out) as [{ findings: object[] }];
    expect(findings).toEqual([
      {
        code: 'parquet/offset',
        severity: 'error',
        key: 'x/.zarray',
        message: '"offset" is -2; it must be 0 to 2^53 - 1.',
        file: 'x/refs.0.parq',
        row: 2,
        line: 2,
        column: 1,
      },
    ]);
  });

  it('names places in .zmetadata by line and column', async () => {
    const sandbox = await sandboxWith('good');
    writeFileSync(sandbox.path('x.parq/.zmetadata'), zmetadataOfX({}, { record_size: 0 }));
    const { exitCode, out } = await sandbox.run('validate', 'x.parq');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^x\.parq\/\.zmetadata:21:18: error: "record_size" is 0; .* \[parquet\/record-size\]\n/u);
  });

  it('is told about', async () => {
    const sandbox = await sandboxWith('good');
    const { exitCode, out } = await sandbox.run('info', 'set.parq');
    expect(exitCode).toBe(0);
    expect(out).toContain('set.parq: kerchunk in parquet, 12 references a file, 4 arrays, 2 targets\n');
    expect(out).toContain('  20 chunks of 2 x 3: 18 in files, 1 inline, 1 absent\n');
    const account = JSON.parse((await sandbox.run('info', 'set.parq', '--json')).out) as object;
    expect(account).toMatchObject({ version: 'parquet', recordSize: 12, problems: 0 });
  });

  it('is read: chunks inline and in files, and windows', async () => {
    const sandbox = await sandboxWith('relative');
    const inline = JSON.parse((await sandbox.run('chunk', 'set.parq', 'red/3.3', '--json')).out) as object;
    expect(inline).toMatchObject({
      reference: { kind: 'inline', length: 6 },
      statistics: { minimum: 1, maximum: 255 },
    });
    // The first two bytes of the file, 7 and 8.
    const window = JSON.parse((await sandbox.run('read', 'x.parq', 'x', '--slice', '0:2', '--json')).out) as object;
    expect(window).toMatchObject({ statistics: { minimum: 7, maximum: 8, count: 2 } });
    const { exitCode, told } = await sandbox.run('chunk', 'x.parq', 'x/9');
    expect(exitCode).toBe(2);
    expect(told).toContain('has no chunk 9');
  });

  it('is named by its folder, not by a record file', async () => {
    const sandbox = await sandboxWith('good');
    const hint =
      'This is a Parquet file. Of a reference set in parquet name the folder that holds .zmetadata, not one of its record files.';
    expect((await sandbox.run('validate', 'x.parq/x/refs.0.parq')).out).toContain(hint);
    expect((await sandbox.run('info', 'x.parq/x/refs.0.parq')).told).toContain(hint);
    const { exitCode, told } = await sandbox.run('validate', 'x.parq/x');
    expect(exitCode).toBe(2);
    expect(told).toBe(
      'x.parq/x is a folder without .zmetadata. Name reference files (x.parq/x/*.json), the folder of a reference set in parquet, which has one, or a folder of files named *.kerchunk.json or *.refs.json.',
    );
  });
});
