import { nearestName } from '../edit-distance';

const NAMES = ['.zarray', '.zattrs', '.zgroup', '.zmetadata', 'zarr.json'] as const;
/** Longer names are none of these, whatever is taken out of them. */
const MOST_CHARACTERS = 16;

/**
 * The name of a zarr metadata document that the last part of a key is a misspelling of (`.zarry`, `.ZATTRS`, `zgroup`); undefined for such
 * a name itself, and for names that only begin alike: NCZarr has `.nczarray`, `.nczattr` and others.
 */
export function misspeltMetadataName(key: string): string | undefined {
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (name.length > MOST_CHARACTERS || !/^\.?z/iu.test(name)) return undefined;
  const nearest = nearestName(name, NAMES, 2);
  return nearest === name ? undefined : nearest;
}

/** Whether the last part of a key is a name that NCZarr keeps its own metadata under (`.nczarray`, `.nczgroup`), beside those of zarr. */
export function isOfNczarr(key: string): boolean {
  return key.startsWith('.ncz', key.lastIndexOf('/') + 1);
}
