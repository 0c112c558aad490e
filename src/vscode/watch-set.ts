import * as vscode from 'vscode';
import { isMetadataName } from './parquet-metadata';

/**
 * Follows a reference file; of a set in parquet, which is known by its `.zmetadata`, all its files, and the folder that may be replaced as a whole.
 * @param changed is told what changed, came or went.
 */
export function watchSet(uri: vscode.Uri, changed: (uri: vscode.Uri) => void): vscode.Disposable {
  const folder = vscode.Uri.joinPath(uri, '..');
  if (!isMetadataName(uri.path)) return watchOne(folder, uri, changed);
  const inside = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**'));
  return vscode.Disposable.from(follow(inside, changed), watchOne(vscode.Uri.joinPath(folder, '..'), folder, changed));
}

/** Of a folder one file or folder. The folder is watched, not the name: a name may hold what a glob takes for more than itself. */
function watchOne(folder: vscode.Uri, one: vscode.Uri, changed: (uri: vscode.Uri) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'));
  const key = one.toString();
  return follow(watcher, (uri) => {
    if (uri.toString() === key) changed(uri);
  });
}

function follow(watcher: vscode.FileSystemWatcher, changed: (uri: vscode.Uri) => void): vscode.Disposable {
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
  );
}
