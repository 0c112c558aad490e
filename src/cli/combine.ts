import { EDITS_BEFORE } from '../combine/combining';
import { concatenateManifests } from '../combine/concatenate';
import { dropFromAll } from '../combine/edit';
import { mergeManifests } from '../combine/merge';
import { renameVariables } from '../combine/names';
import { KerchunkError } from '../errors';
import { formOfSet, isNested } from '../manifest/form-of-set';
import type { OutputForm } from '../manifest/forms';
import {
  forOutput,
  openForOutput,
  openForWriting,
  type OpenedManifest,
  type WriteArguments,
  writeOutput,
  refuseLoss,
} from './manifests';
import { expandSet, expandSets } from './expand-glob';
import { withCoordinates } from './new-coordinates';
import { inputInPlace } from './output';
import { nameInFolder, outputForm, outputPath } from './set-output';
import { isAddress, type Terminal } from './terminal';

export interface CombineArguments extends WriteArguments {
  concat?: string;
  /** Values of a new dimension, one for each set. */
  coordinates?: string[];
  merge: boolean;
}

/** `kerchunk combine`: one reference set of several. Returns the exit code. */
export async function combine(
  terminal: Terminal,
  given: readonly string[],
  options: CombineArguments,
): Promise<number> {
  const { concat, coordinates, merge } = options;
  if ((concat === undefined) === !merge) {
    throw new KerchunkError(
      'invalid-argument',
      'Say how the sets lie to one another: --concat <dimension> for parts of the same arrays, --merge for different variables.',
    );
  }
  if (coordinates !== undefined && concat === undefined) {
    throw new KerchunkError('invalid-argument', '--coordinates are those of a dimension: they go with --concat.');
  }
  const files = await expandSets(terminal, given);
  const output = await outputPath(terminal, options.output, 'combined.kerchunk.json', options.form);
  await refuseInput(terminal, files, output);
  const { own, common } = renamesByInput(options.rename, files);
  const opened = dropFromAll(await openForOutput(terminal, files, { ...options, output }), options.drop);
  const inputs = opened.map((input) => {
    const names = own.get(input.name);
    return names === undefined ? input : { ...input, manifest: renameVariables(input.manifest, names) };
  });
  const { signal } = terminal;
  const made =
    concat === undefined
      ? await mergeManifests(inputs, { signal })
      : await withCoordinates(await concatenateManifests(inputs, concat, { signal }), concat, coordinates);
  return writeOutput(terminal, inputs, made, { ...options, output, drop: [], rename: common });
}

/** @throws KerchunkError `invalid-argument` where the output would take the place of an input. */
async function refuseInput(terminal: Terminal, files: readonly string[], output: string): Promise<void> {
  const same = await inputInPlace(terminal, files, output);
  if (same === undefined) return;
  throw new KerchunkError(
    'invalid-argument',
    `${same} is one of the sets that are combined, and would be replaced${same === output ? '' : ` by ${output}, which is the same file`}. Give another name with -o; kerchunk append writes behind a set in its place.`,
  );
}

/** Renames of one input, as `nir.json:band_data=nir` says them, by its name, and those of all. */
function renamesByInput(
  renames: WriteArguments['rename'],
  files: readonly string[],
): { own: Map<string, Map<string, string>>; common: WriteArguments['rename'] } {
  const own = new Map<string, Map<string, string>>();
  const common: WriteArguments['rename'] = [];
  for (const [path, name] of renames) {
    const [file] = files.filter((one) => path.startsWith(`${one}:`)).sort((a, b) => b.length - a.length);
    if (file === undefined) {
      refuseOtherSet(path, files);
      common.push([path, name]);
      continue;
    }
    const names = own.get(file) ?? new Map<string, string>();
    own.set(file, names.set(path.slice(file.length + 1), name));
  }
  return { own, common };
}

