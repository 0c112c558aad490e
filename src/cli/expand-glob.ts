import { KerchunkError } from '../errors';
import { isParquetName } from '../manifest/forms';
import { isReferenceName } from '../references/file-names';
import { ZMETADATA } from '../references/reference-set';
import { isTiffName } from '../tiff/file-names';
import { plural } from '../words';
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

/**
 * As `expandInputs`, of reference sets: of a folder that is no set in parquet, the sets in it that are named as such, if there are some.
 * @throws KerchunkError `invalid-argument` for a wildcard that fits nothing.
 */
export function expandSets(terminal: Files, inputs: readonly string[]): Promise<string[]> {
  return expand(terminal, inputs, (folder) => setsIn(terminal, folder));
}

/** As `expandSets`, of the one set that a command takes. @throws KerchunkError `invalid-argument` for several. */
export async function expandSet(terminal: Files, input: string): Promise<string> {
  const sets = await expandSets(terminal, [input]);
  const [only, ...others] = sets;
  if (only !== undefined && others.length === 0) return only;
  const named = sets.slice(0, NAMED).join(', ');
  throw new KerchunkError(
    'invalid-argument',
    `${plural(sets.length, 'set')} fit ${input}, and one is taken at a time: ${named}${sets.length > NAMED ? ', …' : ''}. Name one of them.`,
  );
}

/** Sets that are named where several fit. */
const NAMED = 5;

/** Paths and addresses without those that came before, and those that came again. */
export function withoutTwins(
  terminal: Pick<Terminal, 'absolute'>,
  paths: readonly string[],
): { paths: string[]; twins: string[] } {
  const found = new Map<string, string>();
  const twins = new Set<string>();
  for (const path of paths) {
    const key = isAddress(path) ? path : terminal.absolute(path);
    const known = found.get(key);
    if (known === undefined) found.set(key, path);
    else twins.add(known);
  }
  return { paths: [...found.values()], twins: [...twins] };
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
  const tiffs = (await namesIn(terminal, folder)).filter(isTiffName);
  if (tiffs.length > 0) return tiffs.map((name) => terminal.join(folder, name));
  throw new KerchunkError(
    'invalid-argument',
    `${folder} is a folder without TIFFs. Name files, or a folder that holds some; of folders in it too, as in ${terminal.join(folder, '*', '*.tif')}.`,
  );
}

/** A folder that holds no sets stays, and so does one that cannot be read: who opens it says what is wrong. */
async function setsIn(terminal: Pick<Terminal, 'folder' | 'join' | 'isFolder'>, folder: string): Promise<string[]> {
  try {
    if (await holdsSet(terminal, folder)) return [folder];
    const sets: string[] = [];
    for (const name of await namesIn(terminal, folder)) {
      const path = terminal.join(folder, name);
      // GeoParquet has folders of such names too.
      const isSet = isParquetName(name) && (await terminal.isFolder(path)) && (await holdsSet(terminal, path));
      if (isSet || isReferenceName(name)) sets.push(path);
    }
    return sets.length === 0 ? [folder] : sets;
  } catch (error) {
    if (error instanceof KerchunkError) return [folder];
    throw error;
  }
}

async function holdsSet(terminal: Pick<Terminal, 'folder'>, folder: string): Promise<boolean> {
  return (await terminal.folder(folder).open(ZMETADATA)) !== undefined;
}

/** What stands in a folder, in the order of names, but for hidden files. */
async function namesIn(terminal: Pick<Terminal, 'folder'>, folder: string): Promise<string[]> {
  const listed = await terminal.folder(folder).list('');
  const names = listed === undefined || listed === 'unknown' ? [] : listed;
  return names.filter((name) => !name.startsWith('.')).sort();
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
