import { isReferenceName } from '../references/file-names';
import { viewTypes } from './ids';

/** The view type of the editor for a file: other names than those of reference files have it as an option only. */
export function viewTypeFor(path: string): string {
  return isReferenceName(path) ? viewTypes.editor : viewTypes.editorAny;
}
