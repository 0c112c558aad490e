import { createOpener } from '../bytes/open';
import { editManifest, type Edits } from '../combine/edit';
import type { NamedManifest } from '../combine/types';
import { PrefixesFound, withAbsoluteUrls } from '../combine/urls';
import { KerchunkError } from '../errors';
import { isNested } from '../manifest/form-of-set';
import type { Form, OutputForm } from '../manifest/forms';
import { manifestOfReferences } from '../manifest/from-references';
import { type KeysLeftOut, keysLeftOut, leftOutInWords, leftOutNotes } from '../manifest/keys-left-out';
import type { Manifest } from '../manifest/types';
import { toZarrVersion } from '../manifest/zarr-version';
import type { WriteJsonOptions } from '../manifest/write-json';
import { writeManifest } from '../manifest/write-manifest';
import type { ReferenceSet } from '../references/reference-set';
import { bytesInWords, plural } from '../words';
import { toJson } from './json';
import { openCodeOf } from './open-code';
import { openReferences } from './open-references';
import { inputInPlace } from './output';
import { readersLostInWords } from './readers-lost';
import { shortenedInWords } from './shortened-text';
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
  /** Whether templates are chosen, and those that are given. */
  templates: boolean;
  template: [name: string, prefix: string][];
  gen: boolean;
  json: boolean;
}

/** A reference set that was opened to be changed, with what it says of its form. */
export interface OpenedManifest extends NamedManifest {
  set: ReferenceSet;
  /** Keys of the set that the manifest has no place for. */
  leftOut: KeysLeftOut;
}

/**
 * Opens a reference file, or set in parquet, as a manifest.
 * @throws KerchunkError as `openReferences` and `manifestOfReferences`, with the file's name.
 */
export async function openManifest(
  terminal: Terminal,
  file: string,
  ofTiff?: () => Promise<ReferenceSet>,
): Promise<OpenedManifest> {
  const set = await openReferences(terminal, file, createOpener({}), undefined, ofTiff);
  try {
    const manifest = manifestOfReferences(set);
    return { name: file, manifest, set, leftOut: keysLeftOut(set, manifest) };
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    throw new KerchunkError(error.code, `${file}: ${error.message}`, { cause: error });
  }
}

/** As `openManifest`, of what is written again. @throws KerchunkError `invalid-argument` for a TIFF, whose codecs only this reader has. */
export function openForWriting(terminal: Terminal, file: string): Promise<OpenedManifest> {
  return openManifest(terminal, file, () => {
    throw new KerchunkError(
      'invalid-argument',
      `${file} is a TIFF, and no reference set; kerchunk generate writes references to it, and kerchunk stack along a dimension.`,
    );
  });
}

/** As `openForWriting`, of several, with relative addresses made absolute where the output would look for them elsewhere. */
export async function openForOutput(
  terminal: Terminal,
  files: readonly string[],
  { output, form }: Pick<WriteArguments, 'output' | 'form'>,
): Promise<OpenedManifest[]> {
  const written = outputForm(output, form);
  const opened: OpenedManifest[] = [];
  for (const file of files) opened.push(forOutput(terminal, await openForWriting(terminal, file), output, written));
  return opened;
}

/** An opened set with relative addresses made absolute where an output in that form would look for them elsewhere. */
export function forOutput(
  terminal: Terminal,
  one: OpenedManifest,
  output: string,
  { form }: OutputForm,
): OpenedManifest {
  const isBeside = output !== '-' && placeOf(terminal, one.name) === placeOf(terminal, output);
  const staysBeside = isBeside && form !== 'parquet' && one.set.parquet === undefined;
  return staysBeside ? one : { ...one, manifest: withAbsoluteUrls(one.manifest, one.set.url) };
}

function placeOf(terminal: Terminal, file: string): string {
  return terminal.folderOf(terminal.absolute(file));
}

/** What is told of prefixes that no address begins with: one that is misspelt would leave addresses as they are. */
function prefixNotes({ urlPrefixes = [], prefixesFound }: Edits): string[] {
  return urlPrefixes.flatMap((change) => {
    if (prefixesFound?.used.has(change) === true) return [];
    const { firstUrl } = prefixesFound ?? {};
    const example = firstUrl === undefined ? 'there is none' : `the first is ${firstUrl}`;
    return [`--url-prefix changes nothing: no address begins with ${JSON.stringify(change.from)}; ${example}.`];
  });
}

