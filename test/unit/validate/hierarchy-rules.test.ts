import { describe, expect, it } from 'vitest';
import { found, told } from './findings';

const group = '{"zarr_format": 2}';
const zarray = (more: object = {}): string =>
  JSON.stringify({
    zarr_format: 2,
    shape: [4, 4],
    chunks: [2, 2],
    dtype: '<u2',
    compressor: { id: 'zlib' },
    fill_value: 0,
    order: 'C',
    filters: null,
    ...more,
  });
const chunk = '["https://example.org/a", 8, 4]';

/** A reference file of these entries, key and value as JSON text, and the group of the root; null for a root without one. */
function file(entries: Record<string, string>, root: string | null = group): string {
  const all = root === null ? entries : { '.zgroup': root, ...entries };
  return `{${Object.entries(all)
    .map(([key, value]) => `${JSON.stringify(key)}: ${value}`)
    .join(', ')}}`;
}

describe('.zgroup', () => {
  it.each([
    ['{}', '{}'],
    ['{"zarr_format": "2"}', '"2"'],
    ['{"zarr_format": 3}', '3'],
    ['{"zarr_format": 2.0}', '2.0'],
    ['{"zarr_format": true}', 'true'],
    ['{"zarr_format": null}', 'null'],
    ['{"zarr_format": 2, "title": "x"}', '"x"'],
  ])('%s is none', async (document, place) => {
    expect(await told(file({}, document))).toEqual([['zarr2/zgroup', 'error', place]]);
  });

  it('is found faulty in text too', async () => {
    const text = file({}, JSON.stringify('{"zarr_format": 2.0}'));
    expect(await told(text)).toEqual([['zarr2/zgroup', 'error', '2.0']]);
  });

  it('tells each key that is too many', async () => {
    expect(await told(file({}, '{"zarr_format": 2, "a": 1, "b": 2}'))).toEqual([
      ['zarr2/zgroup', 'error', '1'],
      ['zarr2/zgroup', 'error', '2'],
    ]);
  });
});

describe('groups above', () => {
  it('is silent where all are there, and on an array at the root', async () => {
    expect(await told(file({ 'g/.zgroup': group, 'g/h/.zgroup': group, 'g/h/a/.zarray': zarray() }))).toEqual([]);
    expect(await told(file({ '.zarray': zarray(), '0.0': chunk }, null))).toEqual([]);
  });

  it('finds that of the root', async () => {
    const text = file({ 'a/.zarray': zarray(), 'b/.zarray': zarray() }, null);
    expect(await told(text)).toEqual([['zarr2/root-group-missing', 'error', '"a/.zarray"']]);
  });

  it('finds each that is missing once, whatever lies below it', async () => {
    const arrays = Array.from({ length: 50 }, (_unused, i) => [`g/h/a${i}/.zarray`, zarray()] as const);
    const text = file({ 'k/l/.zgroup': group, ...Object.fromEntries(arrays) });
    const findings = await found(text);
    expect(findings.map(({ code, key }) => [code, key])).toEqual([
      ['zarr2/group-missing', 'k/l/.zgroup'],
      ['zarr2/group-missing', 'g/h/a0/.zarray'],
      ['zarr2/group-missing', 'g/h/a0/.zarray'],
    ]);
    expect(findings.map(({ message }) => /"([^"]*)\/\.zgroup"/.exec(message)?.[1])).toEqual(['k', 'g/h', 'g']);
  });

  it('takes a group of zarr v3 for one', async () => {
    const text = file({ 'g/zarr.json': '{"zarr_format": 3, "node_type": "group"}', 'g/a/.zarray': zarray() });
    expect((await told(text)).filter(([code]) => code === 'zarr2/group-missing')).toEqual([]);
  });

  it('takes a group whose document stands in a file of its own for one', async () => {
    expect(await told(file({ 'g/.zgroup': '["https://example.org/g"]', 'g/a/.zarray': zarray() }))).toEqual([
      ['zarr2/metadata-elsewhere', 'info', '"g/.zgroup"'],
    ]);
  });

  it('finds a path that is an array and a group', async () => {
    expect(await told(file({ 'a/.zarray': zarray(), 'a/.zgroup': group }))).toEqual([
      ['zarr2/group-and-array', 'warning', '"a/.zgroup"'],
    ]);
    expect(await told(file({ 'a/.zarray': zarray(), 'a/b/.zarray': zarray() }))).toEqual([
      ['zarr2/array-in-array', 'error', '"a/b/.zarray"'],
    ]);
  });

  it.each(['g/../a', './a', 'a/..', 'g/./b'])(
    'says nothing of groups above the path %s, which no reader finds',
    async (path) => {
      const text = file({ [`${path}/.zarray`]: zarray() });
      expect((await told(text)).filter(([code]) => code.startsWith('zarr2/'))).toEqual([]);
    },
  );

  it('takes dots within a name for no such part', async () => {
    expect(await told(file({ '..a/.zarray': zarray(), 'b./.zarray': zarray(), '.c/.zarray': zarray() }))).toEqual([]);
  });
});

