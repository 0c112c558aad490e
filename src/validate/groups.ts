import { isJsonObject, type JsonObject, shortJson } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { turns } from '../steps';
import { cutText, plural } from '../words';
import { MOST_FAULTS } from '../zarr/fault';
import { keyBelow } from '../zarr/grid';
import type { CheckContext } from './checks';
import type { Reporter } from './reporter';

/** The document of a group as an entry of this file: an object in version 0, a string in version 1. */
function groupEntry(set: ReferenceSet, path: string): string {
  const document = '{"zarr_format": 2}';
  return `${JSON.stringify(keyBelow(path, '.zgroup'))}: ${set.version === 1 ? JSON.stringify(document) : document}`;
}
/** Groups of one fault that are told one by one. */
const MOST_TOLD = 100;
/** Levels above a path that are looked at, and characters of one that are shown: a key may be a million slashes. */
const MOST_LEVELS = 256;
const MOST_SHOWN = 200;

/** Reports what is wrong with the groups of zarr v2: their documents, those that are missing, and paths that are an array too. */
export async function checkGroups({ set, reporter, signal }: CheckContext): Promise<void> {
  const nodes = zarr2Nodes(set);
  for (const [path, node] of nodes) {
    if (node.isGroup) checkDocument(set, keyBelow(path, '.zgroup'), reporter);
    if (node.isGroup && node.isArray) {
      const message = `"${path}" is an array too, which readers take it for; leave out .zgroup, or .zarray.`;
      reporter.onKey(keyBelow(path, '.zgroup'), 'zarr2/group-and-array', message);
    }
  }
  await checkAncestors(set, nodes, reporter, signal);
}

interface Node {
  /** The metadata key that makes it one: `.zarray` of an array, else `.zgroup`. */
  key: string;
  isGroup: boolean;
  isArray: boolean;
}

/** Paths with a `.zgroup` or `.zarray`. Those that are only of zarr v3 have none. */
function zarr2Nodes(set: ReferenceSet): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const path of new Set([...set.groupPaths(), ...set.arrayPaths()])) {
    const [group, array] = [keyBelow(path, '.zgroup'), keyBelow(path, '.zarray')];
    const isGroup = set.hasMetadata(group);
    const isArray = set.hasMetadata(array);
    if (isGroup || isArray) nodes.set(path, { key: isArray ? array : group, isGroup, isArray });
  }
  return nodes;
}

/** Whether no reader finds what is below a path, which has a rule of its own. */
function hasDotSegment(path: string): boolean {
  return path.includes('.') && path.split('/').some((segment) => segment === '.' || segment === '..');
}

function checkDocument(set: ReferenceSet, key: string, reporter: Reporter): void {
  const document = set.document(key)?.value;
  if (!isJsonObject(document)) return;
  checkFormat(set, key, document, reporter);
  const others = Object.keys(document).filter((name) => name !== 'zarr_format');
  for (const name of others.slice(0, MOST_FAULTS)) {
    const message = `.zgroup holds "zarr_format" alone, and here ${shortJson(name)} too; attributes stand in .zattrs.`;
    reporter.inside(key, [name], 'zarr2/zgroup', message);
  }
}

function checkFormat(set: ReferenceSet, key: string, { zarr_format: format }: JsonObject, reporter: Reporter): void {
  if (format === undefined) {
    reporter.inside(key, [], 'zarr2/zgroup', '"zarr_format" is missing; it must be the integer 2.');
    return;
  }
  const written = format === 2 ? (set.valueText(key, ['zarr_format']) ?? '2') : shortJson(format);
  if (written === '2' && format === 2) return;
  reporter.inside(key, ['zarr_format'], 'zarr2/zgroup', `"zarr_format" is ${written}; it must be the integer 2.`);
}

/**
 * Reports each path above an array or group that is no group, once, at the first that lies below it; of a kind so many, and the rest as a
 * number.
 */
async function checkAncestors(
  set: ReferenceSet,
  nodes: ReadonlyMap<string, Node>,
  reporter: Reporter,
  signal: AbortSignal | undefined,
): Promise<void> {
  const seen = new Set<string>();
  const counts = new Map<AncestorFault['code'], number>();
  const giveWay = turns(signal);
  for (const [path, { key }] of nodes) {
    await giveWay();
    if (hasDotSegment(path)) continue;
    for (const above of pathsAbove(path)) {
      if (seen.has(above)) break;
      seen.add(above);
      const fault = ancestorFault(set, above, key, nodes.get(above));
      if (fault === undefined) continue;
      const count = (counts.get(fault.code) ?? 0) + 1;
      counts.set(fault.code, count);
      if (count <= MOST_TOLD) reporter.onKey(key, fault.code, fault.message);
    }
  }
  for (const [code, count] of counts) {
    const more = count - MOST_TOLD;
    if (more <= 0) continue;
    const message = `There are ${plural(more, 'more group')} of which this is true.`;
    reporter.rest('', undefined, code, more, message);
  }
}

interface AncestorFault {
  code: 'zarr2/array-in-array' | 'zarr2/root-group-missing' | 'zarr2/group-missing';
  message: string;
}

function ancestorFault(
  set: ReferenceSet,
  path: string,
  key: string,
  node: Node | undefined,
): AncestorFault | undefined {
  const [shownPath, shownKey] = [cutText(path, MOST_SHOWN), cutText(key, MOST_SHOWN)];
  if (node?.isGroup === true || set.hasMetadata(keyBelow(path, 'zarr.json'))) return undefined;
  if (node?.isArray === true) {
    const message = `"${shownKey}" lies below ${path === '' ? 'the root' : `"${shownPath}"`}, which is an array and not a group; xarray cannot open it as one.`;
    return { code: 'zarr2/array-in-array', message };
  } else if (path === '') {
    const message = `The file has no ".zgroup", so that readers find no group at its root; add ${groupEntry(set, '')}.`;
    return { code: 'zarr2/root-group-missing', message };
  } else {
    const message = `There is no "${shownPath}/.zgroup" above this one, so that xarray cannot open the group; add ${path.length > MOST_SHOWN ? 'it' : groupEntry(set, path)}.`;
    return { code: 'zarr2/group-missing', message };
  }
}

/** The paths above a path, the nearest first, as far as they are looked at, the root last. */
function* pathsAbove(path: string): Iterable<string> {
  if (path === '') return;
  let slash = path.lastIndexOf('/');
  for (let level = 0; slash > 0 && level < MOST_LEVELS; level++) {
    yield path.slice(0, slash);
    slash = path.lastIndexOf('/', slash - 1);
  }
  yield '';
}
