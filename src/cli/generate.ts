import { displayAddress, publicAddress } from '../bytes/address';
import { createOpener } from '../bytes/open';
import { describeError, KerchunkError } from '../errors';
import { generateFromSource, Outputs, referenceFileName } from '../generate/from-source';
import type { GenerateCallbacks, GeneratedFromSource } from '../generate/from-source';
import { generateReferences } from '../generate/generate';
import type { GenerateOptions, Preset } from '../generate/types';
import { isParquetName } from '../manifest/forms';
import { measureDrift } from '../validate/drift';
import { measureNotebookDrift } from '../validate/notebook-drift';
import { addressBeside, BESIDE } from '../tiff/beside';
import type { Targets } from '../stack/inputs';
import { accountInWords, type WrittenReferences } from './account-text';
import { expandInputs, withoutTwins } from './expand-glob';
import { toJson } from './json';
import { replacesReferences } from './output';
import { refusalInWords } from './refusal-text';
import { exitCodes, isAddress, type Terminal } from './terminal';

export interface GenerateArguments {
  output?: string;
  preset: Preset;
  name?: string;
  refsVersion?: 0 | 1;
  url?: string;
  targets: Targets;
  overviews: boolean;
  page?: number;
  verify: boolean;
  sidecar: boolean;
  lastStrip: 'anew' | 'cut';
  json: boolean;
}

/** `kerchunk generate`: references for each TIFF that is given, fits a wildcard or stands in a folder; one that is refused does not stop the others. Returns the exit code. */
export async function generate(
  terminal: Terminal,
  given: readonly string[],
  options: GenerateArguments,
): Promise<number> {
  const { paths: inputs, twins } = withoutTwins(terminal, await expandInputs(terminal, given));
  checkArguments(inputs, options);
  refuseOtherForm(inputs, options);
  const toFolder =
    options.output !== undefined && options.output !== '-' && (await isFolderName(terminal, options.output));
  if (inputs.length > 1 && options.output !== undefined && options.output !== '-' && !toFolder) {
    throw new KerchunkError(
      'invalid-argument',
      `${inputs.length} inputs need a folder as -o; ${options.output} is none. Create it, or end its name with a slash to have it created.`,
    );
  }
  if (twins.length > 0) terminal.tell(`${twins.join(', ')}: given more than once, and written once.`);
  const outputs = new Outputs();
  const results: object[] = [];
  let before: WrittenReferences | undefined;
  let exitCode: number = exitCodes.ok;
  for (const input of inputs) {
    const names = [input];
    try {
      const address = isAddress(input) ? publicAddress(input) : terminal.fileUrl(input);
      names.push(address, displayAddress(address), ...(isAddress(input) ? [] : [terminal.absolute(input)]));
      const output = outputPath(terminal, input, options, toFolder);
      const taken = outputs.claim(output, input);
      if (taken !== undefined) throw new KerchunkError('invalid-argument', taken);
      const replaced = output !== '-' && (await replacesReferences(terminal, output));
      const target = options.url ?? (options.targets === 'given' && isAddress(input) ? input : address);
      const generated = await generateOne(terminal, address, target, options);
      if (toFolder) await terminal.createFolder(terminal.folderOf(output));
      if (output === '-') terminal.print(`${generated.text}\n`);
      else await terminal.writeFile(output, generated.text);
      const file = output === '-' ? referenceFileName(input, options.page) : output;
      const written: WrittenReferences = { input, output, replaced, file, generated };
      results.push({ input, output, replaced, ok: true, account: forMachines(written) });
      if (!options.json) terminal.tell(accountInWords(written, before));
      before = written;
    } catch (error) {
      const described = describeError(error, 'fetch-failed');
      if (described.code === 'cancelled') throw error;
      exitCode = exitCodes.failed;
      results.push({ input, ok: false, error: described });
      terminal.tell(refusalInWords(names, described.message));
    }
  }
  if (options.json) terminal.print(`${toJson(results)}\n`);
  return exitCode;
}

function forMachines({ file, generated }: WrittenReferences): object {
  const { verification } = generated;
  const { xarrayCode, ...account } = generated.account;
  return {
    ...account,
    ...(verification === undefined ? {} : { verification }),
    ...generated.cost,
    xarrayCode: xarrayCode(file),
  };
}

