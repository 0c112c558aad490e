import { describe, expect, it } from 'vitest';
import { ByteWords } from '../../../src/references/byte-words';
import { uint32Column } from '../../../src/references/columns';
import { TargetTable } from '../../../src/references/target-table';
import { TokenHashes } from '../../../src/references/token-hashes';
import { bytes, parseRefs } from './helpers';

/** The number of each token in turn, as the text reader would get them, and the table; `tokens` as they stand between quotes. */
function numbersOf(tokens: readonly string[]): { numbers: number[]; table: TargetTable } {
  const text = bytes(tokens.map((token) => `"${token}"`).join(''));
  const words = new ByteWords(text);
  const rows = uint32Column();
  const table = new TargetTable(text, words, rows);
  let at = 1;
  for (const token of tokens) {
    const expected = table.expectedAt(at);
    const length = bytes(token).length;
    if (expected >= 0) {
      expect(expected).toBe(length);
      rows.push(table.accept());
    } else {
      const end = words.similarEnd(at, text.length);
      rows.push(end < 0 ? table.intern(at, at + length) : table.internSeen(at, end));
    }
    at += length + 2;
  }
  table.settle();
  return { numbers: Array.from({ length: rows.length }, (_, row) => rows.get(row)), table };
}

/** What a map of strings gives: numbers in the order in which tokens first come. */
function numbersByMap(tokens: readonly string[]): number[] {
  const known = new Map<string, number>();
  return tokens.map((token) => {
    if (!known.has(token)) known.set(token, known.size);
    return known.get(token) ?? -1;
  });
}

/** Compared as a whole, which says in a moment whether a hundred thousand are the same. */
function expectAsByMap(tokens: readonly string[]): TargetTable {
  const { numbers, table } = numbersOf(tokens);
  const wanted = numbersByMap(tokens);
  expect(numbers.findIndex((number, i) => number !== wanted[i])).toBe(-1);
  const distinct = [...new Set(tokens)];
  expect(table.length).toBe(distinct.length);
  const wrong = distinct.findIndex((token, i) => table.place(i).length !== bytes(token).length + 2);
  expect(wrong).toBe(-1);
  return table;
}

const range = (count: number): number[] => [...new Array<number>(count).keys()];

/** A sequence of numbers that looks random and is the same every time (a linear congruential generator). */
function scattered(count: number, below: number): number[] {
  let state = 12345;
  return range(count).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  });
}

