import type { Manifest } from '../manifest/types';
import { dropVariables, renameVariables } from './names';
import { mapUrls, type PrefixChange, prefixChange } from './urls';

/** What is changed of a set on its way. */
export interface Edits {
  /** Paths of variables or groups that are left out. */
  drop?: readonly string[];
  /** New names of variables by path. */
  rename?: ReadonlyMap<string, string>;
  urlPrefixes?: readonly PrefixChange[];
}

/** The manifest without what is dropped, then with new names, then with new addresses. @throws as `dropVariables` and `renameVariables`. */
export function editManifest(manifest: Manifest, { drop = [], rename = new Map(), urlPrefixes = [] }: Edits): Manifest {
  const kept = drop.length === 0 ? manifest : dropVariables(manifest, drop);
  const renamed = rename.size === 0 ? kept : renameVariables(kept, rename);
  return urlPrefixes.length === 0 ? renamed : mapUrls(renamed, prefixChange(urlPrefixes));
}
