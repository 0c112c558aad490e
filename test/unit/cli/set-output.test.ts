import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Sandbox } from './terminal';

const folder = path.resolve(import.meta.dirname, '../../fixtures/scene');
const red = path.join(folder, 'T32TQM_20220105_B04_10m.tif');
const blue = path.join(folder, 'T32TQM_20220105_B02_10m.tif');

describe('an output in a folder', () => {
  it.each(['new/', 'new/deeper/', 'there'])('%s gets a name there, as generate gives it', async (output) => {
    const sandbox = new Sandbox();
    mkdirSync(sandbox.path('there'));
    const { exitCode, told } = await sandbox.run('scene', red, blue, '-o', output);
    expect(exitCode, told).toBe(0);
    expect(readdirSync(sandbox.path(output))).toEqual(['scene.kerchunk.json']);
  });

  it('that is not there is named before anything is read', async () => {
    const { exitCode, told } = await new Sandbox().run('scene', red, '-o', 'new/s.json');
    expect(exitCode).toBe(2);
    expect(told).toBe('new/s.json: there is no folder new. Create it first.');
  });

  it('says its form by its name alone', async () => {
    const { told } = await new Sandbox().run('scene', red, '-o', 'x.tif');
    expect(told).toBe('x.tif does not say what form to write. End it in .json, .json.gz or .parq.');
  });

  it('is not put into a store', async () => {
    const sandbox = new Sandbox();
    mkdirSync(sandbox.path('store'));
    writeFileSync(sandbox.path('store/.zmetadata'), '{}');
    const { exitCode, told } = await sandbox.run('scene', red, '-o', 'store/');
    expect(exitCode).toBe(2);
    expect(told).toContain('store/ is a folder that holds a zarr store');
    expect(readdirSync(sandbox.path('store'))).toEqual(['.zmetadata']);
  });
});

describe('a set that is refused', () => {
  it('says why first, and leaves nothing behind of files that are here', async () => {
    const sandbox = new Sandbox();
    mkdirSync(sandbox.path('other'));
    copyFileSync(red, sandbox.path(`other/${path.basename(red)}`));
    const pattern = ['--pattern', '*_{time:%Y%m%d}_{band}_*.tif'];
    const { exitCode, told } = await sandbox.run('stack', red, 'other', ...pattern, '-o', 's.json');
    expect(exitCode).toBe(2);
    expect(told).toMatch(/^1 duplicate: .* are both B04 at time 2022-01-05\. Say which one counts[^\n]*$/u);
    expect(readdirSync(sandbox.folder)).toEqual(['other']);
  });

  it.each([
    ['text', 'hello'],
    ['empty', ''],
  ])('of a file that is no TIFF but %s is not written without it', async (_, content) => {
    const sandbox = new Sandbox();
    writeFileSync(sandbox.path('no.tif'), content);
    const { exitCode, told } = await sandbox.run('scene', red, blue, 'no.tif', '-o', 's.json');
    expect(exitCode).toBe(2);
    expect(told).toMatch(/^no\.tif: .*Nothing was written: leave it out\.$/u);
    expect(readdirSync(sandbox.folder)).toEqual(['no.tif']);
  });

  it('of a path at which nothing stands is not written without it', async () => {
    const sandbox = new Sandbox();
    const { exitCode, told } = await sandbox.run('mosaic', red, 'tils.tif', '-o', 's.json');
    expect(exitCode).toBe(2);
    expect(told).toContain('There is no file tils.tif; nothing was read or written');
    expect(readdirSync(sandbox.folder)).toEqual([]);
  });
});

describe('a file that is given twice', () => {
  it('is one variable of a scene, which is told', async () => {
    const sandbox = new Sandbox();
    const { exitCode, told } = await sandbox.run('scene', red, red, '-o', 's.json');
    expect(exitCode, told).toBe(0);
    expect(told).toContain(`warning: ${red}: given more than once, and taken once.`);
  });
});

describe('generate', () => {
  it('takes a wildcard that the shell left in place, and the TIFFs of a folder', async () => {
    const sandbox = new Sandbox();
    mkdirSync(sandbox.path('tiles'));
    for (const name of ['a.tif', 'b.tif']) copyFileSync(red, sandbox.path(`tiles/${name}`));
    for (const [input, output] of [
      ['tiles/*.tif', 'g/'],
      ['tiles', 'h/'],
    ] as const) {
      const { exitCode, told } = await sandbox.run('generate', input, '-o', output);
      expect(exitCode, told).toBe(0);
      expect(readdirSync(sandbox.path(output))).toEqual(['a.kerchunk.json', 'b.kerchunk.json']);
    }
  });
});

