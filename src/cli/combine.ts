import { concatenateManifests } from '../combine/concatenate';
import { mergeManifests } from '../combine/merge';
import { KerchunkError } from '../errors';
import { openForOutput, writeOutput, type WriteArguments } from './manifests';
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
  return writeOutput(terminal, inputs, await concatenateManifests(inputs, options.concat, terminal.signal), write);
}
