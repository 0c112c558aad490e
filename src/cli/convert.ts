import { KerchunkError } from '../errors';
import { expandSet } from './expand-glob';
import { openForOutput, refuseLoss, writeOutput, type WriteArguments } from './manifests';
import { inputInPlace } from './output';
import { nameInFolder, outputPath } from './set-output';
import { isAddress, type Terminal } from './terminal';

/** `kerchunk convert`: a reference set in another form. Returns the exit code. */
export async function convert(terminal: Terminal, input: string, options: WriteArguments): Promise<number> {
  const file = await expandSet(terminal, input);
  const output = await outputPath(
    terminal,
    options.output,
    nameInFolder(isAddress(file) ? file : terminal.absolute(file)),
    options.form,
  );
  const isInPlace = (await inputInPlace(terminal, [file], output)) !== undefined;
  if (isInPlace && output !== options.output) {
    throw new KerchunkError(
      'invalid-argument',
      `In ${options.output} the set would take the place of ${file} itself. Name the file that is written, as in -o ${output}, or another folder.`,
    );
  }
  const written = { ...options, output };
  const inputs = await openForOutput(terminal, [file], written);
  const [one] = inputs;
  if (one === undefined) throw new Error('One input is opened.');
  if (isInPlace) refuseLoss(one);
  return writeOutput(terminal, inputs, { manifest: one.manifest, notes: [] }, written);
}
