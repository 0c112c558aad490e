import { describe, expect, it } from 'vitest';
import type { OutlineNode } from '../../../src/preview/types';
import {
  childrenOfGroup,
  drawnRows,
  steadyTop,
  treeMove,
  treeRows,
  typedAhead,
} from '../../../src/webview/editor/tree';

const array = (path: string): OutlineNode => ({ kind: 'array', path, shape: [2], dtype: '<u2' });
const group = (path: string): OutlineNode => ({ kind: 'group', path });

const nodes = [group(''), array('x'), group('0'), array('0/red'), group('0/deep'), array('0/deep/Nir'), array('y')];

describe('the tree', () => {
  const names = (toggled: readonly string[], search = ''): string[] =>
    treeRows(nodes, toggled, search).map(({ name, level }) => `${level} ${name}`);

  it('shows groups and arrays in the order of the text, all open', () => {
    expect(names([])).toEqual(['1 /', '2 x', '2 0', '3 red', '3 deep', '4 Nir', '2 y']);
  });

  it('leaves out what is below a closed group', () => {
    expect(names(['0'])).toEqual(['1 /', '2 x', '2 0', '2 y']);
    expect(names([''])).toEqual(['1 /']);
  });

  it('shows what a search finds with the groups around it, also of closed groups', () => {
    expect(names(['0'], 'nir')).toEqual(['1 /', '2 0', '3 deep', '4 Nir']);
    expect(names([], 'nothing of the kind')).toEqual([]);
  });

  it('tells places among siblings', () => {
    const rows = treeRows(nodes, [], '');
    expect(rows.map(({ place, siblings }) => `${place}/${siblings}`)).toEqual([
      '1/1',
      '1/3',
      '2/3',
      '1/2',
      '2/2',
      '1/1',
      '3/3',
    ]);
    expect(rows.map(({ open }) => open)).toEqual([true, null, true, null, true, null, null]);
  });

  it('opens the root alone where there is very much', () => {
    const many = [
      group(''),
      group('a'),
      array('a/0'),
      ...Array.from({ length: 300 }, (_, index) => array(`b${index}`)),
    ];
    const rows = treeRows(many, [], '');
    expect(rows.slice(0, 3).map(({ path }) => path)).toEqual(['', 'a', 'b0']);
    expect(treeRows(many, ['a'], '')[2]?.path).toBe('a/0');
  });

  it('takes what stands below no listed group as the top', () => {
    expect(treeRows([array('p/q'), array('r')], [], '').map(({ level }) => level)).toEqual([1, 1]);
    expect(treeRows([array('')], [], '')[0]).toMatchObject({ name: '/', open: null });
    expect(childrenOfGroup(nodes, '0').map(({ path }) => path)).toEqual(['0/red', '0/deep']);
  });
});

describe('keys in the tree', () => {
  const rows = treeRows(nodes, [], '');

  it('move, open and close as in every tree', () => {
    expect(treeMove(rows, 'x', 'ArrowDown')).toEqual({ focus: '0' });
    expect(treeMove(rows, '', 'ArrowUp')).toBeUndefined();
    expect(treeMove(rows, '0', 'ArrowLeft')).toEqual({ toggle: '0' });
    expect(treeMove(rows, '0/red', 'ArrowLeft')).toEqual({ focus: '0' });
    expect(treeMove(rows, '0', 'ArrowRight')).toEqual({ focus: '0/red' });
    expect(treeMove(treeRows(nodes, ['0'], ''), '0', 'ArrowRight')).toEqual({ toggle: '0' });
    expect(treeMove(rows, 'x', 'ArrowRight')).toBeUndefined();
    expect(treeMove(rows, 'x', 'End')).toEqual({ focus: 'y' });
    expect(treeMove(rows, 'y', 'Home')).toEqual({ focus: '' });
    expect(treeMove(rows, 'x', 'F5')).toBeUndefined();
  });

  it('find names by what is typed', () => {
    expect(typedAhead(rows, '', 'n')).toBe('0/deep/Nir');
    expect(typedAhead(rows, '0/deep/Nir', 'ni')).toBe('0/deep/Nir');
    expect(typedAhead(rows, 'y', 'x')).toBe('x');
    expect(typedAhead(rows, '', 'q')).toBeUndefined();
  });
});

describe('the rows of a long tree', () => {
  const ends = (rows: readonly number[]): (number | undefined)[] => [rows[0], rows[1], rows.at(-2), rows.at(-1)];

  it('are all drawn where they are few', () => {
    expect(drawnRows(5, 0, 2)).toEqual([0, 1, 2, 3, 4]);
    expect(drawnRows(0, 0, 0)).toEqual([]);
  });

  it('are drawn around the view: a hundred above it, a hundred below two hundred, and the one with the focus', () => {
    expect(ends(drawnRows(50_000, 20_000, 20_010))).toEqual([19_900, 19_901, 20_298, 20_299]);
    expect(ends(drawnRows(50_000, 20_000, 3))).toEqual([3, 19_900, 20_298, 20_299]);
    expect(ends(drawnRows(50_000, 20_000, 49_999))).toEqual([19_900, 19_901, 20_299, 49_999]);
    expect(drawnRows(50_000, 20_000, 3)).toHaveLength(401);
  });

  it('are the last ones where the tree has become shorter than what was in view', () => {
    expect(drawnRows(12, 20_000, 0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(ends(drawnRows(1000, 20_000, 999))).toEqual([700, 701, 998, 999]);
  });

  it('change every fifty rows', () => {
    expect([0, 49.9, 50, 120, -3].map(steadyTop)).toEqual([0, 0, 50, 100, 0]);
  });
});
