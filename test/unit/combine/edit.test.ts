import { describe, expect, it } from 'vitest';
import { diffManifests, isEmptyDiff } from '../../../src/combine/diff';
import { mergeManifests } from '../../../src/combine/merge';
import { dropVariables, renameVariables } from '../../../src/combine/names';
import { absoluteUrls, mapUrls, prefixChange, PrefixesFound } from '../../../src/combine/urls';
import type { JsonObject } from '../../../src/json';
import { manifestArrayV3 } from '../../../src/manifest/manifest-array';
import { manifestOf, named, refsOf, type Refs, variable } from './sets';

const x: Refs = { ...variable('x', [4], [4], ['x']), 'x/0': 'abcd' };
const band = (name: string, more: Refs = {}): Refs => ({
  ...x,
  ...variable(name, [4], [2], ['x'], { zattrs: { grid_mapping: 'crs: x y', coordinates: 'x  height lon' } }),
  [`${name}/0`]: [`s3://b/${name}`, 0, 2],
  ...more,
});

describe('mergeManifests', () => {
  it('takes each variable once, comparing values however they are stored', async () => {
    const stored = { ...variable('x', [4], [2], ['x']), 'x/0': 'ab', 'x/1': 'base64:Y2Q=' };
    const { manifest } = await mergeManifests([named('a', band('red')), named('b', { ...band('blue'), ...stored })]);
    expect(manifest.arrays.map(({ array }) => array.path)).toEqual(['x', 'red', 'blue']);
  });

  it.each<[string, Refs, string]>([
    ['values', { 'x/0': 'abce' }, '"x" is not the same in a and b: its values'],
    ['chunks', band('red', { 'red/0': ['s3://b/red', 1, 2] }), '"red" has chunks in other places in b than in a'],
    ['sizes', variable('other', [5], [5], ['x']), 'Dimension "x" has 4 elements in "x" (a) and 5 in "other" (b)'],
  ])('refuses %s that differ', async (_what, more, message) => {
    const merged = mergeManifests([named('a', band('red')), named('b', { ...x, ...more })]);
    await expect(merged).rejects.toThrow(message);
  });

  it('keeps of variables that several have the attributes that do not differ, and names the others', async () => {
    const said = (zattrs: JsonObject): Refs => ({
      ...variable('v', [4], [4], ['x'], { zattrs }),
      'v/0': ['s3://b/v', 0, 4],
    });
    const { manifest, notes } = await mergeManifests([
      named('a', said({ long_name: 'a', title: 'same' })),
      named('b', said({ long_name: 'b', title: 'same', comment: 'of b' })),
    ]);
    expect(refsOf(manifest)['v/.zattrs']).toEqual({ _ARRAY_DIMENSIONS: ['x'], title: 'same', comment: 'of b' });
    expect(notes).toEqual(['Attributes "long_name" of "v" differ among the sets and are left out.']);
  });
});

describe('dropVariables', () => {
  it('takes their names out of attributes of the group', () => {
    const refs = refsOf(dropVariables(manifestOf({ ...band('red'), ...variable('crs', [], [], []) }), ['x', '/crs/']));
    expect(Object.keys(refs)).toEqual(['.zgroup', 'red/.zarray', 'red/.zattrs', 'red/0']);
    expect(refs['red/.zattrs']).toEqual({ _ARRAY_DIMENSIONS: ['x'], coordinates: 'height lon' });
  });

  it('drops a group with all that lies in it, and names what there is', () => {
    const manifest = manifestOf({ 'g/.zgroup': { zarr_format: 2 }, ...variable('g/a', [1], [1], ['x']), ...x });
    expect(dropVariables(manifest, ['g']).arrays.map(({ array }) => array.path)).toEqual(['x']);
    expect(() => dropVariables(manifest, ['h'])).toThrow('There is no "h". There are: g, g/a and x.');
  });
});

