import { createOpener } from '../bytes/open';
import { editManifest, type Edits } from '../combine/edit';
import type { NamedManifest } from '../combine/types';
import { absoluteUrls, mapUrls } from '../combine/urls';
import { KerchunkError } from '../errors';
import type { Form } from '../manifest/forms';
import { manifestOfReferences } from '../manifest/from-references';
import type { Manifest } from '../manifest/types';
import { toZarrVersion } from '../manifest/zarr-version';
import { writeManifest } from '../manifest/write-manifest';
import { formOf } from '../references/address-forms';
import type { ReferenceSet } from '../references/reference-set';
import { bytesInWords, plural } from '../words';
import { toJson } from './json';
import { openReferences } from './open-references';
import { destinationOf, outputForm, replacesSet } from './set-output';
import { exitCodes, type Terminal } from './terminal';

/** Options of all commands that write reference sets. */
export interface WriteArguments {
  output: string;
  form?: Form;
  recordSize?: number;
  nested: boolean;
  /** Version of zarr that the metadata are written in; as they are where it is not given. */
  zarr?: 2 | 3;
  drop: string[];
  rename: [path: string, name: string][];
  urlPrefix: [from: string, to: string][];
  json: boolean;
}

/** A reference set that was opened to be changed, with what it says of its form. */
export interface OpenedManifest extends NamedManifest {
  set: ReferenceSet;
}

/**
 * Opens a reference file, or set in parquet, as a manifest.
 * @throws KerchunkError as `openReferences` and `manifestOfReferences`, with the file's name.
 */
export async function openManifest(terminal: Terminal, file: string): Promise<OpenedManifest> {
  const set = await openReferences(terminal, file, createOpener({}));
  try {
    return { name: file, manifest: manifestOfReferences(set), set };
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    throw new KerchunkError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

/** As `openManifest`, of several, with relative addresses made absolute where the output would look for them elsewhere. */
export async function openForOutput(
  terminal: Terminal,
  files: readonly string[],
  { output, form }: Pick<WriteArguments, 'output' | 'form'>,
): Promise<OpenedManifest[]> {
  const opened: OpenedManifest[] = [];
  for (const file of files) {
    const one = await openManifest(terminal, file);
    const isBeside = output !== '-' && placeOf(terminal, file) === placeOf(terminal, output);
    const staysBeside = isBeside && outputForm(output, form).form !== 'parquet' && one.set.parquet === undefined;
    opened.push(staysBeside ? one : { ...one, manifest: withAbsoluteUrls(one.manifest, one.set.url) });
  }
  return opened;
}

function placeOf(terminal: Terminal, file: string): string {
  return terminal.folderOf(terminal.absolute(file));
}

function withAbsoluteUrls(manifest: Manifest, base: string | undefined): Manifest {
  const absolute = absoluteUrls(base);
  return mapUrls(manifest, (url) => (formOf(url).isRelative ? absolute(url) : url));
}

/** Writes what a command made, and tells of it. Returns the exit code. */
export async function writeOutput(
  terminal: Terminal,
  inputs: readonly OpenedManifest[],
  made: { manifest: Manifest; notes: readonly string[] },
  options: WriteArguments,
): Promise<number> {
  const { output, json } = options;
  const edited = editManifest(made.manifest, editsOf(options));
  const manifest = options.zarr === undefined ? edited : toZarrVersion(edited, options.zarr);
  const form = outputForm(output, options.form);
  if (output === '-' && json) {
    throw new KerchunkError('invalid-argument', 'Standard output holds one thing: with -o - leave --json out.');
  }
  const replaced = await replacesSet(terminal, output, form);
  const sizes = inputs.flatMap(({ set }) => set.parquet?.recordSize ?? []);
  const written = await writeManifest(manifest, destinationOf(terminal, output), {
    ...form,
    nested: options.nested,
    recordSize: options.recordSize ?? sizes[0],
    signal: terminal.signal,
  });
  const account = { output, form: form.form, replaced, arrays: manifest.arrays.length, ...written, notes: made.notes };
  if (json) terminal.print(`${toJson({ inputs: inputs.map(({ name }) => name), ...account })}\n`);
  else {
    const what = [plural(account.arrays, 'array'), plural(written.chunks, 'chunk'), bytesInWords(written.bytes)];
    const name = output === '-' ? 'standard output' : output;
    terminal.tell([`${name}: ${what.join(', ')}${replaced ? ' (replaced)' : ''}`, ...made.notes].join('\n'));
  }
  return exitCodes.ok;
}

function editsOf({ drop, rename, urlPrefix }: WriteArguments): Edits {
  return { drop, rename: new Map(rename), urlPrefixes: urlPrefix.map(([from, to]) => ({ from, to })) };
}
