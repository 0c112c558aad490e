import { describe, expect, it } from 'vitest';
import { outlineOf } from '../../../src/preview/outline';
import type { PreviewDocument } from '../../../src/preview/document';
import type { OutlineNode } from '../../../src/preview/types';
import { documentOf, zarrayOf } from './harness';

/** The nodes as a page reads them. */
function nodesOf(document: PreviewDocument): OutlineNode[] {
  return JSON.parse(new TextDecoder().decode(outlineOf(document).nodes)) as OutlineNode[];
}

const array = zarrayOf([4], [2], '<f4');

describe('outlineOf', () => {
  it('lists groups and arrays in the order of the text, groups without metadata before what they hold', () => {
    const nodes = nodesOf(
      documentOf({ 'b/c/d/.zarray': array, 'a/.zarray': array, 'b/.zgroup': { zarr_format: 2 }, 'e/.zgroup': {} }),
    );
    expect(nodes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'group ',
      'group b',
      'group b/c',
      'array b/c/d',
      'array a',
      'group e',
    ]);
    expect(nodes[3]).toEqual({ kind: 'array', path: 'b/c/d', shape: [4], dtype: '<f4' });
  });

  it('lists what cannot be read, with the reason', () => {
    const nodes = nodesOf(documentOf({ 'a/.zarray': { zarr_format: 2 } }));
    expect(nodes[1]).toMatchObject({ kind: 'unreadable', path: 'a' });
    expect(nodes[1]).toHaveProperty('message', expect.stringContaining('"shape" is missing'));
  });

  it('takes an array at the root for no group', () => {
    expect(nodesOf(documentOf({ '.zarray': array }))).toEqual([{ kind: 'array', path: '', shape: [4], dtype: '<f4' }]);
  });

  it('makes no million groups of a path with a million slashes', () => {
    const nodes = nodesOf(documentOf({ [`${'g/'.repeat(1_000_000)}a/.zarray`]: array }));
    expect(nodes.length).toBeLessThan(300);
    expect(nodes.at(-1)).toMatchObject({ kind: 'array' });
    // Beside the array's path, the groups have few characters.
    expect(JSON.stringify(nodes).length).toBeLessThan(4_000_000);
  });

  it('counts the targets and names twenty, without what a signature says', () => {
    const refs: Record<string, unknown> = { 'a/.zarray': zarrayOf([50], [1], '|u1') };
    for (let i = 0; i < 50; i++) refs[`a/${i}`] = [`https://x.org/${i % 25}?signature=secret`, i, 1];
    const { targets, bytes, version } = outlineOf(documentOf(refs));
    expect(targets.count).toBe(25);
    expect(targets.first).toHaveLength(20);
    expect(targets.first[1]).toBe('https://x.org/1?…');
    expect(version).toBe(1);
    expect(bytes).toBeGreaterThan(2000);
  });
});
