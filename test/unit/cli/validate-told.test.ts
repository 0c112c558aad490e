import { copyFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './terminal';

const root = path.resolve(import.meta.dirname, '../../..');
const program = path.join(root, 'dist/cli.js');

const zarray = (fields: object = {}): string =>
  JSON.stringify({
    zarr_format: 2,
    shape: [4],
    chunks: [2],
    dtype: '|u1',
    compressor: null,
    fill_value: 0,
    order: 'C',
    filters: null,
    ...fields,
  });

/** A sandbox with a reference file of version 0 that has a root group, and these entries. */
function sandboxWith(entries: Record<string, unknown>): Sandbox {
  const sandbox = new Sandbox();
  writeFileSync(sandbox.path('refs.json'), JSON.stringify({ '.zgroup': '{"zarr_format":2}', ...entries }));
  return sandbox;
}

const readerLines = (out: string): string[] => out.split('\n').filter((line) => line.includes('zarr-python 3'));

describe('what validate says of readers', () => {
  it('says of a file without arrays that it holds none', async () => {
    const { out } = await sandboxWith({}).run('validate', 'refs.json');
    expect(readerLines(out)).toEqual(['refs.json: fsspec + zarr-python 3: opens the file, which holds no arrays']);
  });

  it('says that the values are wrong where an error of the array says so', async () => {
    const sandbox = new Sandbox();
    copyFileSync(path.join(root, 'test/fixtures/sample/red.tif'), sandbox.path('red.tif'));
    await sandbox.run('generate', 'red.tif', '--preset', 'notebook', '-o', 'refs.json');
    const { out, exitCode } = await sandbox.run('validate', 'refs.json');
    expect(exitCode).toBe(1);
    expect(readerLines(out)).toEqual(['refs.json: fsspec + zarr-python 3: reads the array, with wrong values']);
    // The 64 KiB of the headers were read for that.
    expect(out).toContain('refs.json: 1 request, 64 KiB read');

    const offline = await sandbox.run('validate', '--offline', 'refs.json');
    expect(offline.exitCode).toBe(0);
    expect(offline.out).toContain('0 errors, 2 warnings');
    expect(offline.out).not.toContain('request');
    expect(readerLines(offline.out)).toEqual(['refs.json: fsspec + zarr-python 3: reads the array']);
  });

  it.each([['--source'], ['--reach'], ['--decode', 'all']])('refuses --offline with %s', async (...check) => {
    const { exitCode, told } = await sandboxWith({}).run('validate', '--offline', ...check, 'refs.json');
    expect([exitCode, told]).toEqual([2, expect.stringContaining(`${check[0]} reads the files`)]);
  });
});

describe('what validate --decode says', () => {
  it('counts what was decoded, and what failed', async () => {
    const sandbox = sandboxWith({ 'a/.zarray': zarray(), 'a/0': '12', 'a/1': ['gone.bin', 0, 2] });
    const { out, exitCode } = await sandbox.run('validate', '--decode', 'all', 'refs.json');
    expect(exitCode).toBe(2);
    expect(out).toContain('refs.json: decoded 1 of 2 chunks of 1 array, 1 failed');
  });

  it('does not call a codec that is not decoded here a failure', async () => {
    const grib = zarray({ filters: [{ id: 'grib', var: 't', dtype: '|u1' }] });
    const { out } = await sandboxWith({ 'a/.zarray': grib, 'a/0': '12' }).run(
      'validate',
      '--decode',
      'all',
      'refs.json',
    );
    expect(out).toContain('refs.json: decoded 0 of 1 chunk of 1 array, 1 with a codec that is not decoded here');
  });
});

describe.runIf(existsSync(program))('output that nobody takes', () => {
  it('is no success: what was not printed may be errors', async () => {
    const sandbox = sandboxWith({ 'a/.zarray': zarray(), 'a/0': ['https://example.org/a', -1, 2] });
    const child = spawn(process.execPath, [program, 'validate', sandbox.path('refs.json')], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    child.stdout.destroy();
    const exitCode = await new Promise((resolve) => child.once('close', resolve));
    expect(exitCode).toBe(141);
  });
});
