import { describe, expect, it } from 'vitest';
import { describeTiff } from '../../../src/tiff/describe';
import type { TiffDescription } from '../../../src/tiff/types';
import { buildTiff, imageTags, strip, type TagSpec } from './build-tiff';

interface Image {
  size: [width: number, height: number];
  subfile?: number;
  /** SubfileType (255), the older tag. */
  old?: number;
  photometric?: number;
  bands?: number;
  bits?: number;
  format?: number;
}

function describeImages(...images: Image[]): Promise<TiffDescription> {
  const ifds = images.map(({ size: [width, height], subfile, old, photometric, bands, bits, format }, index) => {
    const stated: [number, number | undefined][] = [
      [254, subfile],
      [255, old],
      [258, bits],
      [262, photometric],
      [277, bands],
      [339, format],
    ];
    const tags = stated.flatMap(([tag, value]): TagSpec[] => {
      return value === undefined ? [] : [{ tag, type: tag === 254 ? 'long' : 'short', values: [value] }];
    });
    return { at: 16 + index * 300, tags: imageTags(width, height, ...tags, ...strip()) };
  });
  return describeTiff(buildTiff(ifds));
}

function kinds({ images }: TiffDescription): string[] {
  return images.map(({ kind }) => kind);
}

describe('kinds of images', () => {
  it('takes reduced images of the same samples for overviews, large to small', async () => {
    const description = await describeImages(
      { size: [80, 60] },
      { size: [20, 15], subfile: 1 },
      { size: [40, 30], subfile: 1 },
    );
    expect(kinds(description)).toEqual(['full', 'overview', 'overview']);
    expect(description.levels.map(({ index }) => index)).toEqual([0, 2, 1]);
    expect(description.warnings).toBeUndefined();
  });

  it('takes no mask for an overview, by its flag or by its photometric interpretation', async () => {
    const description = await describeImages(
      { size: [80, 60] },
      { size: [80, 60], subfile: 4, bits: 1 },
      { size: [40, 30], subfile: 5 },
      { size: [40, 30], subfile: 1, photometric: 4 },
      { size: [40, 30], subfile: 1 },
    );
    expect(kinds(description)).toEqual(['full', 'mask', 'mask', 'mask', 'overview']);
    expect(description.levels).toHaveLength(2);
  });

  it('takes a smaller image that says nothing for a page', async () => {
    expect(kinds(await describeImages({ size: [80, 60] }, { size: [40, 30] }, { size: [40, 30], subfile: 2 }))).toEqual(
      ['full', 'page', 'page'],
    );
  });

  it('reads the older SubfileType where the newer tag is absent', async () => {
    const description = await describeImages(
      { size: [80, 60], old: 1 },
      { size: [40, 30], old: 2 },
      { size: [80, 60], old: 3 },
      { size: [20, 15], old: 2, subfile: 0 },
    );
    expect(kinds(description)).toEqual(['full', 'overview', 'page', 'page']);
    expect(description.images.map(({ subfileType }) => subfileType)).toEqual([0, 1, 2, 0]);
  });

  it('takes the first image that is not reduced for the full resolution, with its metadata', async () => {
    const description = await describeImages(
      { size: [8, 6], subfile: 1 },
      { size: [80, 60] },
      { size: [40, 30], subfile: 1 },
    );
    expect(kinds(description)).toEqual(['overview', 'full', 'overview']);
    expect(description.warnings).toEqual([
      expect.stringMatching(/first image .* a reduced one .* 8 x 6 pixels; IFD 1 .* 80 x 60\. .*GTIFF_DIR:2:in\.tif/u),
    ]);
    expect(description.levels.map(({ width }) => width)).toEqual([80, 40, 8]);
  });

  it('takes the first image for the full resolution where all are reduced or masks', async () => {
    expect(kinds(await describeImages({ size: [8, 6], subfile: 1 }, { size: [4, 3], subfile: 1 }))).toEqual([
      'full',
      'overview',
    ]);
    expect(kinds(await describeImages({ size: [8, 6], photometric: 4 }))).toEqual(['full']);
  });

  it.each<[string, Image, string]>([
    ['more bands', { size: [40, 30], subfile: 1, bands: 3 }, '3 bands of unsigned integers of 8 bits'],
    ['deeper samples', { size: [40, 30], subfile: 1, bits: 16 }, '1 band of unsigned integers of 16 bits'],
    ['signed samples', { size: [40, 30], subfile: 1, format: 2 }, '1 band of signed integers of 8 bits'],
    ['the same size', { size: [80, 60], subfile: 1 }, '80 x 60 pixels'],
    ['a larger side', { size: [40, 61], subfile: 1 }, '40 x 61 pixels'],
  ])('takes a reduced image with %s for a page, and says so', async (_, image, words) => {
    const description = await describeImages({ size: [80, 60] }, image);
    expect(kinds(description)).toEqual(['full', 'page']);
    expect(description.levels).toHaveLength(1);
    expect(description.warnings?.[0]).toContain('IFD 1 (at byte 316) says that it is a reduced image');
    expect(description.warnings?.[0]).toContain(words);
  });

  it('leaves overviews of other pages out: those of a size that is there already', async () => {
    const description = await describeImages(
      { size: [80, 60] },
      { size: [40, 30], subfile: 1 },
      { size: [80, 60] },
      { size: [40, 30], subfile: 1 },
    );
    expect(kinds(description)).toEqual(['full', 'overview', 'page', 'page']);
    expect(description.warnings?.[0]).toContain('that is not there already');
    // GDAL writes the overviews of the first page behind all pages.
    const behind = await describeImages(
      { size: [80, 60] },
      { size: [80, 60], subfile: 2 },
      { size: [40, 30], subfile: 1 },
    );
    expect(kinds(behind)).toEqual(['full', 'page', 'overview']);
  });
});

describe('metadata of the full resolution', () => {
  it('comes from that image, wherever it stands in the chain', async () => {
    const nodata = (text: string): TagSpec => ({ tag: 42113, type: 'ascii', values: text });
    const reduced: TagSpec = { tag: 254, type: 'long', values: [1] };
    const mask: TagSpec = { tag: 262, type: 'short', values: [4] };
    const description = await describeTiff(
      buildTiff([
        { at: 16, tags: imageTags(8, 6, reduced, ...strip(), nodata('first')) },
        { at: 500, tags: imageTags(80, 60, mask, ...strip(), nodata('mask')) },
        { at: 1000, tags: imageTags(80, 60, ...strip(), nodata('full of text')) },
        { at: 1500, tags: imageTags(80, 60, ...strip(), nodata('page')) },
      ]),
    );
    expect(kinds(description)).toEqual(['overview', 'mask', 'full', 'page']);
    expect(description.nodata).toBe('full of text');
  });
});
