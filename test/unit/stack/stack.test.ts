import { describe, expect, it } from 'vitest';
import { withPattern } from '../../../src/stack/inputs';
import { mosaicOf } from '../../../src/stack/mosaic';
import { NamePattern } from '../../../src/stack/pattern';
import { sceneOf } from '../../../src/stack/scene';
import { type StackOptions, stackOf } from '../../../src/stack/stack';
import type { ReadFile } from '../../../src/stack/groups';
import type { CombinedSet } from '../../../src/stack/types';
import { type FileLike, readFile } from './parts';

function stack(files: readonly FileLike[], options: Partial<StackOptions> = {}): Promise<CombinedSet> {
  return stackOf(files.map(readFile), { dimension: 'time', placesFrom: 'names', differing: 'stop', ...options });
}

function pathsOf({ manifest }: CombinedSet): string[] {
  return manifest.arrays.map(({ array }) => array.path).sort();
}

const days = [
  { name: 'a.tif', date: '2021-12-31' },
  { name: 'b.tif', date: '2022-01-05' },
];

describe('names that are those of dimensions and coordinates', () => {
  it('are given another where the file names chose them', async () => {
    const files = ['x', 'y', 'z'].map((piece) => ({ name: `d1_${piece}.tif`, date: '2021-12-31' }));
    expect(pathsOf(await stack(files))).toEqual(['band_x', 'band_y', 'spatial_ref', 'time', 'x', 'y', 'z']);
  });

  it.each(['time', 'x'])('are passed over as descriptions: %s', async (description) => {
    const files = days.map((day) => ({ ...day, description }));
    expect(pathsOf(await stack(files))).toEqual(['band_data', 'spatial_ref', 'time', 'x', 'y']);
  });

  it('are passed over as the description of a mosaic', async () => {
    const read = [readFile({ name: 'a.tif', description: 'x' })];
    expect(pathsOf(await mosaicOf(read, { differing: 'stop' }))).toEqual(['band_data', 'spatial_ref', 'x', 'y']);
  });

  it('are passed over as STAC has them', async () => {
    const file = { names: ['time', 'y'], asset: 'time' };
    expect(pathsOf(await stack(days.map((day) => ({ ...day, file }))))).toContain('band_data');
  });

  it.each(['time', 'x', 'spatial_ref', 'a/b', '.hidden', ''])('are refused as --name: %j', async (name) => {
    await expect(stack(days, { name })).rejects.toThrow(`--name: a variable cannot be called "${name}"`);
  });

  it.each(['x', 'a/b'])('are refused as --name of a mosaic: %s', async (name) => {
    const read = [readFile({ name: 'a.tif' })];
    await expect(mosaicOf(read, { name, differing: 'stop' })).rejects.toThrow(`cannot be called "${name}"`);
  });

  it('are refused in a name that a pattern takes, with the file', () => {
    const file = { url: 'file:///data/20211231_y.tif', target: '', label: '20211231_y.tif', names: [] };
    expect(() => withPattern([file], new NamePattern('{time:%Y%m%d}_{band}.tif'))).toThrow(
      '20211231_y.tif: a variable cannot be called "y"',
    );
  });

  it('never come twice, whatever else named them', async () => {
    await expect(stack(days, { dimension: 'band_data' })).rejects.toThrow('would both be called "band_data"');
    const several = ['band_7', 'red'].map((name) => {
      const read = readFile({ name: `${name}.tif`, file: { names: [name] } });
      const bands = name === 'red' ? 7 : 3;
      const shape = [bands, 32, 32];
      const metadata = { ...read.part.metadata, shape, chunks: [1, 16, 16] };
      return {
        ...read,
        part: { ...read.part, metadata, shape, chunkShape: [1, 16, 16], dimensions: ['band', 'y', 'x'] },
      };
    });
    // The second axis of bands is called band_7, and so is a variable.
    await expect(sceneOf(several)).rejects.toThrow('would both be called "band_7"');
  });
});

