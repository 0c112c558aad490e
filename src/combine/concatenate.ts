import { KerchunkError } from '../errors';
import type { Manifest, ManifestArray, ManifestEntry } from '../manifest/types';
import { copyRegion } from '../read/region';
import { listInWords } from '../words';
import { chunkCount, gridShape } from '../zarr/grid';
import { elementCount } from '../zarr/shape';
import type { NdArray } from '../zarr/types';
import { commonAttributes, differencesOfMeaning } from './attributes';
import { arrayDifferences } from './differences';
import { changeArray } from './document';
import { withLeadingAxis } from './leading-axis';
import { checkDimensions, mergeGroups, refuseUnequal } from './merge';
import { splitPath } from './names';
import type { Combined, NamedManifest } from './types';
import { inlineArray, inlineValues, isInline } from './values';

/** One array of an input, and the input's name. */
interface Part {
  name: string;
  array: ManifestArray;
}

/**
 * One set of several, which lie behind one another along a dimension: one that they have or, where none of them has it, a new one. Along one that they
 * have every variable with it is concatenated, and every other must be the same in all. Along a new one every variable that is not the same in all
 * is; of each of them comes an index along a first axis. Values that stand in the references are read and written anew in one chunk; of all others
 * the chunks stay where they are, so that only the last set may end within a chunk.
 *
 * An input without the dimension among others with it counts as one step along it.
 * @throws KerchunkError `not-expressible` naming the variable, the sets, and the property with both values, before anything is made;
 * `invalid-argument` for a dimension that no variable could have.
 */
export async function concatenateManifests(
  inputs: readonly NamedManifest[],
  dimension: string,
  signal?: AbortSignal,
): Promise<Combined> {
  const [first] = inputs;
  if (first === undefined) throw new KerchunkError('invalid-argument', 'There is nothing to concatenate.');
  const notes: string[] = [];
  const model = inputs.find(({ manifest }) => hasDimension(manifest, dimension));
  const paths = model === undefined ? await varying(inputs, signal) : pathsAlong(model.manifest, dimension);
  if (paths.size === 0) {
    throw new KerchunkError(
      'invalid-argument',
      `No variable has the dimension "${dimension}", and all are the same in all sets: there is nothing to concatenate.`,
    );
  }
  const groups = mergeGroups(inputs, notes);
  const arrays: ManifestArray[] = [];
  for (const path of pathsOf(inputs)) {
    const parts = partsAt(inputs, path);
    if (paths.has(path)) {
      arrays.push(await concatenateArray(parts, inputs, dimension, notes, signal));
      continue;
    }
    const [one] = parts;
    if (one === undefined) continue;
    for (const other of parts.slice(1)) await refuseUnequal(one.array, one.name, other.array, other.name, signal);
    arrays.push(one.array);
  }
  checkDimensions(arrays.map((array) => ({ array, name: 'the result' })));
  return { manifest: { groups, arrays }, notes };
}

function hasDimension({ arrays }: Manifest, dimension: string): boolean {
  return arrays.some(({ array }) => array.dimensionNames?.includes(dimension) === true);
}

function pathsAlong({ arrays }: Manifest, dimension: string): Set<string> {
  const along = arrays.filter(({ array }) => array.dimensionNames?.includes(dimension) === true);
  return new Set(along.map(({ array }) => array.path));
}

function pathsOf(inputs: readonly NamedManifest[]): string[] {
  return [...new Set(inputs.flatMap(({ manifest }) => manifest.arrays.map(({ array }) => array.path)))];
}

function partsAt(inputs: readonly NamedManifest[], path: string): Part[] {
  return inputs.flatMap(({ name, manifest }) => {
    const array = manifest.arrays.find((one) => one.array.path === path);
    return array === undefined ? [] : [{ name, array }];
  });
}

/** Variables that are not the same in all sets. */
async function varying(inputs: readonly NamedManifest[], signal: AbortSignal | undefined): Promise<Set<string>> {
  const paths = new Set<string>();
  for (const path of pathsOf(inputs)) {
    const [one, ...others] = partsAt(inputs, path);
    if (one === undefined) continue;
    for (const other of others) {
      const isSame = await refuseUnequal(one.array, one.name, other.array, other.name, signal).then(
        () => true,
        (error: unknown) => {
          if (error instanceof KerchunkError && error.code === 'not-expressible') return false;
          throw error;
        },
      );
      if (isSame) continue;
      paths.add(path);
      break;
    }
  }
  return paths;
}

