import { KerchunkError } from '../errors';
import type { ManifestArray, ManifestGroup } from '../manifest/types';
import { commonAttributes, differencesOfMeaning } from './attributes';
import { arrayDifferences, type Difference } from './differences';
import { sameEntry } from './diff';
import { without } from './document';
import { splitPath } from './names';
import type { Combined, NamedManifest } from './types';
import { SOURCES } from './urls';
import { inlineValues, isInline } from './values';

/**
 * One set of the variables of several. A variable that several have must be the same in all: in its metadata, and chunk by chunk or, where it
 * stands in the references, in its values. Dimensions of one name have one size in a group.
 * @throws KerchunkError `not-expressible` naming the variable, the sets and what they differ in; what decoding inline values throws.
 */
export async function mergeManifests(inputs: readonly NamedManifest[], signal?: AbortSignal): Promise<Combined> {
  const notes: string[] = [];
  const found = new Map<string, { array: ManifestArray; name: string }>();
  for (const { name, manifest } of inputs) {
    for (const array of manifest.arrays) {
      const { path } = array.array;
      const known = found.get(path);
      if (known === undefined) found.set(path, { array, name });
      else await refuseUnequal(known.array, known.name, array, name, signal);
    }
  }
  checkDimensions([...found.values()]);
  const groups = mergeGroups(inputs, notes);
  return { manifest: { groups, arrays: [...found.values()].map(({ array }) => array) }, notes };
}

/** The groups of all inputs, each once, with the attributes that all who have it agree on. */
export function mergeGroups(inputs: readonly NamedManifest[], notes: string[]): ManifestGroup[] {
  const found = new Map<string, ManifestGroup[]>();
  for (const { manifest } of inputs) {
    for (const group of manifest.groups) found.set(group.path, [...(found.get(group.path) ?? []), group]);
  }
  const versions = new Set([...found.values()].flat().map(({ zarrFormat }) => zarrFormat));
  if (versions.size > 1) {
    throw new KerchunkError(
      'not-expressible',
      'Some of the sets are zarr v2 and others zarr v3, which one set cannot be. Convert them first: kerchunk convert … --zarr 2.',
    );
  }
  return [...found].map(([path, groups]) => {
    const sources = groups.flatMap(({ attributes: { [SOURCES]: list } }) => (Array.isArray(list) ? list : []));
    const attributes = commonAttributes(
      groups.map((group) => without(group.attributes, SOURCES)),
      (names) =>
        notes.push(
          `Attributes ${names} of ${path === '' ? 'the root' : `"${path}"`} differ among the sets and are left out.`,
        ),
    );
    if (sources.length > 0) attributes[SOURCES] = sources;
    return { path, zarrFormat: groups[0]?.zarrFormat ?? 2, attributes };
  });
}

/** @throws KerchunkError `not-expressible` where two arrays of one path are not the same. */
export async function refuseUnequal(
  a: ManifestArray,
  nameA: string,
  b: ManifestArray,
  nameB: string,
  signal?: AbortSignal,
): Promise<void> {
  const { path } = a.array;
  const [areInline, isOtherInline] = [isInline(a), isInline(b)];
  const differences = [
    ...arrayDifferences(a.array, b.array),
    ...differencesOfMeaning(a.array.attributes, b.array.attributes),
  ];
  // How values are stored does not matter where they are compared.
  const grave = areInline && isOtherInline ? differences.filter(({ property }) => !isStorage(property)) : differences;
  if (grave.length > 0) throw unequal(path, nameA, nameB, grave);
  if (areInline && isOtherInline) {
    const [left, right] = [await inlineValues(a, signal), await inlineValues(b, signal)];
    const isSame =
      left.objects === undefined
        ? left.data.every((byte, at) => byte === right.data[at])
        : JSON.stringify(left.objects) === JSON.stringify(right.objects);
    if (!isSame) throw unequal(path, nameA, nameB, [{ property: 'its values', values: ['these', 'others'] }]);
    return;
  }
  const other = b.entries()[Symbol.iterator]();
  for (const [chunk, entry] of a.entries()) {
    const next = other.next();
    if (next.done === true || next.value[0] !== chunk || !sameEntry(entry, next.value[1]))
      throw otherChunks(path, nameA, nameB);
  }
  if (other.next().done !== true) throw otherChunks(path, nameA, nameB);
}

function isStorage(property: string): boolean {
  return property === 'chunks' || property === 'codecs' || property === 'order';
}

function unequal(path: string, nameA: string, nameB: string, differences: readonly Difference[]): KerchunkError {
  const [first] = differences;
  const what =
    first === undefined ? '' : `${first.property}: ${first.values[0]} in ${nameA}, ${first.values[1]} in ${nameB}`;
  return new KerchunkError(
    'not-expressible',
    `"${path}" is not the same in ${nameA} and ${nameB}: ${what}. Rename it in one of them (--rename), or drop it (--drop ${path}).`,
  );
}

function otherChunks(path: string, nameA: string, nameB: string): KerchunkError {
  return new KerchunkError(
    'not-expressible',
    `"${path}" has chunks in other places in ${nameB} than in ${nameA}, and which to take cannot be told. If they are parts of one array, concatenate the sets (--concat <dimension>); else rename it in one of them (--rename).`,
  );
}

/** @throws KerchunkError `not-expressible` where a dimension has two sizes in one group. */
export function checkDimensions(arrays: readonly { array: ManifestArray; name: string }[]): void {
  const sizes = new Map<string, { size: number; path: string; name: string }>();
  for (const {
    array: { array },
    name,
  } of arrays) {
    const { group } = splitPath(array.path);
    for (const [axis, dimension] of (array.dimensionNames ?? []).entries()) {
      if (dimension === null) continue;
      const size = array.shape[axis] ?? 0;
      const known = sizes.get(`${group}/${dimension}`);
      if (known === undefined) sizes.set(`${group}/${dimension}`, { size, path: array.path, name });
      else if (known.size !== size) {
        throw new KerchunkError(
          'not-expressible',
          `Dimension "${dimension}" has ${known.size} elements in "${known.path}" (${known.name}) and ${size} in "${array.path}" (${name}); xarray refuses a group in which they differ. Give one of them another name (--rename), or another group.`,
        );
      }
    }
  }
}
