import { displayAddress } from '../bytes/address';
import { KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import { tightCopy } from '../tight';
import { keyBelow } from '../zarr/grid';
import type { PreviewDocument } from './document';
import { groupOf } from '../zarr/path';
import { dtypeText } from './type-words';
import type { DocumentOutline, OutlineNode } from './types';

const SHOWN_TARGETS = 20;
/** Groups without metadata above one path, and characters of theirs; a key may have a million slashes. */
const MOST_LEVELS = 256;
const LONGEST_GROUP = 4096;

/** The tree of a reference file as bytes in a buffer of their own, its size, and the files it points into. */
export function outlineOf({ set, text }: PreviewDocument): DocumentOutline {
  const { count, first } = set.firstUrls(SHOWN_TARGETS);
  return {
    version: set.version,
    bytes: text.length,
    compression: set.compression ?? null,
    nodes: tightCopy(new TextEncoder().encode(JSON.stringify(outlineNodes(set)))),
    targets: { count, first: first.map(displayAddress) },
  };
}

/** The groups and arrays of a reference file, in the order of the text; see `OutlineNode`. */
export function outlineNodes(set: ReferenceSet): OutlineNode[] {
  const arrays = new Set(set.arrayPaths());
  const nodes = new Map<string, OutlineNode>();
  const addGroups = (path: string): void => {
    const missing: string[] = [];
    const nearest = path.length <= LONGEST_GROUP ? path : groupOf(path.slice(0, LONGEST_GROUP + 1));
    for (let group = nearest; !nodes.has(group) && !arrays.has(group); group = groupOf(group)) {
      missing.push(group);
      if (group === '' || missing.length === MOST_LEVELS) break;
    }
    for (const group of missing.reverse()) nodes.set(group, { kind: 'group', path: group });
  };
  const placed = [
    ...[...arrays].map((path) => ({ path, place: placeOf(set, path, '.zarray') })),
    ...set.groupPaths().map((path) => ({ path, place: placeOf(set, path, '.zgroup') })),
  ];
  for (const { path } of placed.sort((a, b) => a.place - b.place)) {
    if (path !== '') addGroups(groupOf(path));
    if (arrays.has(path)) nodes.set(path, arrayNode(set, path));
    else nodes.set(path, { kind: 'group', path });
  }
  return [...nodes.values()];
}

function placeOf(set: ReferenceSet, path: string, document: string): number {
  const span = set.keySpan(keyBelow(path, document)) ?? set.keySpan(keyBelow(path, 'zarr.json'));
  return span?.offset ?? Number.MAX_SAFE_INTEGER;
}

function arrayNode(set: ReferenceSet, path: string): OutlineNode {
  try {
    const { shape, dataType } = set.array(path);
    return { kind: 'array', path, shape, dtype: dtypeText(dataType) };
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return { kind: 'unreadable', path, message: error.message };
  }
}
