import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { bytes, faultsOf, parseRefs, problemsOf, zarray } from './helpers';

const good = { kind: 'range', url: 'u', offset: 1, length: 2 };

describe('malformed entries', () => {
  // Each of these is one problem at the text named, and the entry beside it stays usable.
  it.each([
    ['two elements', '["u",1]', 'kerchunk/reference-shape', '["u",1]'],
    ['[]', '[]', 'kerchunk/reference-shape', '[]'],
    ['four elements', '["u",1,2,3]', 'kerchunk/reference-shape', '["u",1,2,3]'],
    ['a number', '7', 'kerchunk/reference-shape', '7'],
    ['true', 'true', 'kerchunk/reference-shape', 'true'],
    ['an object', '{"a":1}', 'kerchunk/reference-shape', '{"a":1}'],
    ['null as target', '[null,1,2]', 'kerchunk/url-null', 'null'],
    ['a number as target', '[5]', 'kerchunk/reference-shape', '5'],
    ['no target', '["",0,0]', 'kerchunk/url-empty', '""'],
    ['a negative offset', '["u",-1,2]', 'kerchunk/offset', '-1'],
    ['a fraction', '["u",1.5,2]', 'kerchunk/offset', '1.5'],
    ['a fraction without one', '["u",10.0,2]', 'kerchunk/offset', '10.0'],
    ['an exponent', '["u",1e3,2]', 'kerchunk/offset', '1e3'],
    ['text as offset', '["u","1",2]', 'kerchunk/offset', '"1"'],
    ['true as offset', '["u",true,2]', 'kerchunk/offset', 'true'],
    ['null as offset', '["u",null,2]', 'kerchunk/offset', 'null'],
    ['an offset above 2^53', '["u",9007199254740993,2]', 'kerchunk/offset', '9007199254740993'],
    ['an offset above 2^64', '["u",99999999999999999999,2]', 'kerchunk/offset', '99999999999999999999'],
    ['NaN as offset', '["u",NaN,2]', 'kerchunk/offset', 'NaN'],
    ['a negative length', '["u",1,-2]', 'kerchunk/length', '-2'],
    ['a fraction as length', '["u",1,0.5]', 'kerchunk/length', '0.5'],
    ['text as length', '["u",1,"2"]', 'kerchunk/length', '"2"'],
    ['a list as length', '["u",1,[2]]', 'kerchunk/length', '[2]'],
    ['a range that ends beyond 2^53', '["u",9007199254740991,1]', 'kerchunk/length', '1'],
    ['length 0', '["u",1,0]', 'kerchunk/length-zero', '0'],
    ['base64 cut off', '"base64:AAA"', 'kerchunk/base64', '"base64:AAA"'],
    ['base64 of another alphabet', '"base64:AA-_"', 'kerchunk/base64', '"base64:AA-_"'],
    ['half a surrogate pair', '"\\ud800"', 'json/lone-surrogate', '"\\ud800"'],
  ])('%s: %s', (_name, value, code, place) => {
    const parsed = parseRefs({ 'a/0.0': ['u', 1, 2] }, `,"a/0.1":${value},"a/0.2":["u",1,2]`);
    expect(problemsOf(parsed).filter(([found]) => found !== 'json/bare-nan')).toEqual([[code, 'a/0.1', place]]);
    expect(() => parsed.set.chunk('a', [0, 1])).toThrow(expect.objectContaining({ code: 'malformed-reference' }));
    expect(() => parsed.set.lookup('a/0.1')).toThrow(/"a\/0.1": /);
    expect(parsed.set.chunk('a', [0, 0])).toEqual(good);
    expect(parsed.set.chunk('a', [0, 2])).toEqual(good);
    expect(parsed.set.coverage('a')).toEqual({ total: 100, ranges: 2, inline: 0, absent: 97, broken: 1 });
  });

  it.each([
    ['["u","5",-8]', 'kerchunk/offset "5"', 'kerchunk/length -8'],
    ['["u",-1,0]', 'kerchunk/offset -1', 'kerchunk/length-zero 0'],
    ['[null,1.5,"8"]', 'kerchunk/url-null null', 'kerchunk/offset 1.5', 'kerchunk/length "8"'],
    ['["",-1,9007199254740993]', 'kerchunk/url-empty ""', 'kerchunk/offset -1', 'kerchunk/length 9007199254740993'],
  ])('every part of %s is told, and the first is the reason', (value, ...faults) => {
    const parsed = parseRefs({}, `,"a/0.1":${value}`);
    expect(problemsOf(parsed)).toEqual(
      faults.map((fault) => [fault.split(' ')[0], 'a/0.1', fault.slice(fault.indexOf(' ') + 1)]),
    );
    expect(parsed.set.coverage('a')).toMatchObject({ broken: 1, absent: 99 });
    const reason = parsed.set.problems.find(({ code }) => code === faults[0]?.split(' ')[0])?.message;
    expect(() => parsed.set.lookup('a/0.1')).toThrow(reason);
  });

  it('null is a missing chunk, and is told', () => {
    const parsed = parseRefs({ 'a/0.0': null });
    expect(problemsOf(parsed)).toEqual([['kerchunk/null-value', 'a/0.0', 'null']]);
    expect(parsed.set.chunk('a', [0, 0])).toEqual({ kind: 'absent' });
    expect(parsed.set.coverage('a').absent).toBe(100);
  });

  it('counts what it does not list', () => {
    const raw = Array.from({ length: 10_005 }, (_, i) => `,"b/${i}":["u",1,0]`).join('');
    const { set } = parseRefs({}, raw);
    expect(faultsOf(set)).toHaveLength(10_001);
    expect(faultsOf(set).at(-1)).toMatchObject({
      code: 'kerchunk/length-zero',
      key: '',
      message: expect.stringMatching(/^5 more/) as string,
    });
  });
});