/** Writes what a command made, in the form that the output's name says or in the one given, and tells of it. Returns the exit code. */
export async function writeOutput(
  terminal: Terminal,
  inputs: readonly OpenedManifest[],
  made: { manifest: Manifest; notes: readonly string[] },
  options: WriteArguments,
  form: OutputForm = outputForm(options.output, options.form),
): Promise<number> {
  const { output, json } = options;
  if (form.form === 'parquet' && options.zarr === 3) {
    throw new KerchunkError(
      'not-expressible',
      `--zarr 3 cannot be had in ${output}: a set in parquet has the metadata of zarr v2. Leave --zarr out, or name the output .json.`,
    );
  }
  const prefixesFound = new PrefixesFound();
  const edits = { ...editsOf(options), prefixesFound };
  const edited = editManifest(made.manifest, edits);
  const manifest = options.zarr === undefined ? edited : toZarrVersion(edited, options.zarr);
  if (output === '-' && json) {
    throw new KerchunkError('invalid-argument', 'Standard output holds one thing: with -o - leave --json out.');
  }
  // What was read as a reference file just now needs no look at its beginning.
  const names = inputs.map(({ name }) => name);
  const isInput = form.form !== 'parquet' && (await inputInPlace(terminal, names, output)) !== undefined;
  const replaced = isInput || (await replacesSet(terminal, output, form));
  const sizes = inputs.flatMap(({ set }) => set.parquet?.recordSize ?? []);
  const written = await writeManifest(manifest, destinationOf(terminal, output), {
    ...form,
    nested: options.nested,
    ...shorteningOf(options, form),
    recordSize: options.recordSize ?? sizes[0],
    signal: terminal.signal,
  });
  const lost = await lostNotes(inputs[0], edited, manifest, { form, nested: options.nested });
  const notes = [
    ...inputs.flatMap(({ name, leftOut }) => leftOutNotes(name, leftOut)),
    ...made.notes,
    ...prefixNotes(edits),
    ...lost,
    ...shortenedInWords(written),
  ];
  const file = output === '-' ? 'references.json' : terminal.absolute(output);
  const xarrayCode = openCodeOf(manifest, file, form, (written.shortened?.items ?? 0) > 0);
  const account = { output, form: form.form, replaced, arrays: manifest.arrays.length, ...written, notes };
  if (json) terminal.print(`${toJson({ inputs: inputs.map(({ name }) => name), ...account, xarrayCode })}\n`);
  else {
    const what = [plural(account.arrays, 'array'), plural(written.chunks, 'chunk'), bytesInWords(written.bytes)];
    const name = output === '-' ? 'standard output' : output;
    terminal.tell(
      [
        `${name}: ${what.join(', ')}${replaced ? ' (replaced)' : ''}`,
        ...notes,
        ...codeInWords(output, file, xarrayCode),
      ].join('\n'),
    );
  }
  return exitCodes.ok;
}

/** What is told of readers that the form takes from those of the first input. */
async function lostNotes(
  first: OpenedManifest | undefined,
  edited: Manifest,
  manifest: Manifest,
  { form: { form }, nested }: { form: OutputForm; nested: boolean },
): Promise<string[]> {
  if (first === undefined || form === 'parquet') return [];
  const isVersion0 = first.set.parquet === undefined && first.set.version === 0;
  return readersLostInWords(
    { manifest: edited, form: { version: isVersion0 ? 0 : 1, nested: isNested(first.set) } },
    { manifest, form: { version: form === 'json0' ? 0 : 1, nested } },
  );
}

function codeInWords(output: string, file: string, code: string | undefined): string[] {
  if (code === undefined) return [];
  const lines = code.trimEnd().split('\n');
  return [
    output === '-' ? `once it is saved as ${file}, open it with:` : 'open it with:',
    ...lines.map((line) => (line === '' ? '' : `  ${line}`)),
  ];
}

/** @throws KerchunkError `invalid-argument` for templates and `gen` in a form that has none. */
function shorteningOf(
  { templates, template, gen }: WriteArguments,
  { form }: OutputForm,
): Pick<WriteJsonOptions, 'templates' | 'gen'> {
  const hasTemplates = templates || template.length > 0;
  if ((hasTemplates || gen) && form !== 'json1') {
    throw new KerchunkError(
      'invalid-argument',
      `Templates and gen stand in JSON of version 1 only, and this is ${form === 'json0' ? 'version 0' : 'a set in parquet'}. Leave --templates, --template and --gen out, or name the output .json.`,
    );
  }
  return { gen, templates: hasTemplates ? { given: template, chosen: templates } : undefined };
}

function editsOf({ drop, rename, urlPrefix }: WriteArguments): Edits {
  return { drop, rename: new Map(rename), urlPrefixes: urlPrefix.map(([from, to]) => ({ from, to })) };
}

/** @throws KerchunkError `not-expressible` where keys of the set would not be in the one that takes its place. */
export function refuseLoss({ name, leftOut }: OpenedManifest): void {
  const words = leftOutInWords(leftOut);
  if (words === undefined) return;
  throw new KerchunkError(
    'not-expressible',
    `${name} would lose what no array holds: ${words}. Give another name with -o, or remove them first; kerchunk validate tells of them.`,
  );
}