/** @throws KerchunkError `invalid-argument` for a path that begins with the name of a set that is not combined. */
function refuseOtherSet(path: string, files: readonly string[]): void {
  const [, named] = /^(.*\.(?:json|gz|zst|parq|parquet)[/\\]?):/iu.exec(path) ?? [];
  if (named === undefined) return;
  throw new KerchunkError(
    'invalid-argument',
    `--rename ${path}: ${named} is none of the sets that are combined. Name one as it is given: ${files.slice(0, 5).join(', ')}${files.length > 5 ? ', …' : ''}.`,
  );
}

export interface AppendArguments extends Omit<WriteArguments, 'output' | 'drop' | 'rename' | 'urlPrefix'> {
  output?: string;
  concat: string;
}

/**
 * `kerchunk append`: a set with others behind it, which takes its place; of it no chunk is read. In its place the set keeps its form, whatever
 * its name is. Returns the exit code.
 */
export async function append(
  terminal: Terminal,
  before: string,
  given: readonly string[],
  { output: wanted, ...options }: AppendArguments,
): Promise<number> {
  const set = await expandSet(terminal, before);
  const files = await expandSets(terminal, given);
  const itself = isAddress(set) ? undefined : await inputInPlace(terminal, files, set);
  if (itself !== undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `${itself} is the set that others are put behind, and stands among these too. Leave it out of them.`,
    );
  }
  const isInPlace = wanted === undefined || (await inputInPlace(terminal, [set], wanted)) !== undefined;
  if (wanted === undefined && isAddress(set)) {
    throw new KerchunkError('invalid-argument', `${set} is an address, where nothing is written. Give a name with -o.`);
  }
  const write = { ...options, drop: [], rename: [], urlPrefix: [] };
  if (!isInPlace) {
    const asked = await outputPath(
      terminal,
      wanted,
      nameInFolder(isAddress(set) ? set : terminal.absolute(set)),
      options.form,
    );
    if ((await inputInPlace(terminal, [set], asked)) !== undefined) {
      throw new KerchunkError(
        'invalid-argument',
        `In ${wanted} the set would take the place of ${set} itself. Leave -o out where that is meant, or name the file that is written.`,
      );
    }
    await refuseInput(terminal, files, asked);
    const inputs = await openForOutput(terminal, [set, ...files], { ...write, output: asked });
    const made = await concatenateManifests(inputs, options.concat, {
      signal: terminal.signal,
      advice: EDITS_BEFORE,
    });
    return writeOutput(terminal, inputs, made, { ...write, output: asked });
  }
  const first = await openForWriting(terminal, set);
  refuseLoss(first);
  const place = wanted ?? set;
  const output =
    first.set.parquet !== undefined && !(await terminal.isFolder(place)) ? terminal.folderOf(place) : place;
  const form = options.form === undefined ? formInPlace(first) : outputForm(output, options.form);
  const inputs = [forOutput(terminal, first, output, form)];
  for (const file of files) inputs.push(forOutput(terminal, await openForWriting(terminal, file), output, form));
  const made = await concatenateManifests(inputs, options.concat, {
    signal: terminal.signal,
    advice: EDITS_BEFORE,
  });
  if (first.set.member('templates') !== undefined || first.set.member('gen') !== undefined) {
    made.notes.push(...writtenOut(set, options));
  }
  const nested = options.nested || isNested(first.set);
  return writeOutput(terminal, inputs, made, { ...write, output, nested }, form);
}

/** The form that a set has. @throws KerchunkError `not-expressible` where it is compressed as nothing is written. */
function formInPlace({ name, set }: OpenedManifest): OutputForm {
  const form = formOfSet(set);
  if (form !== undefined) return form;
  throw new KerchunkError(
    'not-expressible',
    `${name} is compressed as ${(set.compression ?? '').toUpperCase()}, which is not written. Give another name with -o.`,
  );
}

/** What is told where a set had templates or `gen`, which are written only when asked for. */
function writtenOut(set: string, { templates, template, gen }: Omit<AppendArguments, 'output'>): string[] {
  if (templates || template.length > 0 || gen) return [];
  return [`${set} had templates or gen; its references are plain now. --templates and --gen write them again.`];
}
