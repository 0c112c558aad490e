import { describe, expect, it } from 'vitest';
import type { WindowRequest } from '../../../src/preview/map-types';
import { pyramidOf } from '../../../src/preview/pyramid';
import { windowValues } from '../../../src/preview/window';
import type { Request } from '../read/harness';
import { documentOf, inline, never, url, zarrayOf } from './harness';

/** Four chunks of 2 x 2 bytes in a file, the last absent. */
const bytes = Uint8Array.from({ length: 12 }, (_, at) => at + 1);
const image = (more: object = {}) => ({
  'a/.zarray': zarrayOf([4, 4], [2, 2], '|u1', { fill_value: 99 }),
  'a/0.0': [url, 0, 4],
  'a/0.1': [url, 4, 4],
  'a/1.0': [url, 8, 4],
  ...more,
});
const all = { start: 0, stop: 4, step: 1 };
const whole: WindowRequest = { path: 'a', level: 0, slices: [all, all] };

describe('a window of an array', () => {
  it('holds values across chunks, and the fill value where a chunk is absent', async () => {
    const window = await windowValues(documentOf(image(), { [url]: bytes }), whole, never);
    expect(window.shape).toEqual([4, 4]);
    // prettier-ignore
    expect([...new Uint8Array(window.data)]).toEqual([
      1, 2, 5, 6,
      3, 4, 7, 8,
      9, 10, 99, 99,
      11, 12, 99, 99,
    ]);
    expect([window.chunks, window.absent, window.failures]).toEqual([4, 1, []]);
  });

  it('fetches neighbours together and every chunk once, however many windows need it', async () => {
    const requests: Request[] = [];
    const document = documentOf(image(), { [url]: bytes }, requests);
    const tiles = [0, 1, 2, 3].map((row) =>
      windowValues(document, { ...whole, slices: [{ start: row, stop: row + 1, step: 1 }, all] }, never),
    );
    await Promise.all(tiles);
    await windowValues(document, whole, never);
    expect(requests).toHaveLength(1);
  });

  it('tells what failed, with its key and the step, and where it lies', async () => {
    const broken = { 'a/1.1': [url, 0, 3], 'a/0.1': [url, 4] };
    const window = await windowValues(documentOf(image(broken), { [url]: bytes }), whole, never);
    const failures = window.failures.sort((one, other) => one.key.localeCompare(other.key));
    expect(failures.map(({ key, code, start, size }) => [key, code, start, size])).toEqual([
      ['a/0.1', 'malformed-reference', [0, 2], [2, 2]],
      ['a/1.1', 'decode-failed', [2, 2], [2, 2]],
    ]);
    expect(failures[1]?.message).toMatch(/3 bytes, but the chunk shape and dtype need 4/);
    // What is not there stands as the fill value, which no range of colours counts.
    // prettier-ignore
    expect([...new Uint8Array(window.data)]).toEqual([
      1, 2, 99, 99,
      3, 4, 99, 99,
      9, 10, 99, 99,
      11, 12, 99, 99,
    ]);
  });

  it('asks anew for what failed', async () => {
    const files: Record<string, Uint8Array> = {};
    const document = documentOf(image(), files);
    expect((await windowValues(document, whole, never)).failures).toHaveLength(3);
    files[url] = bytes;
    expect((await windowValues(document, whole, never)).failures).toEqual([]);
  });

  it('stops when nobody waits for it', async () => {
    const stop = new AbortController();
    const window = windowValues(documentOf(image(), { [url]: bytes }), whole, stop.signal);
    stop.abort();
    await expect(window).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('goes on for those who still wait', async () => {
    const stop = new AbortController();
    const document = documentOf(image(), { [url]: bytes });
    const [given, kept] = [windowValues(document, whole, stop.signal), windowValues(document, whole, never)];
    stop.abort();
    await expect(given).rejects.toMatchObject({ code: 'cancelled' });
    expect((await kept).failures).toEqual([]);
  });

  it.each([
    ['slices outside the array', { slices: [all, { start: 0, stop: 5, step: 1 }] }, 'invalid-argument'],
    ['a level that there is not', { level: 3 }, 'invalid-argument'],
    ['an array that there is not', { path: 'b' }, 'invalid-argument'],
  ])('refuses %s', async (_, change, code) => {
    const document = documentOf(image(), { [url]: bytes });
    await expect(windowValues(document, { ...whole, ...change }, never)).rejects.toMatchObject({ code });
  });

  it('refuses text, and more values than are shown at once', async () => {
    const side = 2 ** 20;
    const document = documentOf({
      't/.zarray': zarrayOf([2, 2], [2, 2], '<U3'),
      'h/.zarray': zarrayOf([side, side], [side, side], '|u1'),
    });
    const two = { start: 0, stop: 2, step: 1 };
    await expect(windowValues(document, { path: 't', level: 0, slices: [two, two] }, never)).rejects.toThrow(
      /text of 3 characters, little-endian, of which there is no picture/,
    );
    const huge = { start: 0, stop: side, step: 1 };
    await expect(windowValues(document, { path: 'h', level: 0, slices: [huge, huge] }, never)).rejects.toMatchObject({
      code: 'limit-exceeded',
    });
  });
});

describe('overviews of an array', () => {
  const level = (rows: number, columns: number) => zarrayOf([rows, columns], [2, 2], '|u1');
  const shapes = async (refs: object, path: string): Promise<unknown[]> => {
    const { levels } = await pyramidOf(documentOf(refs), path, never);
    return levels.map((found) => [found.path, ...found.shape]);
  };

  it('are the levels that multiscales attributes name with it', async () => {
    const layout = [{ asset: '0' }, { asset: '1', derived_from: '0' }, { asset: '2', derived_from: '0' }];
    const refs = {
      '.zattrs': { multiscales: { layout } },
      '0/b/.zarray': level(9, 9),
      '1/b/.zarray': level(4, 4),
      '2/b/.zarray': level(1, 1),
    };
    expect(await shapes(refs, '0/b')).toEqual([
      ['0/b', 9, 9],
      ['1/b', 4, 4],
      ['2/b', 1, 1],
    ]);
    expect(await shapes(refs, '1/b')).toEqual([
      ['1/b', 4, 4],
      ['2/b', 1, 1],
    ]);
  });

  it('are the datasets of OME-NGFF', async () => {
    const refs = {
      '.zattrs': { multiscales: [{ datasets: [{ path: 's0' }, { path: 's1' }] }] },
      's0/.zarray': level(8, 8),
      's1/.zarray': level(3, 3),
    };
    expect(await shapes(refs, 's0')).toEqual([
      ['s0', 8, 8],
      ['s1', 3, 3],
    ]);
  });

  it('are arrays beside it whose sides are halved, rounded up or down', async () => {
    const refs = {
      '0/.zarray': level(9, 13),
      '1/.zarray': level(5, 7),
      '2/.zarray': level(2, 3),
      '3/.zarray': level(4, 7),
      'other/.zarray': level(5, 7),
      'overview/.zarray': zarrayOf([5, 7], [2, 2], '<u2'),
    };
    expect(await shapes(refs, '0')).toEqual([
      ['0', 9, 13],
      ['1', 5, 7],
      ['2', 2, 3],
    ]);
  });

  it('have elements as high and wide as the coordinates say', async () => {
    const axis = (step: number) => inline(Float64Array.of(0, step, 2 * step, 3 * step));
    const refs = (unit: string) => ({
      'a/.zarray': zarrayOf([4, 4], [2, 2], '|u1'),
      'a/.zattrs': { _ARRAY_DIMENSIONS: ['lat', 'lon'] },
      'lat/.zarray': zarrayOf([4], [4], '<f8'),
      'lat/.zattrs': { units: 'degrees' },
      'lat/0': axis(-0.5),
      'lon/.zarray': zarrayOf([4], [4], '<f8'),
      'lon/.zattrs': { units: unit },
      'lon/0': axis(0.25),
    });
    expect((await pyramidOf(documentOf(refs('degrees')), 'a', never)).aspect).toBe(2);
    expect((await pyramidOf(documentOf(refs('hours')), 'a', never)).aspect).toBe(1);
  });
});
