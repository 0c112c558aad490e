import { describe, expect, it } from 'vitest';
import { BoundedMap } from '../../../src/vscode/bounded-map';
import { HoverCache } from '../../../src/vscode/hover-cache';

describe('BoundedMap', () => {
  it('lets the entry go that was not used for longest', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    expect(map.get('a')).toBe(1);
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
    map.delete('a');
    expect(map.get('a')).toBeUndefined();
  });

  it('bounds what entries cost together, also where one has come to cost more, and keeps the last whatever it costs', () => {
    const map = new BoundedMap<string, { cost: number }>(10, ({ cost }) => cost);
    const grows = { cost: 0 };
    map.set('a', { cost: 6 });
    map.set('b', grows);
    expect(map.get('a')).toEqual({ cost: 6 });
    grows.cost = 5;
    map.set('b', grows);
    expect([map.get('a'), map.get('b')]).toEqual([undefined, grows]);
    map.set('c', { cost: 99 });
    expect([map.get('b'), map.get('c')]).toEqual([undefined, { cost: 99 }]);
  });
});

describe('HoverCache', () => {
  const range = { line: 2, column: 3, endLine: 4, endColumn: 1 };
  const entry = (document: string, revision: number, text: string, at = range) => ({
    document,
    revision,
    range: at,
    text,
  });

  it('knows what was said about a place inside a range, its end excluded', () => {
    const cache = new HoverCache(4);
    cache.keep(entry('a', 1, 'said'));
    const said = (line: number, column: number) => cache.find('a', 1, line, column)?.text;
    expect([said(2, 3), said(3, 99), said(2, 99)]).toEqual(['said', 'said', 'said']);
    expect([said(2, 2), said(4, 1), said(1, 5), said(5, 1)]).toEqual([undefined, undefined, undefined, undefined]);
    expect(cache.find('b', 1, 3, 1)).toBeUndefined();
  });

  it('forgets what was said about another revision', () => {
    const cache = new HoverCache(4);
    cache.keep(entry('a', 1, 'old'));
    cache.keep(entry('b', 1, 'other'));
    expect(cache.find('a', 2, 3, 1)).toBeUndefined();
    expect(cache.find('a', 1, 3, 1)).toBeUndefined();
    expect(cache.find('b', 1, 3, 1)?.text).toBe('other');
  });

  it('keeps the ones used last', () => {
    const cache = new HoverCache(2);
    const at = (line: number) => ({ line, column: 1, endLine: line, endColumn: 9 });
    cache.keep(entry('a', 1, 'one', at(1)));
    cache.keep(entry('a', 1, 'two', at(2)));
    expect(cache.find('a', 1, 1, 5)?.text).toBe('one');
    cache.keep(entry('a', 1, 'three', at(3)));
    expect([1, 2, 3].map((line) => cache.find('a', 1, line, 5)?.text)).toEqual(['one', undefined, 'three']);
  });
});
