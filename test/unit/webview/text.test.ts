import { describe, expect, it } from 'vitest';
import { parseDataType } from '../../../src/zarr/data-type';
import { breakableParts } from '../../../src/webview/breaks';
import { chunkInWords } from '../../../src/webview/editor/chunk/announcement';
import { curvePath, curvePoints, extentOf } from '../../../src/webview/editor/chunk/curve';
import { hexDump } from '../../../src/webview/editor/chunk/hex';
import { elementText, numberText, shortNumberText } from '../../../src/webview/editor/chunk/value-text';
import type { ShownChunk } from '../../../src/webview/editor-messages';

describe('an element as text', () => {
  // As numpy prints them: str(np.float32(0.1)), str(np.float32(16777216)), str(np.float16(0.1)), str(np.float64(0.1)).
  it.each([
    ['<f4', Math.fround(0.1), '0.1'],
    ['<f4', 16_777_216, '16777216'],
    ['<f4', Math.fround(3.4028235e38), '3.4028235e+38'],
    ['<f2', 0.0999755859375, '0.1'],
    ['<f8', 0.1, '0.1'],
    ['<f4', NaN, 'NaN'],
    ['<f4', -Infinity, '-Infinity'],
    ['<u8', 18_446_744_073_709_551_615n, '18446744073709551615'],
    ['<i2', -5, '-5'],
  ])('%s %s', (dtype, value, text) => {
    expect(elementText(value, parseDataType(dtype))).toBe(text);
  });

  it('hides the last errors of arithmetic', () => {
    expect(numberText(3 * 0.1)).toBe('0.3');
    expect(numberText(NaN)).toBe('NaN');
    expect(shortNumberText(123_456_789)).toBe('123457000');
  });
});

describe('a hex dump', () => {
  it('has 16 bytes a line, and dots for what is not printable', () => {
    const bytes = Uint8Array.from([0x50, 0x4b, 0x03, 0xff, ...new Uint8Array(13).fill(0x41)]);
    expect(hexDump(bytes)).toEqual([
      { offset: '0000', hex: '50 4b 03 ff 41 41 41 41  41 41 41 41 41 41 41 41', text: 'PK..AAAAAAAAAAAA' },
      { offset: '0010', hex: '41'.padEnd(48), text: 'A' },
    ]);
    expect(hexDump(new Uint8Array())).toEqual([]);
  });
});

describe('a line through values', () => {
  it('keeps every value where there is room', () => {
    expect(curvePoints([1, NaN, 3], 10)).toEqual([
      { x: 0, y: 1 },
      { x: 1, y: NaN },
      { x: 2, y: 3 },
    ]);
  });

  it('keeps every peak where there is not', () => {
    const values = new Float64Array(1000);
    values[123] = 9;
    values[124] = -9;
    const points = curvePoints(values, 10);
    expect(points.length).toBeLessThanOrEqual(20);
    expect(points).toContainEqual({ x: 123, y: 9 });
    expect(points).toContainEqual({ x: 124, y: -9 });
  });

  it('is drawn from left to right, low at the bottom, with gaps', () => {
    const points = [0, 10, NaN, 5].map((y, x) => ({ x, y }));
    expect(curvePath(points, 4, { low: 0, high: 10 }, { width: 300, height: 100 })).toBe(
      'M0.0 100.0L100.0 0.0M300.0 50.0',
    );
  });

  it('has an extent of some height in any case', () => {
    expect(extentOf([NaN, 3, -2, Infinity])).toEqual({ low: -2, high: 3 });
    expect(extentOf([7, 7])).toEqual({ low: 6.5, high: 7.5 });
    expect(extentOf([NaN])).toEqual({ low: 0, high: 1 });
  });
});

describe('the announcement of a chunk', () => {
  const preview = {
    indices: [7, 0],
    reference: 'range',
    stages: [{ name: 'stored', bytes: 1_677_722, milliseconds: 0, head: new ArrayBuffer(0) }],
    drift: null,
  } as unknown as ShownChunk;

  it('says where it is, how large, and what it holds', () => {
    const statistics = { minimum: '12', maximum: '2048' };
    const outcome = { kind: 'values', allFill: false, values: { statistics } } as ShownChunk['outcome'];
    expect(chunkInWords({ ...preview, outcome })).toBe('Chunk 7.0, in file, 1.6 MiB, from 12 to 2048');
    expect(chunkInWords({ ...preview, outcome: { ...outcome, allFill: true } as ShownChunk['outcome'] })).toContain(
      'all fill',
    );
  });

  it('never takes a failure for fill', () => {
    const failed = { kind: 'failed', code: 'fetch-failed', message: '' } as const;
    expect(chunkInWords({ ...preview, stages: [], outcome: failed })).toBe('Chunk 7.0, in file, Not fetched');
    const absent = { kind: 'absent', fillValue: '0' } as const;
    expect(chunkInWords({ ...preview, reference: 'absent', stages: [], outcome: absent })).toBe(
      'Chunk 7.0, absent, reads as the fill value 0',
    );
  });
});

describe('places where a line may break', () => {
  it('are in long words alone', () => {
    expect(breakableParts('elevation.kerchunk.json is short')).toEqual(['elevation.kerchunk.json is short']);
    expect(breakableParts('see https://data.example.org/scenes/a_b.tif now')).toEqual([
      'see https://',
      'data.',
      'example.',
      'org/',
      'scenes/',
      'a_',
      'b.',
      'tif now',
    ]);
    expect(breakableParts('')).toEqual(['']);
  });
});
