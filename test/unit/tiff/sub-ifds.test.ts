import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeTiff, type DescribeOptions } from '../../../src/tiff/describe';
import type { TiffDescription } from '../../../src/tiff/types';
import { failureOf } from '../bytes/fail';
import { buildTiff, type IfdSpec, imageTags, strip, type TagSpec } from './build-tiff';
import { CountingSource } from './counting-source';

const tiffs = path.resolve(import.meta.dirname, '../../fixtures/tiffs');

function sub(...offsets: number[]): TagSpec {
  return { tag: 330, type: 'long', values: offsets };
}

function image(at: number, width: number, height: number, ...tags: TagSpec[]): IfdSpec {
  return { at, next: 0, tags: imageTags(width, height, ...tags, ...strip()) };
}

const reduced: TagSpec = { tag: 254, type: 'long', values: [1] };

/** Sizes of the levels, and the warnings. */
async function levelsOf(
  ifds: IfdSpec[],
  options: DescribeOptions = {},
): Promise<{ sizes: string[]; warnings: readonly string[]; tiff: TiffDescription }> {
  const tiff = await describeTiff(buildTiff(ifds), options);
  return { sizes: tiff.levels.map(({ width, height }) => `${width} x ${height}`), warnings: tiff.warnings ?? [], tiff };
}

describe('SubIFDs of the full resolution', () => {
  it('are its levels, each named by the IFD that carries it and a number', async () => {
    const { sizes, warnings, tiff } = await levelsOf([
      image(16, 80, 60, sub(1000, 2000)),
      image(1000, 20, 15, reduced),
      image(2000, 40, 30, reduced),
    ]);
    expect(sizes).toEqual(['80 x 60', '40 x 30', '20 x 15']);
    expect(tiff.images.map(({ index, subIfd, kind }) => [index, subIfd, kind])).toEqual([
      [0, undefined, 'full'],
      [0, 0, 'overview'],
      [0, 1, 'overview'],
    ]);
    expect(warnings).toEqual([]);
  });

  it('that do not say that they are reduced are, where they have the proportions of the image', async () => {
    const { sizes, warnings } = await levelsOf([
      image(16, 81, 61, sub(1000, 2000)),
      image(1000, 41, 31),
      image(2000, 40, 10),
    ]);
    expect(sizes).toEqual(['81 x 61', '41 x 31']);
    expect(warnings).toEqual([
      expect.stringMatching(/^SubIFD 1 of IFD 0 \(at byte 2,000\) is a SubIFD, but with 40 x 10 .* left out\.$/u),
    ]);
  });

  it('follow the rules of overviews: smaller, of the same samples, one of each size, and no masks', async () => {
    const bits: TagSpec = { tag: 258, type: 'short', values: [16] };
    const mask: TagSpec = { tag: 254, type: 'long', values: [5] };
    const { sizes, warnings, tiff } = await levelsOf([
      image(16, 80, 60, sub(1000, 2000, 3000, 4000, 5000)),
      image(1000, 80, 60, reduced),
      image(2000, 40, 30, reduced, bits),
      image(3000, 40, 30, reduced),
      image(4000, 40, 30, reduced),
      image(5000, 20, 15, mask),
    ]);
    expect(sizes).toEqual(['80 x 60', '40 x 30']);
    expect(warnings).toHaveLength(3);
    expect(tiff.images.map(({ kind }) => kind)).toEqual(['full', 'page', 'page', 'overview', 'page', 'mask']);
  });

  it('are followed into theirs and along their chain', async () => {
    const { sizes, warnings } = await levelsOf([
      image(16, 80, 60, sub(1000)),
      { ...image(1000, 40, 30, reduced, sub(2000)), next: 3000 },
      image(2000, 20, 15, reduced),
      image(3000, 10, 8, reduced),
    ]);
    expect(sizes).toEqual(['80 x 60', '40 x 30', '20 x 15', '10 x 8']);
    expect(warnings).toEqual([]);
  });

  it('end where they lead back to an IFD that has been read, and say so', async () => {
    const { sizes, warnings } = await levelsOf([
      image(16, 80, 60, sub(1000, 16)),
      { ...image(1000, 40, 30, reduced, sub(1000)), next: 16 },
    ]);
    expect(sizes).toEqual(['80 x 60', '40 x 30']);
    expect(warnings).toEqual([
      '2 SubIFDs (tag 330) of IFD 0 (at byte 16) left out. SubIFD 1 of IFD 0 (at byte 16) is one that stands elsewhere already.',
    ]);
  });

  it.each([
    [
      'stands beyond the end of the file',
      sub(900_000_000),
      /left out\. SubIFD 0 of IFD 0 \(at byte 900,000,000\) should stand/u,
    ],
    ['is no IFD', sub(8), /left out\. SubIFD 0 of IFD 0 \(at byte 8\) claims 0 entries/u],
    ['is stated with a field type for texts', { ...sub(1000, 1), statedType: 5 }, /left out\. IFD 0 .* field type 5/u],
  ])('that %s is left out with the reason, and the image is described', async (_what, tag, warning) => {
    const { sizes, warnings } = await levelsOf([image(16, 80, 60, tag), image(1000, 40, 30, reduced)]);
    expect(sizes).toEqual(['80 x 60']);
    expect(warnings).toEqual([expect.stringMatching(warning)]);
  });

  it('are bounded, whatever the tag claims', async () => {
    const offsets = Array.from({ length: 1200 }, (_, index) => 20_000 + index * 200);
    const ifds = offsets.map((at) => image(at, 40, 30, reduced));
    const { tiff, warnings } = await levelsOf([image(16, 80, 60, sub(...offsets)), ...ifds]);
    expect(tiff.images).toHaveLength(1001);
    expect(warnings.filter((text) => text.includes('more than 1,000 SubIFDs'))).toHaveLength(1);
  });

  it('cost one request where they fit in 64 KiB, and one each at most elsewhere', async () => {
    const near = CountingSource.of(readFileSync(path.join(tiffs, 'deflate-u16-tiled-subifds.tif')));
    expect((await describeTiff(near)).levels).toHaveLength(3);
    expect(near.reads).toHaveLength(1);
    const far = buildTiff([
      image(16, 80, 60, sub(500_000, 500_300)),
      image(500_000, 40, 30, reduced),
      image(500_300, 20, 15, reduced),
    ]);
    expect((await describeTiff(far)).levels).toHaveLength(3);
    expect(far.reads).toHaveLength(2);
  });
});

