import { displayAddress } from '../bytes/address';
import { KerchunkError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import type { PreviewDocument } from './document';
import { childOf, parentOf } from './paths';
import { dtypeText } from './type-words';
import type { DocumentOutline, OutlineNode } from './types';

const SHOWN_TARGETS = 20;
/** Groups without metadata above one path; a key may have a million slashes. */
const MOST_LEVELS = 256;

/** The tree of a reference file, its size, and the files it points into. */
export function outlineOf({ set, text }: PreviewDocument): DocumentOutline {
  const { count, first } = set.firstUrls(SHOWN_TARGETS);
  return {
    version: set.version,
    bytes: text.length,
    nodes: nodesOf(set),
    targets: { count, first: first.map(displayAddress) },
  };
}

function nodesOf(set: ReferenceSet): OutlineNode[] {
  const arrays = new Set(set.arrayPaths());
  const nodes = new Map<string, OutlineNode>();
  const addGroups = (path: string): void => {
    const missing: string[] = [];
    for (let group = path; !nodes.has(group) && !arrays.has(group); group = parentOf(group)) {
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
    if (path !== '') addGroups(parentOf(path));
    if (arrays.has(path)) nodes.set(path, arrayNode(set, path));
    else addGroups(path);
  }
  return [...nodes.values()];
}

function placeOf(set: ReferenceSet, path: string, document: string): number {
  const span = set.keySpan(childOf(path, document)) ?? set.keySpan(childOf(path, 'zarr.json'));
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
