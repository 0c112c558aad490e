import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ReferenceSet } from '../../../src/references/reference-set';
import { Sandbox } from './terminal';

const sample = path.resolve(import.meta.dirname, '../../fixtures/sample/red.tif');

describe('kerchunk generate', () => {
  it('writes to a folder under the default name and prints results alone on standard output', async () => {
    const sandbox = new Sandbox();
    const { exitCode, out } = await sandbox.run('generate', sample, '-o', `${sandbox.folder}/`, '--json');
    const [result] = JSON.parse(out) as [
      { ok: boolean; output: string; account: { levels: object[]; requests: number } },
    ];
    expect(exitCode).toBe(0);
    expect(result.output).toBe(sandbox.path('red.kerchunk.json'));
    expect(result.account).toMatchObject({ requests: 1, levels: [{ path: 'red', shape: [1536, 1536], chunks: 36 }] });
    expect(readdirSync(sandbox.folder)).toEqual(['red.kerchunk.json']);
  });

  it('prints the file itself with -o -, and each level as a group with --overviews', async () => {
    const sandbox = new Sandbox();
    const { exitCode, out } = await sandbox.run('generate', sample, '-o', '-', '--overviews');
    const { refs } = JSON.parse(out) as { refs: Record<string, unknown> };
    expect(exitCode).toBe(0);
    expect(Object.keys(refs).filter((key) => key.endsWith('.zgroup'))).toEqual([
      '.zgroup',
      '0/.zgroup',
      '1/.zgroup',
      '2/.zgroup',
      '3/.zgroup',
    ]);
    expect(readdirSync(sandbox.folder)).toEqual([]);
  });

  const strips = (name: string): string => path.resolve(import.meta.dirname, `../../fixtures/tiffs/${name}.tif`);

  it('says that a short last strip was written anew, with its bytes', async () => {
    const sandbox = new Sandbox();
    const { exitCode, told, out } = await sandbox.run(
      'generate',
      strips('lzw-u16-short-strip'),
      '-o',
      sandbox.path('a.json'),
    );
    expect(exitCode).toBe(0);
    expect(told + out).toMatch(
      /1 strip written anew: the last, of 4 rows, filled up to 12 as every chunk has, and inlined, 350 bytes of the TIFF as \d+ of text/u,
    );
  });

  it('refuses a short last strip that cannot be written anew, and leaves its rows out with --last-strip cut', async () => {
    const sandbox = new Sandbox();
    const tiff = strips('refused-jpeg-u8-short-strip');
    const refused = await sandbox.run('generate', tiff, '-o', sandbox.path('a.json'));
    expect(refused.exitCode).toBe(2);
    expect(refused.told).toContain('Or leave the last 8 rows out: --last-strip cut');
    expect(readdirSync(sandbox.folder)).toEqual([]);
    const cut = await sandbox.run('generate', tiff, '-o', sandbox.path('a.json'), '--last-strip', 'cut', '--json');
    expect(cut.exitCode).toBe(0);
    const [{ account }] = JSON.parse(cut.out) as [{ account: { levels: object[]; warnings: string[] } }];
    expect(account.levels).toMatchObject([{ shape: [32, 56], chunks: 2 }]);
    expect(account.warnings.join()).toContain(
      '(rows 32 to 39) are left out, as was chosen: the array has 32 rows of 40',
    );
  });

  it.each([
    ['--sidecar looks for what belongs to the first image', ['--sidecar', '--page', '0']],
    ['The preset notebook leaves no rows out', ['--last-strip', 'cut', '--preset', 'notebook']],
  ])('refuses options that do not go together: %s', async (says, options) => {
    const sandbox = new Sandbox();
    const { exitCode, told } = await sandbox.run('generate', strips('refused-jpeg-u8-short-strip'), ...options);
    expect(exitCode).toBe(2);
    expect(told).toContain(says);
  });

  it.each([
    ['out.parq', 'out.parq'],
    ['out.parquet/', 'out.parquet/'],
    ['out.json.gz', 'out.json.gz'],
    ['out.json.zst', 'out.json.gz'],
  ])('writes no JSON under the name of another form: %s', async (output, wanted) => {
    const sandbox = new Sandbox();
    copyFileSync(sample, sandbox.path('red.tif'));
    const { exitCode, told } = await sandbox.run('generate', 'red.tif', '-o', output);
    expect(exitCode).toBe(2);
    expect(told).toContain(`which ${output} is no name for.`);
    expect(told).toContain(`kerchunk convert red.kerchunk.json -o ${wanted}`);
    expect(readdirSync(sandbox.folder)).toEqual(['red.tif']);
  });

  it('goes on after a refusal, names it, and writes nothing for it', async () => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('page.tif'), '<!DOCTYPE html><html>');
    const { exitCode, told } = await sandbox.run(
      'generate',
      sandbox.path('page.tif'),
      sample,
      '-o',
      `${sandbox.folder}/`,
    );
    expect(exitCode).toBe(2);
    expect(told).toContain('it looks like a web page');
    expect(readdirSync(sandbox.folder).sort()).toEqual(['page.tif', 'red.kerchunk.json']);
  });

  it('keeps # and ? in the names of files, which are no addresses', async () => {
    const sandbox = new Sandbox();
    const names = ['scene#1.tif', 'scene#2.tif', 'a?b.tif'];
    for (const name of names) copyFileSync(sample, sandbox.path(name));
    expect(await sandbox.run('generate', ...names.map((name) => sandbox.path(name)))).toMatchObject({ exitCode: 0 });
    expect(readdirSync(sandbox.folder).filter((name) => name.endsWith('.json'))).toEqual([
      'a?b.kerchunk.json',
      'scene#1.kerchunk.json',
      'scene#2.kerchunk.json',
    ]);
  });

  it('makes the folder of -o, and refuses a second input of the same name instead of writing over the first', async () => {
    const sandbox = new Sandbox();
    for (const folder of ['a', 'b', 'c']) mkdirSync(sandbox.path(folder));
    const inputs = ['a/x.tif', 'b/x.tif', 'c/X.tif'].map((name) => sandbox.path(name));
    for (const input of inputs) copyFileSync(sample, input);
    const out = sandbox.path('new/out');
    const { exitCode, told } = await sandbox.run('generate', ...inputs, '-o', `${out}/`);
    expect(exitCode).toBe(2);
    expect(told).toContain(`${inputs[1] ?? ''}: not generated. Its references would go to x.kerchunk.json`);
    expect(told).toContain(`which takes those of ${inputs[0] ?? ''}`);
    expect(told).toContain(`${inputs[2] ?? ''}: not generated.`);
    expect(readdirSync(out)).toEqual(['x.kerchunk.json']);
    expect(readFileSync(path.join(out, 'x.kerchunk.json'), 'utf8')).toContain('/a/x.tif');
  });

  it('says in words why a file cannot be written, without the name of the temporary one', async () => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('r.tiff'), 'II');
    const { exitCode, told } = await sandbox.run('generate', sample, '-o', sandbox.path('r.tiff/x.json'));
    expect(exitCode).toBe(2);
    expect(told).toContain('r.tiff/x.json cannot be written: a part of its path is a file, not a folder.');
    expect(told).not.toContain('.tmp');
  });

  it('replaces a reference file and says so, and leaves any other file as it is', async () => {
    const sandbox = new Sandbox();
    const output = sandbox.path('out.json');
    for (const [before, replaced] of [
      [undefined, false],
      ['{"version": 1, "refs": {}}', true],
      ['{"band/.zarray": "{}"}', true],
      ['\ufeff \n\t{}', true],
      ['', true],
    ] as const) {
      if (before === undefined) rmSync(output, { force: true });
      else writeFileSync(output, before);
      const { exitCode, told } = await sandbox.run('generate', sample, '-o', output);
      expect(exitCode, told).toBe(0);
      expect(told.split('\n')[0]).toBe(`${sample} -> ${output}${replaced ? ' (replaced)' : ''}`);
    }
    for (const other of ['II*\0', '[{}]', 'text {', '   ', '{"name": "a"}', '{"type": "Feature", "assets": {}}']) {
      writeFileSync(output, other);
      const { exitCode, told } = await sandbox.run('generate', sample, '-o', output);
      expect(exitCode).toBe(2);
      expect(told).toContain(`${output} exists and is no reference file; it is left as it is.`);
      expect(readFileSync(output, 'utf8')).toBe(other);
    }
    mkdirSync(sandbox.path('red.kerchunk.json'));
    const folder = await sandbox.run('generate', sample, '-o', `${sandbox.folder}/`);
    expect(folder.told).toContain('red.kerchunk.json cannot be written: it is a folder.');
  });

  it('creates the folder that -o names with a slash, for one input and for several', async () => {
    const sandbox = new Sandbox();
    const copy = sandbox.path('copy.tif');
    copyFileSync(sample, copy);
    expect(await sandbox.run('generate', sample, '-o', sandbox.path('one/deep/'))).toMatchObject({ exitCode: 0 });
    expect(readdirSync(sandbox.path('one/deep'))).toEqual(['red.kerchunk.json']);
    expect(await sandbox.run('generate', sample, copy, '-o', 'several/')).toMatchObject({ exitCode: 0 });
    expect(readdirSync(sandbox.path('several')).sort()).toEqual(['copy.kerchunk.json', 'red.kerchunk.json']);
    const none = await sandbox.run('generate', sample, copy, '-o', sandbox.path('none'));
    expect(none.told).toContain('end its name with a slash to have it created');
    const below = await sandbox.run('generate', sample, '-o', `${copy}/in/`);
    expect(below).toMatchObject({ exitCode: 2 });
    expect(below.told).toContain('a part of its path is a file, not a folder');
  });

  it('says what the arguments contradict', async () => {
    const sandbox = new Sandbox();
    expect(await sandbox.run('generate', sample, '-o', '-', '--json')).toMatchObject({ exitCode: 2 });
    const other = path.resolve(import.meta.dirname, '../../fixtures/tiffs/none-f32-tiled.tif');
    expect(await sandbox.run('generate', sample, other, '-o', 'one.json')).toMatchObject({ exitCode: 2 });
    expect(await sandbox.run('generate', sample, '-o', sample)).toMatchObject({ exitCode: 2 });
    expect(await sandbox.run('generate', sample, '--preset', 'best')).toMatchObject({ exitCode: 2 });
    expect(readFileSync(sample).subarray(0, 2).toString()).toBe('II');
  });
});

