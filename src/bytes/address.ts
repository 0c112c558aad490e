import { isAbsolutePath, isChained } from '../address-form';
import { KerchunkError } from '../errors';
import { objectStoreAddress } from './object-store';
import { fileUrlToPath, pathToFileUrl } from './file-url';

/**
 * The address that a request can go to: s3:, gs: and az: addresses (and their other names s3a:, gcs:, abfs:, abfss:) as the
 * public https address of the same object; http:, https: and file: unchanged.
 * @throws KerchunkError `invalid-argument` for any other scheme, and where a part that the address needs is missing.
 */
export function publicAddress(url: string): string {
  if (isChained(url)) {
    throw new KerchunkError(
      'invalid-argument',
      `${url} chains several protocols (::), which only fsspec can follow. Use the address of the file itself.`,
    );
  }
  const scheme = schemeOf(url);
  if (scheme === 'file') return url;
  if (scheme === 'http' || scheme === 'https') return checkedWebAddress(url);
  const mapped = scheme === undefined ? undefined : objectStoreAddress(scheme, url);
  if (mapped !== undefined) return mapped;
  const reason =
    scheme === undefined ? 'It is a relative address without a folder to start from' : `Nothing here reads ${scheme}:`;
  throw new KerchunkError(
    'invalid-argument',
    `Can't read ${url === '' ? 'an empty address' : url}. ${reason}; use an http, https, s3, gs, az or file address.`,
  );
}

function checkedWebAddress(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch (error) {
    throw new KerchunkError('invalid-argument', `${url} is no valid web address. Correct it.`, {
      cause: error,
    });
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new KerchunkError(
      'invalid-argument',
      `${displayAddress(url)} holds a user name or password, which can't be sent that way. Use a public or signed address.`,
    );
  }
  return url;
}

/**
 * An address fit for messages and logs: without user name, password and the values behind `?`, where signatures stand.
 * Anything but a web address stays as it is.
 */
export function displayAddress(url: string): string {
  if (!/^https?:/i.test(url)) return url;
  return url.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1').replace(/\?.*$/s, '?…');
}

/**
 * The absolute address of a reference's target. Absolute addresses stay unchanged, absolute POSIX and Windows paths become file:
 * URLs, anything else is resolved against the folder of `base`.
 * @param base address or absolute path of the reference file, or of a folder where it ends with a slash.
 * @throws KerchunkError `invalid-argument` for an empty target, and for a relative one without a base.
 */
export function resolveTarget(target: string, base: string | undefined): string {
  if (target === '') throw new KerchunkError('invalid-argument', 'The reference has an empty target.');
  if (schemeOf(target) !== undefined || isChained(target)) return target;
  if (isAbsolutePath(target)) return pathToFileUrl(target);
  if (base !== undefined && isAbsolutePath(base)) return besideFile(target, base);
  const scheme = base === undefined ? undefined : schemeOf(base);
  if (base === undefined || scheme === undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `The target ${target} is relative, and the references have no folder to start from. Save them to a file, or write absolute addresses.`,
    );
  }
  if (scheme === 'file') return besideFile(target, fileUrlToPath(base));
  if (scheme === 'http' || scheme === 'https') return new URL(`./${target}`, base).href;
  const [, root = '', path = ''] = /^([^:]+:\/\/[^/]*\/?)(.*)$/s.exec(base) ?? [];
  return root + joinPath(path, target);
}

/** The file: URL of a path relative to the folder of the file at the absolute path `base`. */
function besideFile(target: string, base: string): string {
  const windows = !base.startsWith('/');
  const [from, to] = windows ? [base.replaceAll('\\', '/'), target.replaceAll('\\', '/')] : [base, target];
  const [, root = '', rest = ''] = /^(\/\/[^/]+\/|[a-z]:\/|\/)(.*)$/is.exec(from) ?? [];
  const path = root + joinPath(rest, to);
  return pathToFileUrl(windows ? path.replaceAll('/', '\\') : path);
}

/** `target` seen from the folder of `path`, both with `/` and without a root; `..` does not climb above the root. */
function joinPath(path: string, target: string): string {
  const joined = path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') joined.pop();
    else if (part !== '.') joined.push(part);
  }
  return joined.join('/');
}

/** The scheme of an absolute address. A drive (`C:\data`) is none, and without slashes after it neither is a file name (`a:b.tif`). */
function schemeOf(url: string): string | undefined {
  const [, scheme] = /^([a-z][a-z0-9+.-]+):\/\//i.exec(url) ?? /^(file):\//i.exec(url) ?? [];
  return scheme?.toLowerCase();
}
