import { viewTypes } from './ids';

/** The endings of names that mark a reference file; the manifest has the same, as globs. */
const referenceName = /(?:(?:^|\/)kerchunk|\.(?:kerchunk|refs?|zarr))\.json(?:\.(?:gz|zst))?$/iu;

/** Whether a path or name is that of a reference file. Case does not count, as in the globs of custom editors. */
export function isReferenceName(path: string): boolean {
  return referenceName.test(path);
}

/** The view type of the editor for a file: other names than those of reference files have it as an option only. */
export function viewTypeFor(path: string): string {
  return isReferenceName(path) ? viewTypes.editor : viewTypes.editorAny;
}
