import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { bytes, faultsOf, parseRefs, zarray } from './helpers';

const range = (count: number): number[] => [...new Array<number>(count).keys()];

/** A file with an array `a` of 10 x 10 chunks and these entries, each `[key as it is written, number of its offset]`. */
function setOf(entries: readonly (readonly [string, number])[]): ReturnType<typeof parseReferences> {
  const raw = entries.map(([key, offset]) => `,"${key}":["/u",${offset},1]`).join('');
  return parseRefs({}, raw).set;
}

const offsetOf = (set: ReturnType<typeof parseReferences>, key: string): unknown =>
  (set.lookup(key) as { offset?: number }).offset;

describe('keys that are no chunk of a grid', () => {
  it('are found, each where it stands, beside chunks of the grid', () => {
    const keys = [
      'a/0.0',
      'a/10.0',
      'a/10.1',
      'a/0.1',
      'a/0.10',
      'a/x',
      'b/0.0',
      'b/0.1',
      'a/9.9',
      'c',
      'b/c/0',
      'a/b/0',
    ];
    const set = setOf(keys.map((key, i) => [key, i]));
    expect(keys.map((key) => offsetOf(set, key))).toEqual(range(keys.length));
    expect([...set.strayKeys('a')]).toEqual(['a/10.0', 'a/10.1', 'a/0.10', 'a/x', 'a/b/0']);
    expect(set.coverage('a')).toMatchObject({ ranges: 3 });
    expect(set.lookup('a/10.2')).toEqual({ kind: 'absent' });
    expect(set.lookup('b/0')).toEqual({ kind: 'absent' });
    expect(set.chunk('a', [10, 1])).toMatchObject({ offset: 2 });
  });

  it('are the same plain, escaped and beyond ASCII', () => {
    const set = setOf([
      ['a\\/10.0', 0],
      ['a/10.1', 1],
      ['a/é', 2],
      ['a/\\u0031\\u0030.2', 3],
      ['a/10.3', 4],
    ]);
    const keys = ['a/10.0', 'a/10.1', 'a/é', 'a/10.2', 'a/10.3'];
    expect([...set.strayKeys('a')]).toEqual(keys);
    expect(keys.map((key) => offsetOf(set, key))).toEqual(range(5));
  });

  it.each<[string, string, string]>([
    ['plain', 'a/10.0', 'a/10.0'],
    ['escaped', 'a\\/10.0', 'a\\/10.0'],
    ['plain, then escaped', 'a/10.0', 'a\\/10.0'],
    ['escaped, then plain', 'a\\/10.0', 'a/10.0'],
    ['of no array', 'b/0', 'b/0'],
  ])('that stand twice are told, and the last one counts: %s', (_, first, second) => {
    const set = setOf([
      ['a/11.0', 7],
      [first, 8],
      ['a/12.0', 9],
      [second, 10],
    ]);
    expect(faultsOf(set).map(({ code }) => code)).toEqual(['kerchunk/duplicate-key']);
    const key = first.replace('\\', '');
    expect(offsetOf(set, key)).toBe(10);
    expect([...set.keys()].filter((found) => found === key)).toHaveLength(1);
  });

  it('beyond ASCII that a plain one lies behind take the array of their own path', () => {
    const set = setOf([
      ['é/0.0', 0],
      ['é/0.1', 1],
      ['a/10.0', 2],
      ['aé/10.0', 3],
    ]);
    expect([...set.strayKeys('a')]).toEqual(['a/10.0']);
    expect(offsetOf(set, 'aé/10.0')).toBe(3);
  });

  it('made by gen that stand in the text already are told', () => {
    const gen = [{ key: 'a/10.{{i}}', url: '/u', offset: '7', length: '1', dimensions: { i: { stop: 3 } } }];
    const { set } = parseRefs({ 'a/10.1': ['/u', 1, 2] }, '', { gen });
    expect(set.problems.map(({ code }) => code)).toContain('kerchunk/gen-collision');
    expect([offsetOf(set, 'a/10.0'), offsetOf(set, 'a/10.1')]).toEqual([7, 7]);
    expect([...set.strayKeys('a')].toSorted()).toEqual(['a/10.0', 'a/10.1', 'a/10.2']);
  });

  it('behind which chunks of the grid follow in another spelling', () => {
    const set = setOf([
      ['a\\/0.0', 0],
      ['a/10.0', 1],
      ['a/0.1', 2],
      ['a/0\\u002e2', 3],
    ]);
    expect(set.coverage('a')).toMatchObject({ ranges: 3 });
    expect([...set.strayKeys('a')]).toEqual(['a/10.0']);
  });

  it('of an array inside another array belong to the inner one', () => {
    const refs = {
      'a/b/.zarray': zarray([10], [10]),
      'a/b/1': ['/u', 1, 1],
      'a/1': ['/u', 2, 1],
      'a/b/2': ['/u', 3, 1],
    };
    const { set } = parseRefs(refs);
    expect([...set.strayKeys('a/b')]).toEqual(['a/b/1', 'a/b/2']);
    expect([...set.strayKeys('a')]).toEqual(['a/1']);
  });

  it('that no reader asks for are told, and no others', () => {
    const unreachable = ['', '/a', 'b/', 'b//c', './b', 'b/..', 'b/./c', 'a/10.0/', 'a\\\\10'];
    const fine = ['b.c', 'b/.c', 'b/...', '.hidden', 'b/c..', 'é'];
    const set = setOf([...unreachable, ...fine].map((key, i) => [key, i]));
    const told = set.problems.filter(({ code }) => code === 'kerchunk/key-unreachable').map(({ key }) => key);
    expect(told.toSorted()).toEqual(unreachable.map((key) => key.replace('\\\\', '\\')).toSorted());
  });

  it('tens of thousands of them, twice, are found and told', () => {
    const keys = range(70_000).map((i) => `b${i % 3}/${i}.0`);
    const text = bytes(
      `{"version":1,"refs":{".zgroup":"{}",${[...keys, ...keys].map((key, i) => `"${key}":["/u",${i},1]`).join(',')}}}`,
    );
    const set = parseReferences(text);
    const twice = set.problems.filter(({ code }) => code === 'kerchunk/duplicate-key');
    expect(twice).toHaveLength(10_001);
    expect(twice.at(-1)?.more).toBe(60_000);
    expect([0, 41_234, 69_999].map((i) => offsetOf(set, keys[i] ?? ''))).toEqual([70_000, 111_234, 139_999]);
  });
});
