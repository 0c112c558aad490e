/** Whether `path` is absolute: from `/`, from a Windows drive (`C:\`, `C:/`), or on a Windows share (`\\server\`). */
export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:[\\/]/i.test(path) || path.startsWith('\\\\');
}

/** Whether an address is one of fsspec's chains: `simplecache::s3://…`, `zip://member::https://…`. */
export function isChained(url: string): boolean {
  return /^[a-z][a-z0-9+.-]*::|::[a-z][a-z0-9+.-]+:\/\//i.test(url);
}

/**
 * The protocol by which fsspec opens an address, as it is written; undefined for a path, which its local file system gets
 * (fsspec.core.split_protocol: a single letter is a Windows drive).
 */
export function protocolOf(address: string): string | undefined {
  const end = address.indexOf('://');
  if (end > 1) return address.slice(0, end);
  return address.startsWith('data:') ? 'data' : undefined;
}
