import { KerchunkError } from '../errors';
import { isTiffName } from '../tiff/file-names';
import { isAddress, type Terminal } from './terminal';

type Files = Pick<Terminal, 'folder' | 'join' | 'absolute' | 'isFile' | 'isFolder' | 'fileUrl'>;

/**
 * The files that arguments name, in the order given: of wildcards that the shell left in place those that fit, of a folder the TIFFs in it, all in
 * the order of their names; anything else as it is.
 * @throws KerchunkError `invalid-argument` for a wildcard that fits nothing, and for a folder without TIFFs.
 */
export function expandInputs(terminal: Files, inputs: readonly string[]): Promise<string[]> {
  return expand(terminal, inputs, (folder) => tiffsIn(terminal, folder));
}

/** As `expandInputs`, of reference sets, which may be folders: these stay as they are. @throws KerchunkError `invalid-argument` for a wildcard that fits nothing. */
export function expandSets(terminal: Files, inputs: readonly string[]): Promise<string[]> {
  return expand(terminal, inputs, (folder) => Promise.resolve([folder]));
}

async function expand(
  terminal: Files,
  inputs: readonly string[],
  ofFolder: (folder: string) => Promise<string[]>,
): Promise<string[]> {
  const paths: string[] = [];
  for (const input of inputs) {
    if (isAddress(input) || (await terminal.isFile(terminal.fileUrl(input)))) paths.push(input);
    else if (await terminal.isFolder(input)) paths.push(...(await ofFolder(input)));
    else if (!isGlob(input)) paths.push(input);
    else {
      const expanded = await expandGlob(terminal, input);
      if (expanded.length === 0) throw new KerchunkError('invalid-argument', `No file fits ${input}. Check the path.`);
      paths.push(...expanded);
    }
  }
  return paths;
}

async function tiffsIn(terminal: Pick<Terminal, 'folder' | 'join'>, folder: string): Promise<string[]> {
  const listed = await terminal.folder(folder).list('');
  const names = listed === undefined || listed === 'unknown' ? [] : listed;
  const tiffs = names.filter((name) => isTiffName(name) && !name.startsWith('.')).sort();
  if (tiffs.length > 0) return tiffs.map((name) => terminal.join(folder, name));
  throw new KerchunkError(
    'invalid-argument',
    `${folder} is a folder without TIFFs. Name files, or a folder that holds some; of folders in it too, as in ${terminal.join(folder, '*', '*.tif')}.`,
  );
}

function isGlob(path: string): boolean {
  return /[*?]/u.test(path);
}

/** The paths that `*` and `?`, which stand for anything but a slash, make of one, in the order of their names; hidden files only where a dot is asked for. */
async function expandGlob(terminal: Pick<Terminal, 'folder' | 'join' | 'absolute'>, path: string): Promise<string[]> {
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