describe('entries that look odd and are not', () => {
  const inline = (value: string, noted: string[] = []): string => {
    const found = parseRefs({}, `,"a/0.0":${value}`);
    expect(found.set.problems.map(({ code }) => code)).toEqual(noted);
    const chunk = found.set.chunk('a', [0, 0]);
    return chunk.kind === 'inline' ? Buffer.from(chunk.bytes).toString('hex') : chunk.kind;
  };

  it.each([
    ['""', ''],
    ['"\\u0000\\u0000"', '0000'],
    ['"  {} "', '20207b7d20'],
    ['"\\u007f\\\\u0080"', '7f5c7530303830'],
    ['"base64:"', ''],
    ['"base64:AAE\\u003d"', '0001'],
    ['"\\u0062ase64:\\/\\/\\/\\/"', 'ffffff'],
    ['"base6"', '6261736536'],
    ['"Base64:AAE="', '4261736536343a4141453d'],
  ])('inline %s', (value, hex) => {
    expect(inline(value)).toBe(hex);
  });

  it.each([
    ['"\\u007f\\u0080"', '7fc280'],
    ['"\u00e9\\ud83d\\ude00\u{1f600}"', 'c3a9f09f9880f09f9880'],
  ])('inline %s, in UTF-8, is told to be beyond ASCII', (value, hex) => {
    expect(inline(value, ['kerchunk/inline-not-ascii'])).toBe(hex);
  });

  it.each([
    ['"a\\/0.0" : [ "u" , 1 , 2 ]', good],
    ['"\\u0061/0.0":["u",1,2]', good],
    ['"a/0.0":["\\u0075",1,2]', good],
    ['"a/0.0":["u",1,9007199254740990]', { ...good, length: 9007199254740990 }],
    ['"a/0.0":["u",1234567890123456,2]', { ...good, offset: 1234567890123456 }],
    ['"a/0.0":["u",0,2]', { ...good, offset: 0 }],
    ['"a/0.0":["u"]', { kind: 'file', url: 'u' }],
    ['"a/0.0":["s3:\\/\\/\u00e9 x",1,2]', { ...good, url: 's3://\u00e9 x' }],
    ['"a/0.0":["{\u007d",1,2]', { ...good, url: '{}' }],
  ])('%s', (entry, expected) => {
    const { set } = parseRefs({}, `,${entry}`);
    expect(faultsOf(set)).toEqual([]);
    expect(set.chunk('a', [0, 0])).toEqual(expected);
    expect(set.lookup('a/0.0')).toEqual(expected);
  });

  it('knows one target by one name, however it is written', () => {
    const { set } = parseRefs({}, ',"a/0.0":["x/y",1,2],"a/0.1":["x\\/y",1,2],"a/0.2":["z"],"a/0.3":["x/y",1,2]');
    expect(set.urls).toEqual(['x/y', 'z']);
  });
});

