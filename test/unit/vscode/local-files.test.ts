import { chmod, mkdir, mkdtemp, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyPermissions, followLinks } from '../../../src/vscode/local-files.node';

describe('The disk of the host', () => {
  it('follows links from one to the next, also to what is not there yet', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-links-'));
    const at = (name: string): string => path.join(folder, name);
    const follow = followLinks ?? expect.fail('This host follows no links.');
    await mkdir(at('real'));
    await symlink('real', at('one'));
    await symlink(at('one'), at('two'));
    await symlink('absent', at('dangling'));
    expect(await Promise.all(['real', 'two', 'dangling', 'none'].map((name) => follow(at(name))))).toEqual(
      ['real', 'real', 'absent', 'none'].map(at),
    );
  });

  it('gives a file the permissions of another, and leaves it where there is none', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-mode-'));
    const [old, fresh] = [path.join(folder, 'old'), path.join(folder, 'fresh')];
    await writeFile(old, 'old');
    await chmod(old, 0o640);
    await writeFile(fresh, 'fresh');
    await copyPermissions?.(old, fresh);
    expect((await stat(fresh)).mode & 0o777).toBe(0o640);
    await copyPermissions?.(path.join(folder, 'absent'), fresh);
    expect([(await stat(fresh)).mode & 0o777, await readFile(fresh, 'utf8')]).toEqual([0o640, 'fresh']);
  });
});
