import { describe, expect, it } from 'vitest';
import type { Pyramid, PyramidLevel } from '../../../src/preview/map-types';
import { isWithin, freely, mapLevels, needOf, tileSpans } from '../../../src/webview/editor/map/map-levels';
import { parseDataType } from '../../../src/zarr/data-type';

function level(rows: number, columns: number, chunk: number): PyramidLevel {
  const storedChunks = Math.ceil(rows / chunk) * Math.ceil(columns / chunk);
  const shape = [rows, columns];
  return {
    from: 'references',
    path: 'a',
    shape,
    chunkShape: [chunk, chunk],
    storedChunks,
    storedBytes: storedChunks * 1000,
  };
}

function pyramid(levels: PyramidLevel[]): Pyramid {
  return {
    path: 'a',
    rowAxis: 0,
    columnAxis: 1,
    bandAxis: null,
    dataType: parseDataType('<u2'),
    keyEncoding: { separator: '.', prefix: '' },
    nodata: null,
    scaling: null,
    unit: null,
    classes: null,
    aspect: 1,
    crs: null,
    levels,
    note: null,
  };
}

describe('resolutions of a map', () => {
  it('are the overviews, and beyond the last every second row and column until it is small', () => {
    const found = mapLevels(pyramid([level(4000, 3000, 256), level(2000, 1500, 256)]));
    expect(found.map(({ level: of, step, rows, columns }) => [of, step, rows, columns])).toEqual([
      [1, 4, 500, 375],
      [1, 2, 1000, 750],
      [1, 1, 2000, 1500],
      [0, 1, 4000, 3000],
    ]);
    expect(found[0]).toMatchObject({ rowScale: 8, columnScale: 8 });
  });

  it('have tiles of whole chunks, or even parts of large ones', () => {
    const sides = [100, 256, 512, 1024, 1098].map(
      (chunk) => mapLevels(pyramid([level(8000, 8000, chunk)])).at(-1)?.tileRows,
    );
    expect(sides).toEqual([500, 512, 512, 512, 366]);
  });

  it('end where the array does', () => {
    const [full] = mapLevels(pyramid([level(300, 500, 256)]));
    expect(full === undefined ? null : tileSpans(full, 0, 0)).toEqual({
      rows: { start: 0, stop: 300 },
      columns: { start: 0, stop: 500 },
    });
  });

  it('need the chunks that are seen: thinned no fewer, until a step jumps over some', () => {
    const shown = pyramid([level(10_000, 10_000, 100)]);
    const [coarsest] = mapLevels(shown);
    const whole = { start: 0, stop: 10_000 };
    const need = coarsest === undefined ? undefined : needOf(shown, coarsest, { rows: whole, columns: whole }, 1);
    expect(need).toEqual({ chunks: 10_000, storedBytes: 10_000_000, decodedBytes: 10_000 * 20_000 });
    expect(need !== undefined && isWithin(need, freely)).toBe(false);
  });
});
