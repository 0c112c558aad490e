import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import { fileErrorInWords, isFileNotFound } from './file-errors';
import { writeThroughTemporary } from './write-file';

/** The COG that ships with the extension, below its folder: a made-up landscape of 1536 by 1536 pixels with predictor 2. */
const SHIPPED = ['dist', 'assets', 'red.tif'];
/** The folder that takes it, so that it never meets a file of the user's. */
const FOLDER = 'kerchunk-sample';

/** What the walkthrough looks at in references to the sample. */
export const sampleChunk = { path: 'red', indices: [3, 2] };

/** Where references of the sample are written that lies at `tiff`. */
export function sampleReferences(tiff: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(tiff, '..', 'red.kerchunk.json');
}

/**
 * Writes the sample into a folder of its own below `parent`, where it is not there yet.
 * @returns where it is.
 * @throws KerchunkError `write-failed`, also where another file has its name.
 */
export async function writeSample(extensionUri: vscode.Uri, parent: vscode.Uri): Promise<vscode.Uri> {
  const content = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, ...SHIPPED));
  const target = vscode.Uri.joinPath(parent, FOLDER, 'red.tif');
  const there = await sizeOf(target);
  if (there === content.length) return target;
  if (there !== undefined) {
    throw new KerchunkError(
      'write-failed',
      vscode.l10n.t('{0} is another file than the sample. Move it, and try again.', target.path),
    );
  }
  await writeThroughTemporary(target, content, { replace: false, signal: new AbortController().signal });
  return target;
}

/** Bytes of a file; undefined where there is none. @throws KerchunkError `write-failed` where nothing can be learnt of it. */
async function sizeOf(uri: vscode.Uri): Promise<number | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch (error) {
    if (isFileNotFound(error)) return undefined;
    const reason = fileErrorInWords(error);
    throw new KerchunkError(
      'write-failed',
      vscode.l10n.t("{0} can't be written: {1}. Choose another folder.", uri.path, reason),
      { cause: error },
    );
  }
}
