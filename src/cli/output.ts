import { KerchunkError } from '../errors';
import { lookIntoFolder } from '../references/parquet/look-into-folder';
import { isReplaceable } from '../references/replaceable';
import { isAddress, type Terminal } from './terminal';

/**
 * Whether a reference file stands at `path`, which writing will replace. An empty file, or object, holds nothing that could be lost.
 * @throws KerchunkError `write-failed` for any other file: what has no key of references in its first bytes is not replaced.
 */
export async function replacesReferences(terminal: Terminal, path: string): Promise<boolean> {
  const start = await terminal.startOf(path);
  if (start === undefined) return false;
  if (await isReplaceable(start)) return true;
  throw new KerchunkError(
    'write-failed',
    `${path} exists and is no reference file; it is left as it is. Give another name with -o, or delete it first.`,
  );
}

/** Of inputs, the one whose place an output would take, under whatever name; a set in parquet is named by its folder or its `.zmetadata`. */
export async function inputInPlace(
  terminal: Terminal,
  inputs: readonly string[],
  output: string,
): Promise<string | undefined> {
  if (output === '-') return undefined;
  const bare = (path: string): string => terminal.absolute(path).replace(/[\\/]+(?:\.zmetadata)?$/u, '');
  for (const input of inputs) {
    if (!isAddress(input) && (await terminal.isSame(bare(input), bare(output)))) return input;
  }
  return undefined;
}

/**
 * As `replacesReferences`, of a folder, which a set in parquet may replace where it is one or empty.
 * @throws KerchunkError `write-failed` for any other folder, also for a set in parquet that holds other files, and for a file.
 */
export async function replacesParquet(terminal: Terminal, path: string): Promise<boolean> {
  if (!(await terminal.isFolder(path))) {
    if ((await terminal.startOf(path)) === undefined) return false;
    throw new KerchunkError(
      'write-failed',
      `${path} is a file, and a set in parquet is a folder. Give another name with -o.`,
    );
  }
  const found = await lookIntoFolder(terminal.folder(path));
  if (found.kind === 'empty') return false;
  if (found.kind === 'other') {
    throw new KerchunkError(
      'write-failed',
      `${path} is a folder that holds no reference set in parquet; it is left as it is. Give another name with -o.`,
    );
  }
  if (found.foreign === undefined) return true;
  throw new KerchunkError(
    'write-failed',
    `${path} holds ${found.foreign}, which is no part of a reference set in parquet and would be lost; the folder is left as it is. Move that file, or give another name with -o.`,
  );
}
