import { describe, expect, it } from 'vitest';
import { generateReferences } from '../../../src/generate/generate';
import type { GenerateAccount, GenerateOptions } from '../../../src/generate/types';
import { xarrayCode } from '../../../src/generate/xarray-code';
import { describeTiff } from '../../../src/tiff/describe';
import { buildTiff, imageTags, type TagSpec, tiles } from '../tiff/build-tiff';

/** The account of an image of 16 by 16 pixels in one tile. */
async function accountOf(
  tags: TagSpec[],
  options: Partial<GenerateOptions> = {},
  end = 5000,
): Promise<GenerateAccount> {
  const all = imageTags(16, 16, ...tiles([1000], [100]), ...tags);
  const tiff = await describeTiff(buildTiff([{ at: 8, tags: all }], { end }));
  const { account } = await generateReferences(tiff, {
    preset: 'portable',
    targetUrl: 'https://example.org/a.tif',
    overviews: false,
    coordinates: true,
    ...options,
  });
  return account;
}

const scale: TagSpec = { tag: 33550, type: 'double', values: [10, 20, 0] };
const tiepoint: TagSpec = { tag: 33922, type: 'double', values: [0, 0, 0, 500_000, 5_200_000, 0] };

describe('the account', () => {
  it('finds delta of the preset notebook wrong where a chunk has several rows', async () => {
    const strips = (rows: number): TagSpec[] => [
      { tag: 278, type: 'short', values: [rows] },
      { tag: 273, type: 'long', values: new Array<number>(16 / rows).fill(1000) },
      { tag: 279, type: 'long', values: new Array<number>(16 / rows).fill(100) },
    ];
    const verdicts = async (rows: number): Promise<boolean[]> => {
      const tags = imageTags(16, 16, ...strips(rows), { tag: 317, type: 'short', values: [2] });
      const tiff = await describeTiff(buildTiff([{ at: 8, tags }], { end: 5000 }));
      const options = { targetUrl: 'https://example.org/a.tif', overviews: false, coordinates: true } as const;
      const { account } = await generateReferences(tiff, { ...options, preset: 'notebook' });
      return account.readers.filter(({ opens }) => opens).map(({ wrongValues }) => wrongValues === true);
    };
    expect(await verdicts(1)).not.toContain(true);
    expect(await verdicts(2)).not.toContain(false);
  });

  it('says of uncompressed tiles that their stated bytes are fewer than their pixels have', async () => {
    const plain: TagSpec = { tag: 259, type: 'short', values: [1] };
    const tables = (...lengths: number[]): TagSpec[] => [plain, ...tiles([1000, 1300, 1600, 1900], lengths)];
    const warningsOf = async (...lengths: number[]): Promise<string[]> => {
      const tiff = await describeTiff(
        buildTiff([{ at: 8, tags: imageTags(32, 32, ...tables(...lengths)) }], { end: 5000 }),
      );
      const options = { targetUrl: 'https://example.org/a.tif', overviews: false, coordinates: true } as const;
      return (await generateReferences(tiff, { ...options, preset: 'portable' })).account.warnings;
    };
    expect(await warningsOf(256, 255, 300, 1)).toEqual([
      'memory:test.tif states fewer bytes for 2 uncompressed tiles than the pixels have (tile number 1: 255 bytes for 256): ' +
        'the pixels count, as they do for GDAL.',
    ]);
    expect(await warningsOf(256, 256, 300, 256)).toEqual([]);
  });

  it('says that a pixel size without a tiepoint gives no coordinates, and nothing where there is one', async () => {
    expect((await accountOf([scale])).warnings).toEqual([
      expect.stringMatching(/10 by 20 .* no tiepoint .* no coordinates and no GeoTransform .*gdal_edit\.py -a_ullr/u),
    ]);
    expect((await accountOf([scale, tiepoint])).warnings).toEqual([]);
    expect((await accountOf([])).warnings).toEqual([]);
  });

  it.each([
    ['X-Amz-Signature', '?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=60&X-Amz-Signature=5ec3e7'],
    ['X-Goog-Signature', '?X-Goog-Expires=60&X-Goog-Signature=5ec3e7#page'],
    ['Signature', '?Expires=1&Signature=5ec3e7&Key-Pair-Id=K'],
    ['sig', '?se=2026-01-01&sp=r&sig=5ec3e7%3D'],
    ['token', '?token=5ec3e7'],
    ['access_token', '?v=1&access_token=5ec3e7'],
  ])('warns of a signed address, by %s, names the way out and keeps the secret', async (name, query) => {
    for (const preset of ['portable', 'notebook'] as const) {
      const { warnings } = await accountOf([], { preset, targetUrl: `https://example.org/a.tif${query}` });
      expect(warnings[0]).toContain(`with ${name} in its query`);
      expect(warnings[0]).toMatch(/expires.* --url .* kerchunk\.generate\.urlPrefix/u);
      expect(warnings.join()).not.toContain('5ec3e7');
    }
  });

  it.each(['', '?versionId=abc', '?v=1&design=sig', '?signal=1&tokens=2', '#sig=1', '/sig=1/token=2'])(
    'does not warn of an address that ends with %j',
    async (end) => {
      expect((await accountOf([], { targetUrl: `https://example.org/a.tif${end}` })).warnings).toEqual([]);
    },
  );
});

