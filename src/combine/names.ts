import { KerchunkError } from '../errors';
import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { Manifest, ManifestArray } from '../manifest/types';
import { listInWords } from '../words';
import { multiscalesLayout } from '../zarr/geo-conventions';
import { keyBelow } from '../zarr/grid';
import { changeArray, without } from './document';

/** Attributes whose text names other variables of the group (CF conventions, sections 5, 7 and 3.4); some with `name:` before a name. */
const NAMING = [
  'coordinates',
  'ancillary_variables',
  'grid_mapping',
  'bounds',
  'climatology',
  'cell_measures',
  'formula_terms',
  'geometry',
  'node_coordinates',
  'node_count',
  'part_node_count',
  'interior_ring',
];
/** Of these, those in which the words with a colon are no variables but say what the next one is. */
const LABELLED = ['cell_measures', 'formula_terms'];

/**
 * The manifest without some variables or groups, by path: a group with all that lies in it. Attributes of the same group that name a variable
 * name it no more.
 * @throws KerchunkError `invalid-argument` for a path at which nothing stands.
 */
export function dropVariables(manifest: Manifest, paths: readonly string[]): Manifest {
  const dropped = paths.map(bare);
  checkPaths(manifest, dropped);
  const isDropped = (path: string): boolean => dropped.some((one) => path === one || path.startsWith(`${one}/`));
  const groups = manifest.groups.filter(({ path }) => !isDropped(path));
  const arrays = manifest.arrays.filter(({ array }) => !isDropped(array.path));
  return renamed({ groups, arrays }, (group, name) => (isDropped(keyBelow(group, name)) ? undefined : name));
}

/**
 * The manifest with other names of variables, all at once, so that two can change places. `names` has the new name by path; a dimension that is
 * called as a variable of the same group follows it, as do attributes that name it.
 * @throws KerchunkError `invalid-argument` for a path at which no variable stands, a name that is taken or that is none.
 */
export function renameVariables(manifest: Manifest, names: ReadonlyMap<string, string>): Manifest {
  const wanted = new Map([...names].map(([path, name]) => [bare(path), name]));
  checkPaths(
    manifest,
    [...wanted.keys()],
    manifest.arrays.map(({ array }) => array.path),
  );
  for (const name of wanted.values()) {
    if (name === '' || /[/\\]|^\./u.test(name)) {
      throw new KerchunkError(
        'invalid-argument',
        `"${name}" is no name of a variable: it has no slash and begins with no point.`,
      );
    }
  }
  const result = renamed(manifest, (group, name) => wanted.get(keyBelow(group, name)) ?? name);
  const paths = [...result.groups.map(({ path }) => path), ...result.arrays.map(({ array }) => array.path)];
  const taken = paths.find((path, at) => paths.indexOf(path) !== at);
  if (taken === undefined) return result;
  throw new KerchunkError('invalid-argument', `There would be two of "${taken}". Give one of them another name.`);
}

/** The group that holds a variable, and the variable's own name. */
export function splitPath(path: string): { group: string; name: string } {
  const at = path.lastIndexOf('/');
  return { group: at < 0 ? '' : path.slice(0, at), name: path.slice(at + 1) };
}

type NewName = (group: string, name: string) => string | undefined;

/** Applies new names to variables, dimensions and attributes; undefined takes a name out of attributes. */
function renamed({ groups, arrays }: Manifest, newName: NewName): Manifest {
  return {
    groups: groups.map((group) => ({ ...group, attributes: attributesOf(group.attributes, group.path, newName) })),
    arrays: arrays.map((array) => renameOne(array, newName)),
  };
}

function renameOne(source: ManifestArray, newName: NewName): ManifestArray {
  const { path, attributes, dimensionNames } = source.array;
  const { group, name } = splitPath(path);
  const own = newName(group, name) ?? name;
  const dimensions = dimensionNames?.map((dimension) =>
    dimension === null ? null : (newName(group, dimension) ?? dimension),
  );
  return changeArray(source, {
    path: keyBelow(group, own),
    attributes: attributesOf(attributes, group, newName),
    ...(dimensions === undefined ? {} : { dimensionNames: dimensions }),
  });
}

function attributesOf(attributes: JsonObject, group: string, newName: NewName): JsonObject {
  let result = attributes;
  for (const naming of NAMING) {
    const value: JsonValue | undefined = attributes[naming];
    if (typeof value !== 'string') continue;
    const text = renamedText(value, LABELLED.includes(naming), (name) => newName(group, name));
    if (text === value) continue;
    result = text === '' ? without(result, naming) : { ...result, [naming]: text };
  }
  return withConventionNames(result, group, newName);
}

/** The names that the zarr conventions `spatial:` and `multiscales` have of dimensions, and of groups and arrays; what is dropped is no level. */
function withConventionNames(attributes: JsonObject, group: string, newName: NewName): JsonObject {
  const { 'spatial:dimensions': dimensions, multiscales } = attributes;
  const result = { ...attributes };
  if (Array.isArray(dimensions)) {
    result['spatial:dimensions'] = dimensions.map((name) =>
      typeof name === 'string' ? (newName(group, name) ?? name) : name,
    );
  }
  const layout = multiscalesLayout(attributes);
  if (layout.length === 0 || !isJsonObject(multiscales)) return result;
  const pathOf = (asset: JsonValue | undefined): JsonValue | undefined => {
    if (typeof asset !== 'string') return asset;
    const { group: inside, name } = splitPath(asset);
    const renamedTo = newName(inside === '' ? group : keyBelow(group, inside), name);
    return renamedTo === undefined ? undefined : keyBelow(inside, renamedTo);
  };
  const levels = layout.flatMap((level): JsonObject[] => {
    const [asset, from] = [pathOf(level.asset), pathOf(level.derived_from)];
    return asset === undefined ? [] : [{ ...level, asset, ...(from === undefined ? {} : { derived_from: from }) }];
  });
  return { ...result, multiscales: { ...multiscales, layout: levels } };
}

/** Words of an attribute; a label goes with the name behind it, and `crs: x y` without `crs` goes as a whole. */
function renamedText(text: string, isLabelled: boolean, newName: (name: string) => string | undefined): string {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const kept: string[] = [];
  let skips = false;
  for (const word of words) {
    const hasColon = word.endsWith(':');
    if (isLabelled && hasColon) {
      kept.push(word);
      continue;
    }
    if (hasColon) skips = false;
    const name = hasColon ? newName(word.slice(0, -1)) : newName(word);
    if (name === undefined) {
      if (hasColon) skips = true;
      if (isLabelled) kept.pop();
      continue;
    }
    if (!skips) kept.push(hasColon ? `${name}:` : name);
  }
  return kept.join(' ') === words.join(' ') ? text : kept.join(' ');
}

function checkPaths(
  { groups, arrays }: Manifest,
  wanted: readonly string[],
  known: readonly string[] = [...groups.map(({ path }) => path), ...arrays.map(({ array }) => array.path)],
): void {
  const absent = wanted.find((path) => path === '' || !known.includes(path));
  if (absent === undefined) return;
  const some = known.filter((path) => path !== '').slice(0, 20);
  throw new KerchunkError('invalid-argument', `There is no "${absent}". There are: ${listInWords(some)}.`);
}

function bare(path: string): string {
  return path.replace(/^\/+|\/+$/gu, '');
}
