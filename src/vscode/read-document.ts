import * as vscode from 'vscode';
import { displayAddress } from '../bytes/address';
import { throwIfCancelled } from '../bytes/cancel';
import { readingInWords, readWholeAddress } from '../bytes/whole-address';
import { KerchunkError } from '../errors';
import { isParquetAddress, zmetadataAddress } from '../read/folder-at-address';
import { ownBuffer } from '../worker/own-buffer';
import { bytesInWords } from '../words';
import { encodeText } from './encode-text';
import { fileErrorInWords } from './file-errors';
import { nameOfUri } from './inputs';
import { readWholeFile } from './local-files';
import { restricted } from './trust';
import { addressOfUri } from './virtual-uris';

/** The largest reference file that is read. */
const largest = 2 ** 31;

/** The open text document of a file; VS Code gives extensions none above 50 MB. */
export function textDocumentOf(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
}

/**
 * The text of a reference file as UTF-8, in a buffer of its own: as it stands in an open text document, edits that are not saved
 * included, else as it is stored.
 * A file at a web address is fetched whole; `tell` says how far that is.
 * @throws KerchunkError `fetch-failed`, `limit-exceeded`, `restricted-mode`, `cancelled`.
 */
export async function readDocument(
  uri: vscode.Uri,
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<ArrayBuffer> {
  const address = addressOfUri(uri);
  if (address !== undefined) return readAtAddress(address, signal, tell);
  const document = textDocumentOf(uri);
  if (document !== undefined) return encodeText(document, signal);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > largest) throw tooLarge(uri, size);
    throwIfCancelled(signal);
    if (uri.scheme === 'file' && readWholeFile !== undefined) return await readWholeFile(uri.fsPath, signal);
    return ownBuffer(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof KerchunkError) throw error;
    const reason = fileErrorInWords(error);
    throw new KerchunkError('fetch-failed', `${uri.path} can't be read: ${reason}.`, { cause: error });
  }
}

/** The whole file at an address; in Restricted Mode nothing. */
async function readAtAddress(
  address: string,
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<ArrayBuffer> {
  if (!vscode.workspace.isTrusted) throw restricted(displayAddress(address));
  const url = isParquetAddress(address) === true ? zmetadataAddress(address) : address;
  const bytes = await readWholeAddress(url, {
    signal,
    limit: largest,
    onProgress: (read, size) => {
      tell(readingInWords(read, size));
    },
  });
  return ownBuffer(bytes);
}

function tooLarge(uri: vscode.Uri, size: number): KerchunkError {
  return new KerchunkError(
    'limit-exceeded',
    `${nameOfUri(uri)} has ${bytesInWords(size)}; JSON of more than ${bytesInWords(largest)} is not read. ` +
      'Write such references as Parquet, or in several files.',
  );
}
