import * as vscode from 'vscode';
import { virtualScheme } from './ids';
import { isMetadataName } from './parquet-metadata';

/** What differs between two versions of a file; undefined where there is none, and for what stands in no file system. */
export async function versionOf(uri: vscode.Uri): Promise<string | undefined> {
  if (uri.scheme === virtualScheme) return undefined;
  try {
    return await versionOfFile(uri);
  } catch {
    // Reading it says why.
    return undefined;
  }
}

/** As `versionOf`, of a reference set: of one in parquet, which is known by its `.zmetadata`, of all its files. */
export async function versionOfSet(uri: vscode.Uri): Promise<string | undefined> {
  if (!isMetadataName(uri.path) || uri.scheme === virtualScheme) return versionOf(uri);
  try {
    return await versionOfFolder(vscode.Uri.joinPath(uri, '..'));
  } catch {
    return undefined;
  }
}

async function versionOfFile(uri: vscode.Uri): Promise<string> {
  const { mtime, size } = await vscode.workspace.fs.stat(uri);
  return `${mtime} ${size}`;
}

async function versionOfFolder(folder: vscode.Uri): Promise<string> {
  const versions = (await vscode.workspace.fs.readDirectory(folder)).map(async ([name, type]) => {
    const uri = vscode.Uri.joinPath(folder, name);
    // Through a link there may be no end.
    const below = type === vscode.FileType.Directory ? versionOfFolder(uri) : versionOfFile(uri);
    return `${name} (${await below})`;
  });
  return (await Promise.all(versions)).sort().join('\n');
}
