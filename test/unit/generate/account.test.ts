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

/** The attributes of the array. */
async function attributesOf(...tags: TagSpec[]): Promise<Record<string, unknown>> {
  const { refs } = JSON.parse((await generated(tags)).text) as { refs: Record<string, string> };
  return JSON.parse(refs['band_data/.zattrs'] ?? '') as Record<string, unknown>;
}

const scale: TagSpec = { tag: 33550, type: 'double', values: [10, 20, 0] };
const tiepoint: TagSpec = { tag: 33922, type: 'double', values: [0, 0, 0, 500_000, 5_200_000, 0] };

describe('the account', () => {
  it('says that a pixel size without a tiepoint gives no coordinates, and nothing where there is one', async () => {
    expect((await accountOf([scale])).warnings).toEqual([
      expect.stringMatching(/10 by 20 .* no tiepoint .* no coordinates and no GeoTransform .*gdal_edit\.py -a_ullr/u),
    ]);
    expect((await accountOf([scale, tiepoint])).warnings).toEqual([]);
    expect((await accountOf([])).warnings).toEqual([]);
  });
});

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
