/** The endings of names that mark a reference file; the manifest of the extension has the same, as globs. */
const referenceName = /(?:(?:^|\/)kerchunk|\.(?:kerchunk|refs?|zarr))\.json(?:\.(?:gz|zst))?$/iu;

/** Whether a path or name is that of a reference file. Case does not count, as in the globs of custom editors. */
export function isReferenceName(path: string): boolean {
  return referenceName.test(path);
}

/** A set's name without what its form adds to it. */
export function stemOf(name: string): string {
  return name.replace(/(?:\.(?:kerchunk|refs?|zarr))?\.json(?:\.(?:gz|zst))?$|\.parq(?:uet)?$/iu, '') || name;
}