function checkArguments(inputs: readonly string[], options: GenerateArguments): void {
  if (options.output === '-' && (options.json || inputs.length > 1)) {
    throw new KerchunkError(
      'invalid-argument',
      'Standard output holds one thing: with -o - give one input and leave --json out.',
    );
  }
  if (options.url !== undefined && inputs.length > 1) {
    throw new KerchunkError('invalid-argument', '--url is the address of one file; generate the inputs one by one.');
  }
  if (options.sidecar && options.page !== undefined) {
    throw new KerchunkError(
      'invalid-argument',
      '--sidecar looks for what belongs to the first image, and --page writes another one: leave one of them out.',
    );
  }
  if (options.lastStrip === 'cut' && options.preset === 'notebook') {
    throw new KerchunkError(
      'invalid-argument',
      'The preset notebook leaves no rows out: without --last-strip cut it refuses a short last strip, and --preset portable writes it.',
    );
  }
}

/** @throws KerchunkError `invalid-argument` for an output whose name is that of a form that `convert` writes. */
function refuseOtherForm(inputs: readonly string[], { output, page }: GenerateArguments): void {
  const [first = ''] = inputs;
  if (output === undefined || !(isParquetName(output) || /\.(?:gz|zst)$/iu.test(output))) return;
  const name = referenceFileName(first, page);
  const json = isAddress(first) ? name : first.replace(/[^\\/]*$/u, '') + name;
  const wanted = /\.zst$/iu.test(output) ? output.replace(/zst$/iu, 'gz') : output;
  throw new KerchunkError(
    'invalid-argument',
    `generate writes plain JSON, which ${output} is no name for. Leave -o out, which writes ${json}, and then: kerchunk convert ${json} -o ${wanted}`,
  );
}

async function isFolderName(terminal: Terminal, output: string): Promise<boolean> {
  return /[\\/]$/u.test(output) || (await terminal.isFolder(output));
}

/** Beside a local file, in the working directory for an address; `-o` names the file, or the folder that takes the default name. */
function outputPath(
  terminal: Terminal,
  input: string,
  { output, page }: Pick<GenerateArguments, 'output' | 'page'>,
  toFolder: boolean,
): string {
  if (output === '-') return output;
  const name = referenceFileName(input, page);
  if (output === undefined) {
    return isAddress(input)
      ? terminal.absolute(name)
      : terminal.join(terminal.folderOf(terminal.absolute(input)), name);
  }
  const path = toFolder ? terminal.join(terminal.absolute(output), name) : terminal.absolute(output);
  if (!isAddress(input) && path === terminal.absolute(input)) {
    throw new KerchunkError('invalid-argument', `-o names the input itself, ${input}; it is left as it is.`);
  }
  return path;
}

async function generateOne(
  terminal: Terminal,
  address: string,
  targetUrl: string,
  options: GenerateArguments,
): Promise<GeneratedFromSource> {
  const generateOptions: GenerateOptions = {
    preset: options.preset,
    targetUrl,
    overviews: options.overviews,
    coordinates: true,
    ...(options.lastStrip === 'cut' ? { lastStrip: options.lastStrip } : {}),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.refsVersion === undefined ? {} : { refsVersion: options.refsVersion }),
  };
  const openBeside = await besideOf(terminal, address, options.sidecar);
  const generated = await generateFromSource(
    (onRequest) => createOpener({ onRequest }).open(address),
    generateOptions,
    {
      generate: generateReferences,
      signal: terminal.signal,
      verify: options.verify,
      ...(openBeside === undefined ? {} : { openBeside }),
      ...(options.page === undefined ? {} : { page: options.page }),
    },
  );
  if (options.preset !== 'notebook') return generated;
  const drift = await measureNotebookDrift(
    generated.text,
    createOpener({}).open(address),
    measureDrift,
    terminal.signal,
  );
  if (drift !== undefined) generated.account.warnings.unshift(drift);
  return generated;
}

/** Beside a local file what is there is looked at; at a web address, which costs requests, only what the user asks for. */
async function besideOf(
  terminal: Terminal,
  address: string,
  sidecar: boolean,
): Promise<GenerateCallbacks['openBeside'] | undefined> {
  const isLocal = address.startsWith('file:');
  if (!isLocal && !sidecar) return undefined;
  const endings: string[] = Object.values(BESIDE);
  const there = isLocal
    ? await Promise.all(endings.map((ending) => terminal.isFile(addressBeside(address, ending))))
    : [];
  return (ending, onRequest) =>
    isLocal && there[endings.indexOf(ending)] !== true
      ? undefined
      : createOpener({ onRequest }).open(addressBeside(address, ending));
}