describe('chunk keys', () => {
  const under = (array: string, ...names: string[]): string =>
    file({
      'a/.zarray': array,
      ...Object.fromEntries(names.map((name, i) => [`a/${name}`, `["https://example.org/a", ${8 * i}, 8]`])),
    });

  it('is silent on those of the grid', async () => {
    expect(await told(under(zarray(), '0.0', '1.1'))).toEqual([]);
    expect(await told(under(zarray({ dimension_separator: '/' }), '0/0', '1/1'))).toEqual([]);
    expect(await told(under(zarray({ shape: [], chunks: [] }), '0'))).toEqual([]);
    expect(await told(under(zarray({ shape: [30], chunks: [1] }), '10', '29'))).toEqual([]);
  });

  // zarr-python 2.18.3 and 3.1.6 ask for none of these, and give the fill value.
  it.each([
    ['00.1', 'leading zeros. Write "0.1"'],
    ['0.01', 'leading zeros. Write "0.1"'],
    ['-0.0', 'a key looks like "0.0"'],
    ['+0.0', 'a key looks like "0.0"'],
    ['0.0 ', 'a key looks like "0.0"'],
    ['0', 'it has 1 index for 2 dimensions'],
    ['0.0.0', 'it has 3 indices for 2 dimensions'],
    ['c/0/0', 'of zarr v3'],
    ['0_0', 'a key looks like "0.0"'],
    ['0.1e0', 'a key looks like "0.0"'],
    ['99999999999999999999.0', 'a key looks like "0.0"'],
  ])('finds %s, which is none', async (name, says) => {
    const text = under(zarray(), name);
    expect(await told(text)).toEqual([['zarr2/chunk-key-form', 'error', `"a/${name}"`]]);
    expect((await found(text))[0]?.message).toContain(says);
  });

  it('finds keys of a single value, and of one dimension', async () => {
    expect(await told(under(zarray({ shape: [], chunks: [] }), '0.0'))).toEqual([
      ['zarr2/chunk-key-form', 'error', '"a/0.0"'],
    ]);
    expect(await told(under(zarray({ shape: [4], chunks: [2] }), '0/1'))).toEqual([
      ['zarr2/chunk-key-form', 'error', '"a/0/1"'],
    ]);
  });

  it('warns of keys beyond the grid', async () => {
    expect(await told(under(zarray(), '1.1', '2.0', '0.2'))).toEqual([
      ['zarr2/chunk-key-grid', 'warning', '"a/2.0"'],
      ['zarr2/chunk-key-grid', 'warning', '"a/0.2"'],
    ]);
    expect(await told(under(zarray({ shape: [0, 4] }), '0.0'))).toEqual([
      ['zarr2/chunk-key-grid', 'warning', '"a/0.0"'],
    ]);
  });

  it('finds the other separator once for an array, with the number of keys', async () => {
    const text = under(zarray(), '0.0', '0/1', '1/0', '1/1');
    expect(await told(text)).toEqual([['zarr2/chunk-key-separator', 'error', '"a/0/1"']]);
    const [finding] = await found(text);
    expect(finding?.key).toBe('a/.zarray');
    expect(finding?.message).toMatch(/^3 chunk keys .*Write "dimension_separator": "\/" in \.zarray/);
    expect(await told(under(zarray({ dimension_separator: '/' }), '0.1'))).toEqual([
      ['zarr2/chunk-key-separator', 'error', '"a/0.1"'],
    ]);
  });

  it('tells ten thousand keys of a fault, and how many there are more', async () => {
    const names = Array.from({ length: 10_003 }, (_unused, i) => `${i + 2}.0`);
    const findings = await found(under(zarray(), ...names));
    expect(findings.filter(({ more }) => more === undefined)).toHaveLength(10_000);
    expect(findings[10_000]).toMatchObject({
      more: 3,
      message: expect.stringMatching(/^3 more keys of "a"/) as string,
    });
  });
});
