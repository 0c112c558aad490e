import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from './terminal';

const sample = path.resolve(import.meta.dirname, '../../fixtures/sample/red.tif');
const refs = JSON.stringify({ '.zgroup': { zarr_format: 2 }, '.zattrs': { title: 'one' } });

describe('a folder, and a wildcard in quotes, where reference sets are taken', () => {
  const sandbox = new Sandbox();
  const inFolder = (...names: string[]): string => path.join('refs', ...names);

  beforeAll(async () => {
    mkdirSync(sandbox.path('refs'));
    mkdirSync(sandbox.path('one'));
    mkdirSync(sandbox.path('none'));
    for (const name of ['a.kerchunk.json', 'b.refs.json', 'item.json', 'refs.0.parq', '.c.kerchunk.json']) {
      writeFileSync(sandbox.path(inFolder(name)), refs);
    }
    // GeoParquet that is divided into files.
    mkdirSync(sandbox.path(inFolder('points.parquet')));
    writeFileSync(sandbox.path(inFolder('points.parquet', 'part-0.parquet')), 'PAR1');
    writeFileSync(sandbox.path('one/only.kerchunk.json'), refs);
    copyFileSync(sample, sandbox.path('one/red.tif'));
    expect(await sandbox.run('convert', inFolder('a.kerchunk.json'), '-o', inFolder('c.parq'))).toMatchObject({
      exitCode: 0,
    });
  });

  it('stands for the sets in it that are named as such', async () => {
    const { exitCode, out } = await sandbox.run('validate', 'refs', '--json', '--offline');
    expect(exitCode, out).toBe(0);
    const files = (JSON.parse(out) as { file: string }[]).map(({ file }) => file);
    expect(files).toEqual([inFolder('a.kerchunk.json'), inFolder('b.refs.json'), inFolder('c.parq')]);
    const combined = await sandbox.run('combine', 'refs', '-o', 'all.json', '--merge');
    expect(combined.exitCode, combined.told).toBe(0);
  });

  it.each([
    ['info', '?'],
    ['convert', '?', '-o', 'x.json'],
    ['diff', '?', 'one'],
    ['read', '?', 'v'],
    ['chunk', '?', 'v/0'],
    ['append', '?', 'one', '--concat', 't'],
  ])('is one set for %s, else it says which there are', async (...args) => {
    const given = (name: string): string[] => args.map((argument) => (argument === '?' ? name : argument));
    const several = await sandbox.run(...given('refs'));
    expect(several.exitCode).toBe(2);
    expect(several.told).toBe(
      `3 sets fit refs, and one is taken at a time: ${['a.kerchunk.json', 'b.refs.json', 'c.parq'].map((name) => inFolder(name)).join(', ')}. Name one of them.`,
    );
    for (const name of ['one', 'one/*.json']) expect((await sandbox.run(...given(name))).told).not.toContain(' fit ');
    expect((await sandbox.run(...given('none'))).told).toMatch(/^none is a folder without \.zmetadata\. Name /u);
  });

  it('holds no sets, which validate says beside what the others are', async () => {
    const { exitCode, out, told } = await sandbox.run('validate', 'none', 'one');
    expect(exitCode).toBe(2);
    expect(told).toContain('none is a folder without .zmetadata.');
    expect(out).toContain(`${path.join('one', 'only.kerchunk.json')}: 0 errors`);
  });
});

describe('a file that is given twice', () => {
  it('is generated once, and that is told', async () => {
    const sandbox = new Sandbox();
    copyFileSync(sample, sandbox.path('red.tif'));
    const { exitCode, told } = await sandbox.run('generate', 'red.tif', './red.tif', sandbox.path('red.tif'));
    expect(exitCode, told).toBe(0);
    expect(told.split('\n').slice(0, 2)).toEqual([
      'red.tif: given more than once, and written once.',
      `red.tif -> ${sandbox.path('red.kerchunk.json')}`,
    ]);
  });

  it('is checked once', async () => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('a.json'), refs);
    const { out, told } = await sandbox.run('validate', 'a.json', './a.json', '--offline');
    expect(out.match(/0 errors/gu)).toHaveLength(1);
    expect(told).toBe('a.json: given more than once, and checked once.');
  });
});

describe('what was meant otherwise is named', () => {
  it('a line of a file that is no list', async () => {
    const sandbox = new Sandbox();
    mkdirSync(sandbox.path('in'));
    copyFileSync(sample, sandbox.path('in/red.tif'));
    writeFileSync(sandbox.path('in/notes.md'), '# Notes\n\nred.tif\nrun it on red.json\n');
    const { exitCode, told } = await sandbox.run('scene', 'in/notes.md', '-o', 'x.json');
    expect(exitCode).toBe(2);
    expect(told).toContain('Line 4 of in/notes.md names run it on red.json, and there is no such file.');
    expect(told).toContain("relative ones seen from the list's own folder");
  });

  it('an overview that is asked for as a page', async () => {
    const sandbox = new Sandbox();
    const { exitCode, told } = await sandbox.run('generate', sample, '--page', '2', '-o', sandbox.path('x.json'));
    expect(exitCode).toBe(2);
    // IFD 2 of the sample is its second overview, of a quarter of 1536 pixels.
    expect(told).toMatch(/IFD 2 of \S+ is no page but an overview, 384 x 384, of IFD 0/u);
  });

  it('a set of --rename that is not combined, a rule like no other, and a folder that is not there', async () => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('a.json'), refs);
    const renamed = await sandbox.run('combine', 'a.json', '--merge', '--rename', 'b.json:v=w', '-o', 'x.json');
    expect(renamed.told).toBe(
      '--rename b.json:v: b.json is none of the sets that are combined. Name one as it is given: a.json.',
    );
    const ruled = await sandbox.run('validate', 'a.json', '--rules', 'nosuch');
    expect(ruled.told).toContain('there is no rule "nosuch". Kinds are json, kerchunk,');
    const written = await sandbox.run('generate', sample, '-o', sandbox.path('none/x.json'));
    expect(written.told).toContain('the folder that is to hold it does not exist. Create it first.');
  });
});
