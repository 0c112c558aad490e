import { describe, expect, it } from 'vitest';
import { formOf, TokenForms } from '../../../src/references/address-forms';
import { ByteWords } from '../../../src/references/byte-words';
import { parseReferences } from '../../../src/references/parse';
import { whyUnreachable } from '../../../src/references/unreachable';
import { bytes, parseRefs } from './helpers';

/** Code, key, and the text at the place of every problem; of those that `refs` and `top` give. */
function told(refs: Record<string, unknown>, top: object = {}): [string, string, string][] {
  const { set, text } = parseRefs(refs, '', top);
  return set.problems.map(({ code, key, span }) => [code, key, text.slice(span.offset, span.offset + span.length)]);
}

const https = 'https://example.org/a.tif';

describe('the form of an address', () => {
  // fsspec 2026.9.0, fsspec.core.split_protocol: the protocol, None for a path.
  const forms: [string, string | undefined, boolean, boolean][] = [
    [https, 'https', false, false],
    ['s3://b/k', 's3', false, false],
    ['/data/a.tif', undefined, false, false],
    ['C:\\data\\a.tif', undefined, false, false],
    ['C://data/a.tif', undefined, false, false],
    ['\\\\server\\share\\a.tif', undefined, false, false],
    ['data/a.tif', undefined, true, false],
    ['./a.tif', undefined, true, false],
    ['a:b.tif', undefined, true, false],
    ['data:;base64,AAAA', 'data', false, false],
    ['simplecache::s3://b/k', 'simplecache::s3', false, true],
    ['zip://a.tif::https://example.org/a.zip', 'zip', false, true],
    ['http://example.org:8080/a::b', 'http', false, false],
    ['a', undefined, true, false],
  ];

  it.each(forms)('%s', (address, protocol, isRelative, isChained) => {
    expect(formOf(address)).toEqual({ protocol, isRelative, isChained });
  });

  it('is the same from the bytes of a text, one after the other, escaped or not', () => {
    const tokens = [...forms, ...forms.toReversed()].flatMap(([address, ...form]) => {
      const plain = JSON.stringify(address);
      return [plain, plain.replaceAll('/', '\\/'), plain.replaceAll(':', '\\u003a')].map((token) => ({ token, form }));
    });
    const text = bytes(tokens.map(({ token }) => token).join(':'));
    const read = new TokenForms(text, new ByteWords(text));
    let at = 0;
    for (const { token, form } of tokens) {
      const [protocol, isRelative, isChained] = form;
      expect(read.of(at + 1, at + token.length - 1), token).toEqual({ protocol, isRelative, isChained });
      at += token.length + 1;
    }
  });
});

describe('relative targets', () => {
  it('are told once, at the first, with the number of the others', () => {
    const { set, text } = parseRefs({
      'a/0.0': ['/abs.bin', 1, 2],
      'a/0.1': ['b.bin', 1, 2],
      'a/0.2': ['b.bin', 3, 2],
      'a/0.3': ['c.bin', 1, 2],
      'a/0.4': ['d.bin'],
    });
    expect(set.problems).toEqual([
      {
        code: 'kerchunk/relative-target',
        key: 'a/0.1',
        span: { offset: text.indexOf('"b.bin"'), length: 7 },
        message:
          '"b.bin" is a relative path; fsspec looks for it in its working directory, other readers beside the reference file. 2 more addresses of this file are like it.',
      },
    ]);
  });

  it('are what templates give', () => {
    expect(told({ 'a/0.0': ['{{u}}/x'] }, { templates: { u: 'data' } })).toEqual([
      ['kerchunk/relative-target', 'a/0.0', '"{{u}}/x"'],
    ]);
    expect(told({ 'a/0.0': ['{{u}}/x'] }, { templates: { u: 's3://b' } })).toEqual([]);
  });

  it('of gen are told at its url', () => {
    const gen = [{ key: 'a/0.{{i}}', url: 'a{{i}}.bin', dimensions: { i: { stop: 2 } } }];
    expect(told({}, { gen }).map(([code, , place]) => [code, place])).toEqual([
      ['kerchunk/gen-default-off', '"gen"'],
      ['kerchunk/relative-target', '"a{{i}}.bin"'],
    ]);
  });
});