describe('places that are numbers', () => {
  const versions = (places: string[]): FileLike[] =>
    places.map((place) => ({ name: `v_${place}.tif`, file: { place } }));

  it.each([
    ['1', '01'],
    ['1', '+1'],
    ['1.0', '1'],
    ['0', '-0'],
    ['1e1', '10'],
  ])('are duplicates where they are one value: %s and %s', async (a, b) => {
    const files = versions([a, b, '2']);
    await expect(stack(files, { dimension: 'version' })).rejects.toThrow(
      `v_${a}.tif and v_${b}.tif are both band_data at version ${a}`,
    );
    const { dimension, leftOut } = await stack(files, { dimension: 'version', duplicates: 'last' });
    expect(dimension).toMatchObject({ length: 2 });
    expect(leftOut.map(({ label }) => label)).toEqual([`v_${a}.tif`]);
  });

  it('are text where one of them is none, and then 1 and 01 are two', async () => {
    const { dimension, manifest } = await stack(versions(['10', '9', '1a', '01', '1']), { dimension: 'version' });
    expect(dimension).toMatchObject({ length: 5, first: '01', last: '9' });
    expect(manifest.arrays.find(({ array }) => array.path === 'version')?.document.dtype).toBe('<U2');
  });

  it('of 17 digits are whole numbers, not rounded to one', async () => {
    const files = versions(['20220105103045123', '20220105103045124']);
    expect((await stack(files, { dimension: 'version' })).dimension).toMatchObject({ length: 2 });
  });
});

/** A file of 2 units a pixel over the same area as one of `readFile`. */
function coarse(file: FileLike): ReadFile {
  const read = readFile({ ...file, width: 16, height: 16 });
  return { ...read, part: { ...read.part, grid: { ...read.part.grid, transform: [0, 2, 0, 0, 0, -2] } } };
}

describe('bands at two resolutions', () => {
  const options = { dimension: 'time', placesFrom: 'names', differing: 'stop' } as const;
  const named = (name: string, date: string, band: string): FileLike => ({ name, date, file: { names: [band] } });

  it('of one scene are each in the group of their resolution, and no duplicates', async () => {
    const files = [
      readFile(named('a_B02_10m.tif', '2021-12-31', 'B02')),
      coarse(named('a_B02_20m.tif', '2021-12-31', 'B02')),
      readFile(named('b_B02_10m.tif', '2022-01-05', 'B02')),
      coarse(named('b_B02_20m.tif', '2022-01-05', 'B02')),
    ];
    const set = await stackOf(files, options);
    expect(set.variables).toMatchObject([
      { path: 'r1/B02', shape: [2, 32, 32] },
      { path: 'r2/B02', shape: [2, 16, 16] },
    ]);
    expect(set).toMatchObject({ leftOut: [], warnings: [expect.stringContaining('tag 306')] });
  });

  it('are duplicates where two files are of one resolution', async () => {
    const files = [
      readFile(named('a.tif', '2021-12-31', 'B02')),
      coarse(named('b.tif', '2021-12-31', 'B02')),
      coarse(named('c.tif', '2021-12-31', 'B02')),
    ];
    await expect(stackOf(files, options)).rejects.toThrow(/^1 duplicate: b\.tif and c\.tif are both B02 at time/u);
  });

  it('are a difference where each date has one alone', async () => {
    const files = [readFile(named('a.tif', '2021-12-31', 'B02')), coarse(named('b.tif', '2022-01-05', 'B02'))];
    await expect(stackOf(files, options)).rejects.toThrow(
      '1 file differs from others of their variable, and nothing was written: b.tif: size in pixels 16 x 16, where a.tif has 32 x 32; transform 0 2 0 0 0 -2, where that has 0 1 0 0 0 -1. Which are right cannot be told by their number',
    );
  });

  it('of a scene may have one name, by a pattern or by their file names', async () => {
    const stated = [readFile(named('B02_10m.tif', '', 'B02')), coarse(named('B02_20m.tif', '', 'B02'))];
    expect((await sceneOf(stated)).variables.map(({ path }) => path)).toEqual(['r1/B02', 'r2/B02']);
    const files = [
      readFile({ name: 'T_B02_10m.tif' }),
      readFile({ name: 'T_B03_10m.tif' }),
      coarse({ name: 'T_B02_20m.tif' }),
      coarse({ name: 'T_B11_20m.tif' }),
    ];
    expect((await sceneOf(files)).variables.map(({ path }) => path)).toEqual(['r1/B02', 'r1/B03', 'r2/B02', 'r2/B11']);
  });

  it('of a scene may not have one where they are of one resolution', async () => {
    const files = [readFile(named('a.tif', '', 'B02')), readFile(named('b.tif', '', 'B02'))];
    await expect(sceneOf(files)).rejects.toThrow('a.tif and b.tif would both be the variable "B02"');
  });
});

