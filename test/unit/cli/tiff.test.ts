import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { server } from '../bytes/serving';
import { Sandbox } from './terminal';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures');
const sample = path.join(fixtures, 'sample/red.tif');
const ccitt = path.join(fixtures, 'tiff/ccitt-4.tif');

interface Info {
  tiff: { images: object[]; headers: { requests: number; bytes: number } };
  arrays: { path: string; shape: number[] }[];
}

/** The first bytes of a .npy file of version 1.0 hold its header, the rest is the values. */
function values(npy: Buffer): Uint16Array {
  const start = 10 + npy.readUInt16LE(8);
  return new Uint16Array(new Uint8Array(npy.subarray(start)).buffer);
}

describe('kerchunk info of a TIFF', () => {
  it('tells what its headers say, level by level', async () => {
    const { exitCode, out } = await new Sandbox().run('info', sample, '--json');
    expect(exitCode).toBe(0);
    const info = JSON.parse(out) as Info;
    expect(info).toMatchObject({
      shown: true,
      tiff: {
        byteOrder: 'little',
        bigTiff: false,
        size: readFileSync(sample).length,
        headers: { requests: 1, bytes: 65_536 },
        crs: 'WGS 84 / UTM zone 10N',
        transform: [499980, 10, 0, 5200020, 0, -10],
        nodata: '0',
        scales: ['0.0001'],
      },
    });
    expect(info).not.toHaveProperty('refusal');
    const common = { layout: 'tiles', chunkWidth: 256, chunkHeight: 256, compression: 'Deflate (8)' };
    expect(info.tiff.images).toMatchObject([
      { ifd: 0, kind: 'full', width: 1536, height: 1536, chunks: 36, sparse: 2, ...common },
      { ifd: 1, kind: 'overview', width: 768, height: 768, chunks: 9, sparse: 0, ...common },
      { ifd: 2, kind: 'overview', width: 384, height: 384, chunks: 4, sparse: 0, ...common },
      { ifd: 3, kind: 'overview', width: 192, height: 192, chunks: 1, sparse: 0, ...common },
    ]);
    expect(info.arrays.map(({ path: array }) => array)).toEqual(['0/red', '1/red', '2/red', '3/red']);
  });

  it('says it in words, with what becomes of the pixels', async () => {
    const { out } = await new Sandbox().run('info', sample);
    expect(out).toContain('IFD 0, full: 1536 x 1536, 36 tiles of 256 x 256, 2 of them sparse; Deflate (8), predictor');
    expect(out).toContain(`references: kerchunk generate ${sample} writes them`);
    const mask = await new Sandbox().run('info', path.join(fixtures, 'tiff/cog-overviews-mask.tif'));
    expect(mask.out).toContain('IFD 1, mask: 300 x 200');
  });

  it('tells the headers of one whose pixels nothing here decodes too, and why', async () => {
    const sandbox = new Sandbox();
    const { exitCode, out } = await sandbox.run('info', ccitt);
    expect(exitCode).toBe(0);
    expect(out).toContain('IFD 0, full: 56 x 40, 1 strip of 56 x 40; CCITT Group 4 (4)');
    expect(out).toContain('references: none. ccitt-4.tif: it is compressed with CCITT Group 4 (4)');
    expect(out).toContain('pixels: not decoded here');
    expect(JSON.parse((await sandbox.run('info', ccitt, '--json')).out)).toMatchObject({ shown: false, arrays: [] });
  });
});

describe('kerchunk read and chunk of a TIFF', () => {
  it('give the values that its references give', async () => {
    const sandbox = new Sandbox();
    await sandbox.run('generate', sample, '-o', 'refs.json');
    for (const [file, array, output] of [
      [sample, '0/red', 'own.npy'],
      ['refs.json', 'red', 'refs.npy'],
    ] as const) {
      const run = await sandbox.run('read', file, array, '--slice', '250:260,500:530', '-o', output);
      expect(run, run.told).toMatchObject({ exitCode: 0 });
    }
    const [own, refs] = ['own.npy', 'refs.npy'].map((name) => values(readFileSync(sandbox.path(name))));
    expect(own).toHaveLength(300);
    expect(own).toEqual(refs);
  });

  it('know it by its first bytes, whatever its name', async () => {
    const sandbox = new Sandbox();
    copyFileSync(sample, sandbox.path('scene.json'));
    const { exitCode, told } = await sandbox.run('chunk', 'scene.json', '0/red/2.3', '-o', 'chunk.png');
    expect(exitCode, told).toBe(0);
    expect(readFileSync(sandbox.path('chunk.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('read it at an address, without fetching all of it', async () => {
    const bytes = readFileSync(sample);
    const { url, requests } = await server({ files: { '/a': { content: bytes } } });
    const { exitCode, out, told } = await new Sandbox().run(
      'read',
      `${url}/a`,
      '0/red',
      '--slice',
      '600:610,900:920',
      '--trace',
      '--json',
    );
    expect(exitCode, told).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ shape: [10, 20], dtype: '<u2' });
    expect(requests.length).toBe(2);
    expect(told.match(/^GET /gmu)).toHaveLength(2);
  });

  it('say of an address with something else what that is', async () => {
    const { url } = await server({ files: { '/a': { content: Buffer.from('{"version": 1, "refs": {}}') } } });
    const { exitCode, told } = await new Sandbox().run('read', `${url}/a`, 'red');
    expect(exitCode).toBe(2);
    expect(told).toContain('The file is JSON, and its "refs" is empty; it is no reference file.');
  });

  it('refuse what is not decoded here in the words of generate', async () => {
    const sandbox = new Sandbox();
    const generated = await sandbox.run('generate', ccitt, '-o', '-');
    const [, reason = ''] = /not generated\. It is (.*)/u.exec(generated.told) ?? [];
    expect(reason).toContain('CCITT Group 4');
    for (const args of [
      ['read', ccitt, 'band_data'],
      ['chunk', ccitt, 'band_data/0.0'],
    ]) {
      const { exitCode, told } = await sandbox.run(...args);
      expect(exitCode).toBe(2);
      expect(told).toContain(reason);
    }
  });

  it('never take a cut-off tile for fill', async () => {
    const sandbox = new Sandbox();
    copyFileSync(sample, sandbox.path('cut.tif'));
    truncateSync(sandbox.path('cut.tif'), 1_070_000);
    const { exitCode, told } = await sandbox.run('chunk', 'cut.tif', '0/red/2.3');
    expect(exitCode).toBe(2);
    expect(told).toMatch(/ends at byte 1,070,000, but bytes 1,065,584-/u);
  });

  it.each(['II*\0', 'MM\0*', 'II+\0', 'MM\0+'])('say of one that ends in its header so: %j', async (text) => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('red.json'), text);
    for (const args of [['info'], ['read', 'red'], ['chunk', 'red/0.0']]) {
      const [command = '', ...rest] = args;
      const { exitCode, told } = await sandbox.run(command, 'red.json', ...rest);
      expect(exitCode).toBe(2);
      expect(told).toContain('red.json begins as a TIFF but ends after 4 bytes');
    }
  });
});
