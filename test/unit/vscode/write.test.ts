import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Uri } from 'vscode';
import { writeThroughTemporary } from '../../../src/vscode/write-file';
import { writeFolderThroughTemporary } from '../../../src/vscode/write-folder';
import { fake } from './fake-vscode';

vi.mock('vscode', async () => (await import('./fake-vscode')).vscode);
// No link is followed, and nothing is asked of the system itself.
vi.mock('../../../src/vscode/local-files', () => import('../../../src/vscode/local-files.web'));

const { signal } = new AbortController();
const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).slice().buffer;
const newSet = [
  { path: '.zmetadata', bytes: bytesOf('new') },
  { path: 'v/refs.0.parq', bytes: bytesOf('rows') },
];
const writeSet = (replace = true): Promise<string[]> =>
  writeFolderThroughTemporary(Uri.file('/ws/set.parq'), newSet, { replace, signal });
const texts = (): Record<string, string> =>
  Object.fromEntries([...fake.files].flatMap(([at, { text }]) => (text === undefined ? [] : [[at, text]])));
const written = { '/ws/set.parq/.zmetadata': 'new', '/ws/set.parq/v/refs.0.parq': 'rows' };

beforeEach(() => {
  fake.reset();
  fake.files.set('/ws', {}).set('/ws/set.parq', {}).set('/ws/set.parq/.zmetadata', { text: 'old' });
});

describe('Writing a folder', () => {
  it('replaces what stands there, and leaves nothing beside it', async () => {
    expect(await writeSet()).toEqual([]);
    expect(texts()).toEqual(written);
  });

  it('says where the old one is that cannot be deleted, once the new one stands', async () => {
    fake.forbidden = (operation, at) => operation === 'delete' && at.endsWith('.old');
    const [note = '', ...others] = await writeSet();
    expect(others).toEqual([]);
    const [, left = ''] = /(\/ws\/set\.parq\.[0-9a-f]+\.old)/u.exec(note) ?? [];
    expect(note).toBe(
      `What stood there before could not be deleted: there is no permission. It is now ${left}; delete that folder.`,
    );
    expect(texts()).toEqual({ ...written, [`${left}/.zmetadata`]: 'old' });
  });

  it('leaves the old one where the new one cannot be written, or cannot take its place', async () => {
    for (const forbidden of ['writeFile', 'rename'] as const) {
      fake.forbidden = (operation, at) => operation === forbidden && !at.endsWith('.old');
      // The first rename brings the old one aside; that to its own name is the second, and the third brings it back.
      let renames = 0;
      if (forbidden === 'rename') fake.forbidden = (operation) => operation === 'rename' && ++renames === 2;
      await expect(writeSet()).rejects.toMatchObject({
        code: 'write-failed',
        message: "/ws/set.parq can't be written: there is no permission. Check the folder, and try again.",
      });
      expect(texts()).toEqual({ '/ws/set.parq/.zmetadata': 'old' });
    }
  });

  it('says where the old one is that can neither be replaced nor come back', async () => {
    fake.forbidden = (operation, at) => operation === 'rename' && at === '/ws/set.parq';
    const failure = await writeSet().catch((error: unknown) => error as Error & { code: string });
    if (Array.isArray(failure)) throw new Error('It was written.');
    const [left = ''] = Object.keys(texts());
    expect(left).toMatch(/^\/ws\/set\.parq\.[0-9a-f]+\.old\/\.zmetadata$/u);
    expect(failure.code).toBe('write-failed');
    expect(failure.message).toContain(`What stood there is now ${left.slice(0, -'/.zmetadata'.length)},`);
  });

  it('replaces nothing that it was not to, and nothing once it was cancelled', async () => {
    await expect(writeSet(false)).rejects.toMatchObject({ code: 'write-failed' });
    const stop = new AbortController();
    stop.abort();
    const cancelled = writeFolderThroughTemporary(Uri.file('/ws/set.parq'), newSet, {
      replace: true,
      signal: stop.signal,
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(texts()).toEqual({ '/ws/set.parq/.zmetadata': 'old' });
  });
});

describe('Writing a file', () => {
  const write = (replace: boolean): Promise<void> =>
    writeThroughTemporary(Uri.file('/ws/a.json'), new TextEncoder().encode('new'), { replace, signal });

  it('replaces a file, or says why not and leaves it', async () => {
    fake.reset();
    fake.files.set('/ws/a.json', { text: 'old' });
    await expect(write(false)).rejects.toMatchObject({ code: 'write-failed' });
    fake.forbidden = (operation) => operation !== 'writeFile';
    await expect(write(true)).rejects.toThrow(
      /^\/ws\/a\.json can't be written: .* What was written so far, \S+\.tmp, could/u,
    );
    fake.forbidden = () => false;
    await write(true);
    expect(texts()['/ws/a.json']).toBe('new');
  });
});
