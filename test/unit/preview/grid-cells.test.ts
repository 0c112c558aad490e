import { describe, expect, it } from 'vitest';
import { gridCells } from '../../../src/preview/grid-cells';
import type { AxisRange } from '../../../src/preview/types';
import { documentOf, url, zarrayOf } from './harness';

const axis = (number: number, start: number, stop: number): AxisRange => ({ axis: number, start, stop });

/** 3 x 4 chunks: a range, inline, malformed and `null` ones in the first row, one range in the last. */
const { set } = documentOf({
  'a/.zarray': zarrayOf([3, 4], [1, 1], '|u1'),
  'a/0.0': [url, 0, 1],
  'a/0.1': 'x',
  'a/0.2': [url, -1, 1],
  'a/0.3': null,
  'a/2.3': [url, 0, 1],
});

function cells(...window: Parameters<typeof gridCells>): { shape: number[]; step: object; cells: number[] } {
  const found = gridCells(...window);
  return { shape: [found.height, found.width], step: found.step, cells: [...new Uint8Array(found.cells)] };
}

describe('gridCells', () => {
  it('tells ranges, inline, absent and malformed chunks apart', () => {
    const found = cells(set, { path: 'a', at: [0, 0], rows: axis(0, 0, 3), columns: axis(1, 0, 4) });
    expect(found.shape).toEqual([3, 4]);
    expect(found.step).toEqual({ rows: 1, columns: 1 });
    expect(found.cells).toEqual([1, 2, 8, 4, 4, 4, 4, 4, 4, 4, 4, 1]);
  });

  it('gives a part of the grid', () => {
    const found = cells(set, { path: 'a', at: [0, 0], rows: axis(0, 1, 3), columns: axis(1, 2, 4) });
    expect(found).toMatchObject({ shape: [2, 2], cells: [4, 4, 4, 1] });
    expect(cells(set, { path: 'a', at: [0, 0], rows: axis(0, 0, 1), columns: axis(1, 1, 3) }).cells).toEqual([2, 8]);
    expect(cells(set, { path: 'a', at: [0, 0], rows: axis(0, 1, 1), columns: axis(1, 0, 4) }).shape).toEqual([0, 4]);
  });

  it('shows whichever two axes are asked for, at a place along the others', () => {
    // Chunks (y, x, band): band 1 of column 0 and band 0 of column 1 are there.
    const bands = documentOf({
      'a/.zarray': zarrayOf([2, 2, 2], [1, 1, 1], '|u1'),
      'a/0.0.1': 'x',
      'a/1.1.0': [url, 0, 1],
    }).set;
    const window = { path: 'a', rows: axis(0, 0, 2), columns: axis(1, 0, 2) };
    expect(cells(bands, { ...window, at: [7, 7, 0] }).cells).toEqual([4, 4, 4, 1]);
    expect(cells(bands, { ...window, at: [7, 7, 1] }).cells).toEqual([2, 4, 4, 4]);
    const turned = { path: 'a', at: [1, 1, 0], rows: axis(2, 0, 2), columns: axis(0, 0, 2) };
    expect(cells(bands, turned).cells).toEqual([4, 1, 4, 4]);
  });

  it('has one row for one axis, and one cell for none', () => {
    const { set: small } = documentOf({
      'a/.zarray': zarrayOf([3], [1], '|u1'),
      'a/1': 'x',
      's/.zarray': zarrayOf([], [], '|u1'),
      's/0': 'x',
    });
    expect(cells(small, { path: 'a', at: [0], rows: null, columns: axis(0, 0, 3) })).toMatchObject({
      shape: [1, 3],
      cells: [4, 2, 4],
    });
    expect(cells(small, { path: 's', at: [], rows: null, columns: null })).toMatchObject({ shape: [1, 1], cells: [2] });
  });

  it('stands for blocks where there are more than 1,048,576 chunks, and says what all of them hold', () => {
    // 2049 x 1024 chunks; of the first block of 4 x 1 all, of the second one; the last block holds one row alone.
    const refs: Record<string, unknown> = { 'a/.zarray': zarrayOf([2049, 1024], [1, 1], '|u1') };
    for (let row = 0; row < 4; row++) refs[`a/${row}.0`] = [url, 0, 1];
    refs['a/1.1'] = 'x';
    refs['a/2048.1023'] = 'x';
    const window = { path: 'a', at: [0, 0], rows: axis(0, 0, 2049), columns: axis(1, 0, 1024) };
    const found = gridCells(documentOf(refs).set, window);
    expect(found.step).toEqual({ rows: 4, columns: 1 });
    expect([found.height, found.width]).toEqual([513, 1024]);
    const bytes = new Uint8Array(found.cells);
    expect([bytes[0], bytes[1], bytes[2], bytes.at(-1), bytes.at(-2)]).toEqual([1, 2 | 4, 4, 2, 4]);
  });

  it('takes no longer for a grid of 10^12 chunks of which two are there', () => {
    const refs = {
      'a/.zarray': zarrayOf([1e6, 1e6], [1, 1], '|u1'),
      'a/0.0': [url, 0, 1],
      'a/999999.999999': [url, 0, 1],
    };
    const begin = performance.now();
    const window = { path: 'a', at: [0, 0], rows: axis(0, 0, 1e6), columns: axis(1, 0, 1e6) };
    const { cells: buffer, step, height, width } = gridCells(documentOf(refs).set, window);
    expect(performance.now() - begin).toBeLessThan(5000);
    expect(step).toEqual({ rows: 1024, columns: 1024 });
    expect([height, width]).toEqual([977, 977]);
    const bytes = new Uint8Array(buffer);
    expect([bytes[0], bytes[1], bytes.at(-1)]).toEqual([5, 4, 5]);
  });

  it.each([
    ['beyond the grid', { at: [0, 0], rows: axis(0, 0, 4), columns: axis(1, 0, 4) }],
    ['of one axis twice', { at: [0, 0], rows: axis(0, 0, 3), columns: axis(0, 0, 3) }],
    ['with too few indices', { at: [0], rows: axis(0, 0, 3), columns: axis(1, 0, 4) }],
    ['with one axis of two', { at: [0, 0], rows: null, columns: axis(1, 0, 4) }],
    ['that ends before it begins', { at: [0, 0], rows: axis(0, 2, 1), columns: axis(1, 0, 4) }],
    ['of halves', { at: [0, 0], rows: axis(0, 0.5, 1), columns: axis(1, 0, 4) }],
  ])('refuses a window %s', (_, window) => {
    expect(() => gridCells(set, { path: 'a', ...window })).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });
});

