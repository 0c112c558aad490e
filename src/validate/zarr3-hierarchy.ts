import { isJsonObject } from '../json';
import type { ReferenceSet } from '../references/reference-set';
import { countInWords, cutText } from '../words';
import { keyBelow } from '../zarr/grid';
import type { CheckContext } from './checks';
import { checkConsolidated } from './zarr3-consolidated';
import { checkAttributes, checkGroupFields, checkHead } from './zarr3-fields';
import { Zarr3Node } from './zarr3-node';

/** Faults of one kind that are told one by one. */
const MOST_TOLD = 10;
/** Parts of a path that are looked at, so that a key of a million slashes takes no longer than others. */
const MOST_LEVELS = 256;
/** Characters of a path that are shown. */
const MOST_SHOWN = 200;

/** Rules of the groups of zarr v3 (core specification, "Group metadata", "Node names" and "Hierarchy"), and of how nodes are named. */
export function checkZarr3Hierarchy(context: CheckContext): void {
  const { set } = context;
  const arrays = set.arrayPaths().filter((path) => isZarr3(set, path));
  const groups = set.groupPaths().filter((path) => isZarr3(set, path));
  for (const path of groups) checkGroup(path, context);
  checkNames([...groups, ...arrays], context);
  checkParents([...groups, ...arrays], context);
}

/** Whether a node is of zarr v3: its `zarr.json` counts where it has no `.zarray` and no `.zgroup`. */
export function isZarr3(set: ReferenceSet, path: string): boolean {
  const has = (name: string): boolean => set.keySpan(keyBelow(path, name)) !== undefined;
  return has('zarr.json') && !has('.zarray') && !has('.zgroup');
}

function checkGroup(path: string, context: CheckContext): void {
  const key = keyBelow(path, 'zarr.json');
  const document = context.set.document(key)?.value;
  if (!isJsonObject(document)) return;
  const node = new Zarr3Node(context, key, document);
  if (checkHead(node) !== 'group') return;
  checkGroupFields(node);
  checkAttributes(node);
  checkConsolidated(node, path, context);
  node.finish();
}

function checkNames(paths: readonly string[], { reporter }: CheckContext): void {
  const told = new Set<string>();
  let count = 0;
  for (const path of paths) {
    let parent = '';
    for (const name of path === '' ? [] : path.split('/').slice(0, MOST_LEVELS)) {
      parent = keyBelow(parent, name);
      const fault = faultOfName(name);
      if (fault === undefined || told.has(parent)) continue;
      told.add(parent);
      count += 1;
      if (count > MOST_TOLD) continue;
      reporter.onKey(
        keyBelow(path, 'zarr.json'),
        'zarr3/node-name',
        `The node name "${cutText(name, MOST_SHOWN)}" ${fault}.`,
      );
    }
  }
  if (count <= MOST_TOLD) return;
  const message = `There are ${countInWords(count - MOST_TOLD)} more nodes whose names are not allowed.`;
  reporter.rest('', undefined, 'zarr3/node-name', count - MOST_TOLD, message);
}

function faultOfName(name: string): string | undefined {
  // Keys with a segment "." or ".." are found whatever the version.
  if (/^\.{3,}$/.test(name)) return 'is made of dots alone, which no node may be named';
  if (name.startsWith('__')) return 'begins with "__", which is reserved';
  return name === 'zarr.json' ? 'is that of metadata documents' : undefined;
}

/** Every node but the root lies in a group that has metadata of its own: groups without were taken out of the specification. */
function checkParents(paths: readonly string[], { set, reporter }: CheckContext): void {
  const known = new Set<string>();
  const missing = new Map<string, string>();
  for (const path of paths) {
    let parent = path;
    for (let level = 0; parent !== '' && level < MOST_LEVELS; level++) {
      parent = parent.slice(0, Math.max(0, parent.lastIndexOf('/')));
      if (known.has(parent)) break;
      known.add(parent);
      const hasMetadata = ['zarr.json', '.zgroup', '.zarray'].some(
        (name) => set.keySpan(keyBelow(parent, name)) !== undefined,
      );
      if (!hasMetadata) missing.set(parent, path);
    }
  }
  for (const [group, path] of [...missing].slice(0, MOST_TOLD)) {
    const name = group === '' ? 'The root group' : `The group "${cutText(group, MOST_SHOWN)}"`;
    const message = `${name} has no metadata: the key "${cutText(keyBelow(group, 'zarr.json'), MOST_SHOWN)}" is missing. Readers do not find what is in it.`;
    reporter.onKey(keyBelow(path, 'zarr.json'), 'zarr3/group-missing', message);
  }
  if (missing.size <= MOST_TOLD) return;
  const message = `There are ${countInWords(missing.size - MOST_TOLD)} more groups without metadata.`;
  reporter.rest('', undefined, 'zarr3/group-missing', missing.size - MOST_TOLD, message);
}