describe('the table of targets', () => {
  it.each<[string, string[]]>([
    ['none', []],
    ['one', ['a']],
    ['equal but for the last byte', ['s3://b/file_1', 's3://b/file_2', 's3://b/file_1', 's3://b/file_']],
    ['one the beginning of the other', ['abcd', 'abc', 'abcdefgh', 'abcd', 'abc', 'ab', 'a', 'abcdefgh']],
    ['not ASCII', ['é', 'è', 'é', 'ab€cd', 'ab€ce', 'ab€cd', '𝄞']],
    ['escaped', ['a\\/b', 'a/b', 'a\\/b', 'a\\u002fb', 'a/b', 'abc\\/', 'abc\\\\']],
    ['beside similar ones with another escape', ['abc\\/defgh', 'abc\\/defgi', 'abc\\\\defg', 'abc\\/defgh']],
    [
      'each behind the one before, then known ones',
      ['ab', 'ac', 'abc', 'abd', 'abcdefgh', 'abcdefgi', 'abd', 'ab', 'z'],
    ],
    ['of equal length with bytes beyond ASCII', ['ay', 'é', 'az', 'è', 'é', 'ay']],
    ['in twos', ['a', 'a', 'b', 'b', 'a', 'a', 'b', 'b', 'c']],
  ])('numbers tokens as they first come: %s', (_, tokens) => {
    expect(numbersOf(tokens).numbers).toEqual(numbersByMap(tokens));
  });

  it('keeps very long ones apart', () => {
    const long = 'x'.repeat(100_000);
    expectAsByMap([`${long}1`, `${long}2`, `1${long}`, `${long}1`, long, `1${long}`]);
  });

  it('notes escapes and braces, wherever the token has them', () => {
    expect(numbersOf(['abcdefgh\\/i', 'abcdefgh\\/j']).table).toMatchObject({ hasEscapes: true, hasBraces: false });
    expect(numbersOf(['abcdefgh', 'abcdefgh{{i}}']).table).toMatchObject({ hasEscapes: false, hasBraces: true });
    expect(numbersOf(['{{u}}/abcdefgh', '{{u}}/abcdefgi']).table.hasBraces).toBe(true);
    expect(numbersOf(['abcdefgh', 'abcdefgi']).table).toMatchObject({ hasEscapes: false, hasBraces: false });
  });

  // More than are looked up one by one, and more than are looked up together.
  it.each<[string, string[]]>([
    ['every one another', range(100_000).map((i) => `s3://bucket/file_${i}.nc`)],
    ['twice round', range(180_000).map((i) => `s3://bucket/file_${i % 90_000}.nc`)],
    ['each twice', range(120_000).map((i) => `s3://bucket/file_${i >> 1}.nc`)],
    [
      'in order up to the last, which is the first again',
      [...range(100_000).map((i) => `f${100_000 + i}`), 'f100000', 'f199999', 'f150000'],
    ],
    ['in order, and then backwards', range(120_000).map((i) => `f${100_000 + (i < 70_000 ? i : 140_000 - i)}`)],
    [
      'in order with a shorter one between',
      range(50_000).map((i) => (i === 30_000 ? 'g' : `f${100_000 + (i % 40_000)}`)),
    ],
    ['in no order', scattered(120_000, 40_000).map((i) => `s3://bucket/file_${i}.nc`)],
    ['in no order, half of them once', scattered(100_000, 1 << 20).map((i) => `f${i % 3 === 0 ? i % 1000 : i}`)],
    ['not ASCII', scattered(100_000, 50_000).map((i) => `é${i}`)],
    ['by turns', scattered(100_000, 2).map((odd, i) => `f${odd === 0 ? i : i % 20_000}`)],
  ])('numbers hundreds of thousands: %s', (_, tokens) => {
    expectAsByMap(tokens);
  });

  it('leaves rows that are no reference as they are', () => {
    const refs = Object.fromEntries(
      range(100).flatMap((i) =>
        range(400).map((j) => [`a/${i}.${j}`, j % 7 === 0 ? 'inline' : [`f${i}_${j % 300}`, 1, 2]]),
      ),
    );
    const { set } = parseRefs(refs);
    expect(set.lookup('a/99.7')).toMatchObject({ kind: 'inline' });
    expect(set.lookup('a/99.398')).toMatchObject({ url: 'f99_98' });
    expect(set.lookup('a/42.302')).toMatchObject({ url: 'f42_2' });
    expect(set.urls.length).toBe(
      new Set(Object.values(refs).flatMap((value) => (typeof value === 'string' ? [] : value[0]))).size,
    );
  });
});

describe('tokens by their hashes', () => {
  const tokensOf = (raw: readonly string[]): TokenHashes =>
    new TokenHashes({ isSame: (a, b) => raw[a] === raw[b], raw: (token) => raw[token] ?? '' });

  it('with the same hash are told apart, many more than stand side by side, and through growth', () => {
    const raw = [...range(3000), ...range(3000)].map(String);
    const hashes = tokensOf(raw);
    hashes.reserve(3000);
    expect(range(3000).map((token) => hashes.add(7, token))).toEqual(range(3000));
    hashes.reserve(100_000);
    expect(range(3000).map((i) => hashes.add(7, 3000 + i))).toEqual(range(3000));
  });

  it('whose hashes lie close together are found again, one by one and together', () => {
    const raw = [...range(5000), ...range(5000)].map(String);
    const close = Uint32Array.from(range(5000), (i) => i % 5);
    const hashes = tokensOf(raw);
    hashes.reserve(5000);
    expect([...hashes.addAll(close, 0)]).toEqual(range(5000));
    hashes.reserve(20_000);
    expect([...hashes.addAll(close, 5000)]).toEqual(range(5000));
    expect(hashes.add(4, 5004)).toBe(4);
  });

  it('take another number, the crowded ones too', () => {
    const raw = [...range(300), ...range(300)].map(String);
    raw[1000] = '0';
    raw[2000] = '299';
    const hashes = tokensOf(raw);
    hashes.reserve(300);
    for (const token of range(300)) hashes.add(9, token);
    hashes.renumber(9, 0, 1000);
    hashes.renumber(9, 299, 2000);
    expect([hashes.add(9, 300), hashes.add(9, 301), hashes.add(9, 599)]).toEqual([1000, 1, 2000]);
  });

  it('of one batch that are the same get the number of the first', () => {
    const hashes = tokensOf(['a', 'b', 'a', 'b', 'c']);
    hashes.reserve(5);
    expect([...hashes.addAll(Uint32Array.of(1, 2, 1, 2, 1), 0)]).toEqual([0, 1, 0, 1, 4]);
  });
});