async function concatenateArray(
  parts: readonly Part[],
  inputs: readonly NamedManifest[],
  dimension: string,
  notes: string[],
  signal: AbortSignal | undefined,
): Promise<ManifestArray> {
  const path = parts[0]?.array.array.path ?? '';
  refuseMissing(parts, inputs, path);
  const whole = withCommonFill(parts.map((part) => ({ ...part, array: withDimension(part.array, dimension) })));
  const [first, ...others] = whole;
  if (first === undefined) throw new Error(`No set has "${path}".`);
  const axis = first.array.array.dimensionNames?.indexOf(dimension) ?? 0;
  const byValue = parts.every(({ array }) => isInline(array));
  for (const other of others) refuseOther(first, other, axis, byValue);
  const attributes = commonAttributes(
    whole.map(({ array }) => array.array.attributes),
    (names) => notes.push(`Attributes ${names} of "${path}" differ among the sets and are left out.`),
  );
  if (byValue) {
    const values = await Promise.all(parts.map(({ array }) => inlineValues(array, signal)));
    const joined = joinValues(
      values,
      whole.map(({ array }) => array.array.shape),
      axis,
    );
    if (splitPath(path).name === dimension) refuseRepeated(joined, path);
    return inlineArray(first.array, joined, attributes);
  }
  refuseCut(whole, axis);
  const shape = first.array.array.shape.map((side, at) => (at === axis ? total(whole, axis) : side));
  return changeArray(first.array, { shape, attributes, entries: () => joinedEntries(whole, axis) });
}

/** An array with the dimension: as it is, or as one step along it. */
function withDimension(array: ManifestArray, dimension: string): ManifestArray {
  return array.array.dimensionNames?.includes(dimension) === true ? array : withLeadingAxis(array, dimension);
}

/** An undefined fill value gives way to the 0 that others have for chunks that are absent, where no chunk is. */
function withCommonFill(parts: readonly Part[]): readonly Part[] {
  const stated = parts.find(({ array: { array } }) => Number(array.fillValue ?? NaN) === 0)?.array.document.fill_value;
  if (stated === undefined) return parts;
  return parts.map((part) => {
    if (part.array.array.fillValue !== null || !isWhole(part.array)) return part;
    return { ...part, array: changeArray(part.array, { members: { fill_value: stated } }) };
  });
}

function isWhole({ array, entries }: ManifestArray): boolean {
  let count = 0;
  const all = entries()[Symbol.iterator]();
  while (all.next().done !== true) count++;
  return count === chunkCount(array);
}

function total(parts: readonly Part[], axis: number): number {
  return parts.reduce((sum, { array }) => sum + (array.array.shape[axis] ?? 0), 0);
}

function refuseMissing(parts: readonly Part[], inputs: readonly NamedManifest[], path: string): void {
  if (parts.length === inputs.length) return;
  const without = inputs.filter(({ name }) => !parts.some((part) => part.name === name)).map(({ name }) => name);
  const more = without.length > 3 ? ` and ${without.length - 3} more` : '';
  throw new KerchunkError(
    'not-expressible',
    `"${path}" is missing in ${listInWords(without.slice(0, 3))}${more}. Drop it (--drop ${path}), or leave these sets out.`,
  );
}

function refuseOther(first: Part, other: Part, axis: number, byValue: boolean): void {
  const { array } = first.array;
  // Along the dimension shapes may differ, and chunks where values are written anew.
  const differences = [
    ...arrayDifferences(array, other.array.array, (at) => at !== axis),
    ...differencesOfMeaning(array.attributes, other.array.array.attributes),
  ].filter(({ property }) => !byValue || !['chunks', 'codecs', 'order'].includes(property));
  const [chunks, otherChunks] = [array.chunkShape[axis], other.array.array.chunkShape[axis]];
  if (!byValue && chunks !== otherChunks) {
    differences.push({
      property: `chunks along "${array.dimensionNames?.[axis] ?? axis}"`,
      values: [String(chunks), String(otherChunks)],
    });
  }
  const [difference] = differences;
  if (difference === undefined) return;
  const [left, right] = difference.values;
  throw new KerchunkError(
    'not-expressible',
    `"${array.path}" cannot be concatenated: ${difference.property} is ${left} in ${first.name} and ${right} in ${other.name}. Leave one of the sets out, or drop the variable (--drop ${array.path}).`,
  );
}