describe('keys', () => {
  it('the last of two equal keys counts, and is told at its place', () => {
    const parsed = parseRefs({}, ',"a/0.0":["old",1,2],"b":["old",1,2],"a\\/0.0":["u",1,2],"b":["u",1,2]');
    expect(problemsOf(parsed)).toEqual([
      ['kerchunk/duplicate-key', 'a/0.0', '"a\\/0.0"'],
      ['kerchunk/duplicate-key', 'b', '"b"'],
    ]);
    expect(parsed.set.chunk('a', [0, 0])).toEqual(good);
    expect(parsed.set.lookup('b')).toEqual(good);
    expect([...parsed.set.keys()]).toEqual(['.zgroup', 'a/.zarray', 'a/0.0', 'b']);
    expect(parsed.set.urls).toEqual(['u']);
    expect(parsed.set.coverage('a').ranges).toBe(1);
  });

  it('the last of two equal metadata keys counts, whatever stood before', () => {
    const again = JSON.stringify(zarray([20], [10]));
    const parsed = parseRefs({}, `,"a/.zarray":["elsewhere"],"a/.zarray":${again}`);
    expect(problemsOf(parsed).map(([code, key]) => [code, key])).toEqual([
      ['kerchunk/duplicate-key', 'a/.zarray'],
      ['kerchunk/duplicate-key', 'a/.zarray'],
    ]);
    expect(parsed.set.array('a').shape).toEqual([20]);
    expect([...parsed.set.keys()]).toEqual(['.zgroup', 'a/.zarray']);
  });

  it('lists chunks of the grid in C order, then keys below the path that are none', () => {
    const { set } = parseRefs(
      {},
      ',"a/9.9":["u"],"a/0.1":["u"],"a/10.0":["u"],"a/x":["u"],"a/00.1":["u"],"a/1":["u"],"ab/0.0":["u"]',
    );
    expect([...set.chunkKeys('a')]).toEqual(['a/0.1', 'a/9.9', 'a/10.0', 'a/x', 'a/00.1', 'a/1']);
    expect(set.lookup('ab/0.0')).toEqual({ kind: 'file', url: 'u' });
    expect(set.lookup('a/5.5')).toEqual({ kind: 'absent' });
    expect(set.lookup('nothing')).toEqual({ kind: 'absent' });
    expect([...set.chunkKeys('nothing')]).toEqual([]);
  });

  it('finds chunks whose keys have slashes, and arrays at the root', () => {
    const slashed = JSON.stringify(zarray([100, 100], [10, 10], { dimension_separator: '/' }));
    const { set } = parseRefs(
      {},
      `,"g/s/.zarray":${slashed},"g/s/1/2":["u"],"g\\/s\\/1\\/3":["u"],"g/s/1.2":["u"],"g/s/1/4":["u"]`,
    );
    expect(set.chunk('g/s', [1, 2])).toEqual({ kind: 'file', url: 'u' });
    expect(set.chunk('g/s', [1, 3])).toEqual({ kind: 'file', url: 'u' });
    expect([...set.chunkKeys('g/s')]).toEqual(['g/s/1/2', 'g/s/1/3', 'g/s/1/4', 'g/s/1.2']);
    const root = parseReferences(bytes(`{".zarray":${JSON.stringify(zarray([3], [1]))},"0":["u"],"2":["u"]}`));
    expect(root.arrayPaths()).toEqual(['']);
    expect([...root.chunkKeys('')]).toEqual(['0', '2']);
    expect(root.coverage('')).toMatchObject({ total: 3, ranges: 2, absent: 1 });
  });

  it('a chunk belongs to the array with the longest path', () => {
    const outer = JSON.stringify(zarray([10, 10], [1, 1], { dimension_separator: '/' }));
    const inner = JSON.stringify(zarray([10], [1]));
    const { set } = parseRefs({}, `,"n/.zarray":${outer},"n/1/.zarray":${inner},"n/0/2":["outer"],"n/1/2":["inner"]`);
    expect([...set.chunkKeys('n')]).toEqual(['n/0/2']);
    expect(set.chunk('n/1', [2])).toEqual({ kind: 'file', url: 'inner' });
  });

  it('takes metadata in any order, before or behind the chunks', () => {
    const set = parseReferences(
      bytes(`{"z/0":["u"],"z/.zattrs":"{\\"k\\":1}","z/.zarray":${JSON.stringify(zarray([1], [1]))}}`),
    );
    expect(set.chunk('z', [0])).toEqual({ kind: 'file', url: 'u' });
    expect(set.array('z').attributes).toEqual({ k: 1 });
    expect(set.groupPaths()).toEqual([]);
  });

  it('a grid of a million million chunks costs what its references cost', () => {
    const huge = JSON.stringify(zarray([1e6, 1e6], [1, 1]));
    const { set } = parseRefs(
      {},
      `,"h/.zarray":${huge},"h/999999.999999":["u",1,2],"h/0.5":["u"],"h/7.0":["u",1,2],"h/0.5":["v"]`,
    );
    expect(set.coverage('h')).toEqual({ total: 1e12, ranges: 3, inline: 0, absent: 1e12 - 3, broken: 0 });
    expect([...set.chunkKeys('h')]).toEqual(['h/0.5', 'h/7.0', 'h/999999.999999']);
    expect(set.chunk('h', [999999, 999999])).toEqual(good);
    expect(set.chunk('h', [0, 5])).toEqual({ kind: 'file', url: 'v' });
    expect(set.chunk('h', [5, 5])).toEqual({ kind: 'absent' });
    expect(faultsOf(set).map(({ code, key }) => [code, key])).toEqual([['kerchunk/duplicate-key', 'h/0.5']]);
  });

  it('a key of a million slashes takes no time', () => {
    const { set } = parseRefs({
      ['/'.repeat(1e6)]: ['u'],
      [`${'b/'.repeat(2e5)}.zarray`]: '{}',
      [`${'b/'.repeat(2e5)}0`]: ['u'],
    });
    expect([...set.keys()]).toHaveLength(5);
  });
});

