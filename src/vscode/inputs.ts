import * as vscode from 'vscode';
import { displayAddress, publicAddress } from '../bytes/address';

import { createOpener } from '../bytes/open';
import type { ByteSource, RequestTrace } from '../bytes/source';
import { isAbsolutePath } from '../address-form';
import { pathToFileUrl } from '../bytes/file-url';
import { KerchunkError } from '../errors';
import { BESIDE } from '../tiff/beside';
import type { SourceOfItem } from '../webview/messages';
import { openRanges } from './local-files';
import { machinePath, targetOfFile } from './target-address';
import { WorkspaceSource } from './workspace-source';

/** A TIFF to generate from. `url` is an http(s) address. */
export type TiffInput = { kind: 'file'; uri: vscode.Uri } | { kind: 'url'; url: string };

/**
 * The input that an address as a user writes it stands for; s3, gs and az addresses become their public https form.
 * @throws KerchunkError `invalid-argument` for anything that is no web address.
 */
export function inputOfAddress(text: string): TiffInput {
  const url = publicAddress(text.trim());
  if (!/^https?:/iu.test(url)) {
    throw new KerchunkError('invalid-argument', `${text} is no web address. Choose the file instead.`);
  }
  return { kind: 'url', url };
}

/** The input that VS Code's address of something stands for. */
export function inputOfUri(uri: vscode.Uri): TiffInput {
  return /^https?$/u.test(uri.scheme) ? inputOfAddress(uri.toString(true)) : { kind: 'file', uri };
}

/** The last part of an address's path. */
export function nameOfUri(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** The TIFF's file name; of an address without one, the whole. */
export function nameOfInput(input: TiffInput): string {
  const uri = input.kind === 'file' ? input.uri : vscode.Uri.parse(input.url);
  return nameOfUri(uri) || locationOfInput(input);
}

/** Where the TIFF is, fit for messages and logs. */
export function locationOfInput(input: TiffInput): string {
  return input.kind === 'file' ? locationOfUri(input.uri) : displayAddress(input.url);
}

/** The path of a file on its machine, or its whole address where it is on none. */
export function locationOfUri(uri: vscode.Uri): string {
  return machinePath(uri) ?? uri.toString(true);
}

/**
 * The address that references to the TIFF carry.
 * @throws KerchunkError what targetOfFile throws.
 */
export function targetOfInput(input: TiffInput, urlPrefix: string): string {
  if (input.kind === 'url') return input.url;
  const folder = vscode.workspace.getWorkspaceFolder(input.uri);
  const relative = folder === undefined ? nameOfInput(input) : input.uri.path.slice(folder.uri.path.length);
  return targetOfFile(input.uri, relative.replace(/^\/+/u, ''), urlPrefix);
}

/** The TIFF as reports name it. */
export function describeInput(input: TiffInput): SourceOfItem {
  const source = { source: nameOfInput(input), sourceLocation: locationOfInput(input) };
  return input.kind === 'file' ? { ...source, sourceUri: input.uri.toString() } : source;
}

/**
 * The files of overviews and of a mask that stand beside a local TIFF, by their endings. A link is none of them: it may lead out of the
 * workspace. Beside a web address nothing is looked for, which would cost requests that nobody asked for.
 */
export async function inputsBeside(input: TiffInput): Promise<ReadonlyMap<string, TiffInput>> {
  const found = new Map<string, TiffInput>();
  if (input.kind === 'url') return found;
  for (const ending of Object.values(BESIDE)) {
    const uri = input.uri.with({ path: `${input.uri.path}${ending}` });
    const type = await vscode.workspace.fs.stat(uri).then(
      (stat) => stat.type,
      () => undefined,
    );
    if (type === vscode.FileType.File) found.set(ending, { kind: 'file', uri });
  }
  return found;
}

/** Opens the TIFF: by ranges over the web and from the host's own disk, whole elsewhere. */
export function openInput(input: TiffInput, onRequest: (trace: RequestTrace) => void): ByteSource {
  if (input.kind === 'url') return createOpener({ onRequest }).open(input.url);
  const { fsPath, scheme } = input.uri;
  return scheme === 'file' && openRanges !== undefined && isAbsolutePath(fsPath)
    ? openRanges(fsPath, pathToFileUrl(fsPath), onRequest)
    : new WorkspaceSource(input.uri, onRequest);
}