describe('renameVariables', () => {
  it('renames the dimension and what attributes say', () => {
    const refs = refsOf(
      renameVariables(
        manifestOf({ ...band('red'), ...variable('crs', [], [], []) }),
        new Map([
          ['x', 'lon'],
          ['crs', 'srs'],
        ]),
      ),
    );
    expect(refs['lon/.zattrs']).toEqual({ _ARRAY_DIMENSIONS: ['lon'] });
    expect(refs['red/.zattrs']).toEqual({
      _ARRAY_DIMENSIONS: ['lon'],
      grid_mapping: 'srs: lon y',
      coordinates: 'lon height lon',
    });
    expect(refs['lon/0']).toBe('abcd');
  });

  it('renames what the conventions spatial: and multiscales name', () => {
    const manifest = manifestOf({
      '.zattrs': { multiscales: { layout: [{ asset: 'a' }, { asset: 'g/b', derived_from: 'a' }] } },
      ...variable('a', [4, 4], [4, 4], ['y', 'x'], { zattrs: { 'spatial:dimensions': ['y', 'x'] } }),
      'g/.zgroup': { zarr_format: 2 },
      ...variable('g/b', [2, 2], [2, 2], ['y', 'x']),
    });
    const names = new Map([
      ['a', 'full'],
      ['g/b', 'half'],
    ]);
    expect(refsOf(renameVariables(manifest, names))['.zattrs']).toEqual({
      multiscales: { layout: [{ asset: 'full' }, { asset: 'g/half', derived_from: 'full' }] },
    });
    const withRows = manifestOf({
      ...variable('a', [4, 4], [4, 4], ['y', 'x'], { zattrs: { 'spatial:dimensions': ['y', 'x'] } }),
      ...variable('y', [4], [4], ['y']),
    });
    expect(refsOf(renameVariables(withRows, new Map([['y', 'row']])))['a/.zattrs']).toEqual({
      _ARRAY_DIMENSIONS: ['row', 'x'],
      'spatial:dimensions': ['row', 'x'],
    });
    expect(refsOf(dropVariables(manifest, ['g']))['.zattrs']).toEqual({ multiscales: { layout: [{ asset: 'a' }] } });
  });

  it('keeps the labels of cell measures, and lets two change places', () => {
    const manifest = manifestOf({
      ...variable('area', [4], [4], ['x'], { zattrs: { cell_measures: 'area: area volume: v' } }),
      ...variable('v', [4], [4], ['x']),
      'v/0': 'vvvv',
    });
    const refs = refsOf(
      renameVariables(
        manifest,
        new Map([
          ['area', 'v'],
          ['v', 'area'],
        ]),
      ),
    );
    expect(refs['v/.zattrs']).toMatchObject({ cell_measures: 'area: v volume: area' });
    expect(refs['area/0']).toBe('vvvv');
  });

  it('refuses names that are taken or none', () => {
    const manifest = manifestOf(band('red'));
    expect(() => renameVariables(manifest, new Map([['red', 'x']]))).toThrow('There would be two of "x"');
    expect(() => renameVariables(manifest, new Map([['red', 'a/b']]))).toThrow('"a/b" is no name of a variable');
    expect(() => renameVariables(manifest, new Map([['blue', 'b']]))).toThrow('There is no "blue"');
  });
});

describe('mapUrls', () => {
  it('changes prefixes, once however often', () => {
    const change = prefixChange([
      { from: 's3://b/', to: 's3://b/new/' },
      { from: 's3://b/red', to: 'https://example.org/red' },
    ]);
    expect(change('s3://b/blue')).toBe('s3://b/new/blue');
    expect(change(change('s3://b/blue'))).toBe('s3://b/new/blue');
    expect(change('s3://b/red.tif')).toBe('https://example.org/red.tif');
    expect(change('gs://b/blue')).toBe('gs://b/blue');
  });

  it.each([
    ['/data/', 'https://h/', 'file:///data/a b.tif', 'https://h/a b.tif'],
    ['/data/', 'https://h/', '/data/a.tif', 'https://h/a.tif'],
    ['/data/', '/new/', 'file:///data/a.tif', 'file:///new/a.tif'],
    ['C:\\data\\', 'https://h/', 'file:///C:/data/a.tif', 'https://h/a.tif'],
    ['C:/data/', 's3://b/', 'file:///C:/data/a.tif', 's3://b/a.tif'],
    ['\\\\server\\share\\', 's3://b/', 'file://server/share/a.tif', 's3://b/a.tif'],
    ['file:///data/', 'https://h/', 'file:///data/a.tif', 'https://h/a.tif'],
  ])('takes the path %s for the addresses of local files too', (from, to, before, after) => {
    const found = new PrefixesFound();
    const change = { from, to };
    expect(prefixChange([change], found)(before)).toBe(after);
    expect(found.used.has(change)).toBe(true);
  });

  it('changes chunks and the sources that the root names', () => {
    const manifest = manifestOf({ '.zattrs': { kerchunk_source: [{ url: 's3://b/red', size: 4 }] }, ...band('red') });
    const refs = refsOf(mapUrls(manifest, prefixChange([{ from: 's3://b', to: '/data' }])));
    expect(refs['red/0']).toEqual(['/data/red', 0, 2]);
    expect(refs['.zattrs']).toEqual({ kerchunk_source: [{ url: '/data/red', size: 4 }] });
    expect(refs['x/0']).toBe('abcd');
  });

  it('makes relative addresses absolute', () => {
    const change = absoluteUrls('https://example.org/refs/a.json');
    expect(change('../data/a.tif')).toBe('https://example.org/data/a.tif');
    expect(change('s3://b/a.tif')).toBe('s3://b/a.tif');
  });
});

