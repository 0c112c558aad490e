import { KerchunkError } from '../errors';
import type { Manifest, ManifestArray, ManifestEntry } from '../manifest/types';
import { isStop } from '../steps';
import { listInWords } from '../words';
import { withoutSpatialExtent } from '../zarr/geo-conventions';
import { chunkCount, gridShape, keyBelow } from '../zarr/grid';
import { elementCount } from '../zarr/shape';
import type { NdArray } from '../zarr/types';
import { commonAttributes, differencesOfMeaning } from './attributes';
import { arrayDifferences } from './differences';
import { type Advice, type CombineOptions, Combining } from './combining';
import { changeArray } from './document';
import { joinValues, refuseRepeated, turnInWords } from './join-values';
import { withLeadingAxis } from './leading-axis';
import { checkDimensions, inequality, mergeGroups, refuseUnequal, shared } from './merge';
import { splitPath } from './names';
import { partsByPath } from './parts';
import { repeatedSteps } from './repeated-steps';
import { inOneTimeUnit, unitsOfBounds } from './time-units';
import type { Combined, NamedManifest, Part } from './types';
import { inlineArray, isInline } from './values';

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
  options: CombineOptions = {},
): Promise<Combined> {
  const [first] = inputs;
  if (first === undefined) throw new KerchunkError('invalid-argument', 'There is nothing to concatenate.');
  const combining = new Combining(options);
  const { notes } = combining;
  const parts = partsByPath(inputs);
  const model = inputs.find(({ manifest }) => hasDimension(manifest, dimension));
  const paths = model === undefined ? await varying(parts, combining) : pathsAlong(model.manifest, dimension);
  if (paths.size === 0) {
    throw new KerchunkError(
      'invalid-argument',
      `No variable has the dimension "${dimension}", and all are the same in all sets: there is nothing to concatenate.`,
    );
  }
  const groups = mergeGroups(inputs, notes);
  const arrays: ManifestArray[] = [];
  for (const [path, own] of parts) {
    if (paths.has(path)) {
      if (model === undefined) await refuseOtherPlaces(own, dimension, combining);
      arrays.push(await concatenateArray(own, inputs, dimension, combining));
      continue;
    }
    const [one, ...others] = own;
    if (one !== undefined) for (const other of others) await refuseUnequal(one, other, combining, dimension);
    arrays.push(shared(own, notes));
  }
  checkDimensions(arrays.map((array) => ({ array, name: 'the result' })));
  const repeated = [...paths].filter((path) => !hasCoordinate(arrays, path, dimension));
  for (const path of repeated)
    notes.push(...(await repeatedSteps(parts.get(path) ?? [], dimension, combining.giveWay)));
  return { manifest: { groups, arrays }, notes };
}

/** Whether the group of an array has a coordinate for a dimension, whose values tell its steps apart. */
export function hasCoordinate(arrays: readonly ManifestArray[], path: string, dimension: string): boolean {
  const coordinate = keyBelow(splitPath(path).group, dimension);
  return arrays.some(({ array }) => array.path === coordinate && array.dimensionNames?.includes(dimension) === true);
}

function hasDimension({ arrays }: Manifest, dimension: string): boolean {
  return arrays.some(({ array }) => array.dimensionNames?.includes(dimension) === true);
}

function pathsAlong({ arrays }: Manifest, dimension: string): Set<string> {
  const along = arrays.filter(({ array }) => array.dimensionNames?.includes(dimension) === true);
  return new Set(along.map(({ array }) => array.path));
}

/** Variables that are not the same in all sets. */
async function varying(parts: ReadonlyMap<string, readonly Part[]>, combining: Combining): Promise<Set<string>> {
  const paths = new Set<string>();
  for (const [path, [one, ...others]] of parts) {
    if (one === undefined) continue;
    for (const other of others) {
      if ((await inequality(one, other, combining)) === undefined) continue;
      paths.add(path);
      break;
    }
  }
  return paths;
}

/**
 * The coordinate of a dimension, which is not the same in all sets, would get a second dimension, and xarray would select nothing by it.
 * @throws KerchunkError `not-expressible` for such a one.
 */
async function refuseOtherPlaces(parts: readonly Part[], dimension: string, combining: Combining): Promise<void> {
  const [one, ...others] = parts;
  const { path, dimensionNames } = one?.array.array ?? { path: '' };
  if (one === undefined || dimensionNames?.length !== 1 || dimensionNames[0] !== splitPath(path).name) return;
  for (const other of others) {
    if ((await inequality(one, other, combining)) === undefined) continue;
    throw new KerchunkError(
      'not-expressible',
      `"${path}" is not the same in ${one.name} and ${other.name}, and sets that become steps along a new dimension "${dimension}" must lie at the same places: as a coordinate with two dimensions nothing could be selected by it. Combine sets of one grid, or concatenate along "${path}"; where the values do not matter, ${combining.advice.drop(path)}.`,
    );
  }
}

