import { describe, expect, it } from 'vitest';
import { encodeCsv } from '../../src/export/csv-file';
import { encodeGeoTiff } from '../../src/export/geotiff-file';
import { parseDataType } from '../../src/zarr/data-type';
import type { NdArray } from '../../src/zarr/types';

function array(dtype: string, shape: number[], values: ArrayBufferView): NdArray {
  const data = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { dataType: parseDataType(dtype), shape, data };
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('a window as CSV', () => {
  const axis = (name: string, ...labels: string[]) => ({ name, labels });

  it('of two axes is a table with the labels of both', () => {
    const window = array('<i2', [2, 3], Int16Array.of(1, -2, 3, 4, 5, 6));
    const csv = encodeCsv(window, [axis('y', '10.5', '9.5'), axis('x', '0', '1', '2')], 'red');
    expect(text(csv)).toBe('y\\x,0,1,2\r\n10.5,1,-2,3\r\n9.5,4,5,6\r\n');
  });

  it('of one axis or more than two has a line for each element, the last axis fastest', () => {
    const line = encodeCsv(array('<f4', [2], Float32Array.of(0.1, NaN)), [axis('time', '0', '1')], 'value');
    expect(text(line)).toBe('time,value\r\n0,0.1\r\n1,NaN\r\n');
    const axes = [axis('band', '1'), axis('y', '0', '1'), axis('x', '0', '1')];
    const cube = encodeCsv(array('|u1', [1, 2, 2], Uint8Array.of(7, 8, 9, 10)), axes, 'value');
    expect(text(cube)).toBe('band,y,x,value\r\n1,0,0,7\r\n1,0,1,8\r\n1,1,0,9\r\n1,1,1,10\r\n');
  });

  it('quotes what holds commas, quotes and line ends', () => {
    const names = array('<U3', [2], Uint32Array.of(0x61, 0x2c, 0x62, 0x22, 0, 0));
    expect(text(encodeCsv(names, [axis('n', '0', '1')], 'a "name"'))).toBe('n,"a ""name"""\r\n0,"a,b"\r\n1,""""\r\n');
  });

  it('of a scalar is its value', () => {
    expect(text(encodeCsv(array('<i4', [], Int32Array.of(32632)), [], 'spatial_ref'))).toBe('spatial_ref\r\n32632\r\n');
  });
});

describe('a window as GeoTIFF', () => {
  const nowhere = { transform: null, crs: null, nodata: null };

  it('refuses what TIFF has no samples of, and nothing', () => {
    const codes = [
      () => encodeGeoTiff(array('<U1', [1, 1, 1], Uint32Array.of(65)), nowhere),
      () => encodeGeoTiff(array('|u1', [1, 0, 5], new Uint8Array(0)), nowhere),
    ].map((write) => {
      try {
        write();
        return undefined;
      } catch (error) {
        return (error as { code?: string }).code;
      }
    });
    expect(codes).toEqual(['invalid-argument', 'invalid-argument']);
  });

  it('begins as TIFF 6.0 has it, with its tags in rising order', () => {
    const tiff = encodeGeoTiff(array('<u2', [1, 2, 2], Uint16Array.of(1, 2, 3, 4)), {
      transform: [500_000, 10, 0, 4_600_000, 0, -10],
      crs: { code: 32632, kind: 'projected' },
      nodata: '0',
    });
    const view = new DataView(tiff.buffer);
    expect(text(tiff.subarray(0, 2))).toBe('II');
    expect([view.getUint16(2, true), view.getUint32(4, true)]).toEqual([42, 8]);
    const count = view.getUint16(8, true);
    const tags = Array.from({ length: count }, (_, index) => view.getUint16(10 + 12 * index, true));
    expect(tags).toEqual([256, 257, 258, 259, 262, 273, 277, 278, 279, 284, 339, 33550, 33922, 34735, 42113]);
    expect([...tiff.subarray(-8)]).toEqual([1, 0, 2, 0, 3, 0, 4, 0]);
  });
});
