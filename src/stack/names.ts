import { KerchunkError } from '../errors';
import type { TiffPart } from './part';

/** What a variable may be named after, for one file. */
export interface NameSource {
  /** How messages name the file. */
  file: string;
  /** By a pattern or by STAC, best first. */
  stated: readonly string[];
  part: Pick<TiffPart, 'descriptions' | 'name'>;
  /** Number of its grid: files of several grids stand in groups of their own, where they may have one name. By default all are of one. */
  grid?: number;
}

/** xarray's own name for the values of a raster. */
export const DEFAULT_NAME = 'band_data';

const IDENTIFIER = /^[A-Za-z_]\w*$/u;
/** Names of dimensions and coordinates that every set may have, which no variable can have too. */
export const GRID_NAMES: ReadonlySet<string> = new Set(['x', 'y', 'band', 'spatial_ref']);

/**
 * Checks a name that was asked for. @param taken names of dimensions and coordinates. @param by what names the variable: `--name`.
 * @throws KerchunkError `invalid-argument` for one of these, and for what is no name within a group.
 */
export function checkName(name: string, taken: ReadonlySet<string>, by: string): void {
  const reason = taken.has(name)
    ? 'that is a dimension or coordinate of such sets'
    : name === '' || /^\.|[/\\]/u.test(name)
      ? 'a name has no slashes, and does not begin with a dot'
      : undefined;
  if (reason === undefined) return;
  throw new KerchunkError(
    'invalid-argument',
    `${by}: a variable cannot be called "${name}": ${reason}. Give it another name.`,
  );
}

/** The only description of a file, where a variable can be called so. */
export function describedName(descriptions: TiffPart['descriptions'], taken: ReadonlySet<string>): string | undefined {
  const [text, ...others] = descriptions ?? [];
  const isName = typeof text === 'string' && others.length === 0 && IDENTIFIER.test(text) && !taken.has(text);
  return isName ? text : undefined;
}

/**
 * The names of the variables of a scene, in the order of its files: what a pattern or STAC says, else the description of the only band where that
 * is an identifier, else the part of the file name that varies. A kind of name that two files of one grid share is passed over for both.
 * @param taken names of dimensions and coordinates, which are passed over too.
 * @throws KerchunkError `invalid-argument` naming two files of one grid that come to one name.
 */
export function variableNames(sources: readonly NameSource[], taken: ReadonlySet<string> = GRID_NAMES): string[] {
  const inGroup = (index: number, name: string): string => `${sources[index]?.grid ?? 0} ${name}`;
  const varying = varyingParts(
    sources.map(({ part }) => part.name),
    sources.map(({ grid = 0 }) => grid),
  );
  const candidates = sources.map(({ stated, part }, index) => {
    const described = describedName(part.descriptions, taken);
    const own = varying[index];
    return [...stated, ...(described === undefined ? [] : [described]), ...(own === undefined ? [] : [own])]
      .map(tidy)
      .filter((name) => name !== '');
  });
  const counts = new Map<string, number>();
  // A name counts against others only where it is the first that a file has, or they would never agree on one.
  candidates.forEach((names, index) => {
    for (const key of new Set(names.map((name) => inGroup(index, name)))) counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const names = candidates.map(
    (own, index) =>
      own.find((name) => counts.get(inGroup(index, name)) === 1 && !taken.has(name)) ??
      own.find((name) => !taken.has(name)) ??
      DEFAULT_NAME,
  );
  checkNames(names, sources);
  return names;
}

/** @throws KerchunkError `invalid-argument` naming two files of one grid that come to one name. */
export function checkNames(names: readonly string[], sources: readonly Omit<NameSource, 'stated' | 'part'>[]): void {
  const owners = new Map<string, string>();
  names.forEach((name, index) => {
    const { file = '', grid = 0 } = sources[index] ?? {};
    const key = `${grid} ${name}`;
    const owner = owners.get(key);
    if (owner !== undefined) {
      throw new KerchunkError(
        'invalid-argument',
        `${owner} and ${file} would both be the variable "${name}". Say what names them with --pattern, as in --pattern '*_{band}.tif', or leave one out.`,
      );
    }
    owners.set(key, file);
  });
}

/** As zarr and xarray take it in a path: no slashes, no leading dot, no blanks. */
function tidy(name: string): string {
  return name
    .trim()
    .replace(/[/\\\s]+/gu, '_')
    .replace(/^\.+/u, '');
}

/**
 * The part of each name by which it differs from the others: the one piece between `_`, `-`, `.` and blanks that differs in all, the first that
 * does; else the first that differs in all of one grid, as B02 and B03 do where both are there at 10 m and at 20 m; all pieces that vary where no one
 * does. Undefined for all where there is one name, or where the names have different numbers of pieces and differ by more than one run of them.
 * @param grids of the files, by number.
 */
export function varyingParts(names: readonly string[], grids: readonly number[] = []): (string | undefined)[] {
  const stems = names.map((name) => name.replace(/\.(?:g?tiff?)$/iu, ''));
  if (new Set(stems).size < 2) return names.map(() => undefined);
  const pieces = stems.map((stem) => stem.split(/[_\-.\s]+/u));
  const count = pieces[0]?.length ?? 0;
  if (!pieces.every((own) => own.length === count)) return unevenParts(pieces);
  const varying = Array.from({ length: count }, (_, place) => place).filter(
    (place) => new Set(pieces.map((own) => own[place])).size > 1,
  );
  const tells = (place: number, groups: readonly number[]): boolean =>
    new Set(pieces.map((own, index) => `${groups[index] ?? 0} ${own[place] ?? ''}`)).size === pieces.length;
  const distinct = varying.find((place) => tells(place, [])) ?? varying.find((place) => tells(place, grids));
  const places = distinct === undefined ? varying : [distinct];
  return pieces.map((own) => places.map((place) => own[place] ?? '').join('_'));
}

/** What stands between the pieces that all begin with and those that all end with. */
function unevenParts(pieces: readonly (readonly string[])[]): (string | undefined)[] {
  const shortest = Math.min(...pieces.map((own) => own.length));
  const [first = []] = pieces;
  let before = 0;
  while (before < shortest - 1 && pieces.every((own) => own[before] === first[before])) before += 1;
  let after = 0;
  while (after < shortest - 1 - before && pieces.every((own) => own.at(-1 - after) === first.at(-1 - after)))
    after += 1;
  return pieces.map((own) => own.slice(before, own.length - after).join('_'));
}
