import { createOpener } from '../bytes/open';
import { describeError, KerchunkError } from '../errors';
import { writeManifest } from '../manifest/write-manifest';
import { type SetAccount, setInWords } from '../stack/account';
import { buildSet, type BuiltSet } from '../stack/build';
import { type Targets, withPattern } from '../stack/inputs';
import { Journal } from '../stack/journal';
import { mosaicOf } from '../stack/mosaic';
import { NamePattern } from '../stack/pattern';
import type { ReadPartsOptions } from '../stack/read-parts';
import { sceneOf } from '../stack/scene';
import { stackOf } from '../stack/stack';
import { countInWords, durationInWords, plural } from '../words';
import type { SetFile } from '../stack/types';
import { toJson } from './json';
import { setInputs } from './set-inputs';
import { destinationOf, outputForm, outputPath, replacesSet } from './set-output';
import { exitCodes, type Terminal } from './terminal';

/** What `scene`, `stack` and `mosaic` have in common. */
export interface SetArguments {
  output: string;
  targets: Targets;
  concurrency: number;
  lastStrip: 'anew' | 'cut';
  json: boolean;
}

export interface SceneArguments extends SetArguments {
  assets?: string[];
  pattern?: string;
}

export interface StackArguments extends SceneArguments {
  name?: string;
  duplicates?: 'first' | 'last';
  differing: 'stop' | 'leave-out' | 'group';
}

export interface MosaicArguments extends SetArguments {
  name?: string;
  duplicates?: 'first' | 'last';
  differing: 'stop' | 'leave-out';
}

/** `kerchunk scene`: the bands of one scene in one set. Returns the exit code: 1 where files could not be read, and the rest was written. */
export async function scene(terminal: Terminal, inputs: readonly string[], options: SceneArguments): Promise<number> {
  const found = await setInputs(terminal, inputs, options);
  if (found.items > 1) {
    throw new KerchunkError(
      'invalid-argument',
      `A scene is of one STAC item, and there are ${countInWords(found.items)}. kerchunk stack puts several along a dimension of time.`,
    );
  }
  const pattern = patternOf(options.pattern);
  if (pattern?.dimension !== undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `A scene has no new dimension, and the pattern names ${pattern.dimension}: kerchunk stack makes one. A scene's pattern has {band} alone.`,
    );
  }
  const files = pattern === undefined ? found.files : withPattern(found.files, pattern);
  const set = { name: 'scene', files };
  return writeSet(terminal, set, options, (reading) => buildSet(files, reading, sceneOf, found.warnings));
}

/** `kerchunk stack`: scenes along a new dimension. Returns the exit code, as scene does. */
export async function stack(terminal: Terminal, inputs: readonly string[], options: StackArguments): Promise<number> {
  const found = await setInputs(terminal, inputs, options);
  const pattern = patternOf(options.pattern);
  const files = pattern === undefined ? found.files : withPattern(found.files, pattern);
  const { name, duplicates, differing } = options;
  const hasDimension = pattern?.dimension !== undefined;
  const stacking = {
    dimension: pattern?.dimension ?? 'time',
    placesFrom: hasDimension ? `the pattern ${pattern.text}` : 'STAC datetime',
    differing,
    ...(name === undefined ? {} : { name }),
    ...(duplicates === undefined ? {} : { duplicates }),
  };
  return writeSet(terminal, { name: 'stack', files }, options, (reading) =>
    buildSet(files, reading, (read) => stackOf(read, stacking), found.warnings),
  );
}

/** `kerchunk mosaic`: adjacent tiles as one array. Returns the exit code, as scene does. */
export async function mosaic(terminal: Terminal, inputs: readonly string[], options: MosaicArguments): Promise<number> {
  const { files, warnings } = await setInputs(terminal, inputs, options);
  const { name, duplicates, differing } = options;
  const tiling = {
    differing,
    ...(name === undefined ? {} : { name }),
    ...(duplicates === undefined ? {} : { overlaps: duplicates }),
  };
  return writeSet(terminal, { name: 'mosaic', files }, options, (reading) =>
    buildSet(files, reading, (read) => mosaicOf(read, tiling), warnings),
  );
}

function patternOf(text: string | undefined): NamePattern | undefined {
  return text === undefined ? undefined : new NamePattern(text);
}

