import { describe, expect, it } from 'vitest';
import { ByteWords } from '../../../src/references/byte-words';
import { bytes } from './helpers';

/** `text` with `before` bytes in front of it, so that words begin at any place of four. */
function shifted(text: string, before: number): ByteWords {
  const whole = bytes('x'.repeat(before) + text);
  return new ByteWords(whole.subarray(before));
}

describe('strings by words', () => {
  it.each<[string, number]>([
    ['"', 0],
    ['abc"', 3],
    ['abcd"', 4],
    ['abcdefgh"x"', 8],
    ['a\\/b\\/cdef"', 10],
    ['a\\"b"', -1],
    ['abcdefg\\u0041"', -1],
    ['abcdef\n"', -1],
    ['abcdé"', -1],
    ['ab\u007f"', 3],
    ['abcdefghi', -1],
    ['abcdefghi\\', -1],
  ])('%j ends at %i', (text, end) => {
    for (let before = 0; before < 4; before++) {
      expect(shifted(text, before).stringEnd(0, bytes(text).length)).toBe(end);
    }
  });

  it('every byte but a quote is passed over or ends the look, by its class', () => {
    for (let byte = 0; byte < 256; byte++) {
      for (let at = 0; at < 5; at++) {
        const text = new Uint8Array(9).fill(0x61);
        text[at] = byte;
        text[8] = 0x22;
        const isPlain = byte >= 0x20 && byte < 0x80 && byte !== 0x5c && byte !== 0x22;
        expect(new ByteWords(text).stringEnd(0, 9)).toBe(byte === 0x22 ? at : isPlain ? 8 : -1);
      }
    }
  });

  it.each([
    ['plain/text', false, false],
    ['a\\/b', true, false],
    ['{{u}}/x', false, true],
    ['abcd{', false, true],
    ['abc\\/{', true, true],
  ])('notes the marks of %j, and the same hash both ways', (text, backslash, brace) => {
    const words = new ByteWords(bytes(`${text}"`));
    expect(words.stringEnd(0, text.length + 1)).toBe(text.length);
    const seen = [words.hash, words.hasBackslash, words.hasBrace];
    expect(seen.slice(1)).toEqual([backslash, brace]);
    words.look(0, text.length);
    expect([words.hash, words.hasBackslash, words.hasBrace]).toEqual(seen);
  });

  it('sees the same in a string behind a similar one as in the string alone', () => {
    const strings = [
      'abcdefgh',
      'abcdefgi',
      'abcdefg',
      'abcdefghij',
      'abcd\\/fgh',
      'abcd\\/fgi',
      'abcd{{gh',
      'abcd{{gi',
      'é',
      'abcd',
    ];
    const pairs = strings.flatMap((first) => strings.map((second) => [first, second] as const));
    for (const [first, second] of pairs) {
      const text = bytes(`${first}"${second}"`);
      const start = bytes(first).length + 1;
      const [alone, words] = [new ByteWords(text), new ByteWords(text)];
      words.similarEnd(0, text.length);
      expect(words.similarEnd(start, text.length), second).toBe(alone.stringEnd(start, text.length));
      const seen = ({ hash, hasBackslash, hasBrace }: ByteWords): unknown[] => [hash, hasBackslash, hasBrace];
      if (second !== 'é') expect(seen(words), `${first} ${second}`).toEqual(seen(alone));
    }
  });

  it('does not take what follows a backslash from a similar string', () => {
    const text = bytes('abc\\/defg"abc\\ndefg"');
    const words = new ByteWords(text);
    expect(words.similarEnd(0, text.length)).toBe(9);
    expect(words.similarEnd(10, text.length)).toBe(-1);
  });

  it('finds the first colon or backslash', () => {
    for (const text of ['abcdefghi', ':', 'abcd:', 'abcdefg\\:', 'ab:c\\:::']) {
      const found = text.search(/[:\\]/u);
      expect(new ByteWords(bytes(text)).colonOrBackslash(0, text.length), text).toBe(found < 0 ? text.length : found);
      expect(new ByteWords(bytes(`${text}::::`)).colonOrBackslash(0, text.length), text).toBe(
        found < 0 ? text.length : found,
      );
    }
  });

  it('hashes of a thousand addresses that differ in a few digits fall into nearly as many slots', () => {
    const slots = new Set<number>();
    for (let i = 0; i < 1000; i++) {
      const address = `s3://bucket/some/long/path/to/a/file_${i}.nc`;
      const words = new ByteWords(bytes(address));
      words.look(0, address.length);
      slots.add(words.hash & 0xffff);
    }
    // At random, 1000 in 65,536 slots would meet 8 times.
    expect(slots.size).toBeGreaterThan(950);
  });

  it('compares stretches of any length, and none beyond the text', () => {
    const words = new ByteWords(bytes('abcdefgh-abcdefgi'));
    for (let length = 0; length <= 7; length++) expect(words.equal(0, 9, length)).toBe(true);
    expect(words.equal(0, 9, 8)).toBe(false);
    expect(words.equal(1, 9, 3)).toBe(false);
    expect(words.equal(0, 9, 9)).toBe(false);
    expect(words.equal(0, 15, 4)).toBe(false);
  });

  it.each([
    ['abcdefgh', 'abcdefgi', true],
    ['abcdefgi', 'abcdefgh', false],
    ['abcdefgh', 'abcdefgh', false],
    ['abczefgh', 'abddefgh', true],
    ['bbc', 'abc', false],
    ['abc', 'abd', true],
    ['aé', 'az', false],
    ['', '', false],
  ])('has "%s" before "%s", in the order of bytes: %s', (a, b, expected) => {
    const both = new TextEncoder().encode(`${a}|${b}`);
    const { length } = new TextEncoder().encode(a);
    expect(new ByteWords(both).isBefore(0, length + 1, Math.min(length, both.length - length - 1))).toBe(expected);
  });
});
