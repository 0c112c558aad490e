import type { Terminal } from './terminal';

/** Whether a path has wildcards that the shell left in place. */
export function isGlob(path: string): boolean {
  return /[*?]/u.test(path);
}

/** The paths that `*` and `?`, which stand for anything but a slash, make of one, in the order of their names; hidden files only where a dot is asked for. */
export async function expandGlob(
  terminal: Pick<Terminal, 'folder' | 'join' | 'absolute'>,
  path: string,
): Promise<string[]> {
  const pieces = path.split(/[\\/]+/u);
  const isRooted = /^[\\/]/u.test(path);
  let found = [isRooted ? '/' : ''];
  for (const piece of isRooted ? pieces.slice(1) : pieces) {
    if (!isGlob(piece)) {
      found = found.map((folder) => (folder === '' ? piece : terminal.join(folder, piece)));
      continue;
    }
    const expression = new RegExp(
      `^${piece
        .replace(/[.+^${}()|[\]\\]/gu, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
      'u',
    );
    const next: string[] = [];
    for (const folder of found) {
      const listed = await terminal.folder(folder === '' ? terminal.absolute('.') : folder).list('');
      const names = listed === undefined || listed === 'unknown' ? [] : listed;
      for (const name of [...names].sort()) {
        const isHidden = name.startsWith('.') && !piece.startsWith('.');
        if (!isHidden && expression.test(name)) next.push(folder === '' ? name : terminal.join(folder, name));
      }
    }
    found = next;
  }
  return found;
}
