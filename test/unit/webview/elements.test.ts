import { describe, expect, it } from 'vitest';
import type { ChunkValues } from '../../../src/preview/types';
import { colourTable } from '../../../src/picture/colour-maps';
import { plainLook, type Look } from '../../../src/picture/look';
import { parseDataType } from '../../../src/zarr/data-type';
import {
  coordinateAt,
  elementAt,
  elementsOf,
  indicesInArray,
  indicesInChunk,
  nodataOf,
  type Elements,
} from '../../../src/webview/editor/chunk/elements';
import { bandOf, compositePixels, pixelsOf, type Painting } from '../../../src/webview/editor/chunk/pixels';

function made(
  dtype: string,
  shape: number[],
  data: ArrayBuffer,
  change: Partial<ChunkValues> = {},
  whole = shape,
): Elements {
  const values = { dataType: parseDataType(dtype), shape, step: 1, inside: whole, nodata: null, ...change };
  const elements = elementsOf(values as Omit<ChunkValues, 'data'>, data, whole);
  if (elements === undefined) throw new Error('The chunk has no elements.');
  return elements;
}

const colour = (place: number): number[] => [...colourTable('viridis').subarray(3 * place, 3 * place + 3), 255];
const clear = [0, 0, 0, 0];
const looking = (change: Partial<Look> = {}): Look => ({ ...plainLook, range: { low: 0, high: 255 }, ...change });
const plain: Painting = { look: looking(), classes: null, plane: [], band: 'colours' };

describe('the elements of a chunk', () => {
  it('have rows and columns along the last two axes, and a plane along the others', () => {
    const elements = made('<u2', [2, 3, 4], new Uint16Array(24).buffer);
    expect(elements).toMatchObject({ rowAxis: 1, columnAxis: 2, otherAxes: [0], colours: false });
    expect(elementAt(elements, [1], 0, { row: 2, column: 3 })).toBe(23);
    expect(indicesInChunk(elements, [1], 0, { row: 2, column: 3 })).toEqual([1, 2, 3]);
  });

  it('have the samples of pixels along a short last axis', () => {
    const elements = made('|u1', [5, 6, 3], new Uint8Array(90).buffer);
    expect(elements).toMatchObject({ rowAxis: 0, columnAxis: 1, otherAxes: [], colours: true });
    expect(elementAt(elements, [], 2, { row: 1, column: 1 })).toBe(1 * 18 + 1 * 3 + 2);
    expect(indicesInChunk(elements, [], 2, { row: 1, column: 1 })).toEqual([1, 1, 2]);
    expect([bandOf(elements, 'colours'), bandOf(elements, 2), bandOf(elements, 7)]).toEqual([0, 2, 0]);
  });

  it('stand for every second row and column where they were thinned', () => {
    const elements = made('<u2', [3, 3], new Uint16Array(9).buffer, { step: 2, inside: [3, 6] }, [6, 6]);
    expect(elements.inside).toEqual({ rows: 2, columns: 3 });
    expect(indicesInChunk(elements, [], 0, { row: 1, column: 2 })).toEqual([2, 4]);
    expect(indicesInArray([2, 4], [10, 1], [6, 6])).toEqual([62, 10]);
  });

  it('are none where the chunk is empty', () => {
    const values = { dataType: parseDataType('<u2'), shape: [0, 3], step: 1, inside: [0, 3], nodata: null };
    expect(elementsOf(values as unknown as ChunkValues, new ArrayBuffer(0), [0, 3])).toBeUndefined();
  });

  it('have coordinates by their index in the chunk', () => {
    const axis = { axis: 1, name: 'x', unit: null, texts: ['5', null, '1577836800123'] };
    expect(coordinateAt(axis, [9, 2])).toBe('1577836800123');
    expect(coordinateAt(axis, [9, 1])).toBeNull();
    expect(coordinateAt(axis, [9, 3])).toBeNull();
  });
});

describe('nodata as text', () => {
  it('is read at the precision of the type', () => {
    expect(nodataOf('0', parseDataType('<u2'))).toBe(0);
    expect(nodataOf('18446744073709551615', parseDataType('<u8'))).toBe(2n ** 64n - 1n);
    expect(nodataOf('NaT', parseDataType('<M8[ns]'))).toBe(-(2n ** 63n));
    expect(nodataOf('1', parseDataType('|b1'))).toBe(true);
    expect(nodataOf('NaN', parseDataType('<f4'))).toBeNaN();
    expect(nodataOf(null, parseDataType('<u2'))).toBeNull();
    expect(nodataOf('x', parseDataType('<U1'))).toBeNull();
    expect(nodataOf('0+0j', parseDataType('<c8'))).toEqual({ real: 0, imaginary: 0 });
    expect(nodataOf('-1e-7+0.1j', parseDataType('<c8'))).toEqual({
      real: Math.fround(-1e-7),
      imaginary: Math.fround(0.1),
    });
    expect(nodataOf('NaN-Infinityj', parseDataType('<c16'))).toEqual({ real: NaN, imaginary: -Infinity });
    expect(made('<f4', [1], new ArrayBuffer(4), { nodata: '1e37' }).nodata).toBe(Math.fround(1e37));
  });
});

