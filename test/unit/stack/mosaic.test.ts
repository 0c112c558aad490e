import { describe, expect, it } from 'vitest';
import { type MosaicOptions, mosaicOf } from '../../../src/stack/mosaic';
import { type FileLike, readFile } from './parts';

function mosaic(files: readonly FileLike[], options: Partial<MosaicOptions> = {}) {
  return mosaicOf(files.map(readFile), { differing: 'stop', ...options });
}

/** Six tiles of 32 x 32 in a row, each 16 pixels, a chunk, behind the one before: t0 from 0 to 32, … t5 from 80 to 112. */
const row = [0, 1, 2, 3, 4, 5].map((at) => ({ name: `t${at}.tif`, x: at * 16 }));

describe('a mosaic of tiles that overlap', () => {
  it('keeps with "last" each that overlaps none of the later ones kept', async () => {
    const { leftOut, variables, groups } = await mosaic(row, { overlaps: 'last' });
    expect(leftOut.map(({ label }) => label)).toEqual(['t4.tif', 't2.tif', 't0.tif']);
    // t1, t3 and t5 lie side by side from 16 to 112: 6 x 2 chunks, of which each has bytes.
    expect(groups).toMatchObject([{ width: 96, height: 32 }]);
    expect(variables).toMatchObject([{ chunks: 12, present: 12, files: 3 }]);
  });

  it('keeps with "first" each that overlaps none of the earlier ones kept, whatever their rows', async () => {
    const files = [
      { name: 'low.tif', y: -16 },
      { name: 'high.tif', y: 0 },
      { name: 'top.tif', y: 16 },
    ];
    const { leftOut, groups, variables } = await mosaic(files, { overlaps: 'first' });
    expect(leftOut).toEqual([{ label: 'high.tif', reason: 'it overlaps low.tif by 32 x 16 pixels' }]);
    // From y 16 down to y -48.
    expect(groups).toMatchObject([{ width: 32, height: 64 }]);
    expect(variables).toMatchObject([{ chunks: 8, present: 8 }]);
  });

  it.each([
    ['between chunks', 8],
    ['between pixels', 8.5],
  ])('is not stopped by a tile that is dropped: one %s', async (_, x) => {
    const { leftOut, groups } = await mosaic([{ name: 'a.tif' }, { name: 'b.tif', x }], { overlaps: 'first' });
    expect(leftOut.map(({ label }) => label)).toEqual(['b.tif']);
    expect(groups).toMatchObject([{ width: 32, height: 32 }]);
  });

  it('is refused where nothing says which of two counts', async () => {
    await expect(mosaic(row.slice(0, 2))).rejects.toThrow(
      '1 pair of tiles overlap: t0.tif and t1.tif (16 x 32 pixels)',
    );
  });

  it('names the wrong place of a tile first', async () => {
    await expect(mosaic([{ name: 'a.tif' }, { name: 'b.tif', x: 8 }])).rejects.toThrow(
      'b.tif begins at column 8 of the mosaic (x 8), which is no multiple of the chunk width, 16',
    );
  });
});