describe('layouts', () => {
  const refs = '{".zgroup":"{\\"zarr_format\\":2}","x":["u"]}';
  const read = (text: string) => {
    const set = parseReferences(bytes(text));
    return { version: set.version, keys: [...set.keys()], codes: faultsOf(set).map((problem) => problem.code) };
  };
  const keys = ['.zgroup', 'x'];

  it.each([
    [refs, 0, []],
    [`{"version":1,"refs":${refs}}`, 1, []],
    [`{"refs":${refs},"version":1}`, 1, []],
    [`{"version":"1","refs":${refs}}`, 1, ['kerchunk/version']],
    [`{"version":2,"refs":${refs}}`, 1, ['kerchunk/version']],
    [`{"version":true,"refs":${refs}}`, 1, ['kerchunk/version']],
    [`{"refs":${refs}}`, 1, ['kerchunk/version']],
    [`{"version":1,${refs.slice(1)}`, 1, ['kerchunk/version']],
    [`${refs.slice(0, -1)},"gen":[]}`, 0, ['kerchunk/version']],
    [`{"version":1,"note":"hi","refs":${refs}}`, 1, ['kerchunk/unknown-key']],
    [`{"version":1,"refs":{"y":["v"]},"refs":${refs}}`, 1, ['kerchunk/duplicate-key']],
    [`\ufeff${refs}`, 0, ['json/byte-order-mark']],
  ])('%s', (text, version, codes) => {
    expect(read(text)).toEqual({ version, keys, codes });
  });

  it.each([
    ['', 'not-json', 'The file is empty.'],
    ['  ', 'not-json', 'line 1, column 3: the text ends'],
    [
      '{"name":"x","dependencies":{}}',
      'malformed-reference',
      'holds no zarr metadata (.zgroup, .zarray or zarr.json) among its 2 keys',
    ],
    ['{}', 'malformed-reference', 'among its 0 keys'],
    ['{"version":1}', 'malformed-reference', 'without "refs"'],
    [
      '{"version":1,"refs":[]}',
      'malformed-reference',
      '"refs" must be an object of keys and references, and is a list',
    ],
    ['{"version":1,"refs":{}}', 'malformed-reference', 'its "refs" is empty'],
    ['{"version":1,"refs":{"a/0":["u"]}}', 'malformed-reference', 'among its 1 key;'],
    ['[]', 'malformed-reference', 'a JSON list of 0'],
    ['"text"', 'malformed-reference', 'a single JSON value'],
    ['<html>', 'not-json', 'This is HTML or XML'],
    ['CDF\u0001', 'not-json', 'This is a NetCDF-3 file'],
    ['PK\u0003\u0004', 'not-json', 'This is a ZIP file'],
    [`${refs} x`, 'not-json', 'more text after the end'],
  ])('refuses %j', (text, code, message) => {
    expect(() => parseReferences(bytes(text))).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
    );
  });

  it.each([
    [[0x1f, 0x8b, 8], 'gzip'],
    [[0x28, 0xb5, 0x2f, 0xfd], 'Zstandard'],
    [[0xff, 0xfe, 0x7b, 0], 'not UTF-8'],
    [[0x7b, 0, 0x22, 0], 'not UTF-8'],
  ])('refuses the bytes %j', (list, message) => {
    expect(() => parseReferences(Uint8Array.from(list))).toThrow(message);
  });

  it('stops when it is cancelled', () => {
    const controller = new AbortController();
    controller.abort();
    expect(() => parseReferences(bytes(refs), { signal: controller.signal })).toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
  });

  it('keeps its own address', () => {
    expect(parseReferences(bytes(refs), { url: 'file:///r.json' }).url).toBe('file:///r.json');
  });
});

