import * as vscode from 'vscode';
import { displayAddress } from '../bytes/address';
import { withoutCompressionEnding } from '../compression';
import { virtualScheme } from './ids';

/** VS Code's address of a reference file by the address that it is read from: http(s), s3, gs or az. */
export function uriOfAddress(url: string): vscode.Uri {
  const [, , rest = url] = /^([a-z][a-z0-9+.-]+):\/+([^?#]*)/iu.exec(displayAddress(url)) ?? [];
  return vscode.Uri.from({ scheme: virtualScheme, path: `/${rest.replace(/\/+$/u, '')}`, query: url });
}

/** The address that a document is read from; undefined for a file of a file system. */
export function addressOfUri({ scheme, query }: vscode.Uri): string | undefined {
  return scheme === virtualScheme && /^(?:https?|s3a?|gcs?|gs|az|abfss?):/iu.test(query) ? query : undefined;
}

/** VS Code's address of the text of a compressed file, which stands in a file system. */
export function textUriOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.from({
    scheme: virtualScheme,
    path: withoutCompressionEnding(uri.path),
    query: uri.toString(),
  });
}

/** The reference file that a document belongs to: of the text of a compressed file that file, of anything else itself. */
export function documentUriOf(uri: vscode.Uri): vscode.Uri {
  if (uri.scheme !== virtualScheme || addressOfUri(uri) !== undefined) return uri;
  return vscode.Uri.parse(uri.query, true);
}
