import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compareWindows } from '../../../src/preview/compare';
import type { Comparison, PlaneWindow } from '../../../src/preview/compare-types';
import { documentOf, inline, never, url, zarrayOf } from './harness';

const all = (path: string, rows: number, columns: number): PlaneWindow => ({
  path,
  slices: [
    { start: 0, stop: rows },
    { start: 0, stop: columns },
  ],
  rows: 0,
  columns: 1,
});

type Compared = Extract<Comparison, { kind: 'compared' }>;

async function compare(refs: object, first: PlaneWindow, second: PlaneWindow, files: Record<string, Uint8Array> = {}) {
  return compareWindows(documentOf(refs, files), { first, second: { kind: 'window', window: second } }, never);
}

function comparedOf(comparison: Comparison): Compared {
  if (comparison.kind !== 'compared') throw new Error(JSON.stringify(comparison));
  return comparison;
}

const numbers = (data: ArrayBuffer): number[] => [...new Uint8Array(data)];
const box = (row: number, column: number): PlaneWindow => ({
  ...all('a', 0, 0),
  slices: [
    { start: row, stop: row + 2 },
    { start: column, stop: column + 2 },
  ],
});

/** Four chunks of 2 x 2 bytes in a file, the last absent. */
const bytes = Uint8Array.from({ length: 12 }, (_, at) => at + 1);
const image = (more: object = {}) => ({
  'a/.zarray': zarrayOf([4, 4], [2, 2], '|u1', { fill_value: 99 }),
  'a/0.0': [url, 0, 4],
  'a/0.1': [url, 4, 4],
  'a/1.0': [url, 8, 4],
  ...more,
});

