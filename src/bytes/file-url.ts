import { isAbsolutePath } from '../address-form';
import { KerchunkError } from '../errors';

/**
 * The file: URL of an absolute POSIX or Windows path, percent-encoded; which of the two it is shows in the path itself, so that the
 * result does not depend on where the code runs.
 * @throws KerchunkError `invalid-argument` for a relative path, and for one that is no well-formed Unicode.
 */
export function pathToFileUrl(path: string): string {
  if (!isAbsolutePath(path)) throw new KerchunkError('invalid-argument', `${path} is no absolute path.`);
  if (path.startsWith('/')) return `file://${encodePath(path)}`;
  const forward = path.replaceAll('\\', '/');
  return forward.startsWith('//')
    ? `file:${encodePath(forward)}`
    : `file:///${forward.slice(0, 2)}${encodePath(forward.slice(2))}`;
}

/**
 * The target that a reference file carries for a local file: `file://` and the path as it is. fsspec, which opens it in Python,
 * takes the rest of such an address literally, percent signs included (`fsspec.implementations.local`).
 * @throws KerchunkError `invalid-argument` for a relative path.
 */
export function fileTarget(path: string): string {
  if (!isAbsolutePath(path)) throw new KerchunkError('invalid-argument', `${path} is no absolute path.`);
  if (path.startsWith('/')) return `file://${path}`;
  const forward = path.replaceAll('\\', '/');
  return forward.startsWith('//') ? `file:${forward}` : `file:///${forward}`;
}

/**
 * The path that a file: URL means, percent-decoded where it can be: `/data/a b.tif`, `C:\data\a b.tif`, `\\server\share\a.tif`.
 * `?` and `#` are part of the path, as in fsspec. `..` is not resolved.
 * @throws KerchunkError `invalid-argument` for anything but a file: URL with an absolute path.
 */
export function fileUrlToPath(url: string): string {
  return toPath(url, decode);
}

/**
 * The path that fsspec takes a file: URL to mean, where that is another one than `fileUrlToPath` says: the same without
 * percent-decoding. Undefined where both agree, and where decoding would lead through `..`.
 */
export function literalPath(url: string): string | undefined {
  const [decoded, literal] = [fileUrlToPath(url), toPath(url, (text) => text)];
  return decoded === literal || decoded.split(/[\\/]/).includes('..') ? undefined : literal;
}

function toPath(url: string, decodeWith: (text: string) => string): string {
  const [, authority = '', rest, short = ''] = /^file:(?:\/\/([^/]*)(\/.*)|(\/(?!\/).*))$/is.exec(url) ?? [];
  const path = decodeWith(rest ?? short);
  if (path === '' || path.includes('\0')) {
    throw new KerchunkError('invalid-argument', `${url} is no file address with an absolute path.`);
  }
  if (authority !== '' && authority.toLowerCase() !== 'localhost')
    return `\\\\${authority}${path.replaceAll('/', '\\')}`;
  return /^\/[a-z]:(\/|$)/i.test(path) ? path.slice(1).replaceAll('/', '\\') : path;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A `%` that starts no escape: the writer did not encode at all.
    return text;
  }
}

function encodePath(path: string): string {
  try {
    return path.split('/').map(encodeURIComponent).join('/');
  } catch (error) {
    throw new KerchunkError('invalid-argument', `The path ${path} is no well-formed text.`, { cause: error });
  }
}
