import { describe, expect, it } from 'vitest';
import { generateReferences } from '../../../src/generate/generate';
import type { GenerateAccount, GeneratedReferences, GenerateOptions } from '../../../src/generate/types';
import { describeTiff } from '../../../src/tiff/describe';
import { buildTiff, imageTags, type TagSpec, tiles } from '../tiff/build-tiff';

/** What is written of an image of 16 by 16 pixels in one tile. */
async function generated(tags: TagSpec[], options: Partial<GenerateOptions> = {}): Promise<GeneratedReferences> {
  const all = imageTags(16, 16, ...tiles([1000], [100]), ...tags);
  const tiff = await describeTiff(buildTiff([{ at: 8, tags: all }], { end: 5000 }));
  return generateReferences(tiff, {
    preset: 'portable',
    targetUrl: 'https://example.org/a.tif',
    overviews: false,
    coordinates: true,
    ...options,
  });
}

async function accountOf(tags: TagSpec[], options: Partial<GenerateOptions> = {}): Promise<GenerateAccount> {
  return (await generated(tags, options)).account;
}

async function documentOf(name: '.zarray' | '.zattrs', tags: TagSpec[]): Promise<Record<string, unknown>> {
  const { refs } = JSON.parse((await generated(tags)).text) as { refs: Record<string, string> };
  return JSON.parse(refs[`band_data/${name}`] ?? '') as Record<string, unknown>;
}

const attributesOf = (...tags: TagSpec[]): Promise<Record<string, unknown>> => documentOf('.zattrs', tags);
const metadataOf = (...tags: TagSpec[]): Promise<Record<string, unknown>> => documentOf('.zarray', tags);

describe('scales and offsets', () => {
  const items = (...texts: string[]): TagSpec => {
    return { tag: 42112, type: 'ascii', values: `<GDALMetadata>${texts.join('')}</GDALMetadata>\0` };
  };

  it('are those of items that name a band; others belong to the file', async () => {
    const attributes = await attributesOf(items('<Item name="SCALE" role="scale">0.5</Item>'));
    expect(attributes).not.toHaveProperty('scale_factor');
    expect(attributes).toMatchObject({ gdal_metadata: { SCALE: '0.5' } });
  });

  it('are the last ones stated', async () => {
    const scaleOf = (value: string): string => `<Item name="SCALE" sample="0" role="scale">${value}</Item>`;
    expect(await attributesOf(items(scaleOf('0.5'), scaleOf('0.25')))).toMatchObject({ scale_factor: 0.25 });
  });
});

const short = (tag: number, ...values: number[]): TagSpec => ({ tag, type: 'short', values });

describe('colours', () => {
  const bands = (count: number): TagSpec => short(277, count);

  it.each<[string, TagSpec[]]>([
    ['CMYK', [short(262, 5), bands(4)]],
    ['YCbCr', [short(262, 6), bands(3), short(530, 1, 1)]],
    ['CIELAB', [short(262, 8), bands(3)]],
  ])('that GDAL turns into RGB are named: %s', async (name, tags) => {
    expect((await accountOf(tags)).warnings).toEqual([
      expect.stringMatching(new RegExp(`${name} colours, as they are stored; GDAL .*gdal_translate`, 'u')),
    ]);
  });

  it('that are RGB, or become it, are not spoken of', async () => {
    expect((await accountOf([short(262, 2), bands(3)])).warnings).toEqual([]);
    expect((await accountOf([short(262, 6), bands(3), short(259, 7)])).warnings).toEqual([]);
  });
});

describe('codecs', () => {
  it('of YCbCr in JPEG say so, whatever the JPEG says', async () => {
    const { compressor } = await metadataOf(short(262, 6), short(277, 3), short(259, 7));
    // J_COLOR_SPACE of libjpeg: 3 YCbCr, 2 RGB.
    expect(compressor).toMatchObject({ colorspace_jpeg: 3, colorspace_data: 2 });
  });

  it('of differences of complex numbers are of integers as wide', async () => {
    const { dtype, filters } = await metadataOf(short(258, 64), short(339, 6), short(317, 2));
    expect(dtype).toBe('<c8');
    expect(filters).toEqual([{ id: 'imagecodecs_delta', axis: -1, dist: 1, shape: [16, 16], dtype: '<u8' }]);
  });
});

describe('colours', () => {
  const palette = (values: number[]): TagSpec[] => [
    { tag: 262, type: 'short', values: [3] },
    { tag: 320, type: 'short', values },
  ];

  // GDAL: DEFAULT_COLOR_TABLE_MULTIPLIER_257, or 256, or none, as all values have it.
  it.each([
    ['by 257', [0, 257, 514, 65535, 257, 514]],
    ['by 256', [0, 256, 512, 65280, 256, 512]],
    ['not at all', [0, 1, 2, 255, 1, 2]],
  ])('of a palette are of 8 bits: widened %s', async (_how, colours) => {
    expect(await attributesOf(...palette(colours))).toMatchObject({
      color_interpretation: 'palette',
      color_table: [
        [0, 2, 1],
        [1, 255, 2],
      ],
    });
  });

  it('of the bands have names, and what GDAL_METADATA says counts more', async () => {
    const bands: TagSpec[] = [
      { tag: 262, type: 'short', values: [2] },
      { tag: 277, type: 'short', values: [5] },
      { tag: 338, type: 'short', values: [0, 2] },
    ];
    const roles = ['red', 'green', 'blue', 'undefined', 'alpha'];
    expect(await attributesOf(...bands)).toMatchObject({ color_interpretation: roles });
    const item = '<Item name="COLORINTERP" sample="3" role="colorinterp">Cyan</Item>';
    const metadata: TagSpec = { tag: 42112, type: 'ascii', values: `<GDALMetadata>${item}</GDALMetadata>\0` };
    const attributes = await attributesOf(...bands, metadata);
    expect(attributes).toMatchObject({ color_interpretation: ['red', 'green', 'blue', 'cyan', 'alpha'] });
    expect(attributes).not.toHaveProperty('gdal_metadata');
  });

  // 7 JPEG, 33007 ALT_JPEG of NDPI, 34892 lossy JPEG of DNG.
  it.each([7, 33007, 34892])('of YCbCr in JPEG, compression %i, become red, green and blue', async (compression) => {
    expect(await attributesOf(short(262, 6), short(277, 3), short(259, compression))).toMatchObject({
      color_interpretation: ['red', 'green', 'blue'],
    });
  });

  it('go without saying where the only band is grey', async () => {
    expect(await attributesOf()).not.toHaveProperty('color_interpretation');
  });
});
