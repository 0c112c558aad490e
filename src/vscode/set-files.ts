import * as vscode from 'vscode';
import { isAbsolutePath } from '../address-form';
import { fileUrlToPath, pathToFileUrl } from '../bytes/file-url';
import { readWholeAddress } from '../bytes/whole-address';
import { displayAddress } from '../bytes/address';
import { KerchunkError } from '../errors';
import { isStacName, linesOfList, MOST_LIST_BYTES, textOfList } from '../stack/file-list';
import { fileOfAddress, withoutRepeated } from '../stack/inputs';
import type { SetFile } from '../stack/types';
import { isTiffName } from '../tiff/file-names';
import { bytesInWords, countInWords } from '../words';
import type { WorkerClient } from '../worker/client';
import { ownBuffer } from '../worker/own-buffer';
import { fileErrorInWords } from './file-errors';
import { inputOfUri, locationOfUri, nameOfUri, type TiffInput, targetOfInput } from './inputs';
import { readSettings } from './settings';
import { machinePath } from './target-address';
import { restricted } from './trust';
import { checkVirtual } from './workspace-uris';

/** What TIFFs, STAC files and lists that were chosen name. */
export interface SetFiles {
  files: SetFile[];
  /** Files that are opened by their place in the workspace, by their addresses. */
  inputs: Map<string, TiffInput>;
  /** STAC items among them. */
  items: number;
  warnings: string[];
  /** Local files that a list or STAC names, and who does: outside the workspace the user is asked about them. */
  named: { url: string; by: vscode.Uri }[];
}

/**
 * The TIFFs that files stand for: themselves, those of a STAC Item or ItemCollection, those that a list names, a path or address a line, from which
 * relative ones count; in the order given, each once. A TIFF that an item names too counts as the item says.
 * @throws KerchunkError `invalid-argument` for what is none of these, `fetch-failed`, `limit-exceeded`, `restricted-mode`; what readStac throws.
 */
export async function filesOfChoice(
  worker: WorkerClient,
  uris: readonly vscode.Uri[],
  signal: AbortSignal,
): Promise<SetFiles> {
  const found: SetFiles = { files: [], inputs: new Map(), items: 0, warnings: [], named: [] };
  for (const uri of uris) {
    if (isTiffName(uri.path)) addTiff(uri, nameOfUri(uri), found);
    else await addNamed(worker, uri, found, signal);
  }
  const { files, warnings } = withoutRepeated(found.files);
  return { ...found, files, warnings: [...found.warnings, ...warnings] };
}

function addTiff(uri: vscode.Uri, label: string, { files, inputs }: SetFiles): void {
  const input = inputOfUri(uri);
  if (input.kind === 'url') {
    files.push(fileOfAddress(input.url, label));
    return;
  }
  const url = addressOfFile(uri);
  inputs.set(url, input);
  files.push({ url, target: targetOfInput(input, readSettings(uri).urlPrefix), label, names: [] });
}

/** What STAC and lists call a local file too: its path as a file: address, or VS Code's where it has none. */
function addressOfFile(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? pathToFileUrl(machinePath(uri) ?? uri.path) : uri.toString();
}

async function addNamed(worker: WorkerClient, uri: vscode.Uri, found: SetFiles, signal: AbortSignal): Promise<void> {
  const name = nameOfUri(uri);
  const bytes = await readLimited(uri);
  const { text, isStac } = textOfList(bytes);
  if (isStac) {
    await addStac(worker, bytes, uri, found, signal);
    return;
  }
  for (const line of linesOfList(text, name)) {
    const isAddress = /^[a-z][a-z0-9+.-]+:\/\//iu.test(line);
    const isJson = isStacName(line);
    if (isAddress && !line.startsWith('file:')) {
      if (isJson) await addStacAt(worker, line, found, signal);
      else found.files.push(fileOfAddress(line, line));
      continue;
    }
    const path = line.startsWith('file:') ? fileUrlToPath(line) : line;
    const file = isAbsolutePath(path)
      ? uri.with({ path: uriPath(path) })
      : vscode.Uri.joinPath(uri, '..', uriPath(path));
    if (isJson) await addStac(worker, await readLimited(file), file, found, signal);
    else await addLocal(file, line, uri, found);
  }
}

