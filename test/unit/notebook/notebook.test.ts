import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notebookCog } from '../../fixtures/notebook/cog';
import { address, knownRows, notebookJson } from '../../fixtures/notebook/facts';
import { trueValues } from '../../fixtures/notebook/tile';
import { startServer, type TestServer } from '../../support/servers';
import { Sandbox } from '../cli/terminal';

const original = path.resolve(import.meta.dirname, '../../../../shared/notebook/expected.json');

describe("the notebook's COG", () => {
  const sandbox = new Sandbox();
  let server: TestServer;
  let cog: string;
  beforeAll(async () => {
    server = await startServer({ content: notebookCog() });
    cog = `${server.url}/B04.tif`;
  });
  afterAll(() => server.close());

  async function generate(...options: string[]): Promise<string> {
    const output = sandbox.path('red.json');
    expect(await sandbox.run('generate', cog, '-o', output, ...options)).toMatchObject({ exitCode: 0 });
    return output;
  }

  it('is described by one request of 64 KiB', async () => {
    const before = server.requests.length;
    await generate();
    expect(server.requests.slice(before).map(({ method, range }) => [method, range])).toEqual([
      ['GET', 'bytes=0-65535'],
    ]);
  });

  it('gives the JSON of the notebook with the preset notebook, keys in its order', async () => {
    const output = await generate('--preset', 'notebook', '--name', 'red', '--url', address);
    const text = readFileSync(output, 'utf8');
    expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(notebookJson()));
  });

  it.runIf(existsSync(original))('is rebuilt from the right facts: they give the original file', () => {
    expect(JSON.stringify(notebookJson())).toBe(JSON.stringify(JSON.parse(readFileSync(original, 'utf8'))));
  });

  it('says with the preset notebook how far a chunk drifts', async () => {
    const { told } = await sandbox.run('generate', cog, '-o', sandbox.path('drift.json'), '--preset', 'notebook');
    expect(told).toContain('Readers will decode this file to wrong numbers');
  });

  it('decodes tile (7,0) of the portable file to the stored pixels', async () => {
    const output = await generate();
    const values = sandbox.path('tile.npy');
    expect(await sandbox.run('chunk', output, 'band_data/7.0', '-o', values)).toMatchObject({ exitCode: 0 });
    const npy = readFileSync(values);
    const pixels = new Uint16Array(
      npy.buffer.slice(npy.byteOffset + npy.length - 2 * 1024 * 1024, npy.byteOffset + npy.length),
    );
    for (const { row, truth } of knownRows) {
      const found = [0, 1, 2, 1021, 1022, 1023].map((column) => pixels[row * 1024 + column]);
      expect(found).toEqual([...truth]);
    }
    expect(pixels).toEqual(trueValues());
  });

  it("decodes tile (7,0) of the notebook's file to the values that the notebook prints", async () => {
    const output = await generate('--preset', 'notebook', '--name', 'red');
    const values = sandbox.path('wrong.npy');
    await sandbox.run('chunk', output, 'red/7.0', '-o', values);
    const npy = readFileSync(values);
    const pixels = new Float32Array(
      npy.buffer.slice(npy.byteOffset + npy.length - 4 * 1024 * 1024, npy.byteOffset + npy.length),
    );
    for (const { row, printed } of knownRows) {
      [0, 1, 2, 1021, 1022, 1023].forEach((column, index) => {
        expect(pixels[row * 1024 + column]).toBeCloseTo(printed[index] ?? NaN, 4);
      });
    }
  });

  it.each([
    ['one tile', '7168:8192,0:1024', ['bytes=161151032-162782871']],
    ['two neighbours', '7168:8192,0:2048', ['bytes=161151032-164279796']],
    ['two tiles apart', '7168:9216,0:1024', ['bytes=161151032-162782871', 'bytes=176416464-178052523']],
  ])('reads %s with the requests that the notebook shows', async (_, slice, ranges) => {
    const output = await generate();
    const { exitCode, told } = await sandbox.run('read', output, 'band_data', '--slice', slice, '--trace');
    expect(exitCode).toBe(0);
    // Requests that run side by side end in any order.
    expect(told.split('\n').sort()).toEqual(ranges.map((range) => `GET ${cog} ${range}`));
  });

  it("finds both faults of the notebook's file, at their places, from the TIFF itself", async () => {
    const output = sandbox.path('expected.json');
    const text = JSON.stringify(notebookJson(cog));
    writeFileSync(output, text);
    const { exitCode, out } = await sandbox.run('validate', output, '--json');
    const [{ findings, counts }] = JSON.parse(out) as [{ findings: object[]; counts: object }];
    expect(exitCode).toBe(1);
    expect(counts).toEqual({ error: 2, warning: 0, info: 0 });
    expect(findings).toMatchObject([
      {
        code: 'tiff/fill-value-domain',
        severity: 'error',
        key: 'red/.zarray',
        column: text.indexOf('"fill_value":0') + 14,
      },
      {
        code: 'tiff/delta-over-rows',
        severity: 'error',
        key: 'red/.zarray',
        column: text.indexOf('{"id":"delta"') + 1,
      },
    ]);
  });

  it("finds rows 1 onward of every tile sampled of the notebook's file wrong, against the TIFF itself", async () => {
    const output = sandbox.path('against-source.json');
    writeFileSync(output, JSON.stringify(notebookJson(cog)));
    const { exitCode, out } = await sandbox.run('validate', '--source', '--sample', '4', output, '--json');
    const [{ findings, source }] = JSON.parse(out) as [{ findings: { code: string }[]; source: object }];
    expect(exitCode).toBe(1);
    expect(source).toEqual({ arrays: 1, compared: 121, decoded: 4 });
    // The first tile, the last, the last of the first row, and the largest.
    const values = findings.filter(({ code }) => code === 'source/values');
    expect(values).toMatchObject([{ key: 'red/0.0', path: 'red', count: 4 }]);
    expect(findings.filter(({ code }) => code.startsWith('source/'))).toEqual(values);
  });

  it('reports the value that the notebook prints beside the true one', async () => {
    const output = sandbox.path('tile.json');
    const kept = Object.entries(notebookJson(cog)).filter(([key]) => !/\d$/u.test(key) || key === 'red/7.0');
    writeFileSync(output, JSON.stringify(Object.fromEntries(kept)));
    const { out } = await sandbox.run('validate', '--source', output);
    expect(out).toContain(
      'Chunk red/7.0 differs from the TIFF in 1,047,552 of 1,048,576 values, in rows 1 to 1023 of 1024: at row 1, column 0 of the chunk ' +
        '(row 7169, column 0 of the image) the references give 0.7184, and the TIFF has 0.5744, scaled as the array scales it.',
    );
    expect(out).toContain('121 chunks of 1 array compared with the tables, 1 decoded both ways');
  });

  it('says "may" about both where the TIFF cannot be reached', async () => {
    const output = sandbox.path('unreachable.json');
    writeFileSync(output, JSON.stringify(notebookJson(`${server.url.replace(/:\d+$/u, ':1')}/B04.tif`)));
    const { exitCode, out } = await sandbox.run('validate', output);
    expect(exitCode).toBe(0);
    expect(out.match(/ warning: .*may /gu)).toHaveLength(2);
  });
});
