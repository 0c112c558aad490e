import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { bytes, faultsOf, zarray } from './helpers';

/** Text of a file with one array and references to chunks `order` of its grid, some written in other ways; later ones win. */
function made(grid: number[], separator: '.' | '/', order: number[]): string {
  const entries = order.map((number, i) => {
    const indices = [];
    for (let rest = number, axis = grid.length - 1; axis >= 0; axis--) {
      const side = grid[axis] ?? 1;
      indices.unshift(rest % side);
      rest = Math.floor(rest / side);
    }
    const key = `g/a/${indices.join(separator)}`;
    const written = i % 3 === 0 ? key.replaceAll('/', '\\/') : i % 7 === 0 ? key.replace('a', '\\u0061') : key;
    const url = i % 5 === 0 ? `f${i % 4}\\/x` : `f${i % 4}/x`;
    return `"${written}"${i % 2 ? ' : ' : ':'}["${url}"${i % 11 ? `, ${number * 7},${number + 1}` : ''}]`;
  });
  const metadata = `"g/a/.zarray":${JSON.stringify(
    zarray(
      grid,
      grid.map(() => 1),
      { dimension_separator: separator },
    ),
  )}`;
  // Half of the references stand before the metadata.
  entries.splice(entries.length >> 1, 0, metadata);
  return `{${entries.join(',\n')}}`;
}

function shuffled(count: number, of: number): number[] {
  let seed = 11;
  return Array.from({ length: count }, () => (seed = (seed * 1103515245 + 12345) % 2147483648) % of);
}

describe('chunks by number', () => {
  it.each<[string, number[], '.' | '/', number[]]>([
    ['all, in order', [20, 30], '.', Array.from({ length: 600 }, (_, i) => i)],
    ['all, backwards', [20, 30], '/', Array.from({ length: 600 }, (_, i) => 599 - i)],
    ['half, at random, some twice', [20, 30], '.', shuffled(300, 600)],
    ['few, in order', [1000, 1000, 10], '.', Array.from({ length: 500 }, (_, i) => i * 19_999)],
    ['few, at random, some twice', [100, 50], '/', shuffled(900, 5000)],
    ['one axis', [700], '.', shuffled(500, 700)],
  ])('%s', (_name, grid, separator, order) => {
    const text = made(grid, separator, order);
    const oracle = JSON.parse(text) as Record<string, [string, number?, number?]>;
    const set = parseReferences(bytes(text));
    const keys = Object.keys(oracle).filter((key) => !key.endsWith('.zarray'));
    const number = (key: string) =>
      key
        .slice(4)
        .split(separator)
        .reduce((sum, part, axis) => sum * (grid[axis] ?? 1) + Number(part), 0);
    expect([...set.chunkKeys('g/a')]).toEqual(keys.sort((a, b) => number(a) - number(b)));
    for (const key of keys) {
      const [url, offset, length] = oracle[key] ?? [''];
      const expected = offset === undefined ? { kind: 'file', url } : { kind: 'range', url, offset, length };
      expect(set.lookup(key)).toEqual(expected);
      expect(set.chunk('g/a', key.slice(4).split(separator).map(Number))).toEqual(expected);
    }
    const total = grid.reduce((product, side) => product * side, 1);
    expect(set.coverage('g/a')).toEqual({
      total,
      ranges: keys.length,
      inline: 0,
      absent: total - keys.length,
      broken: 0,
    });
    expect(faultsOf(set)).toHaveLength(order.length - keys.length);
    expect([...set.keys()].sort()).toEqual(Object.keys(oracle).sort());
    expect([...set.urls].sort()).toEqual([...new Set(keys.map((key) => oracle[key]?.[0]))].sort());
    expect(set.firstUrls(2)).toEqual({ count: set.urls.length, first: set.urls.slice(0, 2) });
    const numbers = [...new Set(keys.map(number))].sort((a, b) => a - b);
    expect([...set.chunkKinds('g/a')]).toEqual(numbers.map((chunk) => [chunk, 'range']));
    const [first = 0, end = 0] = [numbers[Math.floor(numbers.length / 3)], numbers[Math.floor(numbers.length / 2)]];
    const between = numbers.filter((chunk) => chunk >= first && chunk < end);
    expect([...set.chunkKinds('g/a', first, end)].map(([chunk]) => chunk)).toEqual(between);
    expect(set.storedBytes('g/a')).toBe(keys.reduce((sum, key) => sum + (oracle[key]?.[2] ?? 0), 0));
  });
});

describe('entries of an array', () => {
  const set = parseReferences(
    bytes(
      JSON.stringify({
        'a/.zarray': zarray([4], [1], { dimension_separator: '.' }),
        'a/0': 'caf\u00e9',
        'a/1': 'base64:AAAA',
        'a/2': null,
        'a/3': ['x', -1, 2],
        'a/4': 'beyond',
        'a/b/c': 'stray',
        'other/0': 'nowhere',
      }),
    ),
  );

  it('are of four kinds, and inline ones count with the bytes that they stand for', () => {
    expect([...set.chunkKinds('a')]).toEqual([
      [0, 'inline'],
      [1, 'inline'],
      [2, 'absent'],
      [3, 'broken'],
    ]);
    // Five bytes of UTF-8, three of base64.
    expect(set.storedBytes('a')).toBe(8);
  });

  it('have an owner, and indices where they are a chunk of its grid', () => {
    expect(set.ownerOf('a/3')).toEqual({ path: 'a', indices: [3] });
    expect(set.ownerOf('a/4')).toEqual({ path: 'a', indices: undefined });
    expect(set.ownerOf('a/b/c')).toEqual({ path: 'a', indices: undefined });
    expect(set.ownerOf('other/0')).toBeUndefined();
    expect([...set.strayKeys('a')]).toEqual(['a/4', 'a/b/c']);
  });
});
