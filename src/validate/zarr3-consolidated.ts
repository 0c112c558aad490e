import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import { keyBelow } from '../zarr/grid';
import type { CheckContext } from './checks';
import { sameJson } from '../same-json';
import { shown, type Zarr3Node } from './zarr3-node';

/**
 * Rules of a group's `consolidated_metadata` as zarr-python writes it: `kind` "inline", and under `metadata` by path a copy of each document
 * below. zarr-python and xarray read the copies, so that one that differs from its document, or is missing, gives another array.
 */
export function checkConsolidated(node: Zarr3Node, path: string, context: CheckContext): void {
  const place = ['consolidated_metadata'];
  const { consolidated_metadata: consolidated } = node.document;
  // zarr-python takes null for none.
  if (consolidated === undefined || consolidated === null) return;
  const report = (at: string[], message: string): void => {
    node.report('zarr3/consolidated', [...place, ...at], message);
  };
  if (!isJsonObject(consolidated)) {
    report([], `"consolidated_metadata" is ${shown(consolidated)}; it must be an object.`);
  } else if (consolidated.kind !== 'inline') {
    const at = consolidated.kind === undefined ? [] : ['kind'];
    report(at, `"kind" of the consolidated metadata is ${shown(consolidated.kind)}; it must be "inline".`);
  } else if (!isJsonObject(consolidated.metadata)) {
    const at = consolidated.metadata === undefined ? [] : ['metadata'];
    report(at, `"metadata" of the consolidated metadata is ${shown(consolidated.metadata)}; it must be an object.`);
  } else if (consolidated.must_understand !== false) {
    const at = consolidated.must_understand === undefined ? [] : ['must_understand'];
    report(at, 'The consolidated metadata must have "must_understand": false, so that readers may pass them over.');
  } else {
    checkCopies(node, path, consolidated.metadata, context);
  }
}

function checkCopies(node: Zarr3Node, path: string, copies: JsonObject, { set }: CheckContext): void {
  const place = ['consolidated_metadata', 'metadata'];
  const report = (at: string[], message: string): void => {
    node.report('zarr3/consolidated-stale', [...place, ...at], message);
  };
  for (const [name, copy] of Object.entries(copies)) {
    const key = keyBelow(keyBelow(path, name), 'zarr.json');
    const document = set.document(key)?.value;
    if (document === undefined) {
      if (set.keySpan(key) !== undefined) continue;
      report(
        [name],
        `The consolidated metadata have "${name}", and there is no key "${key}": remove it, or add the key.`,
      );
    } else if (!sameJson(withoutCopies(copy), withoutCopies(document))) {
      const member = firstDifference(copy, document);
      report(
        member === undefined ? [name] : [name, member],
        `The consolidated metadata of "${name}" differ from "${key}"${member === undefined ? '' : ` in "${member}"`}. zarr-python and xarray ` +
          'read the consolidated ones; write them anew, or remove "consolidated_metadata".',
      );
    }
  }
  const below = keyBelow(path, '');
  const missing = [...set.groupPaths(), ...set.arrayPaths()].find((node) => {
    const isBelow = node !== path && node.startsWith(below) && !Object.hasOwn(copies, node.slice(below.length));
    return isBelow && set.document(keyBelow(node, 'zarr.json')) !== undefined;
  });
  if (missing === undefined) return;
  const name = missing.slice(below.length);
  report([], `The consolidated metadata lack "${name}", so that zarr-python and xarray do not find it.`);
}

/** A group's document without its own consolidated metadata, which copies of it need not have. */
function withoutCopies(document: JsonValue): JsonValue {
  if (!isJsonObject(document)) return document;
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== 'consolidated_metadata'));
}

function firstDifference(copy: JsonValue, document: JsonValue): string | undefined {
  if (!isJsonObject(copy) || !isJsonObject(document)) return undefined;
  return Object.keys(copy).find((name) => !sameJson(copy[name] ?? null, document[name] ?? null));
}