describe('files in a store', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  /** A bucket that holds the red band, and answers 404 to anything else, as Amazon S3 does where it may be listed. */
  function serve() {
    const content = readFileSync(red);
    vi.stubGlobal('fetch', (address: string, { headers }: { headers: Record<string, string> }) => {
      if (address !== 'https://bucket.s3.amazonaws.com/a/T_20220105_B04.tif') {
        return Promise.resolve(new Response(null, { status: 404 }));
      }
      const [, start = '', end = ''] = /^bytes=(\d+)-(\d+)$/u.exec(headers.Range ?? '') ?? [];
      const body = content.subarray(Number(start), Number(end) + 1);
      const range = `bytes ${start}-${Number(start) + body.length - 1}/${content.length}`;
      return Promise.resolve(new Response(body, { status: 206, headers: { 'Content-Range': range, ETag: '"a"' } }));
    });
  }

  const targets = (text: string): unknown[] => {
    const { refs } = JSON.parse(text) as { refs: Record<string, unknown> };
    return [...new Set(Object.values(refs).flatMap((value) => (Array.isArray(value) ? [value[0] as unknown] : [])))];
  };

  it.each([
    ['scene', 'out.json', []],
    ['stack', 'out.json', ['--pattern', '*_{time:%Y%m%d}_*.tif']],
    ['mosaic', 'out.json', []],
    ['generate', 'out.json', []],
  ])('%s keeps the s3: address where it is asked to, and its code opens that', async (command, output, more) => {
    serve();
    const sandbox = new Sandbox();
    const address = 's3://bucket/a/T_20220105_B04.tif';
    const { exitCode, told } = await sandbox.run(command, address, '--targets', 'given', '-o', output, ...more);
    expect(exitCode, told).toBe(0);
    expect(targets(readFileSync(sandbox.path(output), 'utf8'))).toEqual([address]);
    expect(told).toContain('"remote_protocol": "s3"');
    expect(told).toContain('"remote_options": {"anon": True}');
    expect(await sandbox.run(command, address, '-o', output, ...more)).toMatchObject({ exitCode: 0 });
    expect(targets(readFileSync(sandbox.path(output), 'utf8'))).toEqual([
      'https://bucket.s3.amazonaws.com/a/T_20220105_B04.tif',
    ]);
  });

  it('that cannot be read leave a journal of the others, until all are read', async () => {
    serve();
    const sandbox = new Sandbox();
    const arguments_ = ['--pattern', '*_{band}.tif', '-o', 's.json'] as const;
    const inputs = ['s3://bucket/a/T_20220105_B04.tif', 's3://bucket/a/T_20220105_B08.tif'];
    const first = await sandbox.run('scene', ...inputs, ...arguments_);
    expect(first.exitCode).toBe(1);
    expect(first.told).toContain('Run the same command again to try it once more: the others stand in s.json.journal');
    expect(existsSync(sandbox.path('s.json.journal'))).toBe(true);
    const last = await sandbox.run('scene', inputs[0] ?? '', ...arguments_);
    expect(last.exitCode, last.told).toBe(0);
    expect(last.told).toContain('1 of 1 file; 1 read by an earlier run; 1 request, 1 byte read');
    expect(existsSync(sandbox.path('s.json.journal'))).toBe(false);
  });
});

describe('a STAC item that states what cannot be', () => {
  it('is blamed, and its TIFF is taken without that', async () => {
    const sandbox = new Sandbox();
    // Of uint8 without nodata, scale or CRS.
    copyFileSync(path.resolve(import.meta.dirname, '../../fixtures/tiff/strips-le.tif'), sandbox.path('a.tif'));
    const red = {
      href: 'a.tif',
      type: 'image/tiff',
      'raster:bands': [{ nodata: 1e30, scale: 0 }],
      'proj:epsg': 99999,
    };
    const item = { type: 'Feature', id: 'one', properties: { datetime: '2022-01-05T00:00:00Z' }, assets: { red } };
    writeFileSync(sandbox.path('item.json'), JSON.stringify(item));
    const { exitCode, told } = await sandbox.run('scene', 'item.json', '-o', 's.json');
    expect(exitCode, told).toBe(0);
    expect(told).toContain('The STAC item one, asset red: its scale is 0');
    expect(told).toContain('The STAC item one, asset red: its nodata 1e+30 does not fit the data type');
    expect(told).toContain('The STAC item one, asset red: its EPSG:99999 is no CRS that is known here');
    expect(told).not.toContain('not read');
  });
});
