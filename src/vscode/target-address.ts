import { fileTarget } from '../bytes/file-url';
import { KerchunkError } from '../errors';

/** The parts of an address as `vscode.Uri` has them: `path` decoded, with forward slashes. */
export interface UriParts {
  scheme: string;
  authority: string;
  path: string;
}

/** The schemes whose path is a path of the machine that the extension or its workspace runs on. */
const machineSchemes = ['file', 'vscode-remote'];

/**
 * The path of a file on its machine, as Python there takes it; undefined for a file that stands on no disk. Unlike `fsPath` it
 * does not depend on the system that the browser runs on.
 */
export function machinePath(uri: UriParts): string | undefined {
  if (!machineSchemes.includes(uri.scheme)) return undefined;
  if (uri.scheme === 'file' && uri.authority !== '') return `\\\\${uri.authority}${uri.path.replaceAll('/', '\\')}`;
  return /^\/[a-z]:/iu.test(uri.path) ? uri.path.slice(1) : uri.path;
}

/**
 * The address that references to a local file carry: its `file:` address, or `prefix` and `relativePath` where the user will
 * publish it.
 * @param relativePath path from the workspace folder, or the bare name of a file outside it; forward slashes.
 * @throws KerchunkError `invalid-argument` for a prefix without a scheme, `not-expressible` for a file that has no `file:` address.
 */
export function targetOfFile(uri: UriParts, relativePath: string, prefix: string): string {
  if (prefix !== '') return publishedAddress(prefix, relativePath);
  const path = machinePath(uri);
  if (path !== undefined) return fileTarget(path);
  throw new KerchunkError(
    'not-expressible',
    `References need an address that readers can open, and ${relativePath} stands in a virtual workspace (${uri.scheme}:). ` +
      'Set "Kerchunk › Generate: Url Prefix" to the address under which its folder is published, or generate from its URL.',
  );
}

function publishedAddress(prefix: string, relativePath: string): string {
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]+):\/\/[^/]/iu.exec(prefix) ?? [];
  if (scheme === '') {
    throw new KerchunkError(
      'invalid-argument',
      `The setting kerchunk.generate.urlPrefix is "${prefix}", which is no address. Write one with its scheme, such as https://data.example.org/scenes/ or s3://bucket/scenes/.`,
    );
  }
  // Names in object stores are taken literally; only web addresses are percent-encoded.
  const web = /^https?$/iu.test(scheme);
  const path = web ? relativePath.split('/').map(encodeURIComponent).join('/') : relativePath;
  return prefix.endsWith('/') ? prefix + path : `${prefix}/${path}`;
}
