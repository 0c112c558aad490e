import { KerchunkError } from '../errors';
import type { Coverage, ReferenceSet } from '../references/reference-set';
import { formatDataType } from '../zarr/data-type';
import { gridShape } from '../zarr/grid';
import { countInWords, listInWords, plural } from '../words';
import { toJson } from './json';
import { openReferences } from './open-references';
import { exitCodes, type Terminal } from './terminal';

/** `kerchunk info`: what a reference file holds, array by array. Returns the exit code. */
export async function info(terminal: Terminal, file: string, json: boolean): Promise<number> {
  const { set } = await openReferences(terminal, file);
  const account = describeSet(set);
  terminal.print(json ? `${toJson(account)}\n` : `${inWords(file, account)}\n`);
  return exitCodes.ok;
}

interface ArrayAccount {
  path: string;
  shape: readonly number[];
  chunks: readonly number[];
  dtype: unknown;
  fillValue: unknown;
  dimensions?: readonly (string | null)[];
  codecs: string[];
  coverage: Coverage;
  grid: readonly number[];
}

interface SetAccount {
  version: number;
  groups: string[];
  arrays: ArrayAccount[];
  targets: string[];
  /** Arrays whose metadata cannot be read, and why. */
  unreadable: { path: string; message: string }[];
  problems: number;
}

function describeSet(set: ReferenceSet): SetAccount {
  const arrays: ArrayAccount[] = [];
  const unreadable: SetAccount['unreadable'] = [];
  for (const path of set.arrayPaths()) {
    try {
      arrays.push(describeArray(set, path));
    } catch (error) {
      if (!(error instanceof KerchunkError)) throw error;
      unreadable.push({ path, message: error.message });
    }
  }
  const { version, urls, problems } = set;
  return { version, groups: set.groupPaths(), arrays, targets: [...urls], unreadable, problems: problems.length };
}

function describeArray(set: ReferenceSet, path: string): ArrayAccount {
  const array = set.array(path);
  const { fillValue } = array;
  return {
    path,
    shape: array.shape,
    chunks: array.chunkShape,
    dtype: formatDataType(array.dataType),
    fillValue: fillValue instanceof Uint8Array ? [...fillValue] : fillValue,
    ...(array.dimensionNames === undefined ? {} : { dimensions: array.dimensionNames }),
    codecs: array.codecs.map((step) => step.id),
    coverage: set.coverage(path),
    grid: gridShape(array),
  };
}

function inWords(file: string, account: SetAccount): string {
  const lines = [
    `${file}: kerchunk version ${account.version}, ${plural(account.arrays.length, 'array')}, ${plural(account.targets.length, 'target')}`,
  ];
  for (const array of account.arrays) {
    const { total, ranges, inline, absent, broken } = array.coverage;
    const dimensions = array.dimensions ? ` (${array.dimensions.map((name) => name ?? 'unnamed').join(', ')})` : '';
    lines.push(
      `${array.path || '(root)'}: ${array.shape.join(' x ') || 'scalar'}${dimensions}, dtype ${String(array.dtype)}, fill value ${String(array.fillValue)}`,
      `  ${plural(total, 'chunk')} of ${array.chunks.join(' x ') || 'one value'}: ${countInWords(ranges)} in files, ${countInWords(inline)} inline, ${countInWords(absent)} absent${broken > 0 ? `, ${countInWords(broken)} malformed` : ''}`,
      `  codecs, as written: ${array.codecs.length === 0 ? 'none' : array.codecs.join(', then ')}`,
    );
  }
  for (const { path, message } of account.unreadable) lines.push(`${path || '(root)'}: cannot be read. ${message}`);
  const shown = account.targets.slice(0, 5);
  if (shown.length > 0) {
    const more = account.targets.length - shown.length;
    lines.push(`targets: ${listInWords(shown)}${more > 0 ? `, and ${countInWords(more)} more` : ''}`);
  }
  if (account.problems > 0)
    lines.push(`${plural(account.problems, 'problem')} found while reading; see: kerchunk validate ${file}`);
  return lines.join('\n');
}