describe('the verdict on a reader', () => {
  it.each([
    ['https://example.org/a.tif', ', and with the package aiohttp for the address'],
    ['s3://bucket/a.tif', ', and with the package s3fs for the address'],
    ['gs://bucket/a.tif', ', and with the package gcsfs for the address'],
    ['az://account/container/a.tif', ', and with the package adlfs for the address'],
    ['file:///data/a.tif', ''],
  ])('names the package that Python needs for %s', async (targetUrl, packages) => {
    const { readers } = await accountOf([], { targetUrl });
    for (const reader of ['xarray (engine kerchunk)', 'zarr-python 2 and 3']) {
      const reason = `with the codecs that numcodecs has built in${packages}`;
      expect(readers).toContainEqual({ reader, opens: true, reason });
    }
  });

  it('counts the chunks that lie beyond the end of the file', async () => {
    const cut = await accountOf([], {}, 1050);
    expect(cut.levels).toMatchObject([{ chunks: 1, unreadable: 1 }]);
    expect(cut.readers.map(({ opens, unreadableChunks }) => [opens, unreadableChunks])).toEqual(
      cut.readers.map(() => [true, 1]),
    );
    const whole = await accountOf([], {}, 1100);
    expect(whole.levels).toMatchObject([{ chunks: 1, unreadable: 0 }]);
    expect(whole.readers.every(({ unreadableChunks }) => unreadableChunks === undefined)).toBe(true);
  });
});

describe('a relative address', () => {
  it.each(['notaurl', 'scenes/a.tif', '../a.tif'])('%s is warned of', async (targetUrl) => {
    expect((await accountOf([], { targetUrl })).warnings).toEqual([
      expect.stringContaining(
        `"${targetUrl}", which is a relative address: Python (fsspec) looks for it from the working`,
      ),
    ]);
  });

  it.each(['/data/a.tif', 'C:\\data\\a.tif', 'file:///data/a.tif', 'memory://a.tif'])(
    '%s is none',
    async (targetUrl) => {
      expect((await accountOf([], { targetUrl })).warnings).toEqual([]);
    },
  );
});

describe('the code that opens the file', () => {
  it.each([
    ['s3a://bucket/a.tif', '"remote_protocol": "s3a", "remote_options": {"anon": True}'],
    ['gcs://bucket/a.tif', '"remote_protocol": "gcs", "remote_options": {"token": "anon"}'],
    ['ABFSS://box@account/a.tif', '"remote_protocol": "abfss", "remote_options": {"anon": True}'],
  ])('signs in nowhere for %s', async (targetUrl, options) => {
    const { xarrayCode: code } = await accountOf([], { targetUrl });
    expect(code('a').replaceAll(/\s+/gu, ' ').replaceAll(/, \}/gu, '}').replaceAll('{ ', '{')).toContain(options);
  });

  it('is one line where that fits', async () => {
    const account = await accountOf([], { targetUrl: 'file:///data/a.tif' });
    expect(account.xarrayCode('a.json').split('\n')).toEqual([
      'import xarray as xr',
      '',
      'ds = xr.open_dataset(',
      '    "a.json",',
      '    engine="kerchunk",',
      '    backend_kwargs={"storage_options": {"remote_protocol": "file"}},',
      ')',
      '',
    ]);
  });

  it('has short lines otherwise, as the formatter black breaks them', () => {
    const code = xarrayCode('/home/ada/scenes/2025-11-25/red.kerchunk.json', {
      targetUrl: 'gs://bucket/red.tif',
      imagecodecs: true,
      groups: true,
    });
    expect(code.split('\n')).toEqual([
      'import imagecodecs.numcodecs',
      'import xarray as xr',
      'import zarr',
      '',
      'imagecodecs.numcodecs.register_codecs(verbose=False)',
      'asynchronous = zarr.__version__ >= "3"',
      'ds = xr.open_dataset(',
      '    "reference://0",',
      '    engine="zarr",',
      '    consolidated=False,',
      '    backend_kwargs={',
      '        "storage_options": {',
      '            "fo": "/home/ada/scenes/2025-11-25/red.kerchunk.json",',
      '            "remote_protocol": "gs",',
      '            "remote_options": {"token": "anon", "asynchronous": asynchronous},',
      '        },',
      '    },',
      ')',
      '# reference://0 is the full resolution, reference://1 the largest overview, and so on;',
      '# xr.open_datatree of "reference://", without consolidated=False, opens them all.',
      '',
    ]);
  });
});
