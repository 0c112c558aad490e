import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import { LocalPermission } from '../../../src/vscode/local-permission';
import { fake } from './fake-vscode';

vi.mock('vscode', async () => (await import('./fake-vscode')).vscode);

const reference = Uri.file('/ws/a.kerchunk.json');

describe('Permission to read local files', () => {
  let root = '';
  let asked: (string | undefined)[][] = [];
  let permission: LocalPermission;

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'permission-')));
    for (const folder of ['ws', 'secret', 'near']) await mkdir(join(root, folder));
    await writeFile(join(root, 'secret', 'key'), 'x');
    await writeFile(join(root, 'secret', 'other'), 'y');
    await symlink(join(root, 'secret', 'key'), join(root, 'ws', 'a.tif'));
    await symlink(join(root, 'secret', 'key'), join(root, 'near', 'b.tif'));
    fake.reset();
    fake.folders = [`file://${root}/ws`];
    asked = [];
    permission = new LocalPermission((path, folder) => {
      asked.push([path, folder]);
      return Promise.resolve(true);
    });
  });
  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  const passes = (path: string): Promise<boolean> =>
    permission.check(`file://${root}/${path}`).then(
      () => true,
      () => false,
    );

  it('names what a link in the workspace leads to, and opens nothing else', async () => {
    expect(await passes('ws/a.tif')).toBe(false);
    expect(await permission.ask(`file://${root}/ws/a.tif`, reference)).toBe(true);
    expect(asked).toEqual([[`${root}/secret/key`, `${root}/secret`]]);
    expect(await passes('ws/a.tif')).toBe(true);
  });

  it('opens no folder of which the user was shown another', async () => {
    permission = new LocalPermission((_path, folder) => Promise.resolve(folder !== `${root}/secret`));
    expect(await permission.ask(`file://${root}/near/b.tif`, reference)).toBe(true);
    expect([await passes('near/b.tif'), await passes('secret/other')]).toEqual([false, false]);
  });

  it('asks about a link outside, then about what it leads to', async () => {
    expect(await permission.ask(`file://${root}/near/b.tif`, reference)).toBe(true);
    expect(asked).toEqual([
      [`${root}/near/b.tif`, `${root}/near`],
      [`${root}/secret/key`, `${root}/secret`],
    ]);
    expect(await passes('near/b.tif')).toBe(true);
  });

  it('shows folders without dot segments, and asks once', async () => {
    expect(await permission.ask(`file://${root}/ws/../near/x/../c.tif`, reference)).toBe(true);
    expect(await permission.ask(`file://${root}/near/..`, reference)).toBe(true);
    expect(asked).toEqual([
      [`${root}/near/c.tif`, `${root}/near`],
      [root, root.slice(0, root.lastIndexOf('/'))],
    ]);
  });

  it('asks nothing in Restricted Mode', async () => {
    fake.trusted = false;
    expect(await permission.ask(`file://${root}/ws/a.tif`, reference)).toBe(false);
    expect(asked).toEqual([]);
    await expect(permission.check(`file://${root}/ws/a.tif`)).rejects.toMatchObject({ code: 'restricted-mode' });
  });
});
