import { describe, expect, it } from 'vitest';
import { TemplateError } from '../../../src/references/expression';
import { compileTemplate } from '../../../src/references/template';
import { parseReferences } from '../../../src/references/parse';
import { bytes, faultsOf, parseRefs, problemsOf } from './helpers';

const scope = {
  variables: new Map([['i', { index: 0, type: 'integer' as const }]]),
  templates: new Map([
    ['u', 's3://b'],
    ['f', 'x/{{a}}-{{ b }}'],
  ]),
};
const render = (text: string) => compileTemplate(text, scope).render([5]);
const failure = (text: string): TemplateError => {
  try {
    render(text);
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
};

describe('compileTemplate', () => {
  // What Jinja 3 renders with i = 5, u and f as in the scope.
  it.each([
    ['plain {text}', 'plain {text}'],
    ['{{i*3+2}}', '17'],
    ['{{ (i - 7) // 2 }}', '-1'],
    ['{{ (i-7) % 3 }}', '1'],
    ['{{i/2}}', '2.5'],
    ['{{ 8/2/2 }}', '2.0'],
    ['{{ 1/3 }}', '0.3333333333333333'],
    ['{{ -i }}', '-5'],
    ['{{ 7 // -2 }}', '-4'],
    ['{{ 7 % -3 }}', '-2'],
    ['{{ -7 // 2 }}', '-4'],
    ['{{i * (2 + 3) - 4 // 2}}', '23'],
    ['{{ 10 - 3 - 2 }}', '5'],
    ['{{ 2 * 3 % 4 }}', '2'],
    ['{{ 0 * -1 }}', '0'],
    ["{{ 'x' + 'y' }}", 'xy'],
    ['a{{i}}b{{ i+1 }}c', 'a5b6c'],
    ['{{u}}/{{ u }}', 's3://b/s3://b'],
    ['{{f(a=i, b=i*2)}}', 'x/5-10'],
    ['{{f(a="}}", b=\'q\')}}', 'x/}}-q'],
    ['{{ f(a=u,b=1) }}.nc', 'x/s3://b-1.nc'],
  ])('%s is %s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it.each(['{{nope}}', '{{nope(c=1)}}', '{{f(a=1)}}', '{{f()}}', '{{f(a=i, b=nope)}}'])(
    '%s: a name is not defined',
    (text) => {
      expect(failure(text).reason).toBe('undefined');
    },
  );

  it.each([
    ['{{f}}', 'takes arguments'],
    ['{{u(c=1)}}', 'takes no arguments'],
  ])('%s has arguments too few or too many', (text, message) => {
    const error = failure(text);
    expect(error.reason).toBe('arguments');
    expect(error.message).toContain(message);
  });

  it.each([
    ['{{f(1, 2)}}', 'where only'],
    ['{{f(i)}}', 'without naming the arguments'],
    ['{{i|int}}', '"'],
    ['{{i ** 2}}', 'where only'],
    ['{{i.real}}', 'where only'],
    ['{{i[0]}}', 'where only'],
    ['{{i if i else 0}}', 'where only'],
    ['{{not i}}', 'where only'],
    ['{{i < 3}}', 'where only'],
    ['{{1.5}}', 'where only'],
    ['{{}}', 'where only'],
    ['{{i', 'not closed'],
    ['{{(i}}', 'where only'],
    ['{{-i}}', 'white space'],
    ['{{ i -}}', 'where only'],
    ['{% for x in y %}', 'statements'],
    ['{# note #}', 'comments'],
    ['{{u * 2}}', '* to text'],
    ['{{ -u }}', 'negates text'],
    ['{{(i/2) // 1}}', '// to a fraction'],
    ['{{i // 0}}', 'divides by zero'],
    ['{{i / (5 - i)}}', 'divides by zero'],
    ['{{9007199254740991 * i}}', 'beyond 2^53'],
    ['{{9007199254740993}}', 'beyond 2^53'],
    [`{{${'('.repeat(100)}`, 'nested deeper'],
    ["{{''.__class__.__mro__}}", 'where only'],
    ["{{cycler.__init__.__globals__.os.popen('id')}}", 'where only'],
  ])('%s is not evaluated', (text, message) => {
    const error = failure(text);
    expect(error.reason).toBe('not-evaluated');
    expect(error.message).toContain(message);
  });
});

describe('templates of a reference file', () => {
  it('are substituted in targets, and nowhere else', () => {
    const { set } = parseRefs(
      {
        'a/0.0': ['{{u}}/x', 1, 2],
        'a/0.1': ['{{u}}/x'],
        'a/0.2': '{{u}}',
        '{{u}}': ['y'],
        'a/0.3': ['http://b/x', 1, 2],
      },
      '',
      { templates: { u: 'http://b' } },
    );
    expect(faultsOf(set)).toEqual([]);
    expect(set.chunk('a', [0, 0])).toEqual({ kind: 'range', url: 'http://b/x', offset: 1, length: 2 });
    expect(set.chunk('a', [0, 1])).toEqual({ kind: 'file', url: 'http://b/x' });
    expect(set.chunk('a', [0, 2])).toEqual({ kind: 'inline', bytes: bytes('{{u}}') });
    expect(set.lookup('{{u}}')).toEqual({ kind: 'file', url: 'y' });
    expect(set.urls).toEqual(['http://b/x', 'y']);
  });

  it('may stand behind the references', () => {
    const set = parseReferences(bytes('{"refs":{".zgroup":"{}","x":["{{u}}"]},"version":1,"templates":{"u":"v"}}'));
    expect(set.lookup('x')).toEqual({ kind: 'file', url: 'v' });
  });

  it('that are not defined are one problem on each entry', () => {
    const parsed = parseRefs({ 'a/0.0': ['{{v}}/x', 1, 2], 'a/0.1': ['{{u}}'], 'a/0.2': ['{{v}}/x'] }, '', {
      templates: { u: 'http://b' },
    });
    expect(problemsOf(parsed)).toEqual([
      ['kerchunk/template-undefined', 'a/0.0', '"{{v}}/x"'],
      ['kerchunk/template-undefined', 'a/0.2', '"{{v}}/x"'],
    ]);
    expect(() => parsed.set.chunk('a', [0, 0])).toThrow('"v" is not defined');
    expect(parsed.set.chunk('a', [0, 1])).toEqual({ kind: 'file', url: 'http://b' });
    expect(parsed.set.urls).toEqual(['http://b']);
  });

  it('are not evaluated beyond names and arithmetic', () => {
    const parsed = parseRefs({ 'a/0.0': ["{{u|replace('a','b')}}"] }, '', { templates: { u: 'a' } });
    expect(problemsOf(parsed)).toEqual([['kerchunk/template-not-evaluated', 'a/0.0', "\"{{u|replace('a','b')}}\""]]);
  });

  it('called as functions are told once', () => {
    const parsed = parseRefs({ 'a/0.0': ["{{f(c='x')}}"], 'a/0.1': ["{{f(c='y')}}"] }, '', {
      templates: { f: 's3://{{c}}' },
    });
    expect(problemsOf(parsed)).toEqual([['kerchunk/template-function', 'a/0.0', '"{{f(c=\'x\')}}"']]);
    expect(parsed.set.urls).toEqual(['s3://x', 's3://y']);
  });

  it('must be strings in an object', () => {
    expect(problemsOf(parseRefs({}, '', { templates: { u: 5 } }))).toEqual([['kerchunk/template-shape', 'u', '5']]);
    expect(problemsOf(parseRefs({}, '', { templates: ['u'] }))).toEqual([
      ['kerchunk/template-shape', 'templates', '["u"]'],
    ]);
  });

  it('are no part of version 0, whose braces are literal', () => {
    const set = parseReferences(bytes('{".zgroup":"{}","x":["{{u}}"]}'));
    expect(faultsOf(set).map(({ code, key }) => [code, key])).toEqual([['kerchunk/template-literal', 'x']]);
    expect(set.lookup('x')).toEqual({ kind: 'file', url: '{{u}}' });
  });
});

describe('templates that make much of little', () => {
  const u = 'x'.repeat(1000);
  const url = (expression: string): [string, string][] =>
    problemsOf(parseRefs({ 'a/0.0': [expression, 0, 1] }, '', { templates: { u, f: '{{c}}'.repeat(1000) } })).map(
      ([code, key]) => [code, key],
    );

  it.each([
    ['a name many times', '{{u}}'.repeat(9)],
    ['a sum', `{{${Array.from({ length: 9 }, () => 'u').join('+')}}}`],
    ['a function', '{{f(c=u)}}'],
    ['far beyond what a string can hold', '{{f(c=u)}}'.repeat(100_000)],
    ['a sum of more terms than the stack is deep', `{{${'u+'.repeat(100_000)}u}}`],
  ])('%s: an address above 8 KiB is not made', (_name, expression) => {
    expect(url(expression)).toContainEqual(['kerchunk/template-not-evaluated', 'a/0.0']);
  });

  it('stops at a thousand parts, those of functions counted at each call', () => {
    expect(failure('{{i}}'.repeat(1001)).message).toContain('1000 parts');
    expect(render('{{f(a=1,b=2)}}'.repeat(200))).toBe('x/1-2'.repeat(200));
    expect(failure('{{f(a=1,b=2)}}'.repeat(201)).message).toContain('1000 parts');
  });

  it('makes one of 8,192 characters', () => {
    expect(url(`${'{{u}}'.repeat(8)}${'y'.repeat(192)}`)).toEqual([]);
    expect(url(`${'{{u}}'.repeat(8)}${'y'.repeat(193)}`)).toEqual([['kerchunk/template-not-evaluated', 'a/0.0']]);
  });

  it('stops at a bound for all addresses of a file together', () => {
    const refs = Object.fromEntries(Array.from({ length: 20_000 }, (_unused, i) => [`b/${i}`, [`{{u}}${i + 10_000}`]]));
    const { set } = parseRefs(refs, '', { templates: { u: 'x'.repeat(8187) } });
    // 2^27 characters are 16,384 addresses of 8,192.
    expect(faultsOf(set)).toHaveLength(20_000 - 16_384);
    expect(faultsOf(set)[0]).toMatchObject({ code: 'kerchunk/template-not-evaluated', key: 'b/16384' });
  });

  it('stops at a bound for all keys and addresses of gen together', () => {
    const gen = [{ key: 'b/{{u}}{{i}}', url: 'x', dimensions: { i: { stop: 1_000_000 } } }];
    const { set } = parseRefs({}, '', { templates: { u: 'x'.repeat(8000) }, gen });
    expect(faultsOf(set).map(({ code }) => code)).toContain('kerchunk/gen-limit');
    expect(() => set.lookup(`b/${'x'.repeat(8000)}999999`)).toThrow('gen');
  });
});
