import { describe, expect, it } from 'vitest';
import { storedLimit } from '../../../src/codecs/registry';
import type { JsonObject } from '../../../src/json';
import { readChunk } from '../../../src/read/chunk';
import { batchesOf, type StoredChunk } from '../../../src/read/fetch';
import { readWindow } from '../../../src/read/window';
import type { ChunkReference } from '../../../src/references/types';
import type { Request } from './harness';
import { byteGrid, lookup, openerOf, zarray } from './harness';

const address = 'https://x.test/f';

describe('a window over chunks', () => {
  it.each([
    [
      [0, 7],
      [0, 10],
    ],
    [
      [0, 1],
      [0, 1],
    ],
    [
      [2, 5],
      [3, 9],
    ],
    [
      [6, 7],
      [8, 10],
    ],
    [
      [3, 6],
      [4, 8],
    ],
  ])('rows %j, columns %j of a 7 x 10 array in 3 x 4 chunks', async ([top = 0, bottom = 0], [left = 0, right = 0]) => {
    const { array, references, file, truth } = byteGrid([7, 10], [3, 4]);
    const slices = [
      { start: top, stop: bottom },
      { start: left, stop: right },
    ];
    const window = await readWindow(lookup(references), array, slices, openerOf({ [address]: file }));
    expect(window.shape).toEqual([bottom - top, right - left]);
    const expected = [];
    for (let row = top; row < bottom; row++)
      for (let column = left; column < right; column++) expected.push(truth(row, column));
    expect([...window.data]).toEqual(expected);
  });

  it('fetches neighbours together and only what it needs', async () => {
    const { array, references, file } = byteGrid([6, 8], [3, 4], 8);
    const requests: Request[] = [];
    const opener = openerOf({ [address]: file }, requests);
    await readWindow(
      lookup(references),
      array,
      [
        { start: 0, stop: 3 },
        { start: 0, stop: 8 },
      ],
      opener,
    );
    expect(requests).toEqual([{ url: address, offset: 0, length: 12 + 8 + 12 }]);
  });

  it('reads chunks from several files, inline ones and whole files, of absent ones the fill value', async () => {
    const array = zarray([2, 8], [2, 2], '<u2', { fill_value: 513 });
    const references: Record<string, ChunkReference> = {
      '0.0': { kind: 'range', url: 'https://x.test/a', offset: 2, length: 8 },
      '0.1': { kind: 'inline', bytes: Uint8Array.of(9, 0, 10, 0, 11, 0, 12, 0) },
      '0.2': { kind: 'file', url: 'b' },
    };
    const files = {
      'https://x.test/a': Uint8Array.of(0, 0, 1, 0, 2, 0, 3, 0, 4, 1),
      'https://y.test/sets/b': Uint8Array.of(5, 0, 6, 0, 7, 0, 8, 0),
    };
    const progress: number[][] = [];
    const set = lookup(references, 'https://y.test/sets/refs.json');
    const slices = [
      { start: 0, stop: 2 },
      { start: 0, stop: 8 },
    ];
    const window = await readWindow(set, array, slices, openerOf(files), {
      onProgress: (done, total) => progress.push([done, total]),
    });
    expect([...new Uint16Array(window.data.buffer)]).toEqual([
      1, 2, 9, 10, 5, 6, 513, 513, 3, 260, 11, 12, 7, 8, 513, 513,
    ]);
    expect(progress).toEqual([
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
  });

  it('asks a whole file for no more than a chunk can be stored in', async () => {
    const address = 'file:///big';
    const file: ChunkReference = { kind: 'file', url: address };
    const longest = (requests: readonly Request[]): number => Math.max(...requests.map(({ length }) => length));
    const all = [{ start: 0, stop: 16 }];
    const big = { [address]: new Uint8Array(2 ** 23) };
    for (const compressor of [null, { id: 'zlib' }]) {
      const array = zarray([16], [4], '|u1', { compressor });
      const set = lookup({ '0': file, '1': file, '2': file, '3': file });
      const requests: Request[] = [];
      const message = /a\/0.* file:\/\/\/big has more than [\d,]+ bytes.* stored in [\d,]+ bytes at most/u;
      await expect(readWindow(set, array, all, openerOf(big, requests))).rejects.toThrow(message);
      await expect(readChunk(set, array, [0], openerOf(big, requests))).rejects.toThrow(
        /stored in [\d,]+ bytes at most/u,
      );
      expect(longest(requests)).toBeLessThan(2 ** 22);
    }
  });

  it('fetches no range that is longer than a chunk can be stored in, and names its chunk', async () => {
    const requests: Request[] = [];
    const range = (length: number): ChunkReference => ({ kind: 'range', url: address, offset: 0, length });
    const set = lookup({ '0': range(4), '1': range(2 ** 31) });
    const array = zarray([8], [4], '|u1');
    const opener = openerOf({ [address]: new Uint8Array(8) }, requests);
    const reading = readWindow(set, array, [{ start: 0, stop: 8 }], opener);
    await expect(reading).rejects.toMatchObject({ code: 'limit-exceeded' });
    await expect(reading).rejects.toThrow(/a\/1: .*2,147,483,648 bytes/u);
    await expect(readChunk(set, array, [1], opener)).rejects.toMatchObject({ code: 'limit-exceeded' });
    expect(requests.filter(({ length }) => length > 4)).toEqual([]);
  });

  it('counts whole files by the size of their chunks, so that a batch of large ones stays small', () => {
    const chunks = [0, 1, 2, 3].map((index): StoredChunk => {
      const region = { sourceStart: [0], targetStart: [index * 2 ** 25], size: [2 ** 25] };
      return { indices: [index], region, reference: { kind: 'file', url: `https://x.test/${index}` } };
    });
    const batches = batchesOf(chunks, zarray([2 ** 27], [2 ** 25], '|u1'));
    expect(batches.map(({ length }) => length)).toEqual([2, 2]);
  });

  it('knows how much longer than its values a chunk can be stored', () => {
    const limit = (more: JsonObject): number => {
      const { codecs, chunkShape, dataType } = zarray([2 ** 22], [2 ** 22], '|u1', more);
      return storedLimit(codecs, chunkShape, dataType);
    };
    // LZW makes 12 bits of every byte that it has not met; the filter makes eight bytes of each before.
    expect(limit({})).toBeGreaterThanOrEqual(2 ** 22);
    expect(limit({ compressor: { id: 'imagecodecs_lzw' } })).toBeGreaterThan(1.5 * 2 ** 22);
    expect(limit({ filters: [{ id: 'delta', dtype: '|u1', astype: '<i8' }] })).toBeGreaterThanOrEqual(8 * 2 ** 22);
  });

  it('of an array without axes, of three axes, and an empty one', async () => {
    const scalar = zarray([], [], '<f4');
    const value = lookup({ '': { kind: 'inline', bytes: Uint8Array.of(0, 0, 0xc0, 0x3f) } });
    expect([...(await readWindow(value, scalar, [], openerOf({}))).data]).toEqual([0, 0, 0xc0, 0x3f]);
    const cube = zarray([2, 3, 2], [1, 2, 2], '|u1');
    const inline = (...bytes: number[]): ChunkReference => ({ kind: 'inline', bytes: Uint8Array.from(bytes) });
    const set = lookup({
      '0.0.0': inline(1, 2, 3, 4),
      '0.1.0': inline(5, 6, 0, 0),
      '1.0.0': inline(7, 8, 9, 10),
      '1.1.0': inline(11, 12, 0, 0),
    });
    const all = [
      { start: 0, stop: 2 },
      { start: 1, stop: 3 },
      { start: 1, stop: 2 },
    ];
    expect([...(await readWindow(set, cube, all, openerOf({}))).data]).toEqual([4, 6, 10, 12]);
    const none = await readWindow(
      set,
      cube,
      [all[0], all[1], { start: 1, stop: 1 }].flatMap((s) => s ?? []),
      openerOf({}),
    );
    expect(none).toMatchObject({ shape: [2, 2, 0], data: new Uint8Array() });
  });
});

describe('what cannot be read is an error, never fill values', () => {
  const { array, references, file } = byteGrid([6, 8], [3, 4]);
  const whole = [
    { start: 0, stop: 6 },
    { start: 0, stop: 8 },
  ];

  it('a file that is not there', async () => {
    const reading = readWindow(lookup(references), array, whole, openerOf({}));
    await expect(reading).rejects.toMatchObject({ code: 'fetch-failed' });
    await expect(reading).rejects.toThrow('Chunk a/0.0 (and 3 more chunks): https://x.test/f gave 404.');
  });

  it('one of several files that is not there', async () => {
    const elsewhere = {
      ...references,
      '1.0': { kind: 'range', url: 'https://x.test/g', offset: 0, length: 12 },
    } as const;
    const reading = readWindow(lookup(elsewhere), array, whole, openerOf({ [address]: file }));
    await expect(reading).rejects.toThrow('Chunk a/1.0: https://x.test/g gave 404.');
  });

  it('a file that ends too early', async () => {
    const reading = readWindow(lookup(references), array, whole, openerOf({ [address]: file.subarray(0, 40) }));
    await expect(reading).rejects.toMatchObject({ code: 'short-read' });
    await expect(reading).rejects.toThrow('Chunk a/1.1');
  });

  it('a chunk that does not decode', async () => {
    const short = { ...references, '0.1': { kind: 'inline', bytes: new Uint8Array(11) } } as const;
    const reading = readWindow(lookup(short), array, whole, openerOf({ [address]: file }));
    await expect(reading).rejects.toMatchObject({ code: 'decode-failed' });
    await expect(reading).rejects.toThrow(/^Chunk a\/0\.1: .*11 bytes.*need 12/u);
  });

  it('an absent chunk far away does not matter, one in a failed request does', async () => {
    const set = lookup({ ...references, '1.1': { kind: 'absent' } });
    const window = await readWindow(set, array, whole, openerOf({ [address]: file }));
    expect([...window.data.subarray(3 * 8 + 4, 4 * 8)]).toEqual([200, 200, 200, 200]);
  });

  it('is cancelled before and while it reads', async () => {
    const before = new AbortController();
    before.abort();
    const opener = openerOf({ [address]: file });
    await expect(readWindow(lookup(references), array, whole, opener, { signal: before.signal })).rejects.toMatchObject(
      {
        code: 'cancelled',
      },
    );
    const during = new AbortController();
    let placed = 0;
    const reading = readWindow(lookup(references), array, whole, opener, {
      signal: during.signal,
      onProgress: () => {
        placed++;
        during.abort();
      },
    });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(placed).toBe(1);
  });
});

describe('windows that are refused', () => {
  const array = zarray([100_000, 100_000], [1, 1], '<f8');
  const read = (...slices: { start: number; stop: number }[]) => readWindow(lookup({}), array, slices, openerOf({}));
  it.each([
    ['too few slices', [{ start: 0, stop: 1 }], 'invalid-argument', /needs 2 slices/u],
    [
      'beyond the array',
      [
        { start: 0, stop: 1 },
        { start: 0, stop: 100_001 },
      ],
      'invalid-argument',
      /0:100001 of axis 1/u,
    ],
    [
      'backwards',
      [
        { start: 2, stop: 1 },
        { start: 0, stop: 1 },
      ],
      'invalid-argument',
      /2:1 of axis 0/u,
    ],
    [
      'fractional',
      [
        { start: 0.5, stop: 1 },
        { start: 0, stop: 1 },
      ],
      'invalid-argument',
      /0.5:1 of axis 0/u,
    ],
    [
      'too many bytes',
      [
        { start: 0, stop: 100_000 },
        { start: 0, stop: 100_000 },
      ],
      'limit-exceeded',
      /80,000,000,000 bytes/u,
    ],
    [
      'too many chunks',
      [
        { start: 0, stop: 2000 },
        { start: 0, stop: 2000 },
      ],
      'limit-exceeded',
      /4000000 chunks/u,
    ],
  ])('%s', async (_name, slices, code, says) => {
    await expect(read(...slices)).rejects.toMatchObject({ code });
    await expect(read(...slices)).rejects.toThrow(says);
  });
});
