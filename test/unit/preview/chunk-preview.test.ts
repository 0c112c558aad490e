import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Request } from '../read/harness';
import { documentOf, inline, preview, url, valuesOf, zarrayOf } from './harness';

const values = Uint16Array.of(1, 2, 3, 4, 5, 65535);
const stored = new Uint8Array(deflateSync(new Uint8Array(values.buffer)));
const zlib = { compressor: { id: 'zlib', level: 6 } };
/** 3 x 5 elements in chunks of 2 x 3: the chunks at the right have one column beyond the array. */
const metadata = zarrayOf([3, 5], [2, 3], '<u2', { ...zlib, fill_value: 65535 });

describe('previewChunk', () => {
  it('lists the chunks inside a shard with their bytes in the file', async () => {
    const bytes = { name: 'bytes', configuration: { endian: 'little' } };
    const shard = { chunk_shape: [2], codecs: [bytes], index_codecs: [bytes], index_location: 'end' };
    const metadata = {
      zarr_format: 3,
      node_type: 'array',
      shape: [6],
      data_type: 'uint16',
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [6] } },
      chunk_key_encoding: { name: 'default' },
      fill_value: 9,
      codecs: [{ name: 'sharding_indexed', configuration: shard }],
    };
    // Chunk 2 first, then chunk 0; then the index: offset and length of each, all bits set for chunk 1, which is absent.
    const index = new BigUint64Array([4n, 4n, 2n ** 64n - 1n, 2n ** 64n - 1n, 0n, 4n]);
    const content = Buffer.concat([
      Buffer.alloc(50),
      Buffer.from(Uint16Array.of(5, 6, 1, 2).buffer),
      Buffer.from(index.buffer),
    ]);
    const document = documentOf({ 'a/zarr.json': metadata, 'a/c/0': [url, 50, 56] }, { [url]: content }, []);
    const found = await preview(document, 'a', [0]);
    expect(new Uint16Array(valuesOf(found).data)).toEqual(Uint16Array.of(1, 2, 9, 9, 5, 6));
    expect(found.shard).toEqual({
      chunkShape: [2],
      isOfFile: true,
      count: 3,
      absent: 1,
      chunks: [
        { indices: [0], start: 54, end: 57 },
        { indices: [1], start: null, end: null },
        { indices: [2], start: 50, end: 53 },
      ],
    });
  });

  it('fetches exactly the range, and gives request, place, stages and values', async () => {
    const requests: Request[] = [];
    const document = documentOf(
      { 'a/.zarray': metadata, 'a/0.0': [`${url}?token=secret`, 5, stored.length] },
      { [`${url}?token=secret`]: Buffer.concat([Buffer.alloc(5), stored, Buffer.alloc(5)]) },
      requests,
    );
    const found = await preview(document, 'a', [0, 0]);
    expect(requests).toEqual([{ url: `${url}?token=secret`, offset: 5, length: stored.length }]);
    const end = 5 + stored.length - 1;
    expect(found).toMatchObject({ path: 'a', indices: [0, 0], key: 'a/0.0', reference: 'range', drift: null });
    expect(found.request).toEqual({
      url: `${url}?token=secret`,
      shownUrl: `${url}?…`,
      start: 5,
      end,
      curl: `curl --fail --location --range 5-${end} --output chunk.bin "${url}?token=secret"`,
    });
    const text = new TextDecoder().decode(document.text);
    expect(found.range).toMatchObject({ line: 1, column: text.indexOf('"a/0.0"') + 1, endColumn: text.length - 1 });
    expect(found.stages.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['stored', stored.length],
      ['zlib', 12],
      ['array', 12],
    ]);
    expect(new Uint8Array(found.stages[0]?.head ?? new ArrayBuffer())).toEqual(stored);
    const sent = valuesOf(found);
    expect(new Uint16Array(sent.data)).toEqual(values);
    expect(sent).toMatchObject({ shape: [2, 3], step: 1, inside: [2, 3], nodata: '65535', texts: null });
    expect(sent.statistics).toMatchObject({
      count: 6,
      valid: 5,
      nodata: 1,
      nan: 0,
      minimum: '1',
      maximum: '5',
      mean: '3',
    });
    // numpy.std([1, 2, 3, 4, 5])
    expect(sent.statistics.standardDeviation).toBe('1.4142135623730951');
    expect(sent).toMatchObject({ nodataSource: 'fill_value', classes: null, calendar: null });
    // numpy.percentile([1, 2, 3, 4, 5], [2, 98])
    expect(sent.stretch?.low).toBeCloseTo(1.08, 12);
    expect(sent.stretch?.high).toBeCloseTo(4.92, 12);
    expect(sent.histogram).toMatchObject({ low: 1, high: 5 });
  });

  it('names the classes that are there, and counts them', async () => {
    const flags = { flag_values: [1, 2, 9], flag_meanings: 'land water ice', flag_colors: '#010203 #040506 #070809' };
    const document = documentOf({ 'a/.zarray': metadata, 'a/.zattrs': flags, 'a/0.0': inline(stored) });
    expect(valuesOf(await preview(document, 'a', [0, 0])).classes).toEqual({
      classes: [
        { value: 1, mask: null, name: 'land', colour: [1, 2, 3, 255], count: 1 },
        { value: 2, mask: null, name: 'water', colour: [4, 5, 6, 255], count: 1 },
      ],
      others: 3,
    });
  });

  it('leaves what is beyond the array out of the statistics', async () => {
    const document = documentOf({ 'a/.zarray': metadata, 'a/1.1': inline(stored) });
    const found = await preview(document, 'a', [1, 1]);
    // Row 2 of 3, columns 3 and 4 of 5: the first two elements of the chunk.
    expect(valuesOf(found)).toMatchObject({ shape: [2, 3], inside: [1, 2], statistics: { count: 2, maximum: '2' } });
    expect(found).toMatchObject({ reference: 'inline', request: null });
  });

  it('shows an absent chunk as absent, not as fill values', async () => {
    const found = await preview(documentOf({ 'a/.zarray': metadata, 'a/0.1': null }), 'a', [0, 0]);
    expect(found).toMatchObject({ reference: 'absent', request: null, range: null, stages: [] });
    expect(found.outcome).toEqual({ kind: 'absent', fillValue: '65535' });
    const none = await preview(documentOf({ 'a/.zarray': metadata, 'a/0.1': null }), 'a', [0, 1]);
    expect(none.outcome.kind).toBe('absent');
  });

  it.each([
    ['the fill value', 65535, '<u2', Uint16Array.of(65535, 65535), true],
    ['another value', 65535, '<u2', Uint16Array.of(65535, 1), false],
    ['NaN', 'NaN', '<f4', Float32Array.of(NaN, NaN), true],
    ['NaN where 0 fills', 0, '<f4', Float32Array.of(NaN, NaN), false],
    ['zeros without a fill value', null, '<u2', Uint16Array.of(0, 0), false],
    ['text', 'eA==', '|S1', Uint8Array.of(120, 120), true],
    ['other text', 'eA==', '|S1', Uint8Array.of(120, 121), false],
  ])('tells a stored chunk of nothing but %s', async (_, fill_value, dtype, chunk, allFill) => {
    const document = documentOf({ 'a/.zarray': zarrayOf([2], [2], dtype, { fill_value }), 'a/0': inline(chunk) });
    expect((await preview(document, 'a', [0])).outcome).toMatchObject({ kind: 'values', allFill });
  });

  it.each([
    ['cannot be fetched', ['https://x.org/missing', 0, 4], 'fetch-failed', 'range', []],
    ['is cut off', [url, 0, 400], 'short-read', 'range', []],
    ['does not inflate', [url, 0, 4], 'decode-failed', 'range', ['stored']],
    ['has a relative target and no folder', ['bytes', 0, 4], 'invalid-argument', 'range', []],
    ['has a malformed entry', [url, -4, 4], 'malformed-reference', 'broken', []],
  ])('says so of a chunk that %s', async (_, entry, code, reference, stages) => {
    const document = documentOf({ 'a/.zarray': metadata, 'a/0.0': entry }, { [url]: Uint8Array.of(1, 2, 3, 4) });
    const found = await preview(document, 'a', [0, 0]);
    expect(found.outcome).toMatchObject({ kind: 'failed', code });
    expect(found.reference).toBe(reference);
    expect(found.stages.map(({ name }) => name)).toEqual(stages);
    expect(found.range).not.toBeNull();
  });

  it('shows the raw bytes of a codec that nobody here knows, and names it', async () => {
    const unknown = zarrayOf([4], [4], '|u1', { compressor: { id: 'grib', var: 't' } });
    const document = documentOf({ 'a/.zarray': unknown, 'a/0': [url] }, { [url]: new Uint8Array(1000).fill(71) });
    const found = await preview(document, 'a', [0]);
    expect(found.outcome).toMatchObject({ kind: 'failed', code: 'unsupported-codec' });
    expect(found.outcome).toHaveProperty('message', expect.stringContaining('"grib"'));
    expect(found.stages).toMatchObject([{ name: 'stored', bytes: 1000 }]);
    expect(new Uint8Array(found.stages[0]?.head ?? new ArrayBuffer())).toEqual(new Uint8Array(256).fill(71));
    expect(found.request).toMatchObject({
      start: 0,
      end: 999,
      curl: `curl --fail --location --output chunk.bin "${url}"`,
    });
  });

  it('refuses chunks that the grid does not have', async () => {
    const document = documentOf({ 'a/.zarray': metadata });
    await expect(preview(document, 'a', [2, 0])).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(preview(document, 'a', [0])).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(preview(document, 'b', [0])).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it.each([
    ['_FillValue', { _FillValue: 7 }, '7'],
    ['missing_value in a list', { missing_value: [9] }, '9'],
    ['a value that does not fit', { _FillValue: 7.5 }, null],
    ['nothing', {}, null],
  ])('takes nodata from the attributes where there is no fill value: %s', async (_, attributes, nodata) => {
    const document = documentOf({
      'a/.zarray': zarrayOf([3], [3], '<u2'),
      'a/.zattrs': attributes,
      'a/0': inline(Uint16Array.of(7, 9, 11)),
    });
    const sent = valuesOf(await preview(document, 'a', [0]));
    expect(sent.nodata).toBe(nodata);
    expect(sent.statistics.nodata).toBe(nodata === null ? 0 : 1);
  });

  it('gives scale, offset and unit', async () => {
    const document = documentOf({
      'a/.zarray': zarrayOf([1], [1], '|u1'),
      'a/.zattrs': { scale_factor: 0.1, add_offset: -5, units: 'K' },
      'a/0': 'x',
      'b/.zarray': zarrayOf([1], [1], '|u1'),
      'b/.zattrs': { scale_factor: 1, add_offset: 0, units: '' },
      'b/0': 'x',
    });
    expect(valuesOf(await preview(document, 'a', [0]))).toMatchObject({
      scaling: { scale: 0.1, offset: -5 },
      unit: 'K',
    });
    expect(valuesOf(await preview(document, 'b', [0]))).toMatchObject({ scaling: null, unit: null });
  });

  it('gives text as text, 10,000 elements at most', async () => {
    const document = documentOf({
      'a/.zarray': zarrayOf([20_000], [20_000], '|S2'),
      'a/0': inline(Buffer.from('ab'.repeat(19_999) + 'c\0')),
      'u/.zarray': zarrayOf([2], [2], '>U2'),
      'u/0': inline(Uint8Array.of(0, 0, 0, 0x48, 0, 1, 0xf3, 0x0d, 0, 0, 0, 0x69, 0, 0, 0, 0)),
    });
    expect(valuesOf(await preview(document, 'a', [0])).texts).toEqual(new Array(10_000).fill('ab'));
    expect(valuesOf(await preview(document, 'u', [0])).texts).toEqual(['H\u{1f30d}', 'i']);
  });

  it('gives as texts what is inside the array only', async () => {
    const document = documentOf({
      's/.zarray': zarrayOf([5], [4], '|S2'),
      's/1': inline(Buffer.from('okXXYYZZ')),
      'n/.zarray': zarrayOf([3, 3], [2, 2], '<i2'),
      'n/1.1': inline(Int16Array.of(7, -999, -999, -999)),
    });
    expect(valuesOf(await preview(document, 's', [1])).texts).toEqual(['ok']);
    expect(valuesOf(await preview(document, 'n', [1, 1])).texts).toEqual(['7']);
  });

  it('gives the texts of all elements where not all values are sent, long ones cut', async () => {
    const size = 1_000_000;
    const chunk = Buffer.alloc(70 * size, 'x');
    for (let i = 0; i < 70; i++) chunk.write(`e${i}\0`, i * size);
    chunk.fill(0, 3, size);
    const document = documentOf({ 'a/.zarray': zarrayOf([70], [70], `|S${size}`), 'a/0': [url] }, { [url]: chunk });
    const { step, texts } = valuesOf(await preview(document, 'a', [0]));
    expect(step).toBe(2);
    expect(texts?.map((text) => text.split('\0')[0])).toEqual(Array.from({ length: 70 }, (_, i) => `e${i}`));
    expect(texts?.[1]).toHaveLength(1000);
  });

  it('gives records as the values of their fields, and so the fill value', async () => {
    const record = zarrayOf(
      [2],
      [1],
      [
        ['a', '>i4'],
        ['b', '|u1'],
      ],
      { fill_value: Buffer.of(0, 0, 0, 2, 8).toString('base64') },
    );
    const document = documentOf({ 'a/.zarray': record, 'a/0': inline(Uint8Array.of(0, 0, 0, 1, 9)) });
    expect(valuesOf(await preview(document, 'a', [0])).texts).toEqual(['a 1, b 9']);
    expect((await preview(document, 'a', [1])).outcome).toEqual({ kind: 'absent', fillValue: 'a 2, b 8' });
  });

  it('asks for no byte before the first of an empty file', async () => {
    const document = documentOf({ 'a/.zarray': zarrayOf([1], [1], '|u1'), 'a/0': [url] }, { [url]: new Uint8Array(0) });
    const empty = await preview(document, 'a', [0]);
    expect(empty.request).toMatchObject({ start: 0, end: null });
    expect(empty.request?.curl).not.toContain('--range');
  });

  it('gives every second, third … row and column of what has more than 64 MiB, and statistics of all of it', async () => {
    const side = 8200;
    const chunk = new Uint8Array(side * side);
    for (let i = 0; i < chunk.length; i += 7) chunk[i] = 1 + (i % 200);
    // The one element that only the whole chunk has: its row and column are left out.
    chunk[side + 1] = 255;
    const document = documentOf(
      { 'a/.zarray': zarrayOf([side, side], [side, side], '|u1'), 'a/0.0': [url] },
      { [url]: chunk },
    );
    const sent = valuesOf(await preview(document, 'a', [0, 0]));
    expect(sent).toMatchObject({ step: 2, shape: [4100, 4100], inside: [side, side], statistics: { maximum: '255' } });
    const data = new Uint8Array(sent.data);
    expect(data).toHaveLength(4100 * 4100);
    for (const [row, column] of [
      [0, 0],
      [1, 3],
      [4099, 4099],
    ] as const) {
      expect(data[row * 4100 + column]).toBe(chunk[2 * row * side + 2 * column]);
    }
  });
});
