import { describe, expect, it } from 'vitest';
import { TextPositions } from '../../../src/references/position';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Line and column of every character of a string, by walking the string itself. */
function walk(text: string): { offset: number; line: number; column: number }[] {
  const places = [];
  let offset = 0;
  let line = 1;
  let column = 1;
  for (const [i, character] of Array.from(text).entries()) {
    places.push({ offset, line, column });
    offset += bytes(character).length;
    column += character.length;
    const next = Array.from(text)[i + 1];
    if (character === '\n' || (character === '\r' && next !== '\n')) {
      line++;
      column = 1;
    }
  }
  return places;
}

describe('TextPositions', () => {
  it('counts lines and UTF-16 columns from 1', () => {
    const text = 'ab\n\u00e9\u20ac\u{1f600}x\r\nc\rd\n\ne';
    const positions = new TextPositions(bytes(text));
    for (const { offset, line, column } of walk(text)) {
      expect(positions.lineColumn(offset)).toEqual({ line, column });
      expect(positions.offsetAt(line, column)).toBe(offset);
    }
  });

  it('gives the end of the text for anything beyond it', () => {
    const positions = new TextPositions(bytes('ab\nc'));
    expect(positions.lineColumn(4)).toEqual({ line: 2, column: 2 });
    expect(positions.lineColumn(99)).toEqual({ line: 2, column: 2 });
    expect(positions.lineColumn(-1)).toEqual({ line: 1, column: 1 });
    expect(positions.offsetAt(9, 1)).toBe(4);
    expect(positions.offsetAt(1, 99)).toBe(2);
    expect(new TextPositions(new Uint8Array(0)).lineColumn(0)).toEqual({ line: 1, column: 1 });
  });

  it('does not count a byte order mark', () => {
    const positions = new TextPositions(bytes('\ufeff{}'));
    expect(positions.lineColumn(3)).toEqual({ line: 1, column: 1 });
    expect(positions.lineColumn(4)).toEqual({ line: 1, column: 2 });
  });

  it('is exact far inside one long line, asked for in any order', () => {
    const positions = new TextPositions(bytes('\u00e9'.repeat(100_000) + '\nx'));
    expect(positions.lineColumn(150_000)).toEqual({ line: 1, column: 75_001 });
    expect(positions.lineColumn(10)).toEqual({ line: 1, column: 6 });
    expect(positions.lineColumn(200_001)).toEqual({ line: 2, column: 1 });
    expect(positions.offsetAt(1, 75_001)).toBe(150_000);
    expect(positions.offsetAt(2, 1)).toBe(200_001);
  });

  it('finds a place far on before any was asked for', () => {
    expect(new TextPositions(bytes('ab\n'.repeat(50_000))).offsetAt(40_000, 2)).toBe(39_999 * 3 + 1);
  });
});