describe('files that differ', () => {
  it('are held against most others where there are most others', async () => {
    const files = [...days, { name: 'c.tif', date: '2022-01-10', width: 48 }];
    await expect(stack(files)).rejects.toThrow(
      '1 file differs from most of their variable, and nothing was written: c.tif: size in pixels 48 x 32, where a.tif and most others have 32 x 32',
    );
  });

  it('are held against one where there are two', async () => {
    const files = [
      { name: 'a.tif', date: '2021-12-31' },
      { name: 'b.tif', date: '2022-01-05', width: 48 },
    ];
    await expect(stack(files)).rejects.toThrow('b.tif: size in pixels 48 x 32, where a.tif has 32 x 32.');
    const { leftOut } = await stack(files, { differing: 'leave-out' });
    expect(leftOut.map(({ label }) => label)).toEqual(['b.tif']);
  });
});

describe('bands', () => {
  it('in another order are not mixed, and descriptions that are simply others are', async () => {
    const file = (name: string, date: string, bands: string[]) => ({ name, date, bands });
    const [one, swapped] = [file('a.tif', '2022-01-01', ['red', 'nir']), file('b.tif', '2022-01-06', ['nir', 'red'])];
    const order = 'b.tif: order of the bands ["nir", "red"], where a.tif has ["red", "nir"]';
    await expect(stack([one, swapped])).rejects.toThrow(order);
    const { leftOut } = await stack([one, swapped], { differing: 'leave-out' });
    expect(leftOut.map(({ label }) => label)).toEqual(['b.tif']);
    const dated = [file('a.tif', '2022-01-01', ['2021', '2022']), file('b.tif', '2022-01-06', ['2023', '2024'])];
    expect((await stack(dated)).leftOut).toEqual([]);
  });

  it('in another order are found where the first file has no descriptions, or others', async () => {
    const bands = (...texts: string[]) => ({ bands: texts });
    const plain = { name: 'a.tif', date: '2022-01-01' };
    const [one, swapped] = [
      { name: 'b.tif', date: '2022-01-06', ...bands('red', 'nir') },
      { name: 'c.tif', date: '2022-01-11', ...bands('nir', 'red') },
    ];
    const order = 'c.tif: order of the bands ["nir", "red"], where b.tif has ["red", "nir"]';
    await expect(stack([plain, one, swapped])).rejects.toThrow(order);
    await expect(stack([{ ...plain, ...bands('x1', 'x2') }, one, swapped])).rejects.toThrow(order);
    const { leftOut } = await stack([plain, one, swapped], { differing: 'leave-out' });
    expect(leftOut).toMatchObject([
      { label: 'c.tif', reason: expect.stringContaining('order of the bands') as string },
    ]);
  });

  it.each([
    ['first', ['Gray', 'Gray'], ['Alpha', 'Gray']],
    ['second', ['Alpha', 'Gray'], ['Gray', 'Gray']],
  ])('are told apart with a reason where the %s file names one twice', async (_, first, second) => {
    const files = [
      { name: 'a.tif', date: '2022-01-01', bands: first },
      { name: 'b.tif', date: '2022-01-06', bands: second },
    ];
    await expect(stack(files)).rejects.toThrow(/b\.tif: order of the bands \[.*\], where a\.tif has \[/u);
  });
});

describe('--name', () => {
  it('names the one variable, whatever else would have named it', async () => {
    const files = days.map((day) => ({ ...day, file: { names: ['B04'] } }));
    expect(pathsOf(await stack(files, { name: 'red' }))).toEqual(['red', 'spatial_ref', 'time', 'x', 'y']);
  });

  it('is refused where there are several', async () => {
    const files = days.map((day, index) => ({ ...day, file: { names: [`B0${index + 3}`] } }));
    await expect(stack(files, { name: 'red' })).rejects.toThrow(
      '--name red names one variable, and there are 2: B03, B04. Leave it out',
    );
  });
});
