import type * as vscode from 'vscode';
import { behindLinks } from './through-temporary';

/** Whether two addresses are of one file, or of one set in parquet by its folder or its `.zmetadata`; links are followed as far as the host can. */
export async function isSamePlace(a: vscode.Uri, b: vscode.Uri): Promise<boolean> {
  return (await placeOf(a)) === (await placeOf(b));
}

async function placeOf(uri: vscode.Uri): Promise<string> {
  const bare = uri.with({ path: uri.path.replace(/\/(?:\.zmetadata)?$/u, '') });
  return (await behindLinks(bare)).toString();
}
