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

  it('is refused where its bands are in another order', async () => {
    const bands = ['red', 'nir'];
    const tiles = [
      { name: 'a.tif', bands },
      { name: 'b.tif', x: 32, bands: bands.toReversed() },
    ];
    await expect(mosaic(tiles)).rejects.toThrow('b.tif: order of the bands');
    const plain = { name: 'first.tif', x: 64 };
    await expect(mosaic([plain, ...tiles])).rejects.toThrow(
      'b.tif: order of the bands ["nir", "red"], where a.tif has ["red", "nir"]',
    );
  });

  it('names the wrong place of a tile first', async () => {
    await expect(mosaic([{ name: 'a.tif' }, { name: 'b.tif', x: 8 }])).rejects.toThrow(
      'b.tif begins at column 8 of the mosaic (x 8), which is no multiple of the chunk width, 16',
    );
  });
});

describe('tiles that do not fit the grid of the first', () => {
  const tiles = [{ name: 'a.tif' }, { name: 'b.tif', x: 32 }];

  it.each([
    ['between pixels', { name: 'c.tif', x: 64.5 }, 'it begins 64.5 columns from a.tif'],
    [
      'between chunks',
      { name: 'c.tif', x: 72 },
      "it begins 72 columns from a.tif, which is no multiple of the chunk's 16",
    ],
    ['between chunks above', { name: 'c.tif', y: 40 }, 'it begins -40 rows from a.tif'],
  ])('are left out where that is asked for: %s', async (_, other, reason) => {
    await expect(mosaic([...tiles, other])).rejects.toThrow('--differing leave-out');
    const { leftOut, groups } = await mosaic([...tiles, other], { differing: 'leave-out' });
    expect(leftOut).toMatchObject([{ label: 'c.tif', reason: expect.stringContaining(reason) as string }]);
    expect(groups).toMatchObject([{ width: 64, height: 32 }]);
  });

  it('are left out where they end inside, and none that is the edge then', async () => {
    const row = [...tiles, { name: 'c.tif', x: 64, width: 24 }];
    expect((await mosaic(row, { differing: 'leave-out' })).leftOut).toEqual([]);
    const { leftOut, groups } = await mosaic([...row, { name: 'd.tif', x: 96 }], { differing: 'leave-out' });
    expect(leftOut.map(({ label }) => label)).toEqual(['c.tif']);
    // From 0 to 128, with a gap from 64 to 96.
    expect(groups).toMatchObject([{ width: 128, height: 32 }]);
  });
});

describe('tiles of which some overlap and some end within a chunk', () => {
  const options = { overlaps: 'first', differing: 'leave-out' } as const;

  it('are not left out for one that cannot stay itself', async () => {
    // Chunks of 16: a ends at 40, over 8 columns of b, and c lies behind it.
    const files = [
      { name: 'a.tif', width: 40 },
      { name: 'b.tif', x: 32 },
      { name: 'c.tif', x: 64 },
    ];
    const { leftOut, groups } = await mosaic(files, options);
    expect(leftOut).toEqual([
      { label: 'a.tif', reason: 'it ends inside the mosaic, and its 40 x 32 pixels are no whole chunks of 16 x 16' },
    ]);
    expect(groups).toMatchObject([{ width: 64, height: 32 }]);
    // Nor does one that is left out overlap.
    expect((await mosaic(files, { differing: 'leave-out' })).leftOut).toEqual(leftOut);
  });

  it('come back where what lay behind them had to go', async () => {
    // b ends at 104, and c, which would end behind it, overlaps a.
    const files = [
      { name: 'a.tif', width: 64 },
      { name: 'b.tif', x: 64, width: 40 },
      { name: 'c.tif', x: 48, width: 64 },
    ];
    const { leftOut, groups } = await mosaic(files, options);
    expect(leftOut).toMatchObject([{ label: 'c.tif', reason: expect.stringContaining('a.tif') as string }]);
    expect(groups).toMatchObject([{ width: 104, height: 32 }]);
  });

  /** Whole numbers from 0 to `below`, exclusive, always the same ones (Park and Miller's generator). */
  const numbersFrom = (seed: number) => {
    let state = seed + 1;
    return (below: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
  };

  type Box = Required<Pick<FileLike, 'name' | 'x' | 'y' | 'width' | 'height'>>;

  const overlap = (a: Box, b: Box): boolean =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y > b.y - b.height && b.y > a.y - a.height;

  /** Whether tiles can make up a mosaic: no two overlap, and each ends where a chunk does or at the edge of all. */
  const fit = (tiles: readonly Box[]): boolean => {
    const right = Math.max(...tiles.map(({ x, width }) => x + width));
    const bottom = Math.min(...tiles.map(({ y, height }) => y - height));
    return tiles.every(
      (tile, at) =>
        (tile.width % 16 === 0 || tile.x + tile.width === right) &&
        (tile.height % 16 === 0 || tile.y - tile.height === bottom) &&
        tiles.slice(at + 1).every((other) => !overlap(tile, other)),
    );
  };

  it.each(['first', 'last'] as const)('leave no hole that one of those left out could fill (%s)', async (overlaps) => {
    for (let seed = 0; seed < 400; seed++) {
      const random = numbersFrom(seed);
      const tiles: Box[] = Array.from({ length: 2 + random(5) }, (_, at) => ({
        name: `t${at}.tif`,
        x: 16 * random(6),
        y: -16 * random(3),
        width: [16, 24, 32, 40][random(4)] ?? 16,
        height: [16, 16, 32, 24][random(4)] ?? 16,
      }));
      const { leftOut } = await mosaic(tiles, { overlaps, differing: 'leave-out' });
      const gone = new Set(leftOut.map(({ label }) => label));
      const kept = tiles.filter(({ name }) => !gone.has(name));
      expect(kept.length > 0 && fit(kept), `seed ${seed}: ${JSON.stringify(tiles)}`).toBe(true);
      for (const tile of tiles.filter(({ name }) => gone.has(name))) {
        expect(fit([...kept, tile]), `seed ${seed}: ${tile.name} of ${JSON.stringify(tiles)}`).toBe(false);
      }
      for (const { label, reason } of leftOut) {
        const named = [...reason.matchAll(/t\d+\.tif/gu)].map(([name]) => name);
        expect(
          named.every((name) => name !== label && !gone.has(name)),
          `seed ${seed}: ${reason}`,
        ).toBe(true);
      }
    }
  });
});

describe('many tiles', () => {
  it('are each looked at beside their neighbours: 100 x 100, two of which overlap another', async () => {
    const tiles = Array.from({ length: 10_000 }, (_, at) => ({
      name: `t${at}.tif`,
      x: (at % 100) * 32,
      y: -Math.floor(at / 100) * 32,
    }));
    const others = [
      { name: 'other.tif', x: 3200 - 16, y: -3200 + 32 },
      { name: 'corner.tif', x: 16, y: 16 },
    ];
    const { leftOut, groups } = await mosaic([...tiles, ...others], { overlaps: 'first' });
    expect(leftOut).toEqual([
      { label: 'other.tif', reason: 'it overlaps t9999.tif by 16 x 32 pixels' },
      { label: 'corner.tif', reason: 'it overlaps t0.tif by 16 x 16 pixels' },
    ]);
    expect(groups).toMatchObject([{ width: 3200, height: 3200 }]);
  });
});
