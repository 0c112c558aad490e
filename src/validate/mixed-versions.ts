import type { ReferenceSet } from '../references/reference-set';
import { countInWords } from '../words';
import { keyBelow } from '../zarr/grid';
import type { CheckContext } from './checks';

const OLD_NAMES = ['.zgroup', '.zarray', '.zattrs'];

/**
 * Documents of zarr v2 and v3 in one file (zarr v3 core specification, "Stores"): a reader takes one of the two versions for a hierarchy, and does not see the
 * other's arrays, or at one path either. One finding for the file, at the first `zarr.json`.
 */
export function checkMixedVersions({ set, reporter }: CheckContext): void {
  const paths = [...new Set(['', ...set.groupPaths(), ...set.arrayPaths()])];
  const ofV3 = paths.filter((path) => stands(set, path, ['zarr.json']));
  const ofV2 = paths.filter((path) => stands(set, path, OLD_NAMES));
  const [first] = ofV3;
  const [old] = ofV2;
  if (first === undefined || old === undefined) return;
  const inV2 = new Set(ofV2);
  const both = ofV3.filter((path) => inV2.has(path));
  const where = both[0] === undefined ? '' : ` At ${both[0] === '' ? 'the root' : `"${both[0]}"`} stand both.`;
  const message =
    `There are documents of zarr v3 (${countInWords(ofV3.length)} zarr.json) beside those of zarr v2, such as "${oldName(set, old)}".${where} Readers take the one ` +
    "or the other: xarray's kerchunk engine takes v2 alone, zarr-python 3 v3 where both stand.";
  reporter.onKey(keyBelow(first, 'zarr.json'), 'zarr2/mixed-versions', message);
}

function stands(set: ReferenceSet, path: string, names: readonly string[]): boolean {
  return names.some((name) => set.keySpan(keyBelow(path, name)) !== undefined);
}

function oldName(set: ReferenceSet, path: string): string {
  return keyBelow(path, OLD_NAMES.find((name) => stands(set, path, [name])) ?? '.zgroup');
}
