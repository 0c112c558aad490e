import { describe, expect, it } from 'vitest';
import type { OutlineNode } from '../../../src/preview/types';
import { childrenOfGroup, treeMove, treeRows, typedAhead } from '../../../src/webview/editor/tree';

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
