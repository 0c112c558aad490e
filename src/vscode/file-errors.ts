import * as vscode from 'vscode';

const reasons = new Map([
  ['FileNotFound', 'there is no such file or folder'],
  ['FileNotADirectory', 'a part of the path is a file, not a folder'],
  ['FileIsADirectory', 'it is a folder'],
  ['FileExists', 'a file of that name has appeared in the meantime'],
  ['NoPermissions', 'there is no permission'],
  ['Unavailable', 'the file system is not available'],
]);

/** Why VS Code's file system refused, in words. */
export function fileErrorInWords(error: unknown): string {
  const known = error instanceof vscode.FileSystemError ? reasons.get(error.code) : undefined;
  return known ?? (error instanceof Error ? error.message : String(error));
}
