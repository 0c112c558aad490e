import { openForOutput, writeOutput, type WriteArguments } from './manifests';
import type { Terminal } from './terminal';

/** `kerchunk convert`: a reference set in another form. Returns the exit code. */
export async function convert(terminal: Terminal, input: string, options: WriteArguments): Promise<number> {
  const inputs = await openForOutput(terminal, [input], options);
  const [one] = inputs;
  if (one === undefined) throw new Error('One input is opened.');
  return writeOutput(terminal, inputs, { manifest: one.manifest, notes: [] }, options);
}
