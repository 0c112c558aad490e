import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './terminal';

const folder = path.resolve(import.meta.dirname, '../../fixtures/scene');
const band = (name: string): string => path.join(folder, `T32TQM_20220105_${name}.tif`);

describe('the account of a set', () => {
  it('opens it by its absolute path, wherever the code runs', async () => {
    const sandbox = new Sandbox();
    const { told } = await sandbox.run('scene', band('B02_10m'), '-o', 's.json');
    expect(told).toContain(`open_dataset(\n        ${JSON.stringify(sandbox.path('s.json'))},\n`);
  });

  it('does so in JSON too', async () => {
    const sandbox = new Sandbox();
    const { out } = await sandbox.run('scene', band('B02_10m'), '-o', 's.json', '--json');
    const { xarrayCode } = JSON.parse(out) as { xarrayCode: string };
    expect(xarrayCode).toContain(JSON.stringify(sandbox.path('s.json')));
  });

  it('says of groups below the root what validate says', async () => {
    const sandbox = new Sandbox();
    const { told } = await sandbox.run('scene', band('B02_10m'), band('B11_20m'), '-o', 's.json');
    const reason = 'this engine finds no array in a group below the root; engine="zarr" does';
    expect(told).toContain(`no   xarray (engine kerchunk): ${reason}`);
    expect((await sandbox.run('validate', 's.json')).out).toContain(`xarray engine="kerchunk": cannot, ${reason}`);
  });
});
