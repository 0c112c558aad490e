import { describe, expect, it } from 'vitest';
import { glanceAt } from '../../../src/preview/glance';
import { documentOf, never, url, zarrayOf } from './harness';

const document = documentOf(
  {
    '.zattrs': { Conventions: 'CF-1.10' },
    'g/.zgroup': { zarr_format: 2 },
    'g/red/.zarray': zarrayOf([100, 50], [64, 64], '<u2', { compressor: { id: 'zlib', level: 6 } }),
    'g/red/.zattrs': { _ARRAY_DIMENSIONS: ['y', 'x'], standard_name: 'radiance', units: 'W m-2' },
    'g/red/0.0': [url, 0, 100],
    'g/red/1.0': 'base64:AAAA',
    'g2/.zgroup': { zarr_format: 2 },
    'g2/sparse/.zarray': zarrayOf([10], [2], '<f8'),
    'g2/sparse/3': [url, 100, 16],
    'g2/sparse/4': [url, -1, 16],
    'odd/.zarray': zarrayOf([1], [1, 1], '|u1'),
  },
  {},
  [],
  'file:///data/red.json',
);

describe('a group at a glance', () => {
  it('adds up what lies below the root', async () => {
    const glance = await glanceAt(document, '', never);
    expect(glance).toMatchObject({
      path: '',
      count: 3,
      // 100 and 3 bytes of red, 16 of sparse; 100 x 50 x 2 and 10 x 8 bytes; two chunks of 64 x 64 x 2 and one of 2 x 8 bytes.
      storedBytes: 119,
      decodedBytes: 10_080,
      presentBytes: 16_400,
      coverage: { total: 7, ranges: 2, inline: 1, absent: 3, broken: 1 },
      attributes: [{ name: 'Conventions', value: '"CF-1.10"' }],
    });
    expect(glance.arrays.map(({ path, meaning }) => [path, meaning])).toEqual([
      ['g/red', 'radiance (W m-2)'],
      ['g2/sparse', null],
    ]);
    expect(glance.code.xarray).toContain('"/data/red.json",\n    engine="kerchunk",');
    expect(glance.code.zarr).toContain('group = zarr.open_group(\n    "reference://",\n    mode="r",');
  });

  it('says what an array is without its own name, and a unit alone without brackets', async () => {
    const array = zarrayOf([4], [2], '<f8');
    const set = documentOf({
      'g/red/.zarray': array,
      'g/red/.zattrs': { long_name: 'red', standard_name: 'reflectance' },
      'time/.zarray': array,
      'time/.zattrs': { standard_name: 'time', units: 'hours since 2020-01-01' },
    });
    const { arrays } = await glanceAt(set, '', never);
    expect(arrays.map(({ meaning }) => meaning)).toEqual(['reflectance', 'hours since 2020-01-01']);
  });

  it('takes a group whose name begins like another for what it is', async () => {
    const glance = await glanceAt(document, 'g', never);
    expect(glance.arrays.map(({ path }) => path)).toEqual(['g/red']);
    expect(glance.code.xarray).toContain('"reference://g"');
  });

  it('lists the first 1,000 arrays and counts them all', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1001 }, (_, number) => [`a${number}/.zarray`, zarrayOf([4], [2], '|u1')]),
    );
    const glance = await glanceAt(documentOf(many), '', never);
    expect(glance.arrays).toHaveLength(1000);
    expect(glance).toMatchObject({ count: 1001, decodedBytes: 4004, coverage: { total: 2002, absent: 2002 } });
  });

  it('stops where nobody waits any more', async () => {
    await expect(glanceAt(document, '', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('holds only numbers that JSON can write, whatever the metadata claim', async () => {
    const side = Number.MAX_SAFE_INTEGER;
    const sides = Array.from({ length: 32 }, () => side);
    const glance = await glanceAt(documentOf({ 'vast/.zarray': zarrayOf(sides, sides, '<f8') }), '', never);
    expect(JSON.parse(JSON.stringify(glance))).toEqual(glance);
  });
});
