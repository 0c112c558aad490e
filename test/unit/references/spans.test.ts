import { describe, expect, it } from 'vitest';
import { InnerOffsets } from '../../../src/references/json-string';
import { parseReferences } from '../../../src/references/parse';
import type { TextSpan } from '../../../src/references/types';
import { bytes, faultsOf, parseRefs } from './helpers';

describe('places in the text', () => {
  const text = `{
  ".zgroup" : "{\\"zarr_format\\": 2}",
  "\u00e9\\/.zattrs": "{\\"na\\\\u006de\\": [1, {\\"d\u00e9\\": \\"\u{1f600}\\\\n\\", \\"x\\": -2.5e3}], \\"last\\":\\n null}",
  "n/.zattrs": {"list": [10, {"k": "v"}], "list2": []},
  "b/.zattrs": "base64:eyJhIjoxfQ==",
  "c/0": ["file.nc" , 12, 34],
  "d": "inline"
}`;
  const utf8 = bytes(text);
  const set = parseReferences(utf8);
  const at = (span: TextSpan | undefined) =>
    span === undefined ? undefined : new TextDecoder().decode(utf8.subarray(span.offset, span.offset + span.length));

  it('of keys and entries', () => {
    expect(at(set.keySpan('\u00e9/.zattrs'))).toBe('"\u00e9\\/.zattrs"');
    expect(at(set.entrySpan('c/0'))).toBe('"c/0": ["file.nc" , 12, 34]');
    expect(at(set.entrySpan('.zgroup'))).toBe('".zgroup" : "{\\"zarr_format\\": 2}"');
    expect(at(set.document('n/.zattrs')?.span)).toBe('{"list": [10, {"k": "v"}], "list2": []}');
    expect(set.keySpan('none')).toBeUndefined();
    expect(set.entrySpan('c/1')).toBeUndefined();
  });

  it.each<[string, (string | number)[], string | undefined]>([
    ['.zgroup', ['zarr_format'], '2'],
    ['\u00e9/.zattrs', ['name', 1, 'd\u00e9'], '"\u{1f600}\\n"'],
    ['\u00e9/.zattrs', ['name', 1, 'x'], '-2.5e3'],
    ['\u00e9/.zattrs', ['none'], undefined],
    ['n/.zattrs', ['list'], '[10, {"k": "v"}]'],
    ['b/.zattrs', ['a'], '1'],
    ['b/.zattrs', ['z'], undefined],
    ['c/0', [2], undefined],
    ['none', [], undefined],
  ])('as a document has it under %s %j: %s', (key, path, expected) => {
    expect(set.valueText(key, path)).toBe(expected);
  });

  it('tells metadata that are there from those that are not', () => {
    expect(set.hasMetadata('n/.zattrs')).toBe(true);
    expect(set.hasMetadata('n/.zgroup')).toBe(false);
    expect(set.hasMetadata('c/0')).toBe(false);
  });

  it.each<[string, (string | number)[], string | undefined]>([
    ['.zgroup', ['zarr_format'], '2'],
    ['.zgroup', [], '"{\\"zarr_format\\": 2}"'],
    ['\u00e9/.zattrs', ['name', 0], '1'],
    ['\u00e9/.zattrs', ['name', 1, 'd\u00e9'], '\\"\u{1f600}\\\\n\\"'],
    ['\u00e9/.zattrs', ['name', 1, 'x'], '-2.5e3'],
    ['\u00e9/.zattrs', ['last'], 'null'],
    ['\u00e9/.zattrs', ['name', 2], undefined],
    ['\u00e9/.zattrs', ['none'], undefined],
    ['\u00e9/.zattrs', [0], undefined],
    ['\u00e9/.zattrs', ['last', 'x'], undefined],
    ['n/.zattrs', ['list', 1, 'k'], '"v"'],
    ['n/.zattrs', ['list2'], '[]'],
    ['n/.zattrs', ['list', 'k'], undefined],
    ['b/.zattrs', ['a'], '"base64:eyJhIjoxfQ=="'],
    ['b/.zattrs', ['z'], undefined],
    ['c/0', [0], '"file.nc"'],
    ['c/0', [2], '34'],
    ['c/0', [3], undefined],
    ['d', [], '"inline"'],
    ['none', [], undefined],
  ])('inside %s: %j is %s', (key, path, expected) => {
    expect(at(set.innerSpan(key, path))).toBe(expected);
  });

  it('back from an offset to the entry', () => {
    const entry = (needle: string) => set.entryAt(bytes(text.slice(0, text.indexOf(needle))).length)?.key;
    expect(entry('12, 34')).toBe('c/0');
    expect(entry('"c/0"')).toBe('c/0');
    expect(entry('zarr_format')).toBe('.zgroup');
    expect(entry('inline')).toBe('d');
    expect(entry(',\n  "c/0"')).toBeUndefined();
    expect(set.entryAt(0)).toBeUndefined();
    expect(set.entryAt(utf8.length)).toBeUndefined();
  });

  it('of the later of two equal keys', () => {
    const { set: twice, text: written } = parseRefs({}, ',"a/0.0":["x"],"a/0.0":["y"]');
    const span = twice.entrySpan('a/0.0') ?? { offset: 0, length: 0 };
    expect(written.slice(span.offset, span.offset + span.length)).toBe('"a/0.0":["y"]');
    const inner = parseReferences(bytes('{".zattrs":"{\\"k\\":1,\\"k\\":22}"}')).innerSpan('.zattrs', ['k']);
    expect(inner).toEqual({ offset: 27, length: 2 });
  });
});

describe('many places in one long string', () => {
  it('are the same as each alone, and cost one walk', () => {
    const string = '\\u00e9ab\\n\u00e9\\ud83d\\ude00"'.repeat(4000);
    const utf8 = bytes(string);
    // By the rules of JSON and UTF-8: inner bytes of each character or escape, and its length in the text.
    const sizes = [
      [2, 6],
      [1, 1],
      [1, 1],
      [1, 2],
      [1, 1],
      [1, 1],
      [4, 12],
      [1, 1],
    ] as const;
    const expected: number[] = [];
    for (let outer = 0; outer < utf8.length;) {
      for (const [inner, length] of sizes) {
        for (let i = 0; i < inner; i++) expected.push(outer);
        outer += length;
      }
    }
    let looks = 0;
    const counted = new Proxy(utf8, {
      get(target, name) {
        looks++;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const offsets = new InnerOffsets(counted, 0, utf8.length);
    const asked = expected.map((_outer, inner) => inner).filter((inner) => inner % 997 < 3);
    expect(asked.map((inner) => offsets.at(inner))).toEqual(asked.map((inner) => expected[inner]));
    expect(asked.toReversed().map((inner) => offsets.at(inner))).toEqual(
      asked.toReversed().map((inner) => expected[inner]),
    );
    expect(offsets.at(expected.length)).toBe(utf8.length);
    expect(looks).toBeLessThan(4 * utf8.length + 2 * asked.length * 4 * 4096);
  });

  it('of 2,000 bare NaN at the end of a megabyte', () => {
    const zattrs = `{"a":"${'x'.repeat(1e6)}","b":[${Array.from({ length: 2000 }, () => 'NaN').join()}]}`;
    const start = performance.now();
    const { set } = parseRefs({ '.zattrs': zattrs });
    expect(performance.now() - start).toBeLessThan(3000);
    expect(faultsOf(set).filter(({ code }) => code === 'json/bare-nan')).toHaveLength(2000);
  });
});
