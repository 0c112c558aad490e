import { KerchunkError } from '../errors';
import { type Form, formOfName, isParquetName, type OutputForm } from '../manifest/forms';
import type { Destination } from '../manifest/write-manifest';
import { stemOf } from '../references/file-names';
import { ZMETADATA } from '../references/reference-set';
import { replacesParquet, replacesReferences } from './output';
import type { Terminal } from './terminal';

/** The form of an output by its name, `-` being standard output. @throws KerchunkError `invalid-argument` as formOfName, and for parquet there. */
export function outputForm(output: string, form?: Form, canAsk?: boolean): OutputForm {
  if (output !== '-') return formOfName(output, form, canAsk);
  if (form !== 'parquet') return { form: form ?? 'json1', gzip: false };
  throw new KerchunkError(
    'invalid-argument',
    'A set in parquet is a folder, which standard output cannot hold. Name one.',
  );
}

/** What is made of a set is called so in a folder: of `red.parq`, `red.json.gz` and `red.refs.json` it is `red.kerchunk.json`. */
export function nameInFolder(set: string): string {
  const [path = set] = /^https?:/iu.test(set) ? set.split(/[?#]/u) : [set];
  const name = path.replace(/(?:[/\\]\.zmetadata)?[/\\]*$/u, '').replace(/^.*[/\\]/u, '');
  return `${stemOf(name) || 'references'}.kerchunk.json`;
}

/**
 * The file or folder that is written: the file `name` in a folder, or in one that is made, as generate does it, unless the folder is to be a set in
 * parquet by its name or by `form`.
 * @throws KerchunkError `invalid-argument` for a folder that holds such a set under another name, and for a path in a folder that does not exist.
 */
export async function outputPath(terminal: Terminal, output: string, name: string, form?: Form): Promise<string> {
  if (output === '-' || form === 'parquet' || isParquetName(output)) return output;
  const stands = await terminal.isFolder(output);
  if (!stands && !/[/\\]$/u.test(output)) {
    const folder = terminal.folderOf(output);
    if (await terminal.isFolder(folder)) return output;
    throw new KerchunkError('invalid-argument', `${output}: there is no folder ${folder}. Create it first.`);
  }
  const inside = terminal.join(output, name);
  if (stands && (await terminal.folder(output).open(ZMETADATA)) !== undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `${output} is a folder that holds a zarr store or a reference set in parquet. Name the file that is written, as in -o ${inside}, or end the folder's name in .parq to have a set in parquet replaced.`,
    );
  }
  await terminal.createFolder(output);
  return inside;
}

/**
 * Whether a reference set stands where one will be written.
 * @throws KerchunkError `write-failed` for anything else that stands there, which is not replaced.
 */
export async function replacesSet(terminal: Terminal, output: string, { form }: OutputForm): Promise<boolean> {
  if (output === '-') return false;
  return form === 'parquet' ? replacesParquet(terminal, output) : replacesReferences(terminal, output);
}

/** Where a set goes that is called `output`. */
export function destinationOf(terminal: Terminal, output: string): Destination {
  const toPrint = {
    write: (bytes: Uint8Array) => {
      terminal.print(bytes);
      return Promise.resolve();
    },
  };
  return {
    writeInPieces: (fill) => (output === '-' ? fill(toPrint) : terminal.writeInPieces(output, fill)),
    writeFolder: (fill) => terminal.writeFolder(output, fill),
  };
}
