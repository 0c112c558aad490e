import { describe, expect, it } from 'vitest';
import { bytesInWords, countInWords, cutText, listInWords, plural } from '../../src/words';

describe('words', () => {
  it('gives sizes in the unit that suits them', () => {
    expect(bytesInWords(1)).toBe('1 byte');
    expect(bytesInWords(1023)).toBe('1,023 bytes');
    expect(bytesInWords(1024)).toBe('1.0 KiB');
    expect(bytesInWords(65536)).toBe('64 KiB');
    expect(bytesInWords(1631840)).toBe('1.6 MiB');
    expect(bytesInWords(218693282)).toBe('209 MiB');
  });

  it('counts things', () => {
    expect(plural(1, 'request')).toBe('1 request');
    expect(plural(0, 'request')).toBe('0 requests');
    expect(plural(161151032, 'chunk')).toBe('161,151,032 chunks');
    expect(countInWords(9007199254740993n)).toBe('9,007,199,254,740,993');
  });

  it('lists things', () => {
    expect(listInWords([])).toBe('');
    expect(listInWords(['a'])).toBe('a');
    expect(listInWords(['a', 'b', 'c'])).toBe('a, b and c');
  });
});

describe('cutText', () => {
  it('says that it cut, and never splits a character', () => {
    expect(cutText('abcdef', 6)).toBe('abcdef');
    expect(cutText('abcdefg', 6)).toBe('abcde…');
    expect(cutText('abcd😀fg', 6)).toBe('abcd…');
  });
});
