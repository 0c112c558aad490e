import { describe, expect, it } from 'vitest';
import { parseDataType } from '../../../src/zarr/data-type';
import { breakableParts, urlSegments } from '../../../src/webview/breaks';
import { chunkInWords } from '../../../src/webview/editor/chunk/announcement';
import { curvePath, curvePoints, extentOf } from '../../../src/webview/editor/chunk/curve';
import { hexDump } from '../../../src/webview/editor/hex';
import { insideTexts } from '../../../src/webview/editor/chunk/inside-texts';
import { legendOf, missing } from '../../../src/webview/editor/chunk/legend';
import { failureWords } from '../../../src/webview/editor/chunk/outcomes';
import { firstSentence } from '../../../src/webview/editor/sentences';
import { ratioInWords, sizesInWords } from '../../../src/webview/editor/sizes';
import {
  computedText,
  numberText,
  scaledValueText,
  shortNumberText,
} from '../../../src/webview/editor/chunk/value-text';
import type { ShownChunk } from '../../../src/webview/editor-messages';

describe('numbers as text', () => {
  // As xarray scales them: float32(6.1) * float32(1) is 6.1, uint64 counts stay whole.
  it.each([
    ['<f4', Math.fround(6.1), { scale: 1, offset: 0 }, '6.1'],
    ['<f4', Math.fround(0.5), { scale: 0.1, offset: 0 }, '0.05'],
    ['<u2', 8061, { scale: 0.1, offset: -100 }, '706.1'],
    ['<i2', 27_315, { scale: 0.01, offset: -273.15 }, '0'],
    ['<i8', 1_577_836_800_123n, { scale: 1, offset: 0 }, '1577836800123'],
    ['<f8', 1_577_836_800_123, { scale: 1, offset: 0.5 }, '1577836800123.5'],
  ])('scaled: %s %s', (dtype, value, scaling, text) => {
    expect(scaledValueText(value, scaling, parseDataType(dtype))).toBe(text);
  });

  it('hides the last errors of arithmetic', () => {
    expect(numberText(3 * 0.1)).toBe('0.3');
    expect(numberText(NaN)).toBe('NaN');
    expect(shortNumberText(123_456_789)).toBe('123456800');
    expect(shortNumberText(5_200_015)).toBe('5200015');
  });

  // Rounded by hand.
  it.each([
    ['19.764576343536376', '19.7645763'],
    ['0.5554217376439091', '0.555421738'],
    ['1435', '1435'],
    ['-0.00028958912960107', '-0.00028958913'],
    ['1577836800123.25', '1577836800123.25'],
    ['1.1278872882476958e+37', '1.12788729e+37'],
    ['NaN', 'NaN'],
    ['2020-01-05', '2020-01-05'],
  ])('a mean of %s has 9 digits, and a large one all', (text, shown) => {
    expect(computedText(text)).toBe(shown);
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

describe('the parts of an address', () => {
  it('end in slashes, whatever else is in it', () => {
    expect(urlSegments('https://data-1.example.org/a-b/elevation_2023-01.tif?v=1.2')).toEqual([
      'https://data-1.example.org/',
      'a-b/',
      'elevation_2023-01.tif?v=1.2',
    ]);
    expect(urlSegments('file:///data/other.tif')).toEqual(['file:///', 'data/', 'other.tif']);
    expect(urlSegments('')).toEqual([]);
  });
});

describe('the values of a chunk at the edge', () => {
  it('are those inside the array alone', () => {
    const data = Int16Array.of(7, -999, -999, -999, 8, -999, -999, -999).buffer;
    const values = { dataType: parseDataType('<i2'), shape: [2, 2, 2], data, inside: [2, 1, 1] };
    expect(insideTexts(values, 1000)).toEqual(['7', '8']);
    expect(insideTexts({ ...values, inside: [1, 1, 1] }, 1000)).toEqual(['7']);
    expect(insideTexts({ ...values, inside: [2, 1, 2] }, 3)).toEqual(['7', '-999', '8']);
  });
});

describe('the legend of a picture', () => {
  const elements = { plane: { width: 10, height: 10 }, inside: { rows: 10, columns: 10 }, rowAxis: 0 };
  const values = { nodata: null, step: 1, statistics: { nodata: 0, nan: 0 } };
  const textsOf = (change: object, shape: object = {}): string[] =>
    legendOf({ ...values, ...change }, { ...elements, ...shape }, 'red').map(({ text }) => text);

  it('counts NaN as nodata where nodata is NaN', () => {
    const statistics = { nodata: 0, nan: 2 };
    expect(textsOf({ nodata: 'NaN', statistics })).toEqual(['nodata (NaN): 2']);
    expect(textsOf({ nodata: '-9', statistics })).toEqual(['nodata (-9): none', 'NaN: 2']);
    expect(missing(statistics, { nodata: 'NaN+NaNj' })).toEqual({ nodata: 2, nan: 0 });
  });

  it('counts in words as people do', () => {
    const beyond = 'filling beyond the edge of red';
    expect(textsOf({}, { inside: { rows: 9, columns: 9 } })).toEqual([`the last row and the last column: ${beyond}`]);
    expect(textsOf({}, { inside: { rows: 8, columns: 10 } })).toEqual([`the last 2 rows: ${beyond}`]);
    const every = [2, 3, 4, 11, 21, 112].map((step) => textsOf({ step })[0]?.split(' ')[1]);
    expect(every).toEqual(['2nd', '3rd', '4th', '11th', '21st', '112th']);
    expect(textsOf({ step: 2 }, { rowAxis: null })[0]).toMatch(/^Every 2nd value is shown/u);
  });
});

describe('the words for a chunk that is too large', () => {
  it('say what was fetched', () => {
    expect(failureWords('limit-exceeded', 0).advice).toBe('Nothing was fetched.');
    expect(failureWords('limit-exceeded', 3).advice).toMatch(/^The bytes were fetched/u);
    expect(failureWords('limit-exceeded', null).advice).toBe('');
  });
});

describe('the sizes of an array', () => {
  const sizes = { storedBytes: 2048, decodedBytes: 524_288, chunkBytes: 8192 };

  it('are compared for the chunks that are there', () => {
    const coverage = { total: 64, ranges: 1, inline: 0, absent: 63, broken: 0 };
    expect(sizesInWords({ ...sizes, coverage })).toBe('2.0 KiB stored, 512 KiB decoded. Compression ratio 4.0.');
  });

  // 200 bytes decoded of 3,500 stored are a ratio of 0.0571.
  it('have a ratio that is never 0.0', () => {
    expect([12.66, 1, 200 / 3500].map(ratioInWords)).toEqual(['12.7', '1.0', '0.06']);
  });

  it('are not compared where nothing is stored', () => {
    const coverage = { total: 64, ranges: 0, inline: 0, absent: 64, broken: 0 };
    expect(sizesInWords({ ...sizes, storedBytes: 0, coverage })).toBe('0 bytes stored, 512 KiB decoded.');
  });
});

describe('the first sentence', () => {
  it('ends before the next, not within a number or a key', () => {
    const first = 'Readers get 1.5 in chunk a/0.0 of x.tif.';
    expect(firstSentence(`${first} In row 1 they get 2. So be it.`)).toEqual({
      first,
      rest: 'In row 1 they get 2. So be it.',
    });
    expect(firstSentence('One alone')).toEqual({ first: 'One alone', rest: '' });
  });
});
