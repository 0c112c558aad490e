import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import type { ReferenceFolder } from '../references/parquet/folder';
import { fileErrorInWords, isFileNotFound } from './file-errors';

/** A folder of any file system of VS Code; its files are read whole. */
export function folderInWorkspace(folder: vscode.Uri): ReferenceFolder {
  const at = (path: string): vscode.Uri => (path === '' ? folder : vscode.Uri.joinPath(folder, path));
  const orUndefined = async <T>(uri: vscode.Uri, work: () => PromiseLike<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (isFileNotFound(error)) return undefined;
      throw new KerchunkError('fetch-failed', `${uri.path} can't be read: ${fileErrorInWords(error)}.`, {
        cause: error,
      });
    }
  };
  return {
    list: (path) =>
      orUndefined(at(path), async () => (await vscode.workspace.fs.readDirectory(at(path))).map(([name]) => name)),
    open: async (path) => {
      const uri = at(path);
      const stat = await orUndefined(uri, () => vscode.workspace.fs.stat(uri));
      if (stat === undefined || (stat.type & vscode.FileType.Directory) !== 0) return undefined;
      let whole: Promise<Uint8Array> | undefined;
      return {
        size: stat.size,
        read: async (offset, length) => {
          whole ??= Promise.resolve(vscode.workspace.fs.readFile(uri));
          return (await whole).subarray(offset, offset + length);
        },
      };
    },
  };
}
