import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './terminal';

const folder = path.resolve(import.meta.dirname, '../../fixtures/scene');
const bands = ['B02', 'B03'].map((band) => path.join(folder, `T32TQM_20220105_${band}_10m.tif`));

describe('a scene is written in the form that its name says', () => {
  it.each(['scene.json.gz', 'scene.parq', 'scene.parq/'])('%s holds what scene.json holds', async (name) => {
    const sandbox = new Sandbox();
    expect(await sandbox.run('scene', ...bands, '-o', sandbox.path('scene.json'))).toMatchObject({ exitCode: 0 });
    const written = await sandbox.run('scene', ...bands, '-o', sandbox.path(name));
    expect(written.exitCode, written.told).toBe(0);
    expect(existsSync(sandbox.path('scene.parq.journal'))).toBe(false);
    const compared = await sandbox.run('diff', sandbox.path('scene.json'), sandbox.path(name));
    expect(compared.exitCode, compared.out).toBe(0);
  });

  it('and code opens the compressed file as such', async () => {
    const sandbox = new Sandbox();
    const { told } = await sandbox.run('scene', ...bands, '-o', sandbox.path('scene.json.gz'));
    expect(told).toContain('"compression": "gzip"');
  });

  it('a name that says no form is refused with those that do', async () => {
    const { exitCode, told } = await new Sandbox().run('scene', ...bands, '-o', 'scene');
    expect(exitCode).toBe(2);
    expect(told).toContain('End it in .json, .json.gz or .parq');
  });
});

describe('a folder is replaced by a set in parquet', () => {
  async function attempt(fill: (folder: string) => void) {
    const sandbox = new Sandbox();
    expect(await sandbox.run('scene', ...bands, '-o', sandbox.path('scene.parq'))).toMatchObject({ exitCode: 0 });
    fill(sandbox.path('scene.parq'));
    return { sandbox, again: await sandbox.run('scene', ...bands, '-o', sandbox.path('scene.parq')) };
  }

  it('where it is one', async () => {
    const { again } = await attempt(() => undefined);
    expect(again.exitCode, again.told).toBe(0);
    expect(again.told).toContain('(replaced)');
  });

  it('not where it holds another file, which stays', async () => {
    const { sandbox, again } = await attempt((folder) => {
      mkdirSync(path.join(folder, 'notes'));
      writeFileSync(path.join(folder, 'notes', 'todo.txt'), 'mine');
    });
    expect(again.exitCode).toBe(2);
    expect(again.told).toContain('holds notes/todo.txt');
    expect(existsSync(sandbox.path('scene.parq/notes/todo.txt'))).toBe(true);
  });

  it("not where it is a zarr store with zarr's own consolidated metadata", async () => {
    const { sandbox, again } = await attempt((folder) => {
      writeFileSync(path.join(folder, '.zmetadata'), '{"zarr_consolidated_format":1,"metadata":{}}');
    });
    expect(again.exitCode).toBe(2);
    expect(again.told).toContain('holds no reference set in parquet');
    expect(existsSync(sandbox.path('scene.parq/.zmetadata'))).toBe(true);
  });
});
