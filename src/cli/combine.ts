import { concatenateManifests } from '../combine/concatenate';
import { mergeManifests } from '../combine/merge';
import { KerchunkError } from '../errors';
import { leftOutInWords, openForOutput, type OpenedManifest, writeOutput, type WriteArguments } from './manifests';
import type { Terminal } from './terminal';

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

/** `kerchunk append`: a set with others behind it, which takes its place; of it no chunk is read. Returns the exit code. */
export async function append(
  terminal: Terminal,
  set: string,
  files: readonly string[],
  { output = set, ...options }: AppendArguments,
): Promise<number> {
  const write = { ...options, output, drop: [], rename: [], urlPrefix: [] };
  const inputs = await openForOutput(terminal, [set, ...files], write);
  if (output === set) refuseLoss(inputs[0]);
  return writeOutput(terminal, inputs, await concatenateManifests(inputs, options.concat, terminal.signal), write);
}

/** @throws KerchunkError `not-expressible` where keys of the set would not be in the one that takes its place. */
function refuseLoss(opened: OpenedManifest | undefined): void {
  const words = opened === undefined ? undefined : leftOutInWords(opened.leftOut);
  if (opened === undefined || words === undefined) return;
  throw new KerchunkError(
    'not-expressible',
    `${opened.name} would lose what no array holds: ${words}. Give another name with -o, or remove them first; kerchunk validate tells of them.`,
  );
}
