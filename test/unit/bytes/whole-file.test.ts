import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWholeFile } from '../../../src/bytes/whole-file.node';

const never = new AbortController().signal;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-whole-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('a whole file', () => {
  it('of several pieces, in a buffer of its own', async () => {
    const file = path.join(folder, 'large');
    const bytes = new Uint8Array(40 * 2 ** 20 + 3);
    // A piece is 16 MiB: what stands at its ends must be in its place.
    for (const at of [0, 2 ** 24 - 1, 2 ** 24, 2 ** 25, bytes.length - 1]) bytes[at] = 1 + (at % 251);
    await writeFile(file, bytes);
    const read = await readWholeFile(file, never);
    expect(Buffer.compare(read, bytes)).toBe(0);
    expect(read.buffer.byteLength).toBe(bytes.length);
  });

  it('that is empty', async () => {
    const file = path.join(folder, 'empty');
    await writeFile(file, '');
    expect(await readWholeFile(file, never)).toHaveLength(0);
  });

  it.skipIf(process.platform === 'win32')('that is a pipe', async () => {
    const file = path.join(folder, 'pipe');
    execFileSync('mkfifo', [file]);
    const [read] = await Promise.all([readWholeFile(file, never), writeFile(file, 'through a pipe')]);
    expect(new TextDecoder().decode(read)).toBe('through a pipe');
  });

  it('is not read once it is cancelled', async () => {
    const file = path.join(folder, 'cancelled');
    await writeFile(file, 'x');
    const cancel = new AbortController();
    cancel.abort();
    await expect(readWholeFile(file, cancel.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
