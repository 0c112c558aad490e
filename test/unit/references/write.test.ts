import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/json';
import { parseReferences } from '../../../src/references/parse';
import { formatJson, writeReferences } from '../../../src/references/write';
import { faultsOf } from './helpers';

const zarray = {
  zarr_format: 2,
  shape: [2],
  chunks: [1],
  dtype: '<f4',
  fill_value: 10000.0,
  compressor: null,
  filters: null,
  order: 'C',
};
const entries: [string, JsonValue][] = [
  ['.zgroup', { zarr_format: 2 }],
  ['a/.zarray', zarray],
  ['a/.zattrs', {}],
  ['a/1', ['https://example.org/x.tif', 2 ** 40, 16]],
  ['a/0', 'base64:AAAAAA=='],
];

describe('writeReferences', () => {
  it('writes version 1 with metadata as strings', () => {
    const text = writeReferences(entries, { version: 1, nested: false });
    const [first, ...lines] = text.split('\n');
    expect(first).toBe('{"version":1,"refs":{');
    expect(lines).toHaveLength(entries.length + 1);
    expect(lines[0]).toBe('".zgroup":"{\\"zarr_format\\":2}",');
    const { version, refs } = JSON.parse(text) as { version: number; refs: Record<string, string> };
    expect(version).toBe(1);
    expect(Object.keys(refs)).toEqual(['.zgroup', 'a/.zarray', 'a/.zattrs', 'a/1', 'a/0']);
    expect(JSON.parse(refs['a/.zarray'] ?? '')).toEqual(zarray);
    expect(refs['a/1']).toEqual(['https://example.org/x.tif', 1099511627776, 16]);
  });

  it('stops before the text is longer than a string can be', () => {
    for (const options of [
      { version: 0, nested: true },
      { version: 1, nested: false },
    ] as const) {
      const { length } = writeReferences(entries, options);
      expect(writeReferences(entries, { ...options, limit: length })).toHaveLength(length);
      const tooLong = () => writeReferences(entries, { ...options, limit: length - 1 });
      expect(tooLong).toThrow(expect.objectContaining({ code: 'limit-exceeded' }));
      expect(tooLong).toThrow(/which its first 4 entries fill/u);
    }
  });

  it('writes version 0 with nested metadata', () => {
    const text = writeReferences(entries, { version: 0, nested: true });
    expect(JSON.parse(text)).toEqual(Object.fromEntries(entries));
    expect(Object.keys(JSON.parse(text) as object)).toEqual(entries.map(([key]) => key));
  });

  it.each([
    [0, false],
    [0, true],
    [1, false],
    [1, true],
  ] as const)('is read back without a problem: version %d, nested %s', (version, nested) => {
    const set = parseReferences(new TextEncoder().encode(writeReferences(entries, { version, nested })));
    const noted = version === 1 && nested ? ['kerchunk/nested-in-version1'] : [];
    expect(faultsOf(set).map(({ code }) => code)).toEqual(noted);
    expect(set.version).toBe(version);
    expect(set.document('a/.zarray')).toMatchObject({ value: zarray, nested });
    expect(set.chunk('a', [0])).toEqual({ kind: 'inline', bytes: new Uint8Array(4) });
    expect(set.chunk('a', [1])).toMatchObject({ kind: 'range', offset: 2 ** 40 });
  });

  it('keeps a document that is a string already as it is', () => {
    expect(writeReferences([['.zattrs', '{ }']], { version: 0, nested: false })).toBe('{\n".zattrs":"{ }"\n}');
  });
});

describe('formatJson', () => {
  it.each([0, -0, 0.1, 1e21, 5e-324, -3.4028234663852886e38, 10000, 2 ** 53 - 1])(
    'writes %d so that it reads back equal',
    (value) => {
      expect(Object.is(JSON.parse(formatJson(value)), value)).toBe(true);
    },
  );

  it('writes floats beyond 2^53 so that Python reads floats', () => {
    expect(formatJson([1e20, -(2 ** 60), 2 ** 53])).toBe('[1e+20,-1.152921504606847e+18,9.007199254740992e+15]');
  });

  it('writes bare NaN and infinities, as Python does, where that is asked for', () => {
    expect(formatJson({ a: [NaN, -Infinity], b: 1 }, 'bare')).toBe('{"a":[NaN,-Infinity],"b":1}');
  });

  it('writes bigint as digits, strings escaped', () => {
    expect(formatJson([2n ** 62n, 'a"\n\u00e9', null, true, {}])).toBe(
      '[4611686018427387904,"a\\"\\n\u00e9",null,true,{}]',
    );
  });

  it.each([NaN, Infinity, -Infinity])('refuses %d', (value) => {
    expect(() => formatJson({ a: value })).toThrow(`JSON has no number ${value}`);
  });
});
