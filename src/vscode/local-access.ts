/**
 * A path in the form in which paths are compared: forward slashes, `.` and `..` resolved, Windows paths in lower case. Two paths that
 * lead to the same file through links differ all the same.
 */
export function comparablePath(path: string): string {
  const plain = withoutDots(path);
  return isWindowsPath(path) ? plain.replaceAll('\\', '/').toLowerCase() : plain;
}

/** An absolute path with `.` and `..` resolved, as if no folder in it were a link; above the root there is the root. */
export function withoutDots(path: string): string {
  const windows = isWindowsPath(path);
  const forward = windows ? path.replaceAll('\\', '/') : path;
  const [, root = '', rest = ''] = /^(\/\/[^/]+\/?|[a-z]:\/?|\/)(.*)$/isu.exec(forward) ?? [];
  const parts: string[] = [];
  for (const part of rest.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  const plain = `${root.replace(/\/?$/u, '/')}${parts.join('/')}`;
  return windows ? plain.replaceAll('/', '\\') : plain;
}

function isWindowsPath(path: string): boolean {
  return /^(?:[a-z]:|\\\\)/iu.test(path);
}

/** Whether `path` is `folder` or lies in it, at any depth. */
export function isWithin(path: string, folder: string): boolean {
  const [inner, outer] = [comparablePath(path), comparablePath(folder)];
  return inner === outer || inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`);
}

/** The folder that holds the file at an absolute path, `/` or `\` as the path has them. */
export function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  // The root, or a drive's, keeps its slash.
  return path.slice(0, /^(?:|[a-z]:)$/iu.test(path.slice(0, end)) ? end + 1 : end);
}
