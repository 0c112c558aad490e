import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createOpener } from '../../../src/bytes/open';
import type { ByteSource } from '../../../src/bytes/source';
import { eachByHost } from '../../../src/check/by-host';
import { checkReach } from '../../../src/check/check-reach';
import { KerchunkError } from '../../../src/errors';
import { type Behaviour, startServer, type TestServer } from '../../support/servers';
import { setOf } from './harness';
import { byteArray } from '../../support/zarray';

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const zarray = JSON.stringify(byteArray([10], [1]));

/** A server with a file of `size` bytes at /a, and what there is to say of references to it. */
async function reached(behaviour: Behaviour, references: [number, number][] | 'whole' = [[10, 10]], size = 100) {
  const server = await startServer({ files: { '/a': { content: new Uint8Array(size), behaviour } } });
  servers.push(server);
  const url = `${server.url}/a`;
  const entries = references === 'whole' ? [[url]] : references.map(([offset, length]) => [url, offset, length]);
  return { ...(await check(entries)), requests: server.requests };
}

async function check(entries: unknown[][], base?: string) {
  const { set, text } = setOf(
    {
      '.zgroup': '{"zarr_format":2}',
      'a/.zarray': zarray,
      ...Object.fromEntries(entries.map((entry, i) => [`a/${i}`, entry])),
    },
    ...(base === undefined ? [] : [base]),
  );
  const opener = createOpener({ retry: { attempts: 1 } });
  const told: string[] = [];
  const result = await checkReach(set, text, { opener, onProgress: (message) => told.push(message) });
  const short = result.groups.map(({ code, count, samples }) => [code, count, samples[0]?.key]);
  return { ...result, short, told, message: result.groups[0]?.samples[0]?.message };
}

describe('whether files can be reached', () => {
  it('asks each for one byte, once, and finds nothing where ranges end within it', async () => {
    const {
      short,
      requests,
      files,
      reached: count,
      told,
    } = await reached('ranges', [
      [0, 1],
      [10, 10],
      [90, 10],
    ]);
    expect(short).toEqual([]);
    expect(requests.map(({ range }) => range)).toEqual(['bytes=0-0']);
    expect([files, count, told]).toEqual([1, 1, ['1 of 1 file reached for']]);
  });

  it('counts the references that end beyond the end', async () => {
    const { groups } = await reached('ranges', [
      [0, 1],
      [90, 11],
      [200, 1],
      [99, 1],
    ]);
    expect(groups).toMatchObject([
      {
        code: 'reach/past-end',
        severity: 'error',
        path: 'a',
        count: 2,
        samples: [{ key: 'a/1', line: 1 }, { key: 'a/2' }],
      },
    ]);
    expect(groups[0]?.samples[0]?.message).toMatch(/^a\/1 ends at byte 101 of http:.*\/a, which has 100 bytes\.$/u);
  });

  it.each<[Behaviour, string]>([
    ['forbidden', 'reach/refused'],
    ['unauthorized', 'reach/refused'],
    ['login-page', 'reach/refused'],
    ['status200', 'reach/no-ranges'],
    ['status200-chunked', 'reach/no-ranges'],
  ])('of a server that answers %s: %s, with the number of references', async (behaviour, code) => {
    const { short, message } = await reached(behaviour, [
      [0, 1],
      [1, 1],
    ]);
    expect(short).toEqual([[code, 1, 'a/0']]);
    expect(message).toMatch(/ 2 references point there\.$/u);
  });

  it('finds large files without ranges too', async () => {
    expect((await reached('status200', [[10, 10]], 5 * 2 ** 20)).short).toEqual([['reach/no-ranges', 1, 'a/0']]);
  });

  it('needs no ranges where the whole file is referred to', async () => {
    expect((await reached('status200', 'whole')).short).toEqual([]);
  });

  it('tells absent files, and those that no server is there for', async () => {
    const server = await startServer({ files: {} });
    const gone = `${server.url}/gone`;
    await server.close();
    const other = await startServer({ files: {} });
    servers.push(other);
    const {
      short,
      files,
      reached: count,
    } = await check([
      [`${other.url}/a`, 1, 1],
      [gone, 1, 1],
    ]);
    expect(short).toEqual([
      ['reach/absent', 1, 'a/0'],
      ['reach/refused', 1, 'a/1'],
    ]);
    expect([files, count]).toEqual([2, 0]);
  });

  it('reads local files, beside the reference file too, and says what nothing here reads', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kerchunk-reach-'));
    writeFileSync(path.join(folder, 'a.bin'), new Uint8Array(8));
    const entries = [
      ['a.bin', 0, 8],
      ['a.bin', 4, 8],
      ['b.bin', 0, 1],
      [path.join(folder, 'a.bin'), 8, 1],
      ['ftp://b/k', 1, 1],
    ];
    const { short } = await check(entries, `file://${folder}/refs.json`);
    expect(short).toEqual([
      ['reach/absent', 1, 'a/2'],
      ['reach/not-tried', 1, 'a/4'],
      ['reach/past-end', 1, 'a/1'],
      ['reach/past-end', 1, 'a/3'],
    ]);
  });

  it('asks for the last byte where the size is not told', async () => {
    const read = (size: number) => async (offset: number, length: number) =>
      Promise.resolve(new Uint8Array(Math.max(0, Math.min(length, size - offset))));
    const sized = async (size: number) => {
      const { set, text } = setOf({
        '.zgroup': '{"zarr_format":2}',
        'a/.zarray': zarray,
        'a/0': ['https://e.org/a', 90, 10],
      });
      const source: ByteSource = { url: '', read: read(size), size: () => undefined, validator: () => undefined };
      return (await checkReach(set, text, { opener: { open: () => source } })).groups.map(({ code }) => code);
    };
    expect(await sized(100)).toEqual([]);
    expect(await sized(99)).toEqual(['reach/past-end']);
  });

  it('stops at once where it is cancelled', async () => {
    const cancel = new AbortController();
    const { set, text } = setOf({
      '.zgroup': '{"zarr_format":2}',
      'a/.zarray': zarray,
      'a/0': ['https://e.org/a', 90, 10],
    });
    const source: ByteSource = {
      url: '',
      read: (_offset, _length, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            reject(new KerchunkError('cancelled', 'Cancelled.'));
          });
          cancel.abort();
        }),
      size: () => undefined,
      validator: () => undefined,
    };
    const check = checkReach(set, text, { opener: { open: () => source }, signal: cancel.signal });
    await expect(check).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('work on many hosts', () => {
  it('is done once for each address, so many at once for a host and in all', async () => {
    const addresses = Array.from({ length: 60 }, (_, i) => `https://host${i < 40 ? 0 : i % 7}/${i}`);
    const running = new Map<string, number>();
    const most = { host: 0, all: 0 };
    const done: string[] = [];
    await eachByHost(addresses, { perHost: 3, total: 10 }, async (address) => {
      const host = new URL(address).host;
      running.set(host, (running.get(host) ?? 0) + 1);
      most.host = Math.max(most.host, ...running.values());
      most.all = Math.max(
        most.all,
        [...running.values()].reduce((sum, count) => sum + count, 0),
      );
      await new Promise((resolve) => setTimeout(resolve, 2));
      running.set(host, (running.get(host) ?? 0) - 1);
      done.push(address);
    });
    expect(done.toSorted()).toEqual(addresses.toSorted());
    expect(most).toEqual({ host: 3, all: 10 });
  });
});
