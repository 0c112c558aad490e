import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { bytes, faultsOf, parseRefs, problemsOf } from './helpers';

const item = { key: 'a/{{i}}.0', url: 'u', offset: '{{i * 10}}', length: '5', dimensions: { i: { stop: 3 } } };
const parse = (change: object, templates: object = {}) =>
  parseRefs({}, '', { templates, gen: [{ ...item, ...change }] });
/** Problems without the one that every file with gen has. */
const faults = (parsed: ReturnType<typeof parse>) =>
  problemsOf(parsed).filter(([code]) => code !== 'kerchunk/gen-default-off');

describe('gen', () => {
  it('makes what fsspec makes of the example in the specification and of one harder', () => {
    // With fsspec 2025.10 and simple_templates=False.
    const text = JSON.stringify({
      version: 1,
      templates: { u: 'server.domain/path', base: 's3://b', f: 'x/{{a}}-{{b}}.nc' },
      gen: [
        {
          key: 'gen_key{{i}}',
          url: 'http://{{u}}_{{i}}',
          offset: '{{(i + 1) * 1000}}',
          length: '1000',
          dimensions: { i: { stop: 3 } },
        },
        { key: 'k{{i}}.{{j}}', url: 'http://{{u}}_{{i}}', dimensions: { i: { stop: 2 }, j: [7, 5] } },
        {
          key: 'v/{{t}}.{{x}}',
          url: '{{base}}/{{f(a=t, b=x*2)}}',
          offset: '{{t*100 + x//2}}',
          length: '{{ 10 }}',
          dimensions: { t: { start: 4, stop: 0, step: -2 }, x: [3, 1] },
        },
      ],
      refs: { '.zgroup': '{"zarr_format":2}' },
    });
    const set = parseReferences(bytes(text));
    const made = [...set.keys()].slice(1).map((key) => {
      const found = set.lookup(key);
      return found.kind === 'range'
        ? [key, found.url, found.offset, found.length]
        : [key, found.kind === 'file' ? found.url : ''];
    });
    expect(made).toEqual([
      ['gen_key0', 'http://server.domain/path_0', 1000, 1000],
      ['gen_key1', 'http://server.domain/path_1', 2000, 1000],
      ['gen_key2', 'http://server.domain/path_2', 3000, 1000],
      ['k0.7', 'http://server.domain/path_0'],
      ['k0.5', 'http://server.domain/path_0'],
      ['k1.7', 'http://server.domain/path_1'],
      ['k1.5', 'http://server.domain/path_1'],
      ['v/4.3', 's3://b/x/4-6.nc', 401, 10],
      ['v/4.1', 's3://b/x/4-2.nc', 400, 10],
      ['v/2.3', 's3://b/x/2-6.nc', 201, 10],
      ['v/2.1', 's3://b/x/2-2.nc', 200, 10],
    ]);
  });

  it('has the place of its item, and its chunks count as others do', () => {
    const { set, text } = parse({});
    const slice = (span = { offset: 0, length: 0 }) => text.slice(span.offset, span.offset + span.length);
    expect(slice(set.keySpan('a/1.0'))).toBe('"a/{{i}}.0"');
    expect(slice(set.entrySpan('a/1.0'))).toBe(JSON.stringify(item));
    expect(set.innerSpan('a/1.0', [])).toBeUndefined();
    expect(set.coverage('a')).toMatchObject({ total: 100, ranges: 3, absent: 97 });
    expect(set.chunk('a', [2, 0])).toEqual({ kind: 'range', url: 'u', offset: 20, length: 5 });
    expect(set.chunk('a', [3, 0])).toEqual({ kind: 'absent' });
  });

  it('wins over refs with the same key, as in fsspec, and the clash is told', () => {
    const parsed = parseRefs({ 'a/1.0': ['r'] }, '', { gen: [item] });
    expect(faults(parsed)).toEqual([['kerchunk/gen-collision', 'a/1.0', '"a/{{i}}.0"']]);
    expect(faultsOf(parsed.set)[1]?.message).toContain(
      'makes 1 key that stands in the file already, the first "a/1.0"',
    );
    expect(parsed.set.chunk('a', [1, 0])).toMatchObject({ url: 'u', offset: 10 });
    expect([...parsed.set.keys()].filter((key) => key === 'a/1.0')).toHaveLength(1);
  });

  it.each<[object, string, string, string]>([
    [{ key: 5 }, 'kerchunk/gen-shape', '"key" is no string', '5'],
    [{ url: null }, 'kerchunk/gen-shape', '"url" is no string', 'null'],
    [{ offset: undefined }, 'kerchunk/gen-shape', 'one of "offset" and "length"', '"5"'],
    [{ length: [5] }, 'kerchunk/gen-shape', '"length" must be a string', '[5]'],
    [{ dimensions: {} }, 'kerchunk/gen-shape', '"dimensions" is no object with a member', '{}'],
    [{ dimensions: { i: 3 } }, 'kerchunk/gen-shape', 'neither a list of integers nor', '3'],
    [{ dimensions: { i: [7, 0.5] } }, 'kerchunk/gen-shape', 'is no integer', '0.5'],
    [{ dimensions: { i: { start: 1 } } }, 'kerchunk/gen-shape', 'has no "stop"', '{"start":1}'],
    [{ dimensions: { i: { stop: 3, step: 0 } } }, 'kerchunk/gen-shape', 'step 0, which never ends', '0'],
    [{ dimensions: { i: { stop: '3' } } }, 'kerchunk/gen-shape', '"stop" of dimension "i" is no integer', '"3"'],
    [{ dimensions: { i: { start: null, stop: 3 } } }, 'kerchunk/gen-shape', '"start" of dimension "i"', 'null'],
    [{ dimensions: { u: { stop: 3 } } }, 'kerchunk/template-collision', 'has the name of a template', '{"stop":3}'],
    [
      { dimensions: { i: { stop: 16e6 } } },
      'kerchunk/gen-limit',
      'it makes 16000000 entries',
      '{"i":{"stop":16000000}}',
    ],
    [{ dimensions: { i: { stop: 2 ** 53 - 1 } } }, 'kerchunk/gen-limit', 'entries', '{"i":{"stop":9007199254740991}}'],
    [{ key: 'a/{{j}}.0' }, 'kerchunk/template-undefined', '"j" is not defined', '"a/{{j}}.0"'],
    [{ url: '{{u(c=1)}}' }, 'kerchunk/template-arguments', 'takes no arguments', '"{{u(c=1)}}"'],
    [{ offset: '{{i|int}}' }, 'kerchunk/gen-not-evaluated', 'where only', '"{{i|int}}"'],
    [{ key: '{% if i %}a{% endif %}' }, 'kerchunk/gen-not-evaluated', 'statements', '"{% if i %}a{% endif %}"'],
    [{ offset: '{{10 // (2 - i)}}' }, 'kerchunk/gen-not-evaluated', 'divides by zero', '"{{10 // (2 - i)}}"'],
  ])('%o is refused at its place', (change, code, message, place) => {
    const { set, text } = parse(change, { u: 'x' });
    const [fault, ...others] = faultsOf(set).filter((problem) => problem.code !== 'kerchunk/gen-default-off');
    expect(others).toEqual([]);
    expect(fault?.code).toBe(code);
    expect(fault?.message).toContain(message);
    expect(text.slice(fault?.span.offset).slice(0, fault?.span.length)).toBe(place);
  });

  it('that make no good reference are not told to be left out', () => {
    const codes = (change: object): string[] => parse(change).set.problems.map(({ code }) => code);
    expect(codes({ url: 's3://u' })).toEqual(['kerchunk/gen-default-off']);
    expect(codes({ url: 's3://u', offset: 'x' })).toEqual(['kerchunk/offset']);
    expect(codes({ url: 's3://u', dimensions: { i: [] } })).toEqual(['kerchunk/gen-empty']);
  });

  it('tells a fault of every reference of an item once, with their number', () => {
    const { set } = parse({ url: 's3://u', offset: 'x{{i}}', dimensions: { i: { stop: 1000 } } });
    expect(set.problems.map(({ code, message }) => [code, message])).toEqual([
      [
        'kerchunk/offset',
        'The generated offset is x0; it must be an integer from 0 to 2^53 - 1. So it is with 1,000 of the 1,000 references of this item.',
      ],
    ]);
  });

  it('does not take for missing what an item that was not evaluated may make', () => {
    const { set } = parse({ offset: '{{i|int}}' });
    expect(() => set.chunk('a', [5, 5])).toThrow(/"a\/5.5" is not in the file, but "gen" might make it/);
    expect(set.lookup('b/0')).toEqual({ kind: 'absent' });
  });

  it.each<[object, string, string]>([
    [{ offset: '{{i - 1}}' }, 'kerchunk/offset', '"{{i - 1}}"'],
    [{ offset: '{{i / 1 + 1 - 1}}x' }, 'kerchunk/offset', '"{{i / 1 + 1 - 1}}x"'],
    [{ length: '{{i}}' }, 'kerchunk/length-zero', '"{{i}}"'],
    [{ length: '{{i - 1}}' }, 'kerchunk/length', '"{{i - 1}}"'],
  ])('%o is malformed where it does not fit', (change, code, place) => {
    const parsed = parse(change);
    expect(faults(parsed)[0]).toEqual([code, 'a/0.0', place]);
    expect(() => parsed.set.chunk('a', [0, 0])).toThrow(expect.objectContaining({ code: 'malformed-reference' }));
  });

  it('reads numbers where strings belong, and tells', () => {
    const parsed = parse({ offset: 7, length: 5 });
    expect(faults(parsed)).toEqual([['kerchunk/gen-shape', 'a/{{i}}.0', '7']]);
    expect(parsed.set.chunk('a', [2, 0])).toMatchObject({ offset: 7, length: 5 });
  });

  it('tells empty ranges, and must be a list of objects', () => {
    expect(faults(parse({ dimensions: { i: { stop: 0 } } }))).toEqual([
      ['kerchunk/gen-empty', 'a/{{i}}.0', '{"stop":0}'],
    ]);
    expect(faults(parse({ dimensions: { j: [1], i: { start: 5, stop: 1 } } }))).toEqual([
      ['kerchunk/gen-empty', 'a/{{i}}.0', '{"start":5,"stop":1}'],
    ]);
    expect(faults(parse({ dimensions: { i: { start: 3, stop: 1, step: -1 } } }))).toEqual([]);
    expect(faults(parseRefs({}, '', { gen: {} }))).toEqual([['kerchunk/gen-shape', '', '{}']]);
    expect(faults(parseRefs({}, '', { gen: ['x'] }))).toEqual([['kerchunk/gen-shape', '', '"x"']]);
  });

  it('expands a hundred thousand in reasonable time', () => {
    const { set } = parse({ key: 'b/{{i}}.{{j}}', dimensions: { i: { stop: 1000 }, j: { stop: 100 } } });
    expect(set.lookup('b/999.99')).toEqual({ kind: 'range', url: 'u', offset: 9990, length: 5 });
  });
});
