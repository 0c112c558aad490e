import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { fixesOf } from '../../../src/validate/fixes/fixes';
import { found, textAt, told } from './findings';

const zarray = JSON.stringify({
  zarr_format: 2,
  shape: [4, 4],
  chunks: [2, 2],
  dtype: '<u2',
  compressor: null,
  fill_value: 0,
  order: 'C',
  filters: null,
});

/** References of these keys, each chunk with a range of its own; other values are given. */
function file(keys: readonly string[], others: Record<string, string> = {}): string {
  const chunks = keys.map((key, index) => [key, ['https://example.org/a', 8 * index, 8]]);
  return JSON.stringify({ '.zgroup': '{"zarr_format": 2}', ...Object.fromEntries(chunks), ...others });
}

/** The chunks of an array `t` of 4 x 4 in 2 x 2 chunks. */
const four = ['t/0.0', 't/0.1', 't/1.0', 't/1.1'];

describe('chunks and attributes where no array is', () => {
  it('is an error for chunks with attributes, once for a path, with their number', async () => {
    const text = file(four, { 't/.zattrs': '{}' });
    expect(await told(text)).toEqual([['kerchunk/array-missing', 'error', '"t/0.0"']]);
    expect((await found(text))[0]?.message).toContain(
      '"t" has 4 chunk keys ("t/0.0" first) and attributes and no .zarray',
    );
  });

  it.each(['.zarry', '.ZARRAY', 'zarray', '.zarrays', '.zaray'])(
    'finds %s that was meant for .zarray',
    async (name) => {
      const text = file(four, { [`t/${name}`]: zarray });
      expect(await told(text)).toEqual([['kerchunk/array-missing', 'error', `"t/${name}"`]]);
      expect((await found(text))[0]?.message).toContain(`did you mean "t/.zarray" by "t/${name}"?`);
    },
  );

  it('warns of chunks alone, and of attributes alone', async () => {
    const whole = [...four, 'u/0.0', 'u/0.1'];
    expect(await told(file(whole, { 't/.zarray': zarray }))).toEqual([
      ['kerchunk/array-missing', 'warning', '"u/0.0"'],
    ]);
    expect(await told(file(four, { 't/.zarray': zarray, 'u/.zattrs': '{}' }))).toEqual([
      ['kerchunk/array-missing', 'warning', '"u/.zattrs"'],
    ]);
  });

  it.each([
    [['g/t/0/0', 'g/t/0/1', 'g/t/1/0'], '"g/t" has 3 chunk keys', 'no .zarray'],
    [['t/c/0/0', 't/c/1/0'], '"t" has 2 chunk keys', 'no zarr.json'],
    [['t/c.0.0'], '"t" has 1 chunk key ', 'no zarr.json'],
    [['t/c'], '"t" has 1 chunk key ', 'no zarr.json'],
    [['t/7'], '"t" has 1 chunk key ', 'no .zarray'],
    [['0.0', '0.1'], 'The root has 2 chunk keys', 'no .zarray'],
  ])('takes %j for chunks of one array', async (keys, says, document) => {
    const all = await found(file(keys));
    expect(all.map(({ code }) => code)).toEqual(['kerchunk/array-missing']);
    expect(all[0]?.message).toContain(says);
    expect(all[0]?.message).toContain(document);
  });

  it('keeps the level of a pyramid, whose name is a number, where it has attributes', async () => {
    const [finding] = await found(file(['0/0', '0/1'], { '0/.zattrs': '{}' }));
    expect(finding?.message).toContain('"0" has 2 chunk keys');
  });

  it('leaves the attributes of groups, and of paths above an array, to the rules of groups', async () => {
    const group = '{"zarr_format": 2}';
    expect(await told(file(four, { 't/.zarray': zarray, 'g/.zgroup': group, 'g/.zattrs': '{}' }))).toEqual([]);
    expect(await told(file([], { 'g/t/.zarray': zarray, 'g/.zattrs': '{}' }))).toEqual([
      ['zarr2/group-missing', 'warning', '"g/t/.zarray"'],
    ]);
  });

  it('tells a thousand paths, and of more the number of their keys', async () => {
    const keys = Array.from({ length: 1500 }, (_, index) => `p${index}/0.0`);
    const all = await found(file(keys));
    expect(all).toHaveLength(1001);
    expect(all.find(({ key }) => key === '')?.message).toMatch(/^500 more keys/u);
  });
});

