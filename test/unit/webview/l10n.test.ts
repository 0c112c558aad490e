import { describe, expect, it } from 'vitest';
import { chunksInWords, exactSizeInWords, listed, sizeInWords } from '../../../src/webview/counts';
import { ordinal } from '../../../src/webview/editor/ordinal';
import { parted } from '../../../src/webview/l10n';

describe('parted', () => {
  it('has the parts where the message has their places, in whatever order', () => {
    expect(parted('{0} of {1} ({2})', 'a', 'b', 'c')).toEqual(['a', ' of ', 'b', ' (', 'c', ')']);
    expect(parted('{1}: {0} {1}', 1, 2)).toEqual([2, ': ', 1, ' ', 2]);
  });

  it('leaves other braces as they are, and nothing where there is no such part', () => {
    expect(parted('{a} {} {1}', 'x')).toEqual(['{a} {} ']);
  });
});

describe('counts in words', () => {
  it('has a message of its own for one', () => {
    expect([chunksInWords(1), chunksInWords(0), chunksInWords(12_000)]).toEqual([
      '1 chunk',
      '0 chunks',
      '12,000 chunks',
    ]);
  });

  it('has sizes below a kibibyte in bytes', () => {
    expect([1, 1023, 1024, 1_700_000].map(sizeInWords)).toEqual(['1 byte', '1,023 bytes', '1.0 KiB', '1.6 MiB']);
    expect(exactSizeInWords(1_700_000)).toBe('1,700,000 bytes');
  });

  it('lists', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });

  it('has ordinals', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 32, 103].map(ordinal).join(' ')).toBe(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 32nd 103rd',
    );
  });
});
