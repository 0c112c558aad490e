import { ZMETADATA, type ReferenceSet } from '../references/reference-set';
import { countInWords, cutText, listInWords, plural } from '../words';
import { keyBelow, metadataKey } from '../zarr/grid';
import type { Manifest } from './types';

/** Keys that are named one by one. */
const MOST_NAMED = 3;

/** Keys of a reference set that its manifest has no place for: how many, and the first of them. */
export interface KeysLeftOut {
  count: number;
  first: string[];
}

/**
 * The keys of a set that its manifest does not hold: neither metadata of an array or group nor a chunk of an array's grid. Consolidated
 * metadata do not count, as they are made anew.
 */
export function keysLeftOut(set: ReferenceSet, { groups, arrays }: Manifest): KeysLeftOut {
  const found: KeysLeftOut = { count: 0, first: [] };
  const add = (key: string): void => {
    found.count++;
    if (found.first.length < MOST_NAMED) found.first.push(key);
  };
  for (const path of [...set.arrayPaths(), undefined]) {
    for (const key of set.strayKeys(path)) add(key);
  }
  const kept = new Set([
    ...groups.flatMap(({ path, zarrFormat }) =>
      (zarrFormat === 3 ? ['zarr.json'] : ['.zgroup', '.zattrs']).map((name) => keyBelow(path, name)),
    ),
    ...arrays.flatMap(({ array }) =>
      array.zarrFormat === 3 ? [metadataKey(array)] : [metadataKey(array), keyBelow(array.path, '.zattrs')],
    ),
  ]);
  for (const key of set.documentKeys()) {
    if (!kept.has(key) && key !== ZMETADATA && !key.endsWith(`/${ZMETADATA}`)) add(key);
  }
  return found;
}

/** `3 keys are neither metadata nor a chunk of an array's grid: "a/7", "b" and "c"`; undefined where there is none. */
export function leftOutInWords({ count, first }: KeysLeftOut): string | undefined {
  if (count === 0) return undefined;
  const names = first.map((key) => JSON.stringify(cutText(key, 80)));
  const listed =
    count > first.length ? `${names.join(', ')} and ${countInWords(count - first.length)} more` : listInWords(names);
  return `${plural(count, 'key')} ${count === 1 ? 'is' : 'are'} neither metadata nor a chunk of an array's grid: ${listed}`;
}

/** What is told of the keys of a set that are not written: a sentence, or nothing. */
export function leftOutNotes(name: string, leftOut: KeysLeftOut): string[] {
  const words = leftOutInWords(leftOut);
  return words === undefined ? [] : [`Not written: of ${name} ${words}.`];
}