describe('the page that is asked for', () => {
  const stack = (): IfdSpec[] => [
    { ...image(16, 80, 60, sub(4000)), next: 1000 },
    { ...image(1000, 40, 30, reduced), next: 2000 },
    image(2000, 64, 48, sub(3000), { tag: 42113, type: 'ascii', values: '7' }),
    image(3000, 32, 24, reduced),
    image(4000, 20, 15, reduced),
  ];

  it('is the full resolution, with the SubIFDs and the metadata of its own', async () => {
    const { sizes, tiff } = await levelsOf(stack(), { page: 2 });
    expect(sizes).toEqual(['64 x 48', '32 x 24']);
    expect(tiff.nodata).toBe('7');
    expect(tiff.images.map(({ index, subIfd, kind }) => [index, subIfd, kind])).toEqual([
      [0, undefined, 'page'],
      [1, undefined, 'overview'],
      [2, undefined, 'full'],
      [2, 0, 'overview'],
    ]);
  });

  it('is the first by default; SubIFDs of others are left out and counted', async () => {
    const { sizes, tiff, warnings } = await levelsOf(stack());
    expect(sizes).toEqual(['80 x 60', '40 x 30', '20 x 15']);
    expect(tiff.nodata).toBeUndefined();
    expect(warnings).toEqual([
      '1 SubIFD (tag 330) of 1 other image left out with it, the first of IFD 2 (at byte 2,000).',
    ]);
  });

  it('must be there', async () => {
    const failure = await failureOf(describeTiff(buildTiff(stack()), { page: 3 }));
    expect(failure.code).toBe('invalid-argument');
    expect(failure.message).toContain('has no IFD 3: its IFDs are 0 to 2.');
  });
});
