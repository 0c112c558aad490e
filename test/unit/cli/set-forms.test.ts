import { existsSync } from 'node:fs';
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