describe('diffManifests', () => {
  it('finds no difference between other orders and spellings of one set', async () => {
    const nested = manifestOf(band('red', { 'x/0': 'base64:YWJjZA==' }));
    const turned = manifestOf(Object.fromEntries(Object.entries(band('red')).reverse()));
    const diff = await diffManifests(nested, turned);
    expect(isEmptyDiff(diff)).toBe(true);
    expect(diff.same).toBe(2);
  });

  it('finds none between zarr v2 and v3 of one array', async () => {
    const v2 = manifestOf({
      ...variable('d', [4, 4], [2, 2], ['y', 'x'], { zarray: { dtype: '>i2', order: 'F', fill_value: 0 } }),
      'd/0.1': ['u', 0, 8],
    });
    const document = {
      zarr_format: 3,
      node_type: 'array',
      shape: [4, 4],
      data_type: 'int16',
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [2, 2] } },
      chunk_key_encoding: { name: 'default' },
      fill_value: 0,
      codecs: [
        { name: 'transpose', configuration: { order: [1, 0] } },
        { name: 'bytes', configuration: { endian: 'big' } },
      ],
      dimension_names: ['y', 'x'],
      attributes: {},
    };
    const entry = { kind: 'range', url: 'u', offset: 0, length: 8 } as const;
    const v3 = { groups: v2.groups, arrays: [manifestArrayV3('d', document, () => [[1, entry]])] };
    expect(await diffManifests(v2, v3)).toMatchObject({ changed: [], same: 1 });
  });

  it('counts chunks that moved, came and went, by their indices', async () => {
    const d = (shape: number[], entries: Refs) =>
      manifestOf({ ...variable('d', shape, [1, 1], ['y', 'x']), ...entries });
    const before = d([2, 2], { 'd/0.0': ['u', 0, 1], 'd/0.1': ['u', 1, 1], 'd/1.0': ['u', 2, 1] });
    const after = d([2, 3], { 'd/0.0': ['u', 0, 1], 'd/0.2': ['u', 5, 1], 'd/1.0': ['v', 2, 1], 'd/1.2': ['u', 6, 1] });
    const { changed, same } = await diffManifests(before, after);
    expect(same).toBe(0);
    expect(changed).toEqual([
      {
        path: 'd',
        metadata: [{ property: 'shape', values: ['[2, 2]', '[2, 3]'] }],
        attributes: [],
        same: 1,
        moved: {
          count: 1,
          first: [
            {
              key: 'd/1.0',
              before: { kind: 'range', url: 'u', offset: 2, length: 1 },
              after: { kind: 'range', url: 'v', offset: 2, length: 1 },
            },
          ],
        },
        lost: { count: 1, first: [{ key: 'd/0.1', before: { kind: 'range', url: 'u', offset: 1, length: 1 } }] },
        added: {
          count: 2,
          first: [
            { key: 'd/0.2', after: { kind: 'range', url: 'u', offset: 5, length: 1 } },
            { key: 'd/1.2', after: { kind: 'range', url: 'u', offset: 6, length: 1 } },
          ],
        },
      },
    ]);
  });

  it('tells arrays and attributes that only one has', async () => {
    const before = manifestOf({ '.zattrs': { title: 'a', old: 1 }, ...band('red') });
    const after = manifestOf({ '.zattrs': { title: 'b' }, ...band('blue') });
    expect(await diffManifests(before, after)).toEqual({
      groups: {
        lost: [],
        added: [],
        changed: [
          {
            path: '',
            attributes: [
              { property: 'attribute title', values: ['"a"', '"b"'] },
              { property: 'attribute old', values: ['1', 'none'] },
            ],
          },
        ],
      },
      lost: [{ path: 'red', chunks: 1 }],
      added: [{ path: 'blue', chunks: 1 }],
      changed: [],
      same: 1,
    });
  });
});
