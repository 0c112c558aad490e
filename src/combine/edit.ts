import type { Manifest } from '../manifest/types';
import { dropVariables, renameVariables } from './names';
import type { NamedManifest } from './types';
import { mapUrls, type PrefixChange, prefixChange, type PrefixesFound } from './urls';

/** What is changed of a set on its way. */
export interface Edits {
  /** Paths of variables or groups that are left out. */
  drop?: readonly string[];
  /** New names of variables by path. */
  rename?: ReadonlyMap<string, string>;
  urlPrefixes?: readonly PrefixChange[];
  /** Told, while the addresses are gone through, which prefixes there are. */
  prefixesFound?: PrefixesFound;
}

/** The manifest without what is dropped, then with new names, then with new addresses. @throws as `dropVariables` and `renameVariables`. */
export function editManifest(
  manifest: Manifest,
  { drop = [], rename = new Map(), urlPrefixes = [], prefixesFound }: Edits,
): Manifest {
  const kept = drop.length === 0 ? manifest : dropVariables(manifest, drop);
  const renamed = rename.size === 0 ? kept : renameVariables(kept, rename);
  return urlPrefixes.length === 0 ? renamed : mapUrls(renamed, prefixChange(urlPrefixes, prefixesFound));
}

/**
 * Sets that are to be combined, each without what is dropped of it.
 * @throws KerchunkError `invalid-argument` for a path at which nothing stands in any of them.
 */
export function dropFromAll<Named extends NamedManifest>(inputs: readonly Named[], paths: readonly string[]): Named[] {
  const left = new Set(paths);
  const made = inputs.map((input) => {
    const { groups, arrays } = input.manifest;
    const there = new Set([...groups.map(({ path }) => path), ...arrays.map(({ array }) => array.path)]);
    const own = paths.filter((path) => there.has(path.replace(/^\/+|\/+$/gu, '')));
    for (const path of own) left.delete(path);
    return own.length === 0 ? input : { ...input, manifest: dropVariables(input.manifest, own) };
  });
  const [first] = inputs;
  if (left.size > 0 && first !== undefined) dropVariables(first.manifest, [...left]);
  return made;
}
