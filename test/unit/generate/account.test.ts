import { describe, expect, it } from 'vitest';
import { generateReferences } from '../../../src/generate/generate';
import type { GenerateAccount, GenerateOptions } from '../../../src/generate/types';
import { describeTiff } from '../../../src/tiff/describe';
import { buildTiff, imageTags, type TagSpec, tiles } from '../tiff/build-tiff';

/** The account of an image of 16 by 16 pixels in one tile. */
async function accountOf(tags: TagSpec[], options: Partial<GenerateOptions> = {}): Promise<GenerateAccount> {
  const all = imageTags(16, 16, ...tiles([1000], [100]), ...tags);
  const tiff = await describeTiff(buildTiff([{ at: 8, tags: all }], { end: 5000 }));
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
  it('says that a pixel size without a tiepoint gives no coordinates, and nothing where there is one', async () => {
    expect((await accountOf([scale])).warnings).toEqual([
      expect.stringMatching(/10 by 20 .* no tiepoint .* no coordinates and no GeoTransform .*gdal_edit\.py -a_ullr/u),
    ]);
    expect((await accountOf([scale, tiepoint])).warnings).toEqual([]);
    expect((await accountOf([])).warnings).toEqual([]);
  });
});
