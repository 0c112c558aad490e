import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOpener } from '../../../src/bytes/open';
import { checkReach } from '../../../src/check/check-reach';
import { parseReferences } from '../../../src/references/parse';
import { ByteService } from '../../../src/vscode/byte-service';
import { LocalPermission } from '../../../src/vscode/local-permission';
import { WorkerClient } from '../../../src/worker/client';
import { type Behaviour, refusedUrl, startServer, type TestServer } from '../../support/servers';
import { readTestAsset } from '../assets';
import { startHere, textBuffer } from '../worker/harness';
import { fake } from './fake-vscode';
import { byteArray } from '../../support/zarray';

vi.mock('vscode', async () => (await import('./fake-vscode')).vscode);

const quiet = { trace: () => undefined, warn: () => undefined };
const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const zarray = byteArray([100], [1]);

function referencesOf(entries: unknown[][]): Record<string, unknown> {
  const chunks = Object.fromEntries(entries.map((entry, i) => [`a/${i}`, entry]));
  return { '.zgroup': { zarr_format: 2 }, 'a/.zarray': zarray, ...chunks };
}

/** A worker whose bytes VS Code's own service reads, and a document of `entries` that it holds. */
async function opened(entries: unknown[][], base: string | null = null) {
  const permission = new LocalPermission(() => Promise.resolve(false));
  const bytes = new ByteService(permission, quiet as unknown as ConstructorParameters<typeof ByteService>[1]);
  const client = new WorkerClient(startHere(), readTestAsset, {
    openSource: (_document, url, afresh) => bytes.open(url, { afresh }),
  });
  await client.request('open', { document: 'd', text: textBuffer(referencesOf(entries)), url: base });
  return { client, reach: () => client.request('checkReach', { document: 'd' }) };
}

/** What the command line finds. */
async function onCommandLine(entries: unknown[][], base?: string) {
  const text = new Uint8Array(textBuffer(referencesOf(entries)));
  return checkReach(parseReferences(text, base === undefined ? {} : { url: base }), text, { opener: createOpener() });
}

type Told = Pick<Awaited<ReturnType<typeof onCommandLine>>, 'files' | 'reached'> & {
  groups: readonly {
    code: string;
    severity: string;
    count: number;
    samples: readonly { key: string; message: string }[];
  }[];
};

function short({ groups, files, reached }: Told) {
  const told = groups.map(({ code, severity, count, samples }) => [
    code,
    severity,
    count,
    samples.map(({ key, message }) => [key, message]),
  ]);
  return { told, files, reached };
}

beforeEach(() => {
  fake.reset();
});

describe('whether files can be reached, asked by the worker through VS Code', () => {
  it.each<[Behaviour, string[]]>([
    ['ranges', ['reach/past-end']],
    ['status200', ['reach/no-ranges']],
    ['status200-chunked', ['reach/no-ranges']],
    ['forbidden', ['reach/refused']],
    ['login-page', ['reach/refused']],
  ])('finds of a server that answers %s what the command line finds: %s', async (behaviour, codes) => {
    const small = { content: new Uint8Array(100), behaviour };
    // Too large to be fetched whole for a range.
    const large = { content: new Uint8Array(5 * 2 ** 20), behaviour };
    const server = await startServer({ files: { '/a': small, '/large': large } });
    servers.push(server);
    const entries = [
      [`${server.url}/a`, 0, 10],
      [`${server.url}/a`, 95, 10],
      [`${server.url}/large`, 0, 10],
    ];
    const { reach } = await opened(entries);
    const found = short(await reach());
    expect([...new Set(found.told.map(([code]) => code))]).toEqual(codes);
    expect(found.files).toBe(2);
    expect(found).toEqual(short(await onCommandLine(entries)));
  });

  it('tells absent files, servers that are not there and addresses that nothing reads as the command line does', async () => {
    const server = await startServer({ files: {} });
    servers.push(server);
    const entries = [
      [`${server.url}/gone`, 0, 1],
      [`${await refusedUrl()}/f`, 0, 1],
      ['ftp://x.org/f', 0, 1],
      ['beside.bin', 0, 1],
    ];
    const { reach } = await opened(entries);
    const found = short(await reach());
    expect(found.told.map(([code, severity]) => `${String(code)} ${String(severity)}`)).toEqual([
      'reach/absent error',
      'reach/refused error',
      'reach/not-tried info',
      'reach/not-tried info',
    ]);
    expect(found).toEqual(short(await onCommandLine(entries)));
  }, 20_000);

  it('reads local files of the workspace, and no other', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kerchunk-reach-'));
    writeFileSync(path.join(folder, 'a.bin'), new Uint8Array(8));
    const entries = [
      ['a.bin', 0, 8],
      ['a.bin', 4, 8],
      ['none.bin', 0, 1],
    ];
    const base = `file://${folder}/refs.json`;
    fake.folders = [`file://${folder}`];
    const inside = await (await opened(entries, base)).reach();
    expect(inside.groups.map(({ code }) => code)).toEqual(['reach/absent', 'reach/past-end']);
    expect(short(inside)).toEqual(short(await onCommandLine(entries, base)));
    fake.folders = ['file:///elsewhere'];
    const outside = await (await opened(entries, base)).reach();
    expect(outside.groups.map(({ code }) => code)).toEqual(['reach/not-tried', 'reach/not-tried']);
    expect(outside.needPermission).toEqual([`file://${folder}/a.bin`, `file://${folder}/none.bin`]);
  });

  it('asks each file once, and for the file as it is now, whatever was seen of it before', async () => {
    const files: Record<string, { content: Uint8Array }> = { '/a': { content: new Uint8Array(100) } };
    const server = await startServer({ files });
    servers.push(server);
    const { client, reach } = await opened([
      [`${server.url}/a`, 0, 1],
      [`${server.url}/a`, 99, 1],
    ]);
    await client.request('chunk', { document: 'd', path: 'a', indices: [0] });
    server.requests.length = 0;
    expect((await reach()).groups).toEqual([]);
    expect(server.requests.map(({ range }) => range)).toEqual(['bytes=0-0']);
    files['/a'] = { content: new Uint8Array(50) };
    expect((await reach()).groups.map(({ code }) => code)).toEqual(['reach/past-end']);
    delete files['/a'];
    expect((await reach()).groups.map(({ code }) => code)).toEqual(['reach/absent']);
  });
});

describe('whether files of a virtual workspace can be reached', () => {
  it('tells those that are absent, and those that could only be read whole and are too large', async () => {
    fake.folders = ['vfs://host/ws'];
    fake.files
      .set('/ws', {})
      .set('/ws/a', { text: 'inside' })
      .set('/ws/huge', { text: 'x', size: 2 ** 31 });
    const { reach } = await opened([
      ['vfs://host/ws/a', 0, 6],
      ['vfs://host/ws/a', 0, 7],
      ['vfs://host/ws/none', 0, 1],
      ['vfs://host/ws/huge', 0, 1],
    ]);
    const { groups, files, reached } = await reach();
    expect(groups.map(({ code, samples }) => [code, samples[0]?.key])).toEqual([
      ['reach/absent', 'a/2'],
      ['reach/not-tried', 'a/3'],
      ['reach/past-end', 'a/1'],
    ]);
    expect([files, reached]).toEqual([3, 1]);
  });
});