describe('protocols', () => {
  // What fsspec 2026.9.0 and 2024.12.0 read and what they raise a KeyError on, tried with both.
  it.each<[string, string[], object, string | undefined]>([
    ['one', [https, 'https://example.com/b'], {}, undefined],
    ['http beside https', [https, 'http://example.org/a.tif'], {}, '"http://example.org/a.tif"'],
    ['s3 beside https', [https, 's3://b/k'], {}, '"s3://b/k"'],
    ['a path behind file:', ['file:///a', '/a'], {}, undefined],
    ['file: behind a path', ['/a', 'file:///a'], {}, '"file:///a"'],
    ['a path behind s3', ['s3://b/k', '/a'], {}, '"/a"'],
    ['a template and one other', ['{{u}}', 's3://b/k', https], { u: https }, undefined],
    ['a template and two others', ['s3://b/k', 'gs://b/k'], { u: https }, '"gs://b/k"'],
    ['two templates and one other', ['{{u}}', '{{v}}', 'gs://b/k'], { u: https, v: 's3://b/k' }, undefined],
  ])('%s', (_, urls, templates, place) => {
    const refs = Object.fromEntries(urls.map((url, i) => [`a/0.${i}`, [url, 1, 2]]));
    const found = told(refs, { templates });
    expect(found.map(([code]) => code)).toEqual(place === undefined ? [] : ['kerchunk/mixed-protocols']);
    expect(found[0]?.[2]).toBe(place);
  });

  it('are told once, with those that are opened', () => {
    const { set } = parseRefs({
      'a/0.0': [https],
      'a/0.1': ['s3://b/1'],
      'a/0.2': ['s3://b/2'],
      'a/0.3': ['s3://b/2', 1, 2],
    });
    expect(set.problems.map(({ message }) => message)).toEqual([
      '"s3://b/1" is not of the protocol of the first references; fsspec opens only "https" here, unless it is given fs={…}. 1 more address of this file is like it.',
    ]);
  });

  it('of a chain are no second protocol', () => {
    expect(told({ 'a/0.0': [https], 'a/0.1': ['simplecache::s3://b/1'] })).toEqual([
      ['kerchunk/url-chained', 'a/0.1', '"simplecache::s3://b/1"'],
    ]);
  });
});

describe('templates that fsspec reads otherwise', () => {
  const templates = { u: 'https://example.org', f: 'https://example.org/{{c}}', 'base-url': 'https://example.org' };

  // What fsspec 2026.9.0 and 2024.12.0 open by default and what they fail on, tried with both.
  it.each<[string, string | undefined]>([
    ['{{u}}/a', undefined],
    ['{{u}}/{{u}}', undefined],
    ['{{base-url}}/a', undefined],
    ['{a}', 'kerchunk/relative-target'],
    ['https://example.org/{a}', undefined],
    ['{{ u }}/a', 'kerchunk/template-expression'],
    ['{{u}}/{{1+1}}', 'kerchunk/template-expression'],
    ["{{f(c='a')}}", 'kerchunk/template-function'],
    ['{{u}}/{a}', 'kerchunk/template-braces'],
    ['{{u}}}', 'kerchunk/template-braces'],
    ['{{u}}/{', 'kerchunk/template-braces'],
    ['{{u}}/}', 'kerchunk/template-braces'],
    ['{{ u }}/{a}', 'kerchunk/template-braces'],
    ['{{v}}', 'kerchunk/template-undefined'],
    ['{{f}}', 'kerchunk/template-arguments'],
    ['{{u(c=1)}}', 'kerchunk/template-arguments'],
    ['{{u[0]}}', 'kerchunk/template-not-evaluated'],
    ['{{u}}{% if u %}{% endif %}', 'kerchunk/template-not-evaluated'],
  ])('%s', (url, code) => {
    const found = told({ 'a/0.0': [url, 1, 2] }, { templates });
    expect(found).toEqual(code === undefined ? [] : [[code, 'a/0.0', JSON.stringify(url)]]);
  });

  it.each([[{}], [{ templates: {} }]])('braces stay where there are no templates: %o', (top) => {
    expect(told({ 'a/0.0': ['s3://b/{a}', 1, 2], 'a/0.1': ['{{u}}/a', 1, 2] }, top)).toEqual([
      ['kerchunk/template-literal', 'a/0.1', '"{{u}}/a"'],
    ]);
  });

  it('what follows from a template that is no string is not told beside it', () => {
    expect(told({ 'a/0.0': ['{{u}}/a'], 'a/0.1': ['{{u}}/b'] }, { templates: { u: 1 } })).toEqual([
      ['kerchunk/template-shape', 'u', '1'],
    ]);
    expect(told({ 'a/0.0': ['{{u}}/a'] }, { templates: null })).toEqual([
      ['kerchunk/template-shape', 'templates', 'null'],
    ]);
  });
});

