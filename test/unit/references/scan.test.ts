import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/references/parse';
import { PlacedError } from '../../../src/references/placed-error';
import { JsonCursor } from '../../../src/references/scan';

const bytes = (text: string) => new TextEncoder().encode(text);
const json = (text: string) => parseJson(bytes(text));

function failure(text: string | Uint8Array): PlacedError {
  try {
    parseJson(typeof text === 'string' ? bytes(text) : text);
  } catch (error) {
    if (error instanceof PlacedError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

const notices = (text: Uint8Array) => {
  const cursor = new JsonCursor(text);
  cursor.value();
  return cursor.notices.map(({ code, span }) => [code, span.offset, span.length]);
};

describe('reading JSON', () => {
  it.each([
    '0',
    '-0',
    '1.5e-7',
    '-12E+3',
    '9007199254740991',
    'true',
    ' [ ] ',
    '{"a":{"b":[1,2,{"c":null}]},"":false}',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00"',
    '"\u00e9\u20ac\u{1f600}\u007f"',
    '"a long string of more than thirty-two bytes with an \u00e9 in it"',
    '[1,\n\t2\r\n]',
    '{"a":1,"a":2}',
  ])('%s reads as JSON.parse reads it', (text) => {
    expect(json(text)).toEqual(JSON.parse(text));
  });

  it('reads a lone surrogate as JSON.parse does, and says so', () => {
    for (const text of ['"\\ud800"', '"\\udc00x"', '"\\ud800\\u0041"', '"\\ud800\\ud800\\udc00"']) {
      expect(json(text)).toBe(JSON.parse(text));
      expect(notices(bytes(text))).toEqual([['json/lone-surrogate', 0, text.length]]);
    }
  });

  it('keeps integers beyond 2^53 exact, and no others as bigint', () => {
    expect(json('9007199254740993')).toBe(9007199254740993n);
    expect(json('-18446744073709551616')).toBe(-18446744073709551616n);
    expect(json('9007199254740991')).toBe(9007199254740991);
    expect(json('1e300')).toBe(1e300);
  });

  it('reads what Python writes for numbers that JSON does not have', () => {
    expect(json('[NaN, Infinity, -Infinity]')).toEqual([NaN, Infinity, -Infinity]);
    expect(notices(bytes('[NaN, -Infinity]'))).toEqual([
      ['json/bare-nan', 1, 3],
      ['json/bare-nan', 6, 9],
    ]);
    expect(notices(bytes('[1e999]'))).toEqual([]);
  });

  it('keeps a key named __proto__ as a key', () => {
    expect(Object.keys(json('{"__proto__":{"x":1}}') as object)).toEqual(['__proto__']);
    expect(json('{"__proto__":{"x":1}}')).not.toHaveProperty('x');
  });

  it('tells where a key stands twice', () => {
    expect(notices(bytes('{"a":1,"\\u0061":2}'))).toEqual([['kerchunk/duplicate-key', 7, 8]]);
  });

  it.each([
    [[0x22, 0xff, 0x22], 'a byte that is none'],
    [[0x22, 0xc0, 0x80, 0x22], 'an overlong zero'],
    [[0x22, 0xed, 0xa0, 0x80, 0x22], 'a surrogate'],
    [[0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 'more than U+10FFFF'],
    [[0x22, 0xe2, 0x82, 0x22], 'a cut off character'],
  ])('reads invalid UTF-8 %j, %s, as TextDecoder does, and says so', (list) => {
    const text = Uint8Array.from(list);
    expect(parseJson(text)).toBe(new TextDecoder().decode(text.subarray(1, -1)));
    expect(notices(text)).toEqual([['json/utf8', 0, list.length]]);
  });

  it('skips a byte order mark', () => {
    expect(parseJson(Uint8Array.of(0xef, 0xbb, 0xbf, 0x31))).toBe(1);
  });

  it('agrees with JSON.parse on made-up values', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    const value = (depth: number): unknown => {
      switch (random(depth > 4 ? 5 : 7)) {
        case 0:
          return random(1000) - 500;
        case 1:
          return random(1e6) / 977;
        case 2:
          return ['', 'a/b"c\\', '\u0000\u001f', '\u00e9\u4e2d\u{1f600}', 'x'.repeat(random(60))][random(5)];
        case 3:
          return random(2) === 1;
        case 4:
          return null;
        case 5:
          return Array.from({ length: random(4) }, () => value(depth + 1));
        default:
          return Object.fromEntries(Array.from({ length: random(4) }, (_, i) => [`k${i}`, value(depth + 1)]));
      }
    };
    for (let i = 0; i < 300; i++) {
      const made = value(0);
      expect(json(JSON.stringify(made, null, random(3)))).toEqual(made);
    }
  });
});

describe('what is not JSON', () => {
  it.each([
    ['{"a":1,\n "b":2,\n}', 'line 2, column 7: a comma with nothing after it, at the end of the object'],
    ['[1,2,]', 'line 1, column 5: a comma with nothing after it, at the end of the list'],
    ['{"a":1', 'line 1, column 1: the text ends inside this object; it was cut off'],
    ['{"a":', 'line 1, column 6: the text ends where a value should stand; it was cut off'],
    ['{"a', 'line 1, column 2: this string has no end; the text was cut off'],
    ['{"a\\', 'line 1, column 4: the text ends inside a string; it was cut off'],
    [
      "{'a':1}",
      'line 1, column 2: text in single quotes, which JSON does not have, stands where a key in double quotes should',
    ],
    ['{a:1}', 'line 1, column 2: "a" stands where a key in double quotes should'],
    ['{"a" 1}', 'line 1, column 6: "1" stands where a colon after the key "a" should'],
    ['{"a":1 "b":2}', 'line 1, column 8: a string stands where a comma or the end of the object should'],
    ['{"a":1} // end', 'line 1, column 9: there is more text after the end of the JSON value'],
    ['{\n// why\n"a":1}', 'line 2, column 1: a comment, which JSON does not have, stands where a key'],
    ['[None]', "line 1, column 2: Python's None, which JSON does not have, stands where a value should"],
    ['["a\nb"]', 'line 1, column 4: a line break stands unescaped inside a string'],
    ['["\\x41"]', 'line 1, column 3: "\\x" is no escape that JSON has'],
    ['["\\u12g4"]', 'line 1, column 3: "\\u" is not followed by four hexadecimal digits'],
    ['[01]', 'line 1, column 2: "01" stands where a value should'],
    ['[1.]', '"1." stands where a value should'],
    ['[+1]', '"+1" stands where a value should'],
    ['[.5]', '".5" stands where a value should'],
    ['[nan]', "Python's nan"],
    ['["\u{1f600}", x]', 'line 1, column 8: "x" stands where a value should'],
    ['', 'line 1, column 1: the text ends where a value should stand'],
    ['[1}', 'line 1, column 3: "}" stands where a comma or the end of the list should'],
    [`[${'1'.repeat(500)}]`, 'a number or word of more than 400 characters'],
  ])('%j', (text, expected) => {
    const error = failure(text);
    expect(error.code).toBe('not-json');
    expect(error.message).toContain(expected);
  });

  it('says so at the depth where nesting goes too far, however deep the text is', () => {
    for (const open of ['[', '{"a":']) {
      const error = failure(open.repeat(1_000_000));
      expect(error.message).toContain('nested deeper than 512 levels');
      expect(error.span.offset).toBe(512 * open.length);
    }
    expect(json('['.repeat(512) + ']'.repeat(512))).toBeInstanceOf(Array);
  });
});
