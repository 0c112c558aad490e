import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import type { TextSpan } from '../../../src/references/types';
import { bytes, parseRefs } from './helpers';

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