/** Of files outside the workspace the user is asked. */
async function addLocal(file: vscode.Uri, label: string, by: vscode.Uri, found: SetFiles): Promise<void> {
  if (machinePath(file) === undefined) await checkVirtual(file);
  else if (vscode.workspace.getWorkspaceFolder(file) === undefined) {
    const url = pathToFileUrl(machinePath(file) ?? file.path);
    found.named.push({ url, by });
    const target = targetOfInput({ kind: 'file', uri: file }, readSettings(file).urlPrefix);
    found.files.push({ url, target, label, names: [] });
    return;
  }
  addTiff(file, label, found);
}

async function addStac(
  worker: WorkerClient,
  bytes: Uint8Array,
  uri: vscode.Uri,
  found: SetFiles,
  signal: AbortSignal,
): Promise<void> {
  // In a virtual workspace the path counts, and what it leads to is looked for in the same file system.
  const base = machinePath(uri) ?? uri.path;
  const files = await stacFiles(worker, bytes, base, found, signal);
  for (const file of files) {
    if (!file.url.startsWith('file:')) {
      found.files.push(file);
      continue;
    }
    const local = uri.with({ path: uriPath(fileUrlToPath(file.url)) });
    const beside: SetFiles = { ...found, files: [] };
    await addLocal(local, file.label, uri, beside);
    found.files.push(...beside.files.map(({ url, target }) => ({ ...file, url, target })));
  }
}

async function addStacAt(worker: WorkerClient, url: string, found: SetFiles, signal: AbortSignal): Promise<void> {
  if (!vscode.workspace.isTrusted) throw restricted(displayAddress(url));
  const bytes = await readWholeAddress(url, { signal, limit: MOST_LIST_BYTES });
  found.files.push(...(await stacFiles(worker, bytes, url, found, signal)));
}

/** In the worker: an ItemCollection of many scenes takes long to parse. */
async function stacFiles(
  worker: WorkerClient,
  bytes: Uint8Array,
  base: string,
  found: SetFiles,
  signal: AbortSignal,
): Promise<SetFile[]> {
  const text = ownBuffer(bytes);
  const { files, items, warnings } = await worker.request('readStac', { text, base }, { transfer: [text], signal });
  found.items += items;
  found.warnings.push(...warnings);
  return files;
}

async function readLimited(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) {
      throw new KerchunkError(
        'invalid-argument',
        vscode.l10n.t('{0} is a folder. Select the TIFFs in it.', locationOfUri(uri)),
      );
    }
    if (size > MOST_LIST_BYTES) {
      throw new KerchunkError(
        'limit-exceeded',
        vscode.l10n.t(
          '{0} has {1}; lists and STAC of more than {2} are not read. Divide it.',
          nameOfUri(uri),
          bytesInWords(size),
          bytesInWords(MOST_LIST_BYTES),
        ),
      );
    }
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof KerchunkError) throw error;
    throw new KerchunkError('fetch-failed', `${uri.path} can't be read: ${fileErrorInWords(error)}.`, { cause: error });
  }
}

/** A path of the machine as `vscode.Uri` has it. */
function uriPath(path: string): string {
  const forward = path.replaceAll('\\', '/');
  return /^[a-z]:/iu.test(forward) ? `/${forward}` : forward;
}

/** `12 TIFFs`, or the name of the one file that was chosen. */
export function nameOfChoice(uris: readonly vscode.Uri[]): string {
  const [first, ...others] = uris;
  if (first !== undefined && others.length === 0) return nameOfUri(first);
  return vscode.l10n.t('{0} files', countInWords(uris.length));
}
