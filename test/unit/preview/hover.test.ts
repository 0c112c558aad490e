import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { hoverAt } from '../../../src/preview/hover';
import type { PreviewDocument } from '../../../src/preview/document';
import type { HoverChunk, HoverContent } from '../../../src/preview/types';
import { colours } from '../picture/arrays';
import type { Request } from '../read/harness';
import { documentOf, inline, never, url, zarrayOf } from './harness';

/** Hovers over the first place of `text` in the reference file. */
function hoverOver(document: PreviewDocument, text: string): Promise<HoverContent | null> {
  const column = new TextDecoder().decode(document.text).indexOf(text) + 1;
  return hoverAt(document, 1, column, never);
}

async function chunkAt(document: PreviewDocument, text: string): Promise<HoverChunk> {
  const content = await hoverOver(document, text);
  if (content?.kind === 'chunk') return content.chunk;
  throw new Error(`There is no chunk at ${text}.`);
}

function pngOf({ result }: HoverChunk) {
  if (result.kind !== 'picture') throw new Error(`There is no picture: ${JSON.stringify(result)}`);
  const decoded = decode(result.png);
  expect([decoded.width, decoded.height]).toEqual([result.width, result.height]);
  return { ...result, pixels: colours(new Uint8Array(result.png)) };
}

describe('hoverAt', () => {
  const requests: Request[] = [];
  const document = documentOf(
    {
      'g/.zgroup': { zarr_format: 2 },
      'g/a/.zarray': zarrayOf([4, 6], [2, 4], '|u1', { fill_value: 0 }),
      'g/a/.zattrs': { units: 'K' },
      'g/a/0.0': [url, 10, 8],
      'g/a/1.1': inline(Uint8Array.of(0, 255, 9, 9, 255, 0, 9, 9)),
      'g/a/7.7': 'beyond',
      'bad/.zarray': { zarr_format: 2 },
      other: 'text',
    },
    { [url]: Uint8Array.from({ length: 30 }, (_, i) => i * 8) },
    requests,
  );

  it('shows the chunk over its key, its address, its numbers; and nothing between entries', async () => {
    for (const place of ['g/a/0.0', url, '10,8']) {
      expect(await hoverOver(document, place)).toMatchObject({ kind: 'chunk', chunk: { key: 'g/a/0.0' } });
    }
    expect(await hoverAt(document, 1, 3, never)).toBeNull();
    expect(await hoverAt(document, 99, 1, never)).toBeNull();
  });

  it('fetches a chunk once, however often it is shown, and the picture is whole each time', async () => {
    const [first, second] = [await chunkAt(document, 'g/a/0.0'), await chunkAt(document, 'g/a/0.0')];
    expect(requests).toEqual([{ url, offset: 10, length: 8 }]);
    expect(pngOf(first).png.byteLength).toBe(pngOf(second).png.byteLength);
    structuredClone(first, { transfer: [pngOf(first).png] });
    expect(pngOf(await chunkAt(document, 'g/a/0.0')).png.byteLength).toBeGreaterThan(0);
  });

  it('tells what the chunk is, its request, size and statistics', async () => {
    expect(await chunkAt(document, 'g/a/0.0')).toMatchObject({
      path: 'g/a',
      indices: [0, 0],
      dtype: '|u1',
      shape: [2, 4],
      reference: 'range',
      storedBytes: 8,
      request: { url, start: 10, end: 17 },
      drift: null,
      result: { kind: 'picture', allFill: false, statistics: { minimum: '80', maximum: '136', nodata: 0 } },
    });
  });

  it('enlarges a small chunk to 128 pixels, each value a square, and cuts off what is beyond the array', async () => {
    const { width, height, pixels, statistics } = pngOf(await chunkAt(document, 'g/a/1.1'));
    // Two rows and two columns lie inside: 0, which is nodata, and 255.
    expect([width, height]).toEqual([128, 128]);
    expect(statistics).toMatchObject({ count: 4, nodata: 2, maximum: '255' });
    const alpha = (column: number, row: number): number | undefined => pixels[4 * (row * width + column) + 3];
    expect([alpha(0, 0), alpha(63, 63), alpha(64, 0), alpha(127, 63)]).toEqual([0, 0, 255, 255]);
    expect([alpha(0, 64), alpha(63, 127), alpha(64, 64), alpha(127, 127)]).toEqual([255, 255, 0, 0]);
  });

  it('gives the array over its metadata, and the group over its own', async () => {
    for (const place of ['g/a/.zarray', '"fill_value":0', 'g/a/.zattrs']) {
      expect(await hoverOver(document, place)).toMatchObject({ kind: 'array', array: { path: 'g/a', grid: [2, 2] } });
    }
    expect(await hoverOver(document, 'g/.zgroup')).toMatchObject({ kind: 'group', path: 'g', arrays: 1, groups: 0 });
    expect(await hoverOver(document, '.zgroup')).toMatchObject({ kind: 'group', path: '', arrays: 2, groups: 1 });
  });

  it('says nothing over keys that are no chunk, and over metadata that cannot be read', async () => {
    expect(await hoverOver(document, 'g/a/7.7')).toBeNull();
    expect(await hoverOver(document, 'other')).toBeNull();
    expect(await hoverOver(document, 'bad/.zarray')).toBeNull();
  });

  it('marks the entry that it is about', async () => {
    const text = new TextDecoder().decode(document.text);
    const start = text.indexOf('"g/a/0.0"') + 1;
    const range = { line: 1, column: start, endLine: 1, endColumn: text.indexOf('],"g/a/1.1"') + 2 };
    expect(await hoverOver(document, '10,8')).toMatchObject({ range });
  });
});