describe('names that are nearly those of metadata', () => {
  it.each([
    ['.zatrs', '.zattrs'],
    ['t/.zatrs', '.zattrs'],
    ['t/.ZATTRS', '.zattrs'],
    ['g/.zgrop', '.zgroup'],
    ['.zmetadta', '.zmetadata'],
    ['t/zarr.jsn', 'zarr.json'],
  ])('%s', async (key, meant) => {
    const text = file(four, { 't/.zarray': zarray, [key]: '{}' });
    expect(await told(text)).toEqual([['kerchunk/metadata-name', 'warning', JSON.stringify(key)]]);
    expect((await found(text))[0]?.message).toContain(`did you mean "${meant}"?`);
  });

  it.each(['.nczarray', '.nczgroup', 't/.nczarray', 't/.nczattr'])('leaves %s of NCZarr alone', async (key) => {
    expect(await told(file(four, { 't/.zarray': zarray, [key]: '{}' }))).toEqual([]);
  });

  it('are mended where no key has the right name', async () => {
    const fixed = async (text: string): Promise<(string | undefined)[]> => {
      const set = parseReferences(new TextEncoder().encode(text));
      const all = await found(text);
      return all.flatMap((finding) =>
        fixesOf(finding, set, new TextEncoder().encode(text)).flatMap(({ edits }) =>
          edits.map(({ span, text: written }) => `${textAt(text, span)} -> ${written}`),
        ),
      );
    };
    expect(await fixed(file(four, { 't/.zarry': zarray }))).toEqual(['"t/.zarry" -> "t/.zarray"']);
    expect(await fixed(file(four, { 't/.zarray': zarray, '.zatrs': '{}' }))).toEqual(['".zatrs" -> ".zattrs"']);
    expect(await fixed(file(four, { 't/.zarray': zarray, '.zattrs': '{}', '.zatrs': '{}' }))).toEqual([]);
  });
});

describe('other keys', () => {
  it('are told once for the file', async () => {
    const text = file(four, { 't/.zarray': zarray, 'notes.txt': 'x', 'more/notes.txt': 'y' });
    expect(await told(text)).toEqual([['kerchunk/stray-key', 'info', '"notes.txt"']]);
    expect((await found(text))[0]?.message).toContain('2 keys');
  });
});

// zarr-python, xarray and GDAL read all values beside such keys: docs/readers.md.
describe('keys below an array whose chunks are all there', () => {
  it.each(['t/0', 't/0.0.0', 't/0.00', 't/c/0/0'])('%s is a warning', async (key) => {
    const text = file([...four, key], { 't/.zarray': zarray });
    expect(await told(text)).toEqual([['zarr2/chunk-key-form', 'warning', JSON.stringify(key)]]);
    const missing = file([...four.slice(1), key], { 't/.zarray': zarray });
    expect(await told(missing)).toEqual([['zarr2/chunk-key-form', 'error', JSON.stringify(key)]]);
  });

  it('with the other separator is a warning', async () => {
    const text = file([...four, 't/0/0'], { 't/.zarray': zarray });
    expect(await told(text)).toEqual([['zarr2/chunk-key-separator', 'warning', '"t/0/0"']]);
  });

  it('that are no chunk keys are a warning, whatever is missing', async () => {
    const text = file(['t/0.0'], { 't/.zarray': zarray, 't/notes.txt': 'x' });
    expect(await told(text)).toEqual([['zarr2/chunk-key-form', 'warning', '"t/notes.txt"']]);
  });
});
