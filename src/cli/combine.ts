import { concatenateManifests } from '../combine/concatenate';
import { mergeManifests } from '../combine/merge';
import { KerchunkError } from '../errors';
import { formOfSet, isNested } from '../manifest/form-of-set';
import type { OutputForm } from '../manifest/forms';
import { leftOutInWords } from '../manifest/keys-left-out';
import {
  forOutput,
  openForOutput,
  openManifest,
  type OpenedManifest,
  type WriteArguments,
  writeOutput,
} from './manifests';
import { outputForm } from './set-output';
import { isAddress, type Terminal } from './terminal';

export interface CombineArguments extends WriteArguments {
  concat?: string;
  merge: boolean;
}

/** `kerchunk combine`: one reference set of several. Returns the exit code. */
export async function combine(
  terminal: Terminal,
  files: readonly string[],
  options: CombineArguments,
): Promise<number> {
  const { concat, merge } = options;
  if ((concat === undefined) === !merge) {
    throw new KerchunkError(
      'invalid-argument',
      'Say how the sets lie to one another: --concat <dimension> for parts of the same arrays, --merge for different variables.',
    );
  }
  const inputs = await openForOutput(terminal, files, options);
  const made =
    concat === undefined
      ? await mergeManifests(inputs, terminal.signal)
      : await concatenateManifests(inputs, concat, terminal.signal);
  return writeOutput(terminal, inputs, made, options);
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
  set: string,
  files: readonly string[],
  { output: asked, ...options }: AppendArguments,
): Promise<number> {
  const isInPlace = asked === undefined || terminal.absolute(asked) === terminal.absolute(set);
  if (asked === undefined && isAddress(set)) {
    throw new KerchunkError('invalid-argument', `${set} is an address, where nothing is written. Give a name with -o.`);
  }
  const write = { ...options, drop: [], rename: [], urlPrefix: [] };
  if (!isInPlace) {
    const inputs = await openForOutput(terminal, [set, ...files], { ...write, output: asked });
    const made = await concatenateManifests(inputs, options.concat, terminal.signal);
    return writeOutput(terminal, inputs, made, { ...write, output: asked });
  }
  const first = await openManifest(terminal, set);
  refuseLoss(first);
  const output = first.set.parquet !== undefined && !(await terminal.isFolder(set)) ? terminal.folderOf(set) : set;
  const form = options.form === undefined ? formInPlace(first) : outputForm(output, options.form);
  const inputs = [forOutput(terminal, first, output, form)];
  for (const file of files) inputs.push(forOutput(terminal, await openManifest(terminal, file), output, form));
  const made = await concatenateManifests(inputs, options.concat, terminal.signal);
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

/** @throws KerchunkError `not-expressible` where keys of the set would not be in the one that takes its place. */
function refuseLoss({ name, leftOut }: OpenedManifest): void {
  const words = leftOutInWords(leftOut);
  if (words === undefined) return;
  throw new KerchunkError(
    'not-expressible',
    `${name} would lose what no array holds: ${words}. Give another name with -o, or remove them first; kerchunk validate tells of them.`,
  );
}
