import { KerchunkError } from '../errors';
import { type JsonValue, shortJson } from '../json';
import type { ManifestArray, ManifestGroup } from '../manifest/types';
import { sameJson } from '../same-json';
import { isStop } from '../steps';
import { type Advice, Combining, type CombineOptions } from './combining';
import { commonAttributes, differencesOfMeaning } from './attributes';
import { arrayDifferences, type Difference } from './differences';
import { sameEntry } from './diff';
import { changeArray, without } from './document';
import { splitPath } from './names';
import { partsByPath } from './parts';
import { unitsOfBounds } from './time-units';
import type { Combined, NamedManifest, Part } from './types';
import { SOURCES } from './urls';
import { isInline } from './values';

/**
 * One set of the variables of several. A variable that several have must be the same in all: in its metadata, and chunk by chunk or, where it
 * stands in the references, in its values; of its attributes those stay that do not differ. Dimensions of one name have one size in a group.
 * @throws KerchunkError `not-expressible` naming the variable, the sets and what they differ in; what decoding inline values throws.
 */
export async function mergeManifests(
  inputs: readonly NamedManifest[],
  options: CombineOptions = {},
): Promise<Combined> {
  const combining = new Combining(options);
  const { notes } = combining;
  const found = partsByPath(inputs);
  for (const [one, ...others] of found.values()) {
    if (one !== undefined) for (const other of others) await refuseUnequal(one, other, combining);
  }
  checkDimensions([...found.values()].flatMap((parts) => parts.slice(0, 1)));
  const groups = mergeGroups(inputs, notes);
  return { manifest: { groups, arrays: [...found.values()].map((parts) => shared(parts, notes)) }, notes };
}

/** A variable that several sets have, with the attributes that do not differ. */
export function shared(parts: readonly Part[], notes: string[]): ManifestArray {
  const [first, ...others] = parts;
  if (first === undefined) throw new Error('A variable is in one set at least.');
  const { attributes, path } = first.array.array;
  if (others.every(({ array }) => sameJson(array.array.attributes, attributes))) return first.array;
  const common = commonAttributes(
    parts.map(({ array }) => array.array.attributes),
    (names) => notes.push(`Attributes ${names} of "${path}" differ among the sets and are left out.`),
  );
  return changeArray(first.array, { attributes: common });
}

/** The groups of all inputs, each once, with the attributes that all who have it agree on. */
export function mergeGroups(inputs: readonly NamedManifest[], notes: string[]): ManifestGroup[] {
  const found = new Map<string, ManifestGroup[]>();
  const systems = new Map<string, { value: JsonValue; name: string }>();
  for (const { name, manifest } of inputs) {
    for (const group of manifest.groups) {
      found.set(group.path, [...(found.get(group.path) ?? []), group]);
      refuseOtherSystem(group, name, systems);
    }
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

/**
 * The coordinate reference system that zarr's proj: convention states for a whole group is that of all its arrays.
 * @throws KerchunkError `not-expressible` where a set before states another.
 */
function refuseOtherSystem(
  { path, attributes }: ManifestGroup,
  name: string,
  systems: Map<string, { value: JsonValue; name: string }>,
): void {
  for (const attribute of ['proj:code', 'proj:wkt2', 'proj:projjson']) {
    const value = attributes[attribute];
    if (value === undefined) continue;
    const key = `${path}/${attribute}`;
    const known = systems.get(key) ?? { value, name };
    systems.set(key, known);
    if (sameJson(known.value, value)) continue;
    throw new KerchunkError(
      'not-expressible',
      `${path === '' ? 'The root' : `"${path}"`} has another ${attribute} in ${name} than in ${known.name}: ${shortJson(value, 120)} and ${shortJson(known.value, 120)}. Warp the files to one coordinate reference system first (gdalwarp).`,
    );
  }
}

/**
 * @param along the dimension that the sets are concatenated along, which the arrays have not; by default they are merged.
 * @throws KerchunkError `not-expressible` where two arrays of one path are not the same.
 */
export async function refuseUnequal(one: Part, other: Part, combining: Combining, along?: string): Promise<void> {
  const found = await inequality(one, other, combining);
  if (found === undefined) return;
  const { path } = one.array.array;
  const { advice } = combining;
  if (found === 'chunks' && along !== undefined) {
    throw new KerchunkError(
      'not-expressible',
      `"${path}" has chunks in other places in ${other.name} than in ${one.name}, and no dimension "${along}" to be concatenated along. You can ${advice.rename(path, other.name)}, or ${advice.drop(path)}.`,
    );
  }
  throw new KerchunkError(
    'not-expressible',
    found === 'chunks'
      ? `"${path}" has chunks in other places in ${other.name} than in ${one.name}, and which to take cannot be told. If they are parts of one array, concatenate the sets (--concat <dimension>); else ${advice.rename(path, other.name)}.`
      : `"${path}" is not the same in ${one.name} and ${other.name}: ${found.property}: ${found.values[0]} in ${one.name}, ${found.values[1]} in ${other.name}. ${nextStep(one, other, found, advice)}`,
  );
}

/** Without the variable that says where a grid lies, sets of several grids would be mixed without a trace. */
function nextStep({ array: { array } }: Part, other: Part, { property }: Difference, advice: Advice): string {
  const isGridMapping = ['grid_mapping_name', 'crs_wkt', 'spatial_ref', 'GeoTransform'].some((name) =>
    Object.hasOwn(array.attributes, name),
  );
  return isGridMapping && property.startsWith('attribute ')
    ? 'The sets lie on different grids: warp their files to one grid first (gdalwarp), or lay TIFFs that adjoin out as one array (kerchunk mosaic).'
    : `You can ${advice.rename(array.path, other.name)}, or ${advice.drop(array.path)}.`;
}

/** What two arrays of one path differ in, where that matters; undefined where they are the same. */
export async function inequality(
  one: Part,
  other: Part,
  combining: Combining,
): Promise<Difference | 'chunks' | undefined> {
  const [{ array: a }, { array: b }] = [one, other];
  const areInline = isInline(a) && isInline(b);
  const differences = [
    ...arrayDifferences(a.array, b.array),
    ...differencesOfMeaning(a.array.attributes, b.array.attributes),
    ...unitsOfBounds(one, other),
  ];
  // How values are stored does not matter where they are compared.
  const [grave] = areInline ? differences.filter(({ property }) => !isStorage(property)) : differences;
  if (grave !== undefined) return grave;
  if (areInline) {
    const [left, right] = [await combining.values(a), await combining.values(b)];
    const isSame =
      left.objects === undefined
        ? left.data.every((byte, at) => byte === right.data[at])
        : JSON.stringify(left.objects) === JSON.stringify(right.objects);
    return isSame ? undefined : { property: 'its values', values: ['these', 'others'] };
  }
  const others = b.entries()[Symbol.iterator]();
  let row = 0;
  for (const [chunk, entry] of a.entries()) {
    if (isStop(row++)) await combining.giveWay();
    const next = others.next();
    if (next.done === true || next.value[0] !== chunk || !sameEntry(entry, next.value[1])) return 'chunks';
  }
  return others.next().done === true ? undefined : 'chunks';
}

function isStorage(property: string): boolean {
  return property === 'chunks' || property === 'codecs' || property === 'order';
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