describe('metadata', () => {
  it('lists arrays and groups in the order of the text, and says why one cannot be read', () => {
    const { set } = parseRefs({
      'g/.zgroup': '{"zarr_format":2}',
      'g/bad/.zarray': '{"zarr_format":2,',
      'g/list/.zarray': '[]',
      'g/far/.zarray': ['elsewhere.json'],
      'g/dtype/.zarray': zarray([1], [1], { dtype: 'u2' }),
      'v3/zarr.json': '{"zarr_format":3,"node_type":"array"}',
      'v3g/zarr.json': '{"zarr_format":3,"node_type":"group"}',
      '/lost/.zarray': zarray([1], [1]),
      'g/bad/0': ['u'],
    });
    expect(set.arrayPaths()).toEqual(['a', 'g/bad', 'g/list', 'g/far', 'g/dtype', 'v3']);
    expect(set.groupPaths()).toEqual(['', 'g', 'v3g']);
    const why = (path: string) => () => set.array(path);
    expect(why('g/bad')).toThrow('g/bad/.zarray: it is not JSON.');
    expect(why('g/list')).toThrow('g/list/.zarray: it is no JSON object.');
    expect(why('g/far')).toThrow('g/far/.zarray: it stands in a file of its own');
    expect(why('g/dtype')).toThrow('g/dtype/.zarray: Dtype "u2" has no byte order');
    expect(why('v3')).toThrow('v3/zarr.json: "shape" is missing.');
    expect(why('none')).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    expect(() => set.chunk('g/bad', [0])).toThrow(expect.objectContaining({ code: 'malformed-metadata' }));
    expect([...set.chunkKeys('g/bad')]).toEqual(['g/bad/0']);
    expect(set.lookup('g/far/.zarray')).toEqual({ kind: 'file', url: 'elsewhere.json' });
    expect([...set.chunkKeys('g/far')]).toEqual([]);
    expect(set.document('g/bad/.zarray')).toBeUndefined();
    expect(set.document('g/list/.zarray')?.value).toEqual([]);
    expect(set.lookup('g/.zgroup')).toMatchObject({ kind: 'document', value: { zarr_format: 2 }, nested: false });
  });

  it('tells faults inside metadata strings at their place in the file', () => {
    const parsed = parseRefs(
      {},
      ',"b/.zattrs":"{\\"\\u00e9\\":\\"\u00e9\\",\\n\\"x\\": nope}","c/.zattrs":"[1]","d/.zattrs":"{\\"k\\":NaN,\\"k\\":1}"',
    );
    expect(problemsOf(parsed)).toEqual([
      ['kerchunk/metadata-json', 'b/.zattrs', 'n'],
      ['kerchunk/metadata-json', 'c/.zattrs', '[1]'],
      ['json/bare-nan', 'd/.zattrs', 'NaN'],
      ['kerchunk/duplicate-key', 'd/.zattrs', '\\"k\\"'],
    ]);
  });

  it('tells NaN in nested metadata and base64 metadata that is none', () => {
    const parsed = parseRefs({}, ',"b/.zattrs":{"x":[NaN]},"c/.zattrs":"base64:e30","d/.zattrs":"base64:e30="');
    expect(problemsOf(parsed)).toEqual([
      ['kerchunk/nested-in-version1', 'b/.zattrs', '"b/.zattrs"'],
      ['json/bare-nan', 'b/.zattrs', 'NaN'],
      ['kerchunk/base64', 'c/.zattrs', '"base64:e30"'],
    ]);
    expect(parsed.set.document('d/.zattrs')?.value).toEqual({});
    expect(parsed.set.document('b/.zattrs')).toMatchObject({ value: { x: [NaN] }, nested: true });
  });
});

describe('what a message says to do', () => {
  const messages = (text: object) =>
    parseReferences(bytes(JSON.stringify(text))).problems.map(({ message }) => message);
  const group = { '.zgroup': '{"zarr_format":2}' };

  it.each<[string, object, string]>([
    ['a tree', { version: 1, refs: { ...group, t: { '.zarray': {} } } }, 'write "t/.zarray" beside the others'],
    ['a misspelt member', { version: 1, template: {}, refs: group }, 'Did you mean "templates"?'],
    ['another member', { version: 1, source: {}, refs: group }, 'References stand under "refs".'],
    ['no base64', { version: 1, refs: { ...group, 't/0': 'base64:AAAA*' } }, 'character 5 is "*"'],
    ['cut base64', { version: 1, refs: { ...group, 't/0': 'base64:AAAAB' } }, 'it has 5 characters'],
  ])('of %s', (_, text, words) => {
    expect(messages(text).join('\n')).toContain(words);
  });
});
