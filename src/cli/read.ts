import { KerchunkError } from '../errors';
import { encodeNpy } from '../read/npy';
import { readWindow } from '../read/window';
import { expandSet } from './expand-glob';
import { toJson } from './json';
import { arrayAt, chunksBetween, openReferences } from './open-references';
import { parseSlices } from './slices';
import { exitCodes, type Terminal } from './terminal';
import { tracedOpener } from './traced-opener';
import { describeValues, shapeInWords, statisticsLines } from './values-text';

export interface ReadArguments {
  slice?: string;
  output?: string;
  trace: boolean;
  json: boolean;
}

/** `kerchunk read`: the stored values of a window, written as .npy, or their statistics. Returns the exit code. */
export async function read(terminal: Terminal, file: string, path: string, options: ReadArguments): Promise<number> {
  const { output } = options;
  if (output !== undefined && !/\.npy$/iu.test(output)) {
    throw new KerchunkError('invalid-argument', `-o ${output}: the name must end in .npy.`);
  }
  const { opener } = tracedOpener(terminal, options.trace);
  const set = await openReferences(terminal, await expandSet(terminal, file), opener, (metadata) => {
    const array = arrayAt(metadata, path);
    const slices = parseSlices(options.slice, array.shape, () => undefined);
    const chunkOf = (index: number, axis: number): number => Math.floor(index / (array.chunkShape[axis] ?? 1));
    const first = slices.map(({ start }, axis) => chunkOf(start, axis));
    const last = slices.map(({ stop }, axis) => chunkOf(stop - 1, axis));
    return chunksBetween(array, first, last);
  });
  const array = arrayAt(set, path);
  const slices = parseSlices(options.slice, array.shape, (message) => {
    terminal.tell(message);
  });
  const values = await readWindow(set, array, slices, opener, { signal: terminal.signal });
  if (output !== undefined) await terminal.writeFile(output, encodeNpy(values));
  if (output !== undefined && !options.json) {
    terminal.tell(`${array.path} -> ${output}`);
    return exitCodes.ok;
  }
  const account = { array: array.path, slices, ...describeValues(values, array.fillValue) };
  if (options.json) terminal.print(`${toJson(account)}\n`);
  else terminal.print(`${[`${array.path}: ${shapeInWords(account)}`, ...statisticsLines(account)].join('\n')}\n`);
  return exitCodes.ok;
}