/** Reads and combines under a journal, writes the set, and tells what is in it. @param set the name of its file in a folder, and its files. */
async function writeSet(
  terminal: Terminal,
  set: { name: string; files: readonly SetFile[] },
  options: SetArguments,
  build: (reading: ReadPartsOptions) => Promise<BuiltSet>,
): Promise<number> {
  const { json } = options;
  if (options.output === '-' && json) {
    throw new KerchunkError('invalid-argument', 'Standard output holds one thing: with -o - leave --json out.');
  }
  const output = await outputPath(terminal, options.output, `${set.name}.kerchunk.json`);
  const form = outputForm(output, undefined, false);
  const replaced = await replacesSet(terminal, output, form);
  const journal = output === '-' ? undefined : await openJournal(terminal, output);
  const reading: ReadPartsOptions = {
    open: (url, onRequest) => createOpener({ onRequest }).open(url),
    concurrency: options.concurrency,
    signal: terminal.signal,
    onProgress: progressTeller(terminal),
    ...(options.lastStrip === 'cut' ? { lastStrip: 'cut' } : {}),
    ...(journal === undefined ? {} : { journal }),
  };
  // Files of this machine are soon read again: what is read of them is kept for a run that was stopped, and for no other.
  const isRemote = set.files.some(({ url }) => !url.startsWith('file:'));
  let built: BuiltSet;
  try {
    built = await build(reading);
    await writeManifest(built.manifest, destinationOf(terminal, output), { ...form, signal: terminal.signal });
  } catch (error) {
    if (journal === undefined) throw error;
    throw await keptOrRemoved(error, journal, journalName(output), isRemote);
  }
  if (output === '-') terminal.print('\n');
  const { account } = built;
  const keeps = account.failures.length > 0 && isRemote && journal !== undefined;
  if (!keeps) await journal?.remove();
  if (json) terminal.print(`${toJson({ output, replaced, ...forMachines(account, fileOf(terminal, output)) })}\n`);
  else {
    const written = {
      output,
      replaced,
      file: fileOf(terminal, output),
      ...(keeps ? { journal: journalName(output) } : {}),
    };
    for (const line of inWords(account, written)) terminal.tell(line);
  }
  return account.failures.length > 0 ? exitCodes.errorsFound : exitCodes.ok;
}

/** The error of a run that wrote nothing, with what becomes of its journal behind its own message. */
async function keptOrRemoved(error: unknown, journal: Journal, name: string, isRemote: boolean): Promise<unknown> {
  const { code, message } = describeError(error, 'fetch-failed');
  const wasStopped = code === 'cancelled' || code === 'write-failed';
  if (journal.finished === 0) return error;
  if (!wasStopped && !isRemote) {
    await journal.remove();
    return error;
  }
  const files = plural(journal.finished, 'file');
  const kept = wasStopped
    ? `What was read of ${files} stands in ${name}: the same command goes on from there.`
    : `What was read of ${files} stands in ${name}, so that the next run with this output need not read ${journal.finished === 1 ? 'it' : 'them'} again.`;
  return new KerchunkError(code, `${message}\n${kept}`, { cause: error });
}

function journalName(output: string): string {
  return `${output.replace(/[/\\]+$/u, '')}.journal`;
}

function openJournal(terminal: Terminal, output: string): Promise<Journal> {
  const path = journalName(output);
  return Journal.open(
    {
      read: async () => ((await terminal.startOf(path)) === undefined ? undefined : terminal.readFile(path)),
      append: (text, at) => terminal.appendFile(path, text, at),
      remove: () => terminal.removeFile(path),
    },
    path,
  );
}

/** Milliseconds between two lines of progress. */
const BETWEEN_LINES = 2000;

function progressTeller(terminal: Terminal): NonNullable<ReadPartsOptions['onProgress']> {
  let told = performance.now();
  return ({ done, total, failed, secondsLeft }) => {
    const now = performance.now();
    if (now - told < BETWEEN_LINES || done === total) return;
    told = now;
    const left = secondsLeft === undefined ? '' : `, about ${durationInWords(secondsLeft)} left`;
    const failures = failed === 0 ? '' : `, ${countInWords(failed)} failed`;
    terminal.tell(`${countInWords(done)} of ${plural(total, 'file')} read${failures}${left}`);
  };
}

function forMachines(account: SetAccount, file: string): object {
  const { xarrayCode, ...rest } = account;
  return { ...rest, xarrayCode: xarrayCode(file) };
}

/** What the code calls the set: its absolute path, so that it runs anywhere, or the name that it may be given where it went to standard output. */
function fileOf(terminal: Terminal, output: string): string {
  return output === '-' ? 'set.kerchunk.json' : terminal.absolute(output);
}

/** What was written, and where. */
interface WrittenSet {
  output: string;
  replaced: boolean;
  /** What the code calls it. */
  file: string;
  /** The journal that stays, for files that could not be read. */
  journal?: string;
}

function inWords(account: SetAccount, { output, replaced, file, journal }: WrittenSet): string[] {
  const { failures, leftOut, warnings, readers, xarrayCode } = account;
  const indented = (lines: readonly string[], by = 2): string[] =>
    lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`));
  return [
    output === '-' ? 'written to standard output' : `${output}${replaced ? ' (replaced)' : ''}`,
    ...indented(setInWords(account)),
    ...indented(warnings.map((warning) => `warning: ${warning}`)),
    ...indented(leftOut.map(({ label, reason }) => `left out: ${label}: ${reason}`)),
    ...indented(failures.map(({ label, message }) => `not read: ${label}: ${message}`)),
    ...(failures.length === 0
      ? []
      : [
          `  The set was written without ${failures.length === 1 ? 'that file' : `these ${countInWords(failures.length)} files`}. ${againInWords(failures.length, journal)}`,
        ]),
    '  readers:',
    ...readers.map(({ opens, reader, reason }) => `    ${opens ? 'yes' : 'no '}  ${reader}: ${reason}`),
    output === '-' ? '  once it is saved, open it with:' : '  open it with:',
    ...indented(xarrayCode(file).trimEnd().split('\n'), 4),
  ];
}

function againInWords(failed: number, journal: string | undefined): string {
  const again = `Run the same command again to try ${failed === 1 ? 'it' : 'them'} once more`;
  return journal === undefined
    ? `${again}.`
    : `${again}: the others stand in ${journal} and are not read again. Delete that where you will not.`;
}