describe('two windows of a reference file', () => {
  it('are sent with the statistics of their difference', async () => {
    const found = comparedOf(await compare(image(), box(0, 0), box(0, 2), { [url]: bytes }));
    expect([found.rows, found.columns, found.step, found.first.open]).toEqual([2, 2, 1, null]);
    expect(numbers(found.first.data)).toEqual([1, 2, 3, 4]);
    expect(numbers(found.second.data)).toEqual([5, 6, 7, 8]);
    expect(found.difference).toMatchObject({
      compared: 4,
      unequal: 4,
      minimum: '-4',
      maximum: '-4',
      mean: '-4',
      rootMeanSquare: '4',
      limit: 4,
    });
    expect(found.difference.largest).toEqual({ difference: '-4', row: 0, column: 0 });
    expect(found.stretch).toEqual({ low: 0, high: 255 });
    expect(found.first.statistics).toMatchObject({ minimum: '1', maximum: '4', valid: 4 });
    expect([found.first.nodata, found.first.nodataSource]).toEqual(['99', 'fill_value']);
  });

  it('tell an absent chunk, all fill, and one that failed apart', async () => {
    const files = { [url]: Uint8Array.of(...bytes.subarray(0, 4), 99, 99, 99, 99, ...bytes.subarray(8)) };
    const absent = comparedOf(await compare(image(), box(0, 2), box(2, 2), files));
    expect([absent.first.absent, absent.first.allFill]).toEqual([0, true]);
    expect([absent.second.absent, absent.second.allFill, absent.second.fillValue]).toEqual([1, false, '99']);
    expect(absent.difference).toMatchObject({ nodataInBoth: 4, compared: 0, minimum: null });
    const broken = image({ 'a/1.0': [url, 8, 3], 'a/0.1': [url, 400, 4] });
    const whole = comparedOf(await compare(broken, all('a', 4, 4), all('a', 4, 4), files));
    const [short, failed] = whole.first.failures.sort((one, other) => other.code.localeCompare(one.code));
    expect(short).toMatchObject({ code: 'short-read', key: 'a/0.1', count: 1, target: 0 });
    expect(failed).toMatchObject({ code: 'decode-failed', key: 'a/1.0', count: 1 });
    expect(numbers(whole.first.open ?? new ArrayBuffer())).toEqual([0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0]);
    expect(whole.difference).toMatchObject({ count: 16, notRead: 8, nodataInBoth: 4, compared: 4, unequal: 0 });
    // Of the absent chunk, which is nodata, and the one that was read.
    expect(whole.first.statistics).toMatchObject({ count: 8, valid: 4, minimum: '1', maximum: '4' });
    const none = comparedOf(await compare(broken, box(0, 2), box(0, 2), files));
    expect([none.first.statistics, none.first.stretch]).toEqual([null, null]);
  });

  it('are of planes of any axes, and of other types', async () => {
    const cube = Float64Array.from({ length: 12 }, (_, at) => at / 2);
    const refs = {
      'c/.zarray': zarrayOf([3, 2, 2], [3, 2, 2], '<f8'),
      'c/0.0.0': inline(cube),
      'c/.zattrs': { units: 'K', scale_factor: 2 },
      's/.zarray': zarrayOf([2, 2, 1], [2, 2, 1], '<i8'),
      's/0.0.0': inline(BigInt64Array.of(2n, 2n, 3n, 4n)),
    };
    const plane: PlaneWindow = {
      path: 'c',
      slices: [
        { start: 1, stop: 2 },
        { start: 0, stop: 2 },
        { start: 0, stop: 2 },
      ],
      rows: 1,
      columns: 2,
    };
    const second: PlaneWindow = {
      path: 's',
      slices: [
        { start: 0, stop: 2 },
        { start: 0, stop: 2 },
        { start: 0, stop: 1 },
      ],
      rows: 0,
      columns: 1,
    };
    // 2, 2.5, 3, 3.5 less 2, 2, 3, 4.
    const found = comparedOf(await compare(refs, plane, second));
    expect(found.difference).toMatchObject({ unequal: 2, minimum: '-0.5', maximum: '0.5', mean: '0' });
    expect(found.notes).toEqual([
      'Values are compared as they are stored, and CF attributes scale the two in other ways.',
      'The two have different units: K and none.',
    ]);
  });

  it('are refused in words where they have no difference', async () => {
    const refs = image({
      't/.zarray': zarrayOf([2, 2], [2, 2], '<U3'),
      'd/.zarray': zarrayOf([2, 2], [2, 2], '<M8[s]'),
    });
    const reasonOf = async (first: PlaneWindow, second: PlaneWindow) => {
      const found = await compare(refs, first, second);
      return found.kind === 'refused' ? found.reason : found.kind;
    };
    expect(await reasonOf(box(0, 0), all('t', 2, 2))).toBe(
      't holds text of 3 characters, little-endian. Text and records have no differences: only numbers are compared.',
    );
    expect(await reasonOf(box(0, 0), all('d', 2, 2))).toMatch(/real numbers and the other dates/u);
  });

  it('are compared in the part that both have where the array’s edge cuts one', async () => {
    const refs = {
      'c/.zarray': zarrayOf([4, 3], [2, 2], '|u1'),
      'c/0.0': [url, 0, 4],
      'c/0.1': [url, 4, 4],
      'c/1.1': [url, 8, 4],
    };
    const part = (row: number, column: number, columns: number): PlaneWindow => ({
      ...box(row, column),
      path: 'c',
      slices: [
        { start: row, stop: row + 2 },
        { start: column, stop: column + columns },
      ],
    });
    // 1, 3 less 5, 7: the columns of 2 and 6 are not in both.
    const found = comparedOf(await compare(refs, part(0, 0, 2), part(0, 2, 1), { [url]: bytes }));
    expect([found.rows, found.columns, found.cut]).toEqual([2, 1, { first: [2, 2], second: [2, 1] }]);
    expect([numbers(found.first.data), numbers(found.second.data)]).toEqual([
      [1, 3],
      [5, 7],
    ]);
    expect(found.difference).toMatchObject({ count: 2, minimum: '-4', maximum: '-4' });
    const turned = comparedOf(await compare(refs, part(0, 2, 1), part(0, 0, 2), { [url]: bytes }));
    expect([turned.cut, turned.difference.mean]).toEqual([{ first: [2, 1], second: [2, 2] }, '4']);
    // 5, 7 less 9, 11: both are cut in the same way.
    const edge = comparedOf(await compare(refs, part(0, 2, 1), part(2, 2, 1), { [url]: bytes }));
    expect([edge.cut, edge.difference.mean]).toEqual([null, '-4']);
  });

  it.each([
    ['slices outside the array', all('a', 5, 4), 'invalid-argument'],
    ['more than a plane', { ...all('a', 4, 4), columns: null }, 'invalid-argument'],
    ['an empty window', all('a', 0, 4), 'invalid-argument'],
    ['axes the other way round', { ...all('a', 4, 4), rows: 1, columns: 0 }, 'invalid-argument'],
    ['an array that there is not', all('b', 1, 1), 'invalid-argument'],
  ])('refuse %s', async (_, window, code) => {
    await expect(compare(image(), window, window)).rejects.toMatchObject({ code });
  });

  it('refuse more elements than are compared at once', async () => {
    const refs = { 'h/.zarray': zarrayOf([2 ** 20, 2 ** 20], [2 ** 20, 2 ** 20], '|u1') };
    const window = all('h', 2 ** 13, 2 ** 12);
    await expect(compare(refs, window, window)).rejects.toThrow(/8,192 × 4,096 values; at most 16,777,216/u);
  });

  it('leave rows and columns out where they are more than is sent', async () => {
    // 2,102,500 values, of which at most 1,440,000 are sent.
    const side = 1450;
    const values = new Float64Array(2 * side * side);
    values[2 * (side * 3 + 5)] = 5;
    const stored = new Uint8Array(deflateSync(new Uint8Array(values.buffer), { level: 1 }));
    const one = zarrayOf([side, side], [side, side], '<c16', { compressor: { id: 'zlib', level: 1 } });
    const refs = { 'l/.zarray': one, 'l/0.0': [url, 0, stored.length], 'z/.zarray': { ...one, fill_value: 0 } };
    const found = comparedOf(await compare(refs, all('l', side, side), all('z', side, side), { [url]: stored }));
    expect([found.rows, found.step, found.first.data.byteLength]).toEqual([side, 2, 16 * 725 * 725]);
    // What is not sent counts too: all are nodata in the second, which is absent.
    expect(found.difference).toMatchObject({ count: side * side, nodataInSecond: side * side, compared: 0 });
    const same = comparedOf(await compare(refs, all('l', side, side), all('l', side, side), { [url]: stored }));
    expect(same.difference).toMatchObject({ compared: side * side, unequal: 0, largest: null });
  });

  it('stop when nobody waits', async () => {
    const stop = new AbortController();
    const waiting = compareWindows(
      documentOf(image(), { [url]: bytes }),
      { first: box(0, 0), second: { kind: 'window', window: box(0, 2) } },
      stop.signal,
    );
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
  });
});
