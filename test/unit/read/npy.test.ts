import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/json';
import { encodeNpy } from '../../../src/read/npy';
import { parseDataType } from '../../../src/zarr/data-type';

interface Saved {
  dtype: JsonValue;
  shape: number[];
  npy: string;
}

const file = path.resolve(import.meta.dirname, '../../fixtures/codecs/npy.json');
const saved = JSON.parse(await readFile(file, 'utf8')) as Saved[];

/** The version, the header without its padding (numpy leaves room to append), and the bytes of the elements. */
function parts(npy: Uint8Array) {
  const view = Buffer.from(npy.buffer, npy.byteOffset, npy.length);
  expect(view.subarray(0, 6).toString('latin1')).toBe('\x93NUMPY');
  const start = npy[6] === 1 ? 10 : 12;
  const end = start + (npy[6] === 1 ? view.readUInt16LE(8) : view.readUInt32LE(8));
  const header = view.subarray(start, end);
  expect(end % 64).toBe(0);
  expect(header.at(-1)).toBe(0x0a);
  return { version: [npy[6], npy[7]], header: header.toString('utf8').trim(), data: view.subarray(end) };
}

describe('.npy files are what numpy saves', () => {
  it.each(saved)('$dtype $shape', ({ dtype, shape, npy }) => {
    const expected = parts(new Uint8Array(inflateSync(Buffer.from(npy, 'base64'))));
    const data = new Uint8Array(expected.data.length);
    expect(parts(encodeNpy({ dataType: parseDataType(dtype), shape, data }))).toEqual(expected);
  });

  it('a header beyond 65535 bytes makes it version 2.0', () => {
    const fields = Array.from({ length: 4000 }, (_unused, i) => [`field${i}`, '<u2']);
    const { version, header } = parts(
      encodeNpy({ dataType: parseDataType(fields), shape: [0], data: new Uint8Array() }),
    );
    expect(version).toEqual([2, 0]);
    expect(header.length).toBeGreaterThan(65535);
  });

  it('keeps the values', () => {
    const data = Uint8Array.of(1, 2, 3, 4, 5, 6);
    expect([...parts(encodeNpy({ dataType: parseDataType('<u2'), shape: [3], data })).data]).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
  });

  it('refuses objects', () => {
    const array = { dataType: parseDataType('|O'), shape: [0], data: new Uint8Array() };
    expect(() => encodeNpy(array)).toThrow('Python objects');
  });
});