describe('the place of a chunk', () => {
  const axis = (values: readonly number[]) => ({
    zarray: zarrayOf([values.length], [values.length], '<f8'),
    data: inline(Float64Array.from(values)),
  });
  const [y, x] = [axis([90, 80, 70]), axis([1.5, 2.5, 3.5, 4.5, 5.5])];
  const refs = {
    'a/.zarray': zarrayOf([3, 5], [2, 2], '|u1'),
    'a/.zattrs': { _ARRAY_DIMENSIONS: ['y', 'x'] },
    'a/0.0': [url, 0, 4],
    'a/0.1': [url, 4, 4],
    'a/1.2': [url, 16, 4],
    'a/1.0': [url, 18, 4],
    'b/.zarray': zarrayOf([2], [1], '|u1'),
    'b/0': [url, 28, 1],
    'b/1': [url, 28, 1],
    'y/.zarray': y.zarray,
    'y/.zattrs': { _ARRAY_DIMENSIONS: ['y'], units: 'degrees_north' },
    'y/0': y.data,
    'x/.zarray': x.zarray,
    'x/.zattrs': { _ARRAY_DIMENSIONS: ['x'] },
  };
  const files = { [url]: Uint8Array.from({ length: 30 }, (_, i) => i) };

  it('is told by its indices and the coordinates of its first and last element inside the array', async () => {
    const document = documentOf({ ...refs, 'x/0': x.data }, files);
    // Of chunk (1, 2) row 2 and column 4 alone lie inside.
    expect((await chunkAt(document, '"a/1.2"')).axes).toEqual([
      { name: 'y', first: 2, last: 2, coordinates: { first: '70', last: '70', unit: 'degrees_north' } },
      { name: 'x', first: 4, last: 4, coordinates: { first: '5.5', last: '5.5', unit: null } },
    ]);
    expect((await chunkAt(document, '"a/0.1"')).axes).toEqual([
      { name: 'y', first: 0, last: 1, coordinates: { first: '90', last: '80', unit: 'degrees_north' } },
      { name: 'x', first: 2, last: 3, coordinates: { first: '3.5', last: '4.5', unit: null } },
    ]);
    expect((await chunkAt(document, '"b/1"')).axes).toEqual([{ name: '', first: 1, last: 1, coordinates: null }]);
  });

  it('in the file is told by what adjoins, overlaps, leaves a gap, or is the same', async () => {
    const document = documentOf({ ...refs, 'x/0': x.data }, files);
    const neighbours = async (key: string) => (await chunkAt(document, `"${key}"`)).neighbours;
    expect(await neighbours('a/0.0')).toEqual({ before: null, after: { key: 'a/0.1', gap: 0 } });
    expect(await neighbours('a/0.1')).toEqual({ before: { key: 'a/0.0', gap: 0 }, after: { key: 'a/1.2', gap: 8 } });
    // [16, 20) and [18, 22) share two bytes.
    expect(await neighbours('a/1.2')).toEqual({ before: { key: 'a/0.1', gap: 8 }, after: { key: 'a/1.0', gap: -2 } });
    expect(await neighbours('b/0')).toEqual({ before: { key: 'b/1', gap: -1 }, after: { key: 'b/1', gap: -1 } });
    expect(await neighbours('y/0')).toBeNull();
  });

  it('is fetched once, coordinates in a file too; where they failed, they are asked for again', async () => {
    const requests: Request[] = [];
    const there: Record<string, Uint8Array> = { ...files };
    const document = documentOf({ ...refs, 'x/0': ['https://x.org/x', 0, 40] }, there, requests);
    const first = await chunkAt(document, '"a/0.0"');
    expect(first.axes[1]).toMatchObject({ name: 'x', coordinates: null });
    expect(first.coordinateProblem).toContain('The coordinates along x are not shown');
    there['https://x.org/x'] = new Uint8Array(Float64Array.of(1.5, 2.5, 3.5, 4.5, 5.5).buffer);
    const second = await chunkAt(document, '"a/0.0"');
    expect(second.axes[1]).toMatchObject({ coordinates: { first: '1.5', last: '2.5' } });
    const before = requests.length;
    expect(await chunkAt(document, '"a/0.0"')).toEqual(second);
    expect(requests).toHaveLength(before);
  });

  it('has the histogram of its values beside it', async () => {
    const document = documentOf({ ...refs, 'x/0': x.data }, files);
    const { result } = await chunkAt(document, '"a/0.0"');
    // 0, 1, 2 and 3 in 64 bins from 0 to 3: one in each of the bins 0, 21, 42 and 63.
    const counts = Array.from({ length: 64 }, (_, bin) => (bin % 21 === 0 ? 1 : 0));
    expect(result).toMatchObject({ histogram: { low: 0, high: 3, counts } });
  });
});

