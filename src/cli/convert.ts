import { KerchunkError } from '../errors';
import { expandSets } from './expand-glob';
import { openForOutput, refuseLoss, writeOutput, type WriteArguments } from './manifests';
import { inputInPlace } from './output';
import type { Terminal } from './terminal';

/** `kerchunk convert`: a reference set in another form. Returns the exit code. */
export async function convert(terminal: Terminal, input: string, options: WriteArguments): Promise<number> {
  const files = await expandSets(terminal, [input]);
  if (files.length > 1) {
    throw new KerchunkError(
      'invalid-argument',
      `${files.length} files fit ${input}, and one is converted at a time. Name one; kerchunk combine makes one set of several.`,
    );
  }
  const inputs = await openForOutput(terminal, files, options);
  const [one] = inputs;
  if (one === undefined) throw new Error('One input is opened.');
  if ((await inputInPlace(terminal, files, options.output)) !== undefined) refuseLoss(one);
  return writeOutput(terminal, inputs, { manifest: one.manifest, notes: [] }, options);
}
