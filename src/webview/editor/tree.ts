import type { OutlineNode } from '../../preview/types';

/** A row of the tree as it is shown. */
export interface TreeRow {
  path: string;
  /** The last part of the path; `/` for the root. */
  name: string;
  node: OutlineNode;
  /** From 1. */
  level: number;
  /** Null where there is nothing below. */
  open: boolean | null;
  /** Place among its siblings, from 1, and their number. */
  place: number;
  siblings: number;
}

/** Rows of the tree that are drawn above and below those in view, and by how many the drawn ones move at once. */
const margin = 100;
const stride = 50;
/** More rows than any screen has. */
const screenful = 200;

/** The first row in view as the page keeps it: it changes as seldom as drawn rows have to. */
export function steadyTop(row: number): number {
  return Math.max(0, Math.floor(row / stride) * stride);
}

/**
 * The rows that are in the page, in their order: those around the view that begins at `top` (see `steadyTop`), and the one that can have the
 * focus. All others have room only.
 */
export function drawnRows(count: number, top: number, focused: number): number[] {
  const from = Math.max(0, Math.min(top, count - screenful) - margin);
  const to = Math.min(count, Math.max(top, 0) + screenful + margin);
  const rows = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
  if (focused < 0 || focused >= count || (focused >= from && focused < to)) return rows;
  return focused < from ? [focused, ...rows] : [...rows, focused];
}

/** Up to so many groups and arrays everything is open at first; beyond, the root alone. */
const openAtFirst = 300;

/**
 * The rows of the tree from top to bottom. `toggled` are the groups that the user opened or closed; a search shows what matches, letter
 * case aside, and the groups that it stands in.
 */
export function treeRows(nodes: readonly OutlineNode[], toggled: readonly string[], search: string): TreeRow[] {
  const children = childrenOf(nodes);
  const matching = search.trim() === '' ? undefined : matches(nodes, search.trim().toLowerCase());
  const changed = new Set(toggled);
  const rows: TreeRow[] = [];
  const visit = (siblings: readonly OutlineNode[], level: number): void => {
    const shown = matching === undefined ? siblings : siblings.filter(({ path }) => matching.has(path));
    shown.forEach((node, index) => {
      const below = node.kind === 'group' ? (children.get(node.path) ?? []) : [];
      const open = below.length === 0 ? null : matching !== undefined || isOpen(node.path, nodes.length, changed);
      const place = { place: index + 1, siblings: shown.length };
      rows.push({ path: node.path, name: nameOf(node.path), node, level, open, ...place });
      if (open === true) visit(below, level + 1);
    });
  };
  visit(children.get(null) ?? [], 1);
  return rows;
}

function isOpen(path: string, count: number, changed: ReadonlySet<string>): boolean {
  const atFirst = path === '' || count <= openAtFirst;
  return atFirst !== changed.has(path);
}

/** What stands in each group, in the order of the text; under null what stands at the top. */
function childrenOf(nodes: readonly OutlineNode[]): Map<string | null, OutlineNode[]> {
  const groups = new Set(nodes.flatMap(({ kind, path }) => (kind === 'group' ? [path] : [])));
  const children = new Map<string | null, OutlineNode[]>();
  for (const node of nodes) {
    const parent = parentOf(node.path, groups);
    const siblings = children.get(parent) ?? [];
    siblings.push(node);
    children.set(parent, siblings);
  }
  return children;
}

/** The nearest group above that is listed. */
function parentOf(path: string, groups: ReadonlySet<string>): string | null {
  if (path === '') return null;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const parent = path.slice(0, end);
    if (groups.has(parent)) return parent;
  }
  return groups.has('') ? '' : null;
}

/** The paths that match, with all that they stand in. */
function matches(nodes: readonly OutlineNode[], words: string): Set<string> {
  const paths = new Set<string>();
  for (const { path } of nodes) {
    if (!path.toLowerCase().includes(words)) continue;
    for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      paths.add(at);
      if (at === '') break;
    }
  }
  return paths;
}

export function nameOf(path: string): string {
  return path === '' ? '/' : path.slice(path.lastIndexOf('/') + 1);
}

/** Groups and arrays right below a group. */
export function childrenOfGroup(nodes: readonly OutlineNode[], path: string): OutlineNode[] {
  return childrenOf(nodes).get(path) ?? [];
}

/** What a key does in the tree: moves the focus, or opens or closes a group. */
export type TreeMove = { focus: string } | { toggle: string } | undefined;

/** As the WAI-ARIA practices have it for trees. */
export function treeMove(rows: readonly TreeRow[], focused: string, key: string): TreeMove {
  const index = rows.findIndex(({ path }) => path === focused);
  const row = rows[index];
  if (row === undefined) return undefined;
  const to = (target: TreeRow | undefined): TreeMove => (target === undefined ? undefined : { focus: target.path });
  switch (key) {
    case 'ArrowDown':
      return to(rows[index + 1]);
    case 'ArrowUp':
      return to(rows[index - 1]);
    case 'Home':
      return to(rows[0]);
    case 'End':
      return to(rows.at(-1));
    case 'ArrowRight':
      if (row.open === null) return undefined;
      return row.open ? to(rows[index + 1]) : { toggle: row.path };
    case 'ArrowLeft':
      if (row.open === true) return { toggle: row.path };
      return to(rows.slice(0, index).findLast(({ level }) => level < row.level));
    default:
      return undefined;
  }
}

/** The next row whose name begins with what was typed, going round; a single letter typed again goes on. */
export function typedAhead(rows: readonly TreeRow[], focused: string, typed: string): string | undefined {
  const words = typed.toLowerCase();
  const index = rows.findIndex(({ path }) => path === focused);
  // Of one letter the next row is wanted; of more, the present one may still be it.
  const from = words.length === 1 ? index + 1 : index;
  const order = [...rows.slice(from), ...rows.slice(0, from)];
  return order.find(({ name }) => name.toLowerCase().startsWith(words))?.path;
}