describe('kerchunk info, validate, chunk and read', () => {
  it('tell what a generated file holds', async () => {
    const sandbox = new Sandbox();
    const refs = sandbox.path('red.json');
    await sandbox.run('generate', sample, '-o', refs);
    expect(await sandbox.run('validate', refs)).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(
        /^(.*): 0 errors, 0 warnings, 0 notes\n\1: 39 chunks in the grids of 4 arrays: 34 ranges, 3 inline, 2 absent, 0 beyond\n(\1: fsspec \+ zarr-python [32]: reads .*\n){2}\1: xarray .*\n\1: VirtualiZarr.*\n\1: GDAL.*\n\1: zarrita.*\n$/u,
      ) as string,
    });
    const info = JSON.parse((await sandbox.run('info', refs, '--json')).out) as {
      arrays: { path: string; coverage: object }[];
    };
    expect(info.arrays.map((array) => array.path).sort()).toEqual(['red', 'spatial_ref', 'x', 'y']);
    expect(info.arrays.find((array) => array.path === 'red')?.coverage).toMatchObject({
      total: 36,
      ranges: 34,
      absent: 2,
    });
    const window = JSON.parse(
      (await sandbox.run('read', refs, 'red', '--slice', '0:256,0:256', '--json')).out,
    ) as object;
    expect(window).toMatchObject({ shape: [256, 256], dtype: '<u2' });
    const chunk = await sandbox.run('chunk', refs, 'red/2.3', '-o', sandbox.path('chunk.png'));
    expect(chunk.exitCode).toBe(0);
    expect(readFileSync(sandbox.path('chunk.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('end with 2 for what cannot be read, and 1 only for errors found', async () => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('bad.json'), '{"a": }');
    expect(await sandbox.run('validate', sandbox.path('none.json'))).toMatchObject({ exitCode: 2 });
    expect(await sandbox.run('validate', sandbox.path('bad.json'))).toMatchObject({ exitCode: 1 });
    expect(await sandbox.run('validate', sandbox.path('bad.json'), sandbox.path('none.json'))).toMatchObject({
      exitCode: 2,
    });
    expect(await sandbox.run('info', sandbox.path('bad.json'))).toMatchObject({ exitCode: 2 });
    expect(await sandbox.run('chunk', 'https://example.org/refs.json', 'a/0')).toMatchObject({ exitCode: 2 });
  });
});

describe('kerchunk validate of several files', () => {
  it('keeps the results of the others where one breaks the reader', async () => {
    const sandbox = new Sandbox();
    for (const name of ['good.json', 'bad.json', 'last.json']) {
      writeFileSync(sandbox.path(name), '{".zgroup": {"zarr_format": 2}}');
    }
    const breaking = vi.spyOn(ReferenceSet.prototype, 'arrayPaths').mockImplementation(function (this: ReferenceSet) {
      if (this.url?.endsWith('bad.json') === true) throw new RangeError('Invalid string length');
      return [];
    });
    const names = ['good.json', 'bad.json', 'last.json'].map((name) => sandbox.path(name));
    const { exitCode, out } = await sandbox.run('validate', ...names, '--json');
    breaking.mockRestore();
    expect(exitCode).toBe(2);
    expect(JSON.parse(out)).toMatchObject([
      { file: names[0], findings: [] },
      { file: names[1], error: 'Invalid string length' },
      { file: names[2], findings: [] },
    ]);
  });
});
