import { displayAddress, publicAddress, resolveTarget } from '../bytes/address';
import { throwIfCancelled } from '../bytes/cancel';
import { readWhole } from '../bytes/merge';
import { createOpener } from '../bytes/open';
import { isAbsolutePath } from '../address-form';
import { KerchunkError } from '../errors';
import type { JsonValue } from '../json';
import { isStacName, linesOfList, MOST_LIST_BYTES, textOfList } from '../stack/file-list';
import { fileOfAddress, filesOfItems, type Targets, withoutRepeated } from '../stack/inputs';
import { readStac } from '../stack/stac';
import type { SetFile } from '../stack/types';
import { isTiffName } from '../tiff/file-names';
import { beginsAsTiff } from '../tiff/format';
import { countInWords } from '../words';
import { expandInputs } from './expand-glob';
import { isAddress, type Terminal } from './terminal';

/** The files that a command line names, and what is to be said about it. */
export interface SetInputs {
  files: SetFile[];
  /** STAC items among them. */
  items: number;
  warnings: string[];
}

/** Lists in each other that are read: one that names others is of use, a long chain is a mistake or a trap. */
const MOST_NESTED = 8;

/** Which files of the inputs are taken, and how references name them. */
export interface InputOptions {
  /** Keys of STAC assets that are taken; by default those that are TIFFs of data. */
  assets?: readonly string[];
  targets?: Targets;
}

/**
 * What the arguments of `scene`, `stack` and `mosaic` name: TIFFs by path, wildcard, folder or address; STAC Items and ItemCollections; lists, a path
 * or address a line, from which relative ones count; all of it in the order given, each file once.
 * @throws KerchunkError `invalid-argument` for what is none of these, for a list that names itself, for a wildcard that fits nothing and for a path at
 * which no file stands; `fetch-failed` where one cannot be read.
 */
export async function setInputs(
  terminal: Terminal,
  inputs: readonly string[],
  options: InputOptions,
): Promise<SetInputs> {
  const found: SetInputs = { files: [], items: 0, warnings: [] };
  for (const path of await expandInputs(terminal, inputs)) await addInput(terminal, path, options, found, []);
  const { files, warnings } = withoutRepeated(found.files);
  await checkThatExist(terminal, files);
  return { ...found, files, warnings: [...found.warnings, ...warnings] };
}

/** A path at which no file stands is a mistake, which no second attempt mends; what a server fails to give may come later. */
async function checkThatExist(terminal: Terminal, files: readonly SetFile[]): Promise<void> {
  const local = files.filter(({ url }) => url.startsWith('file:'));
  const there = await Promise.all(local.map(({ url }) => terminal.isFile(url)));
  const absent = local.filter((_, index) => there[index] !== true).map(({ label }) => label);
  if (absent.length === 0) return;
  const named = absent.slice(0, NAMED).join(', ');
  const more = absent.length > NAMED ? ` and ${countInWords(absent.length - NAMED)} more` : '';
  throw new KerchunkError(
    'invalid-argument',
    `There is no file ${named}${more}; nothing was read or written. Check the path${absent.length === 1 ? '' : 's'}, or leave ${absent.length === 1 ? 'it' : 'them'} out.`,
  );
}

/** Files that a message names one by one. */
const NAMED = 8;

/** @param within the lists that name it, outermost first. */
async function addInput(
  terminal: Terminal,
  input: string,
  options: InputOptions,
  found: SetInputs,
  within: readonly string[],
): Promise<void> {
  const { assets, targets } = options;
  const url = isAddress(input) ? publicAddress(input) : terminal.fileUrl(input);
  const given = isAddress(input) ? input : url;
  checkNesting(url, within);
  if (isTiffName(withoutQuery(url))) {
    found.files.push(fileOfAddress(given, input, targets));
    return;
  }
  const source = createOpener({}).open(url);
  const head = await source.read(0, 4096, terminal.signal);
  if (beginsAsTiff(head)) {
    found.files.push(fileOfAddress(given, input, targets));
    return;
  }
  const { text, isStac } = textOfList(await readWhole(source, MOST_LIST_BYTES, terminal.signal));
  const base = isAddress(input) ? (targets === 'given' ? given : url) : terminal.absolute(input);
  if (isStac) {
    const { items, warnings } = readStac(parseJson(text, input), base, assets);
    found.files.push(...filesOfItems(items, targets));
    found.items += items.length;
    found.warnings.push(...warnings);
    return;
  }
  for (const line of linesOfList(text, displayAddress(input))) {
    throwIfCancelled(terminal.signal);
    // The first that names nothing tells the list that was not meant as one.
    await checkLine(terminal, line, { list: input, base, text });
    const target = isAddress(line) || isAbsolutePath(line) ? line : resolveTarget(line, base);
    const address = isAddress(target) ? target : terminal.fileUrl(target);
    if (isStacName(address)) await addInput(terminal, address, options, found, [...within, url]);
    else found.files.push(fileOfAddress(address, line, targets));
  }
}

/** @throws KerchunkError `invalid-argument` for a path at which no file stands, with its place in the list. */
async function checkLine(
  terminal: Terminal,
  line: string,
  { list, base, text }: { list: string; base: string; text: string },
): Promise<void> {
  const target = isAddress(line) || isAbsolutePath(line) ? line : resolveTarget(line, base);
  const address = isAddress(target) ? target : terminal.fileUrl(target);
  if (!address.startsWith('file:') || (await terminal.isFile(address))) return;
  const number = text.split(/\r?\n/u).findIndex((one) => one.trim() === line) + 1;
  throw new KerchunkError(
    'invalid-argument',
    `Line ${number} of ${displayAddress(list)} names ${line}, and there is no such file. It was read as a list of files: a path or address of a TIFF in each line, relative ones seen from the list's own folder.`,
  );
}

function checkNesting(url: string, within: readonly string[]): void {
  const at = within.indexOf(url);
  if (at >= 0) {
    const ring = [...within.slice(at + 1), url].map(displayAddress);
    const through = ring.length === 1 ? 'itself' : ring.join(', which names ');
    throw new KerchunkError(
      'invalid-argument',
      `The list ${displayAddress(url)} names ${through}. Take that line out.`,
    );
  }
  if (within.length <= MOST_NESTED) return;
  throw new KerchunkError(
    'invalid-argument',
    `${displayAddress(url)} is named by a list that is named by a list, ${MOST_NESTED} deep, which is as far as lists are followed. Name its files in one list.`,
  );
}

function parseJson(text: string, input: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new KerchunkError(
      'not-json',
      `${displayAddress(input)} begins as JSON and is none: ${error instanceof Error ? error.message : ''}.`,
      {
        cause: error,
      },
    );
  }
}

function withoutQuery(url: string): string {
  return /^https?:/iu.test(url) ? url.replace(/[?#].*$/u, '') : url;
}
