import { describe, expect, it } from 'vitest';
import { regionFlags, regionKinds, type RegionKind, type TargetMap } from '../../../src/preview/target-types';
import { classOf, linePixels } from '../../../src/webview/editor/files/map-raster';
import { RegionTable } from '../../../src/webview/editor/files/region-table';

/** A table of regions `[kind, start, length, array, flags]`. */
function table(rows: [RegionKind, number, number, number?, number?][]): RegionTable {
  const column = (place: 1 | 2): ArrayBuffer => Float64Array.from(rows, (row) => row[place]).buffer;
  const zeros = new Float64Array(rows.length).buffer;
  const regions: TargetMap['regions'] = {
    count: rows.length,
    starts: column(1),
    lengths: column(2),
    kinds: Uint8Array.from(rows, ([kind]) => regionKinds.indexOf(kind)).buffer,
    flags: Uint8Array.from(rows, (row) => row[4] ?? 0).buffer,
    arrays: Uint32Array.from(rows, (row) => row[3] ?? 0).buffer,
    images: new Uint32Array(rows.length).buffer,
    chunks: zeros,
    numbers: zeros,
  };
  const end = Math.max(...rows.map(([, start, length]) => start + length));
  const map = { regions, end, part: 0, parts: 1, arrays: [], images: [], tags: [] } as unknown as TargetMap;
  return new RegionTable(map);
}

describe('the regions of a file', () => {
  const regions = table([
    ['header', 0, 8],
    ['chunk', 8, 92, 1],
    ['chunk', 50, 10, 1, regionFlags.overlap],
    ['gap', 100, 100],
  ]);

  it('are found by a byte, of several the last that begins', () => {
    expect([0, 7, 8, 49, 50, 59, 60, 99, 100, 199].map((byte) => regions.holding(byte))).toEqual([
      0, 0, 1, 1, 2, 2, 1, 1, 3, 3,
    ]);
    expect(regions.holding(200)).toBe(-1);
  });

  it('are found by their bytes', () => {
    expect(regions.find({ start: 50, length: 10 })).toBe(2);
    expect(regions.find({ start: 50, length: 11 })).toBe(-1);
    expect(regions.find({ start: 51, length: 10 })).toBe(-1);
  });
});

describe('a line of pixels', () => {
  it('has the class of most bytes under each, and how much of it is gaps', () => {
    const regions = table([
      ['header', 0, 8],
      ['chunk', 8, 12, 1],
      ['gap', 20, 15],
      ['chunk', 35, 5, 2],
      ['gap', 40, 10],
    ]);
    const { classes, gaps, lane } = linePixels(regions, { from: 0, bytes: 10, pixels: 6 });
    const chunk = (array: number): number => classOf(regions, array === 1 ? 1 : 3) + 1;
    const header = regionKinds.indexOf('header') + 1;
    const gap = regionKinds.indexOf('gap') + 1;
    // Bytes 0-10: 8 of the header and 2 of a chunk; 30-40: 5 of a gap and 5 of a chunk; nothing is behind byte 50.
    expect([...classes]).toEqual([header, chunk(1), gap, chunk(2), gap, 0]);
    expect([...gaps]).toEqual([0, 0, 255, 128, 255, 0]);
    // The header's mark is two pixels wide.
    expect([...lane]).toEqual([1, 1, 0, 0, 0, 0]);
  });

  it('begins anywhere, and sets regions apart that are wide enough', () => {
    const regions = table([
      ['chunk', 0, 100, 1],
      ['chunk', 100, 100, 2],
    ]);
    const { classes, edges } = linePixels(regions, { from: 50, bytes: 10, pixels: 10 });
    expect([...classes]).toEqual([
      ...Array<number>(5).fill(classOf(regions, 0) + 1),
      ...Array<number>(5).fill(classOf(regions, 1) + 1),
    ]);
    expect([...edges]).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  });

  it('takes no longer for a million regions that all are the whole file', () => {
    const count = 1_000_000;
    const columns = table([['chunk', 0, 1000, 1]]);
    const map = {
      ...columns.map,
      regions: {
        count,
        starts: new Float64Array(count).buffer,
        lengths: new Float64Array(count).fill(1000).buffer,
        kinds: new Uint8Array(count).fill(regionKinds.indexOf('chunk')).buffer,
        flags: new Uint8Array(count).buffer,
        arrays: new Uint32Array(count).buffer,
        images: new Uint32Array(count).buffer,
        chunks: new Float64Array(count).buffer,
        numbers: new Float64Array(count).buffer,
      },
    };
    const { classes } = linePixels(new RegionTable(map), { from: 0, bytes: 0.1, pixels: 10_000 });
    expect(classes.every((kind) => kind === regionKinds.length + 1)).toBe(true);
  });
});