describe('the shades of a grid', () => {
  // 2 x 4 chunks: of 10, 100, 1000 and 1000 bytes in two files, one inline, one malformed, a whole file, one absent.
  const other = 'https://x.org/other?token=secret';
  const shaded = documentOf({
    'a/.zarray': zarrayOf([2, 4], [1, 1], '|u1'),
    'a/0.0': [other, 0, 10],
    'a/0.1': [url, 0, 100],
    'a/0.2': [url, 0, 1000],
    'a/0.3': [other, 0, 1000],
    'a/1.0': 'inline',
    'a/1.1': [url, -1, 1],
    'a/1.2': [url],
  }).set;
  const whole = { path: 'a', at: [0, 0], rows: axis(0, 0, 2), columns: axis(1, 0, 4) };

  it('run with the logarithm of the bytes, from those of the smallest chunk of the array to those of the largest', () => {
    const { shades } = gridCells(shaded, { ...whole, shade: 'size' });
    expect(shades?.meaning).toEqual({ by: 'size', least: 10, most: 1000 });
    expect([...new Uint8Array(shades?.cells ?? new ArrayBuffer(0))]).toEqual([1, 128, 255, 255, 0, 0, 0, 0]);
    const part = gridCells(shaded, { ...whole, columns: axis(1, 1, 2), shade: 'size' }).shades;
    expect(part?.meaning).toEqual(shades?.meaning);
    expect([...new Uint8Array(part?.cells ?? new ArrayBuffer(0))]).toEqual([128, 0]);
  });

  it('number the targets as the chunks name them, without their secrets', () => {
    const { shades } = gridCells(shaded, { ...whole, shade: 'target' });
    expect(shades?.meaning).toMatchObject({ by: 'target', count: 2 });
    expect(JSON.stringify(shades?.meaning)).not.toContain('secret');
    expect([...new Uint8Array(shades?.cells ?? new ArrayBuffer(0))]).toEqual([1, 2, 2, 1, 0, 0, 2, 0]);
  });

  it('stay within a byte where all chunks are of one size, and where there are none', () => {
    const one = documentOf({ 'a/.zarray': zarrayOf([3], [1], '|u1'), 'a/0': [url, 0, 7], 'a/2': [url, 7, 7] }).set;
    const line = { path: 'a', at: [0], rows: null, columns: axis(0, 0, 3), shade: 'size' } as const;
    expect([...new Uint8Array(gridCells(one, line).shades?.cells ?? new ArrayBuffer(0))]).toEqual([128, 0, 128]);
    const none = documentOf({ 'a/.zarray': zarrayOf([3], [1], '|u1') }).set;
    expect(gridCells(none, line).shades?.meaning).toEqual({ by: 'size', least: 0, most: 0 });
    expect(gridCells(none, { ...line, shade: 'target' }).shades?.meaning).toEqual({
      by: 'target',
      count: 0,
      first: [],
    });
  });

  it('give a block the mean of its chunks', () => {
    const refs = Object.fromEntries(
      Array.from({ length: 2048 }, (_, x) => [`a/0.${x}`, [url, 0, x % 2 === 0 ? 1 : 9]]),
    );
    const vast = documentOf({ 'a/.zarray': zarrayOf([2048, 2048], [1, 1], '|u1'), ...refs }).set;
    const found = gridCells(vast, {
      path: 'a',
      at: [0, 0],
      rows: axis(0, 0, 2048),
      columns: axis(1, 0, 2048),
      shade: 'size',
    });
    expect(found.step).toEqual({ rows: 2, columns: 2 });
    // The mean of 1 and 9 is 5: 1 + 254 x ln 5 / ln 9.
    expect(new Uint8Array(found.shades?.cells ?? new ArrayBuffer(0))[0]).toBe(
      1 + Math.round((254 * Math.log(5)) / Math.log(9)),
    );
  });
});
