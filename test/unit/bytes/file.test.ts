import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFile } from '../../../src/bytes/file';
import { openFile as openInBrowser } from '../../../src/bytes/file.web';
import { pathToFileUrl } from '../../../src/bytes/file-url';
import type { ByteSource, RequestTrace } from '../../../src/bytes/source';
import { patternBytes } from '../../support/content';
import { failureOf } from './fail';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bytes-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

function sourceOf(name: string): ByteSource {
  const path = join(folder, name);
  return openFile(path, pathToFileUrl(path));
}

describe('a local file', () => {
  it('is read by range, clamped at its end', async () => {
    await writeFile(join(folder, 'a.tif'), patternBytes(1000));
    const traces: RequestTrace[] = [];
    const source = openFile(join(folder, 'a.tif'), 'file:///a.tif', (trace) => traces.push(trace));
    expect(source.size()).toBeUndefined();
    expect(await source.read(10, 5)).toEqual(patternBytes(5, 10));
    expect(source.size()).toBe(1000);
    expect(await source.read(990, 50)).toEqual(patternBytes(10, 990));
    expect(await source.read(1000, 50)).toHaveLength(0);
    expect(await source.read(0, 0)).toHaveLength(0);
    expect(traces.slice(0, 2)).toMatchObject([
      { url: 'file:///a.tif', start: 10, end: 14, bytes: 5, attempt: 1 },
      { url: 'file:///a.tif', start: 990, end: 1039, bytes: 10, attempt: 1 },
    ]);
    expect(traces[0]).not.toHaveProperty('status');
    expect((await failureOf(source.read(-1, 5))).code).toBe('invalid-argument');
    expect((await failureOf(source.read(0, 5, AbortSignal.abort()))).code).toBe('cancelled');
  });

  it('gives plain arrays, whose slices are copies', async () => {
    await writeFile(join(folder, 'plain.tif'), patternBytes(100));
    const bytes = await sourceOf('plain.tif').read(10, 5);
    expect(bytes.constructor).toBe(Uint8Array);
    expect(bytes.buffer.byteLength).toBe(5);
  });

  it('is read beyond 4 GiB', async () => {
    const path = join(folder, 'big.tif');
    const handle = await open(path, 'w');
    await handle.truncate(5 * 2 ** 30);
    await handle.write(Uint8Array.of(1, 2, 3), 0, 3, 2 ** 32 + 7);
    await handle.close();
    const source = openFile(path, 'file:///big.tif');
    expect(await source.read(2 ** 32 + 6, 5)).toEqual(Uint8Array.of(0, 1, 2, 3, 0));
    expect(source.size()).toBe(5_368_709_120);
  });

  it('has its time of change as validator', async () => {
    await writeFile(join(folder, 'dated.tif'), patternBytes(10));
    await utimes(join(folder, 'dated.tif'), 1_700_000_000, 1_700_000_000);
    const source = sourceOf('dated.tif');
    expect(source.validator()).toBeUndefined();
    await source.read(0, 1);
    expect(source.validator()).toEqual({ lastModified: 'Tue, 14 Nov 2023 22:13:20 GMT' });
  });

  it('that grows, shrinks or is written anew ends the source', async () => {
    const path = join(folder, 'changing.tif');
    await writeFile(path, patternBytes(100));
    const source = sourceOf('changing.tif');
    await source.read(0, 1);
    await truncate(path, 50);
    const error = await failureOf(source.read(0, 1));
    expect(error.code).toBe('fetch-failed');
    expect(error.message).toContain('changed since it was first read: 100 bytes then, 50 bytes now');
    await writeFile(path, patternBytes(100, 7));
    await utimes(path, 1, 1);
    expect((await failureOf(source.read(0, 1))).message).toContain('last modified 1970-01-01T00:00:01.000Z');
  });

  it('that is not there, or lies below a file, is named', async () => {
    await writeFile(join(folder, 'file'), 'x');
    for (const [name, says] of [
      ['absent.tif', 'there is no such file. Check the path, and whether the file was moved.'],
      ['file/inside.tif', 'a part of the path is a file, not a folder. Check the path.'],
    ] as const) {
      const error = await failureOf(sourceOf(name).read(0, 1));
      expect(error.code).toBe('fetch-failed');
      expect(error.message).toContain(`Can't read ${join(folder, name)}: `);
      expect(error.message).toContain(says);
    }
  });

  it('that is a folder, a pipe or a circle of links is refused at once', async () => {
    await mkdir(join(folder, 'folder'));
    expect((await failureOf(sourceOf('folder').read(0, 1))).message).toContain(
      'is a folder, not a file. Check the path.',
    );
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect((await failureOf(sourceOf('pipe').read(0, 1))).message).toContain('no regular file');
    await symlink(join(folder, 'circle'), join(folder, 'circle'));
    expect((await failureOf(sourceOf('circle').read(0, 1))).message).toContain('lead in a circle');
  });

  it.runIf(process.getuid?.() !== 0)('that may not be read says so', async () => {
    await writeFile(join(folder, 'secret.tif'), 'x');
    await chmod(join(folder, 'secret.tif'), 0);
    expect((await failureOf(sourceOf('secret.tif').read(0, 1))).message).toContain('no permission');
  });

  it('is found under its literal name where an address was not meant to be decoded', async () => {
    await writeFile(join(folder, 'a%20b.tif'), 'literal');
    const decoded = join(folder, 'a b.tif');
    const url = `file://${folder}/a%20b.tif`;
    expect(Buffer.from(await openFile(decoded, url).read(0, 7)).toString()).toBe('literal');
    await writeFile(decoded, 'decoded');
    expect(Buffer.from(await openFile(decoded, url).read(0, 7)).toString()).toBe('decoded');
  });

  it('can be deleted and can come back unchanged between reads', async () => {
    const path = join(folder, 'gone.tif');
    await writeFile(path, patternBytes(10));
    await utimes(path, 5, 5);
    const source = sourceOf('gone.tif');
    await source.read(0, 1);
    await rm(path);
    expect((await failureOf(source.read(0, 1))).message).toContain('no such file');
    await writeFile(path, patternBytes(10));
    await utimes(path, 5, 5);
    expect(await source.read(0, 1)).toEqual(patternBytes(1));
  });
});

describe('a local file in a browser', () => {
  it('is refused with the way out', async () => {
    const source = openInBrowser('/data/a.tif', 'file:///data/a.tif');
    expect([source.url, source.size(), source.validator()]).toEqual(['file:///data/a.tif', undefined, undefined]);
    const error = await failureOf(source.read(0, 1));
    expect(error.code).toBe('fetch-failed');
    expect(error.message).toContain('Open it in desktop VS Code');
  });
});