describe('the pixels of a chunk', () => {
  it('are colours of the range, nodata transparent', () => {
    const elements = made('<i2', [1, 4], Int16Array.of(0, 255, 300, -9).buffer, { nodata: '-9' });
    expect([...(pixelsOf(elements, plain) ?? [])]).toEqual([...colour(0), ...colour(255), ...colour(255), ...clear]);
  });

  it('are transparent at complex nodata', () => {
    const elements = made('<c8', [1, 3], Float32Array.of(0, 0, 3, 4, 0, 0.5).buffer, { nodata: '0+0j' });
    const rgba = [...(pixelsOf(elements, { ...plain, look: looking({ range: { low: 0, high: 5 } }) }) ?? [])];
    expect([rgba.slice(0, 4), rgba.slice(4, 8), rgba[11]]).toEqual([clear, colour(255), 255]);
  });

  it('are grey by choice', () => {
    const elements = made('<i2', [1, 2], Int16Array.of(51, 255).buffer);
    expect([...(pixelsOf(elements, { ...plain, look: looking({ colourMap: 'grey' }) }) ?? [])]).toEqual([
      51, 51, 51, 255, 255, 255, 255, 255,
    ]);
  });

  it('are transparent beyond the edge of the array', () => {
    const elements = made('<i2', [2, 2], Int16Array.of(255, 0, 0, 0).buffer, { inside: [1, 1] });
    expect([...(pixelsOf(elements, plain) ?? [])]).toEqual([...colour(255), ...clear, ...clear, ...clear]);
  });

  it('are red, green and blue as they stand, or one of them in the range', () => {
    const data = new Uint8Array(3 * 16);
    data.set([10, 20, 30, 255]);
    const elements = made('|u1', [4, 4, 3], data.buffer);
    expect([...(pixelsOf(elements, plain) ?? [])].slice(0, 8)).toEqual([10, 20, 30, 255, 255, 0, 0, 255]);
    expect([...(pixelsOf(elements, { ...plain, band: 0 }) ?? [])].slice(0, 8)).toEqual([...colour(10), ...colour(255)]);
  });

  it('are those of the plane that is chosen', () => {
    const elements = made('<i2', [2, 1, 1], Int16Array.of(0, 255).buffer);
    expect([...(pixelsOf(elements, { ...plain, plane: [1] }) ?? [])]).toEqual(colour(255));
  });

  it('tell neighbours of 64 bits from nodata exactly', () => {
    const top = 2n ** 64n - 16n;
    const elements = made('<u8', [1, 2], BigUint64Array.of(top, top + 1n).buffer, { nodata: top.toString() });
    const range = { low: Number(top), high: Number(top) };
    expect([...(pixelsOf(elements, { ...plain, look: looking({ range }) }) ?? [])]).toEqual([...clear, ...colour(128)]);
  });

  it('are those of classes, grey where a value has none', () => {
    const elements = made('|u1', [1, 3], Uint8Array.of(3, 4, 0).buffer, { nodata: '0' });
    const classes = [{ value: 3, mask: null, name: 'forest', colour: [0, 100, 0, 255] as const }];
    expect([...(pixelsOf(elements, { ...plain, classes }) ?? [])]).toEqual([
      0,
      100,
      0,
      255,
      128,
      128,
      128,
      255,
      ...clear,
    ]);
  });

  it('are three bands as colours, of samples, planes and other chunks, each in its range', () => {
    const samples = made(
      '<u2',
      [4, 4, 3],
      Uint16Array.from({ length: 48 }, (_, i) => (i < 3 ? [0, 10, 20][i]! : 0)).buffer,
    );
    const planes = made('<f4', [2, 4, 4], Float32Array.from({ length: 32 }, (_, i) => (i === 16 ? 5 : NaN)).buffer);
    const rgba = compositePixels(
      [
        { elements: samples, plane: [], band: 2, range: { low: 0, high: 40 } },
        { elements: samples, plane: [], band: 1, range: { low: 0, high: 10 } },
        { elements: planes, plane: [1], band: 0, range: { low: 4, high: 5 } },
      ],
      'linear',
    );
    // 20 of 0 to 40 is the middle, 127.5, which is rounded to even.
    expect([...(rgba ?? [])].slice(0, 8)).toEqual([128, 255, 255, 255, 0, 0, 0, 255]);
  });

  it('are none of text', () => {
    expect(pixelsOf(made('<U1', [2], new ArrayBuffer(8)), plain)).toBeUndefined();
  });
});