describe('hovers over chunks', () => {
  it('above 16 MiB stored or 64 MiB decoded fetch nothing, and say so', async () => {
    const requests: Request[] = [];
    const document = documentOf(
      {
        'a/.zarray': zarrayOf([4], [4], '|u1'),
        'a/0': [url, 0, 2 ** 24 + 1],
        'b/.zarray': zarrayOf([2 ** 26 + 1], [2 ** 26 + 1], '|u1', { compressor: { id: 'zlib' } }),
        'b/0': [url, 0, 10],
      },
      {},
      requests,
    );
    for (const [key, words] of [
      ['a/0', '16 MiB stored'],
      ['b/0', '64 MiB decoded'],
    ] as const) {
      const { result } = await chunkAt(document, `"${key}"`);
      expect(result).toMatchObject({ kind: 'too-large' });
      expect(result).toHaveProperty('message', expect.stringContaining(words));
    }
    expect(requests).toEqual([]);
  });

  it('read of a chunk that is a file only its beginning, where that shows that it is too large', async () => {
    const requests: number[] = [];
    const document = documentOf({ 'a/.zarray': zarrayOf([4], [4], '|u1'), 'a/0': [url] });
    document.opener = {
      open: () => ({
        url,
        size: () => (requests.length > 0 ? 2 ** 25 : undefined),
        validator: () => undefined,
        read: (_offset, length) => {
          requests.push(length);
          return Promise.resolve(new Uint8Array(length));
        },
      }),
    };
    expect(await chunkAt(document, '"a/0"')).toMatchObject({ storedBytes: 2 ** 25, result: { kind: 'too-large' } });
    expect(requests).toEqual([65536]);
  });

  it('give scalars, text and a few numbers as text', async () => {
    const document = documentOf({
      's/.zarray': zarrayOf([], [], '<f8'),
      's/0': inline(Float64Array.of(0.1)),
      'r/.zarray': zarrayOf(
        [1],
        [1],
        [
          ['a', '>i4'],
          ['b', '|u1'],
        ],
      ),
      'r/0': inline(Uint8Array.of(0, 0, 0, 1, 9)),
      't/.zarray': zarrayOf([100], [100], '|S1'),
      't/0': 'x'.repeat(100),
      'n/.zarray': zarrayOf([3], [4], '<i8'),
      'n/0': inline(BigInt64Array.of(1n, -2n, 2n ** 60n, 7n)),
    });
    expect((await chunkAt(document, 'r/0')).result).toMatchObject({ texts: ['a 1, b 9'] });
    expect((await chunkAt(document, 's/0')).result).toMatchObject({ kind: 'texts', texts: ['0.1'] });
    expect((await chunkAt(document, 't/0')).result).toMatchObject({ kind: 'texts', texts: new Array(12).fill('x') });
    expect((await chunkAt(document, 'n/0')).result).toMatchObject({ texts: ['1', '-2', '1152921504606846976'] });
  });

  it('draw one axis as a line', async () => {
    const document = documentOf({
      'n/.zarray': zarrayOf([1, 100], [1, 100], '|u1'),
      'n/0.0': inline(Uint8Array.from({ length: 100 }, (_, i) => i)),
    });
    const { width, height, pixels } = pngOf(await chunkAt(document, 'n/0.0'));
    expect([width, height]).toEqual([256, 96]);
    const rowAt = (column: number): number =>
      Array.from({ length: height }, (_, row) => pixels[4 * (row * width + column) + 3]).indexOf(255);
    // From the lower left to the upper right, three pixels from the edges.
    expect(rowAt(3)).toBeGreaterThan(88);
    expect(rowAt(128)).toBeGreaterThan(40);
    expect(rowAt(128)).toBeLessThan(55);
    expect(rowAt(252)).toBe(3);
  });

  it('show failures and absent chunks as what they are, and try again', async () => {
    const files: Record<string, Uint8Array> = {};
    const document = documentOf(
      { 'a/.zarray': zarrayOf([8], [4], '|u1', { fill_value: 5 }), 'a/0': [url, 0, 4], 'a/1': null },
      files,
    );
    expect((await chunkAt(document, '"a/0"')).result).toMatchObject({ kind: 'failed', code: 'fetch-failed' });
    files[url] = Uint8Array.of(1, 2, 3, 4);
    expect((await chunkAt(document, '"a/0"')).result).toMatchObject({ kind: 'texts', texts: ['1', '2', '3', '4'] });
    expect((await chunkAt(document, '"a/1"')).result).toEqual({ kind: 'absent', fillValue: '5' });
  });

  it('stay below 70,000 bytes where values are noise', async () => {
    let state = 1;
    const noise = Uint16Array.from({ length: 512 * 512 }, () => (state = (state * 48271) % 2147483647) & 0xffff);
    const document = documentOf(
      { 'a/.zarray': zarrayOf([512, 512], [512, 512], '<u2'), 'a/0.0': [url] },
      { [url]: new Uint8Array(noise.buffer) },
    );
    const { png, width } = pngOf(await chunkAt(document, 'a/0.0'));
    expect(png.byteLength).toBeLessThanOrEqual(70_000);
    expect(width).toBeGreaterThanOrEqual(128);
  });
});
