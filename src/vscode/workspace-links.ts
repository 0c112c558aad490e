import * as vscode from 'vscode';

/**
 * Whether a file below the folder `root`, or a folder between the two, is a link: VS Code's file systems follow links and do not say
 * where to. What is not there is none. `uri` has no dot segments.
 */
export async function isBehindLink(uri: vscode.Uri, root: vscode.Uri): Promise<boolean> {
  for (let place = uri; place.path.length > root.path.length; place = vscode.Uri.joinPath(place, '..')) {
    if (await isLink(place)) return true;
  }
  return false;
}

async function isLink(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return (type & vscode.FileType.SymbolicLink) !== 0;
  } catch {
    // Reading it says why.
    return false;
  }
}
