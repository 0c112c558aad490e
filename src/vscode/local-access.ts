/**
 * A path in the form in which paths are compared: forward slashes, `.` and `..` resolved, Windows paths in lower case. Two paths that
 * lead to the same file through links differ all the same.
 */
export function comparablePath(path: string): string {
  const windows = /^(?:[a-z]:|\\\\)/iu.test(path);
  const forward = windows ? path.replaceAll('\\', '/').toLowerCase() : path;
  const [, root = '', rest = ''] = /^(\/\/[^/]+\/?|[a-z]:\/?|\/)(.*)$/su.exec(forward) ?? [];
  const parts: string[] = [];
  for (const part of rest.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `${root.replace(/\/?$/u, '/')}${parts.join('/')}`;
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
