import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ServedFile, startServer, type TestServer } from '../../support/servers';
import { Sandbox } from './terminal';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures');
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(fixtures, name)));

let server: TestServer | undefined;
afterEach(async () => {
  vi.unstubAllGlobals();
  await server?.close();
  server = undefined;
});

async function serve(files: Record<string, ServedFile>): Promise<string> {
  server = await startServer({ files });
  return server.url;
}

/** Every file of a set in parquet, below `at`. */
function parquetFiles(at: string): Record<string, ServedFile> {
  const folder = path.join(fixtures, 'parquet/sets/kerchunk');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    files
      .filter((name) => statSync(path.join(folder, name)).isFile())
      .map((name) => [`${at}/${name.replaceAll('\\', '/')}`, { content: read(`parquet/sets/kerchunk/${name}`) }]),
  );
}

describe.each(['plain.json', 'one.json.gz', 'members.json.gz', 'one.json.zst', 'frames.json.zst'])(
  'The reference file %s',
  (name) => {
    it('at an address is read by one GET of the whole, and its relative targets beside it', async () => {
      const url = await serve({
        [`/a/${name}`]: { content: read(`compressed/${name}`) },
        '/a/red.bin': { content: read('compressed/red.bin') },
      });
      // The six values behind the first two bytes, as make_compressed.py writes them.
      const { out, told, exitCode } = await new Sandbox().run('read', `${url}/a/${name}`, 'red', '--json');
      expect([exitCode, told]).toEqual([0, '']);
      expect(JSON.parse(out)).toMatchObject({ shape: [6], statistics: { minimum: 1, maximum: 60000 } });
      const asked = server?.requests.filter((request) => request.url.endsWith(name)) ?? [];
      expect(asked.map(({ method, range }) => [method, range])).toEqual([['GET', '']]);
    });

    it('is validated and described by its path and by its address alike', async () => {
      const url = await serve({ [`/a/${name}`]: { content: read(`compressed/${name}`) } });
      for (const file of [path.join(fixtures, 'compressed', name), `${url}/a/${name}`]) {
        const { out, exitCode } = await new Sandbox().run('validate', file, '--json', '--offline');
        expect(exitCode, file).toBe(0);
        const [result] = JSON.parse(out) as { findings: { line: number }[] }[];
        // A relative target, in the line of the text in which it stands: the eighth of the decompressed one.
        expect(
          result?.findings.map(({ line }) => line),
          out,
        ).toContain(8);
        const described = await new Sandbox().run('info', file, '--json');
        expect(JSON.parse(described.out)).toMatchObject({ arrays: [{ path: 'red', shape: [6] }] });
      }
    });
  },
);

describe('A reference set in parquet at an address', () => {
  it.each(['/set.parq', '/set.parq/', '/set.parq/.zmetadata', '/set'])('is found at %s', async (at) => {
    const url = await serve(parquetFiles(at.startsWith('/set.parq') ? '/set.parq' : '/set'));
    const local = await new Sandbox().run('info', path.join(fixtures, 'parquet/sets/kerchunk'), '--json');
    const { out, told, exitCode } = await new Sandbox().run('info', `${url}${at}`, '--json');
    expect([exitCode, told]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual(JSON.parse(local.out));
  });

  it('gives the findings that the folder gives', async () => {
    const url = await serve(parquetFiles('/set.parq'));
    const codes = async (file: string): Promise<unknown> => {
      const { out } = await new Sandbox().run('validate', file, '--json', '--offline');
      const [result] = JSON.parse(out) as { findings: { code: string; file?: string; row?: number }[] }[];
      return result?.findings.map(({ code, file: record, row }) => [code, record, row]);
    };
    expect(await codes(`${url}/set.parq`)).toEqual(await codes(path.join(fixtures, 'parquet/sets/kerchunk')));
  });
});

describe('What is no reference file at an address', () => {
  it.each([
    ['/none.json', 404, 'There is no such file (404)'],
    ['/private.json', 403, 'Access is refused (403)'],
  ])('%s says why', async (name, status, words) => {
    server = await startServer((_, response) => response.writeHead(status).end('no'));
    const { told, exitCode } = await new Sandbox().run('info', `${server.url}${name}`);
    expect(exitCode).toBe(2);
    expect(told).toContain(words);
  });

  it('that is a web page is called one', async () => {
    server = await startServer((_, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
    );
    const { told, exitCode } = await new Sandbox().run('validate', `${server.url}/refs.json`);
    expect(exitCode).toBe(2);
    expect(told).toContain('web page');
  });

  it('that is a TIFF is known by four bytes', async () => {
    const url = await serve({ '/scene': { content: read('sample/red.tif') } });
    const { told, exitCode } = await new Sandbox().run('validate', `${url}/scene`);
    expect(exitCode).toBe(2);
    expect(told).toContain('is a TIFF, not a reference file');
    expect(server?.requests.filter(({ range }) => range === '')).toEqual([]);
  });

  it('that a server says to be larger than is read is not fetched', async () => {
    server = await startServer((_, response) => {
      response.writeHead(200, { 'Content-Length': String(2 ** 31 + 1) });
      response.write('{');
    });
    const { told, exitCode } = await new Sandbox().run('info', `${server.url}/refs.json`);
    expect(exitCode).toBe(2);
    expect(told).toContain('2.0 GiB');
  });

  it('that was cut off in the middle of its compressed bytes says so', async () => {
    const url = await serve({ '/refs.json.gz': { content: new Uint8Array(gzipSync('{"a": 1}')).subarray(0, 20) } });
    const { told } = await new Sandbox().run('info', `${url}/refs.json.gz`);
    expect(told).toMatch(/gzip, 20 bytes.*cannot be decompressed.*unexpected end of file/u);
  });
});

describe('An address of an object store', () => {
  it('is asked for in its public form, and relative targets resolve against it', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (input: unknown, init?: RequestInit) => {
      asked.push(String(input));
      const content = String(input).endsWith('.json.zst')
        ? read('compressed/one.json.zst')
        : read('compressed/red.bin');
      const range = new Headers(init?.headers).get('range');
      const headers = range === null ? {} : { 'content-range': `bytes 2-13/${content.length}` };
      const body = range === null ? content : content.subarray(2, 14);
      return Promise.resolve(new Response(new Uint8Array(body), { status: range === null ? 200 : 206, headers }));
    });
    const { exitCode, told } = await new Sandbox().run('read', 's3://bucket/a/refs.json.zst', 'red', '--json');
    expect([exitCode, told]).toEqual([0, '']);
    expect(asked).toEqual([
      'https://bucket.s3.amazonaws.com/a/refs.json.zst',
      'https://bucket.s3.amazonaws.com/a/red.bin',
    ]);
  });
});
