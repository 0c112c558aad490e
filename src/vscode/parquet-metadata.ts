import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import { ZMETADATA } from '../references/reference-set';
import { virtualScheme } from './ids';
import { nameOfUri } from './inputs';

/**
 * The file itself; of a folder, the `.zmetadata` of the reference set in parquet that it holds.
 * @throws KerchunkError `invalid-argument` for a folder without one.
 */
export async function metadataOf(uri: vscode.Uri): Promise<vscode.Uri> {
  if (uri.scheme === virtualScheme || ((await typeOf(uri)) & vscode.FileType.Directory) === 0) return uri;
  const metadata = vscode.Uri.joinPath(uri, ZMETADATA);
  if (((await typeOf(metadata)) & vscode.FileType.File) !== 0) return metadata;
  throw new KerchunkError(
    'invalid-argument',
    vscode.l10n.t('{0} is a folder without .zmetadata; it is no reference set in parquet.', nameOfUri(uri)),
  );
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    return vscode.FileType.Unknown;
  }
}

/** Whether a file is the `.zmetadata` of a reference set in parquet, by its name. */
export function isMetadataName(path: string): boolean {
  return path.endsWith(`/${ZMETADATA}`);
}

/** What people call a set: the name of its file, of one in parquet that of its folder. */
export function nameOfSet(uri: vscode.Uri): string {
  return nameOfUri(isMetadataName(uri.path) ? vscode.Uri.joinPath(uri, '..') : uri);
}

/** The folder that a set stands in: of one in parquet, whose own folder is the set, the one around that. */
export function folderOfSet(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, isMetadataName(uri.path) ? '../..' : '..');
}
