/** How much of a text the test looks at, in characters. */
export const SNIFFED_CHARACTERS = 65_536;

/** A key of zarr metadata: `".zgroup":`, `"a/b/.zarray":`, `"a/zarr.json":`. */
const metadataKey = /"(?:[^"\\\n]*\/)?(?:\.zgroup|\.zarray|\.zattrs|zarr\.json)"\s*:/u;
/** What stands at the top of a file of version 1, in any order. */
const refsMember = /"refs"\s*:\s*\{/u;
const versionMember = /"version"\s*:\s*1\s*[,}]/u;
/** Zarr's own consolidated metadata has the same keys, and no references. */
const consolidated = /^\s*\{\s*"(?:metadata"\s*:\s*\{|zarr_consolidated_format")/u;

/**
 * Whether a text looks like a reference file of version 0 or 1, by its beginning alone: an object with a key of zarr metadata, or with
 * `version: 1` and `refs`. Costs next to nothing, and may be wrong either way.
 */
export function looksLikeReferences(text: string): boolean {
  const head = text.slice(0, SNIFFED_CHARACTERS);
  if (!/^\uFEFF?\s*\{/u.test(head) || consolidated.test(head)) return false;
  return metadataKey.test(head) || (refsMember.test(head) && versionMember.test(head));
}