async function concatenateArray(
  parts: readonly Part[],
  inputs: readonly NamedManifest[],
  dimension: string,
  combining: Combining,
): Promise<ManifestArray> {
  const { advice, notes } = combining;
  const path = parts[0]?.array.array.path ?? '';
  refuseMissing(parts, inputs, path, advice);
  const byValue = parts.every(({ array }) => isInline(array));
  let whole: readonly Part[] = parts.map((part) => ({ ...part, array: withDimension(part.array, dimension, advice) }));
  let values: NdArray[] = [];
  if (byValue) {
    values = await Promise.all(parts.map(({ array }) => combining.values(array)));
    ({ parts: whole, values } = inOneTimeUnit(whole, values));
  }
  whole = await withCommonFill(whole, combining);
  const [first, ...others] = whole;
  if (first === undefined) throw new Error(`No set has "${path}".`);
  const axis = first.array.array.dimensionNames?.indexOf(dimension) ?? 0;
  for (const other of others) refuseOther(first, other, axis, byValue, advice);
  const attributes = commonAttributes(
    whole.map(({ array }) => withoutSpatialExtent(array.array.attributes, dimension)),
    (names) => notes.push(`Attributes ${names} of "${path}" differ among the sets and are left out.`),
  );
  if (byValue) {
    const joined = joinValues(
      values,
      whole.map(({ array }) => array.array.shape),
      axis,
    );
    if (splitPath(path).name === dimension) {
      refuseRepeated(joined, path, first.array.array.attributes);
      const turn = turnInWords(joined, path, first.array.array.attributes);
      if (turn !== undefined) notes.push(turn);
    }
    return inlineArray(first.array, joined, attributes, advice);
  }
  refuseCut(whole, axis, advice);
  const shape = first.array.array.shape.map((side, at) => (at === axis ? total(whole, axis) : side));
  return changeArray(first.array, { shape, attributes, entries: () => joinedEntries(whole, axis) });
}

/** An array with the dimension: as it is, or as one step along it. */
function withDimension(array: ManifestArray, dimension: string, advice: Advice): ManifestArray {
  return array.array.dimensionNames?.includes(dimension) === true ? array : withLeadingAxis(array, dimension, advice);
}

/** An undefined fill value gives way to the 0 that others have for chunks that are absent, where no chunk is. */
async function withCommonFill(parts: readonly Part[], { notes, giveWay }: Combining): Promise<readonly Part[]> {
  const stated = parts.find(({ array: { array } }) => Number(array.fillValue ?? NaN) === 0)?.array.document.fill_value;
  if (stated === undefined) return parts;
  const changed: Part[] = [];
  const common: Part[] = [];
  for (const part of parts) {
    const isOpen = part.array.array.fillValue === null && (await isWhole(part.array, giveWay));
    if (isOpen) changed.push(part);
    common.push(isOpen ? { ...part, array: changeArray(part.array, { members: { fill_value: stated } }) } : part);
  }
  const [first] = changed;
  if (first !== undefined) {
    notes.push(
      `"${first.array.array.path}" has no fill value in ${namesInWords(changed.map(({ name }) => name))}, and now that of the others, 0: xarray takes each 0 that is stored there for missing.`,
    );
  }
  return common;
}

/** The first three names, and how many there are more. */
function namesInWords(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : listInWords(names);
}

async function isWhole({ array, entries }: ManifestArray, giveWay: () => Promise<void>): Promise<boolean> {
  let count = 0;
  const all = entries()[Symbol.iterator]();
  while (all.next().done !== true) if (isStop(count++)) await giveWay();
  return count === chunkCount(array);
}

function total(parts: readonly Part[], axis: number): number {
  return parts.reduce((sum, { array }) => sum + (array.array.shape[axis] ?? 0), 0);
}

function refuseMissing(parts: readonly Part[], inputs: readonly NamedManifest[], path: string, advice: Advice): void {
  if (parts.length === inputs.length) return;
  const having = new Set(parts.map(({ name }) => name));
  const without = inputs.flatMap(({ name }) => (having.has(name) ? [] : [name]));
  throw new KerchunkError(
    'not-expressible',
    `"${path}" is missing in ${namesInWords(without)}. Leave these sets out, or ${advice.drop(path)}.`,
  );
}

function refuseOther(first: Part, other: Part, axis: number, byValue: boolean, advice: Advice): void {
  const { array } = first.array;
  // Along the dimension shapes may differ, and chunks where values are written anew.
  const differences = [
    ...arrayDifferences(array, other.array.array, (at) => at !== axis),
    ...differencesOfMeaning(array.attributes, other.array.array.attributes),
    ...unitsOfBounds(first, other),
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
    `"${array.path}" cannot be concatenated: ${difference.property} is ${left} in ${first.name} and ${right} in ${other.name}. Leave one of the sets out, or ${advice.drop(array.path)}.`,
  );
}

/** Only the last part may end within a chunk: what follows would begin there. */
function refuseCut(parts: readonly Part[], axis: number, advice: Advice): void {
  let start = 0;
  for (const {
    name,
    array: { array },
  } of parts.slice(0, -1)) {
    const [size = 0, chunk = 1] = [array.shape[axis], array.chunkShape[axis]];
    if (size % chunk !== 0) {
      throw new KerchunkError(
        'not-expressible',
        `"${array.path}" cannot be concatenated: in ${name} it has ${size} elements along "${array.dimensionNames?.[axis] ?? axis}" in chunks of ${chunk}, and what follows would begin at ${start + size}, within a chunk. Put ${name} last, or ${advice.drop(array.path)}.`,
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
