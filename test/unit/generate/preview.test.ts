import { describe, expect, it } from 'vitest';
import { generateReferences } from '../../../src/generate/generate';
import { planPreview, previewReferences, referencesVerdict } from '../../../src/generate/tiff-preview';
import type { GenerateOptions } from '../../../src/generate/types';
import { canShow } from '../../../src/preview/tiff';
import { readWindow } from '../../../src/read/window';
import { parseReferences } from '../../../src/references/parse';
import { describeTiff } from '../../../src/tiff/describe';
import { buildTiff, imageTags } from '../tiff/build-tiff';

const options: GenerateOptions = {
  preset: 'portable',
  targetUrl: 'file:///a.tif',
  overviews: false,
  coordinates: false,
};

/** An image of 2 by 3 pixels, 1 to 6, in two strips of PackBits (literal runs), of which the second has one row; a private tag holds them. */
function shortStrip(compression = 32773) {
  const strips = [3, 1, 2, 3, 4, 1, 5, 6];
  return buildTiff([
    {
      at: 8,
      tags: imageTags(
        2,
        3,
        { tag: 259, type: 'short', values: [compression] },
        { tag: 273, type: 'long', values: [1000, 1005] },
        { tag: 278, type: 'short', values: [2] },
        { tag: 279, type: 'long', values: [5, 3] },
        { tag: 65000, type: 'undefined', values: strips, at: 1000 },
      ),
    },
  ]);
}

describe('a compressed short last strip', () => {
  it('is seen in the preview, and the array keeps its height', async () => {
    const source = shortStrip();
    const { text } = await generateReferences(await describeTiff(source), { ...options, preview: true });
    const set = parseReferences(new TextEncoder().encode(text));
    const array = set.array('band_data');
    expect(array).toMatchObject({ shape: [3, 2], chunkShape: [2, 2] });
    const all = array.shape.map((stop) => ({ start: 0, stop }));
    expect([...(await readWindow(set, array, all, { open: () => source })).data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is no reason to say that references are refused, where it is written anew for them', async () => {
    const packBits = await previewReferences(await describeTiff(shortStrip()), options.targetUrl);
    expect(packBits.refusal).toBeUndefined();
    const lerc = await previewReferences(await describeTiff(shortStrip(34887)), options.targetUrl);
    expect(lerc.refusal).toContain('LERC (34887) cannot be written anew here');
    expect(lerc.account.levels).toMatchObject([{ shape: [3, 2] }]);
  });
});

describe('what the headers alone say', () => {
  it('is that references hold a TIFF of which they cannot hold an overview', async () => {
    const strips = { tag: 65000, type: 'undefined', values: [3, 1, 2, 3, 4, 1, 5, 6], at: 1000 } as const;
    const overview = imageTags(
      1,
      2,
      { tag: 254, type: 'long', values: [1] },
      { tag: 259, type: 'short', values: [4] },
      { tag: 273, type: 'long', values: [1000] },
      { tag: 279, type: 'long', values: [5] },
    );
    const full = imageTags(
      2,
      4,
      { tag: 273, type: 'long', values: [1000] },
      { tag: 279, type: 'long', values: [8] },
      strips,
    );
    const tiff = await describeTiff(
      buildTiff([
        { at: 8, tags: full },
        { at: 500, tags: overview },
      ]),
    );
    expect(tiff.levels).toHaveLength(2);
    const verdict = referencesVerdict(tiff);
    expect(verdict).not.toHaveProperty('refusal');
    expect(verdict.overviewsRefusal).toContain('overview of 1 x 2: it is compressed with CCITT Group 4 (4)');
  });

  it('bounds the chunks of a preview, before any is looked at for itself', async () => {
    const tiff = await describeTiff(shortStrip());
    const [image] = tiff.levels;
    if (image === undefined) throw new Error('It has no image.');
    const tall = (chunksDown: number) => ({
      ...tiff,
      levels: [
        {
          ...image,
          height: 2 * chunksDown,
          chunksDown,
          offsets: new Float64Array(chunksDown).fill(1000),
          lengths: new Float64Array(chunksDown).fill(5),
        },
      ],
    });
    expect(canShow(tall(1_000_000))).toBe(true);
    const many = tall(1_000_001);
    expect(canShow(many)).toBe(false);
    expect(() => planPreview(many)).toThrow(
      /it has 1,000,001 chunks in all levels; .* up to 1,000,000\. Generate its references and open these\. Rewrite it: gdal_translate/u,
    );
    await expect(previewReferences(many, tiff.url)).rejects.toMatchObject({ code: 'limit-exceeded' });
    expect(referencesVerdict(many)).toEqual({});
  });
});
