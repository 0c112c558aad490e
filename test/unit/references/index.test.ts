import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { bytes, zarray } from './helpers';

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
    expect(set.problems).toHaveLength(order.length - keys.length);
    expect([...set.keys()].sort()).toEqual(Object.keys(oracle).sort());
    expect([...set.urls].sort()).toEqual([...new Set(keys.map((key) => oracle[key]?.[0]))].sort());
  });
});