/** Only the last part may end within a chunk: what follows would begin there. */
function refuseCut(parts: readonly Part[], axis: number): void {
  let start = 0;
  for (const {
    name,
    array: { array },
  } of parts.slice(0, -1)) {
    const [size = 0, chunk = 1] = [array.shape[axis], array.chunkShape[axis]];
    if (size % chunk !== 0) {
      throw new KerchunkError(
        'not-expressible',
        `"${array.path}" cannot be concatenated: in ${name} it has ${size} elements along "${array.dimensionNames?.[axis] ?? axis}" in chunks of ${chunk}, and what follows would begin at ${start + size}, within a chunk. Put ${name} last, or drop the variable.`,
      );
    }
    start += size;
  }
}

/** Entries of all parts by their number in the whole, ascending: within each index of the axes before, part after part. */
function* joinedEntries(parts: readonly Part[], axis: number): Generator<readonly [number, ManifestEntry]> {
  const sources = parts.map(({ array: { array, entries } }) => {
    const grid = gridShape(array);
    return { iterator: entries()[Symbol.iterator](), run: elementCount(grid.slice(axis)) };
  });
  const run = sources.reduce((sum, source) => sum + source.run, 0);
  let before = 0;
  const placed = sources.map((source) => {
    const offset = before;
    before += source.run;
    return { ...source, offset, next: source.iterator.next() };
  });
  for (;;) {
    let outer = Infinity;
    for (const { next, run: own } of placed) {
      if (next.done !== true) outer = Math.min(outer, Math.floor(next.value[0] / own));
    }
    if (outer === Infinity) return;
    for (const source of placed) {
      while (source.next.done !== true) {
        const [chunk, entry] = source.next.value;
        if (Math.floor(chunk / source.run) !== outer) break;
        yield [outer * run + source.offset + (chunk % source.run), entry];
        source.next = source.iterator.next();
      }
    }
  }
}

function joinValues(values: readonly NdArray[], shapes: readonly (readonly number[])[], axis: number): NdArray {
  const [first] = values;
  const [shape] = shapes;
  if (first === undefined || shape === undefined) throw new Error('There are no values to join.');
  const { itemSize } = first.dataType;
  const whole = shape.map((side, at) => (at === axis ? shapes.reduce((sum, one) => sum + (one[at] ?? 0), 0) : side));
  const hasObjects = values.some(({ objects }) => objects !== undefined);
  const target: NdArray = {
    dataType: first.dataType,
    shape: whole,
    data: new Uint8Array(elementCount(whole) * itemSize),
    ...(hasObjects ? { objects: [] } : {}),
  };
  let start = 0;
  for (const [index, part] of values.entries()) {
    const size = shapes[index] ?? shape;
    const zero = size.map(() => 0);
    copyRegion(
      { ...part, shape: size },
      target,
      { sourceStart: zero, targetStart: size.map((_side, at) => (at === axis ? start : 0)), size },
      itemSize,
    );
    start += size[axis] ?? 0;
  }
  return target;
}

/** @throws KerchunkError `not-expressible` where a coordinate stands twice: its step would be in the set twice. */
function refuseRepeated(values: NdArray, path: string): void {
  const { itemSize } = values.dataType;
  const seen = new Set<string>();
  for (let at = 0; at < values.data.length; at += itemSize) {
    const key = values.data.subarray(at, at + itemSize).join();
    if (!seen.has(key)) {
      seen.add(key);
      continue;
    }
    throw new KerchunkError(
      'not-expressible',
      `Coordinate "${path}" would hold the value at index ${at / itemSize} twice. Is one of the sets given twice, or in the set already?`,
    );
  }
}
