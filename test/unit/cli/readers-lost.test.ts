import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './terminal';

const sample = path.resolve(import.meta.dirname, '../../fixtures/sample/red.tif');

async function withReferences(...options: string[]): Promise<Sandbox> {
  const sandbox = new Sandbox();
  const written = await sandbox.run('generate', sample, '-o', sandbox.path('red.json'), ...options);
  expect(written.exitCode, written.told).toBe(0);
  return sandbox;
}

/** One line of metadata, uncompressed, that every reader takes. */
function withPlain(): Sandbox {
  const sandbox = new Sandbox();
  const array = { zarr_format: 2, dtype: '|u1', compressor: null, filters: null, order: 'C', fill_value: 0 };
  const refs = {
    '.zgroup': '{"zarr_format":2}',
    'v/.zarray': JSON.stringify({ ...array, shape: [2], chunks: [1] }),
    'v/.zattrs': '{"_ARRAY_DIMENSIONS":["x"]}',
    'v/0': ['https://data.example.org/v.bin', 0, 1],
    'v/1': ['https://data.example.org/v.bin', 1, 1],
  };
  writeFileSync(sandbox.path('red.json'), JSON.stringify({ version: 1, refs }));
  return sandbox;
}

async function lost(sandbox: Sandbox, output: string, ...options: string[]): Promise<string[]> {
  const { exitCode, told } = await sandbox.run('convert', 'red.json', '-o', output, ...options);
  expect(exitCode, told).toBe(0);
  return told.split('\n').filter((line) => line.startsWith('Lost: '));
}

describe('convert names the readers that a form loses (docs/readers.md)', () => {
  it('those of zarr v2 alone, for zarr v3', async () => {
    expect(await lost(withPlain(), 'v3.json', '--zarr', '3')).toEqual([
      'Lost: fsspec + zarr-python 2: it reads zarr v2 only.',
      'Lost: xarray engine="kerchunk": it reads zarr v2 only.',
      'Lost: VirtualiZarr: it reads zarr v2 only.',
    ]);
  });

  it('those that lack a codec of zarr v3, and for how many arrays, but none that could not read before', async () => {
    const sandbox = await withReferences();
    const lines = await lost(sandbox, 'v3.json', '--zarr', '3');
    expect(lines).toContain(
      'Lost: fsspec + zarr-python 3, of 1 of the 4 arrays that it read: it has the codec only where the package virtual-tiff is installed, which brings imagecodecs_delta.',
    );
    expect(lines.join('\n')).not.toContain('VirtualiZarr');
    expect(await lost(sandbox, 'again.json')).toEqual([]);
  });

  it('those of strings, for metadata as objects, and those of "refs", for version 0', async () => {
    const sandbox = withPlain();
    expect(await lost(sandbox, 'nested.json', '--nested')).toEqual([
      'Lost: VirtualiZarr: it takes metadata as strings only, and these are an object.',
      'Lost: zarrita: it takes metadata as strings only, and these are an object.',
    ]);
    expect(await lost(sandbox, 'v0.json', '--form', 'json0')).toEqual([
      'Lost: VirtualiZarr: it wants "refs", which version 0 has not.',
    ]);
    expect(await sandbox.run('convert', 'nested.json', '-o', 'red.json', '--nested')).toMatchObject({ exitCode: 0 });
    expect(await lost(sandbox, 'nested.json', '--nested')).toEqual([]);
  });
});

describe('convert prints the code that opens what it wrote', () => {
  it('by its absolute path, in the engine of its version of zarr', async () => {
    const sandbox = await withReferences();
    const told = async (...args: string[]) => (await sandbox.run('convert', 'red.json', '-o', ...args)).told;
    const path = JSON.stringify(sandbox.path('o.json'));
    const v2 = await told('o.json');
    expect(v2).toContain(`open it with:\n  import imagecodecs.numcodecs\n  import xarray as xr\n`);
    expect(v2).toContain(`    ${path},\n      engine="kerchunk",\n`);
    const v3 = await told('o.json', '--zarr', '3');
    expect(v3).toContain('"reference://",\n      engine="zarr",\n');
    expect(v3).toContain(`"fo": ${path}`);
    expect(await told('o.json.gz')).toContain('"target_options": {"compression": "gzip"}');
    expect(await told('-')).toContain('once it is saved as references.json, open it with:\n');
  });

  it('of levels in groups the first, with a note on the others', async () => {
    const sandbox = await withReferences('--overviews');
    const { out } = await sandbox.run('convert', 'red.json', '-o', 'o.json', '--json');
    const { xarrayCode } = JSON.parse(out) as { xarrayCode: string };
    expect(xarrayCode).toContain('"reference://0"');
    expect(xarrayCode).toContain('# The other groups: reference://1, reference://2, reference://3;\n');
  });

  it('and tells fsspec to make what gen says', async () => {
    const sandbox = new Sandbox();
    const array = { zarr_format: 2, dtype: '|u1', compressor: null, filters: null, order: 'C', fill_value: 0 };
    const refs: Record<string, unknown> = { 'v/.zarray': JSON.stringify({ ...array, shape: [40], chunks: [1] }) };
    for (let chunk = 0; chunk < 40; chunk++) refs[`v/${chunk}`] = ['https://data.example.org/v.bin', chunk, 1];
    writeFileSync(sandbox.path('v.json'), JSON.stringify({ version: 1, refs }));
    const { told } = await sandbox.run('convert', 'v.json', '-o', 'gen.json', '--gen');
    expect(JSON.parse(readFileSync(sandbox.path('gen.json'), 'utf8'))).toHaveProperty('gen');
    expect(told).toContain('"simple_templates": False');
  });
});