describe('keys that no reader asks for', () => {
  it.each([
    ['', 'empty'],
    ['/a/0.0', 'begins with a slash'],
    ['a/0/', 'ends with a slash'],
    ['a//0.0', 'two slashes'],
    ['a/./0.0', '"."'],
    ['../a/0.0', '".."'],
    ['a/..', '".."'],
    ['a\\0.0', 'backslash'],
  ])('%s', (key, reason) => {
    expect(whyUnreachable(key)).toContain(reason);
  });

  it.each(['a', 'a/0.0', '.zattrs', 'a/.zarray', '...', 'a/..b', 'a..', 'a/b.c/0'])('%s can be asked for', (key) => {
    expect(whyUnreachable(key)).toBeUndefined();
  });

  it('are told at the key, once, chunks and metadata', () => {
    const refs = { '/b/.zarray': '{}', 'a//0.0': [https], 'c/./.zattrs': ['https://example.org/z'], 'a/0.1': [https] };
    expect(told(refs).filter(([code]) => code === 'kerchunk/key-unreachable')).toEqual([
      ['kerchunk/key-unreachable', '/b/.zarray', '"/b/.zarray"'],
      ['kerchunk/key-unreachable', 'a//0.0', '"a//0.0"'],
      ['kerchunk/key-unreachable', 'c/./.zattrs', '"c/./.zattrs"'],
    ]);
  });
});

describe('metadata', () => {
  it('that stand as objects in version 1 are told once, and in version 0 never', () => {
    const found = told({ 'a/.zattrs': { units: 'm' }, 'b/.zattrs': {}, '.zattrs': '{}' });
    expect(found).toEqual([['kerchunk/nested-in-version1', 'a/.zattrs', '"a/.zattrs"']]);
    expect(parseReferences(bytes('{".zgroup":{"zarr_format":2}}')).problems).toEqual([]);
  });

  it('that stand in a file of their own, or are a list that is no reference', () => {
    expect(told({ 'a/.zattrs': [https], '.zattrs': [1, 2] })).toEqual([
      ['zarr2/metadata-elsewhere', 'a/.zattrs', '"a/.zattrs"'],
      ['kerchunk/reference-shape', '.zattrs', '[1,2]'],
    ]);
  });

  it('that are null are no missing chunk', () => {
    const { set } = parseRefs({ '.zattrs': null });
    expect(set.problems.map(({ code, message }) => [code, message])).toEqual([
      ['kerchunk/null-value', 'The value is null, which is no zarr metadata. Leave the key out.'],
    ]);
  });
});

describe('the version', () => {
  it.each(['"1"', '2', '1.0', 'true', 'null', '[1]'])('%s is not the integer 1, and is named', (version) => {
    const text = `{"version": ${version}, "refs": {".zgroup": "{\\"zarr_format\\":2}"}}`;
    const [fault, ...others] = parseReferences(bytes(text)).problems;
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ code: 'kerchunk/version', span: { offset: 12, length: version.length } });
    expect(fault?.message).toContain(`"version" is ${version};`);
  });
});
