import { describe, expect, it } from 'vitest';
import { withPattern } from '../../../src/stack/inputs';
import { mosaicOf } from '../../../src/stack/mosaic';
import { NamePattern } from '../../../src/stack/pattern';
import { sceneOf } from '../../../src/stack/scene';
import { type StackOptions, stackOf } from '../../../src/stack/stack';
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
