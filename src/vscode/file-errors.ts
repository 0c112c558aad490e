/** By the codes of VS Code's file system, and of the system's own where it was asked directly. */
const reasons = new Map([
  ['FileNotFound', 'there is no such file or folder'],
  ['FileNotADirectory', 'a part of the path is a file, not a folder'],
  ['FileIsADirectory', 'it is a folder'],
  ['FileExists', 'a file of that name has appeared in the meantime'],
  ['NoPermissions', 'there is no permission'],
  ['EACCES', 'there is no permission'],
  ['EPERM', 'there is no permission'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EISDIR', 'it is a folder'],
  ['Unavailable', 'the file system is not available'],
]);

/** Why a file system refused, in words. */
export function fileErrorInWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return reasons.get(codeOf(error)) ?? error.message;
}

/** Whether a file system refused because there is no such file. */
export function isFileNotFound(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === 'FileNotFound';
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
