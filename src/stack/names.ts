import { KerchunkError } from '../errors';
import type { TiffPart } from './part';

/** What a variable may be named after, for one file. */
export interface NameSource {
  /** How messages name the file. */
  file: string;
  /** By a pattern or by STAC, best first. */
  stated: readonly string[];
  part: Pick<TiffPart, 'descriptions' | 'name'>;
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
 * is an identifier, else the part of the file name that varies. A kind of name that two files share is passed over for both.
 * @param taken names of dimensions and coordinates, which are passed over too.
 * @throws KerchunkError `invalid-argument` naming two files that come to one name, or a name that cannot be.
 */
export function variableNames(sources: readonly NameSource[], taken: ReadonlySet<string> = GRID_NAMES): string[] {
  const varying = varyingParts(sources.map(({ part }) => part.name));
  const candidates = sources.map(({ stated, part }, index) => {
    const described = describedName(part.descriptions, taken);
    const own = varying[index];
    return [...stated, ...(described === undefined ? [] : [described]), ...(own === undefined ? [] : [own])]
      .map(tidy)
      .filter((name) => name !== '');
  });
  const counts = new Map<string, number>();
  // A name counts against others only where it is the first that a file has, or they would never agree on one.
  for (const names of candidates) for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = candidates.map(
    (own) =>
      own.find((name) => counts.get(name) === 1 && !taken.has(name)) ??
      own.find((name) => !taken.has(name)) ??
      DEFAULT_NAME,
  );
  checkNames(names, sources);
  return names;
}

function checkNames(names: readonly string[], sources: readonly NameSource[]): void {
  const owners = new Map<string, string>();
  names.forEach((name, index) => {
    const file = sources[index]?.file ?? '';
    const owner = owners.get(name);
    if (owner !== undefined) {
      throw new KerchunkError(
        'invalid-argument',
        `${owner} and ${file} would both be the variable "${name}". Say what names them with --pattern, as in --pattern '*_{band}.tif', or leave one out.`,
      );
    }
    owners.set(name, file);
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
 * does; all pieces that vary where no one does. Undefined for all where there is one name, or where the names have different numbers of pieces and
 * differ by more than one run of them.
 */
export function varyingParts(names: readonly string[]): (string | undefined)[] {
  const stems = names.map((name) => name.replace(/\.(?:g?tiff?)$/iu, ''));
  if (new Set(stems).size < 2) return names.map(() => undefined);
  const pieces = stems.map((stem) => stem.split(/[_\-.\s]+/u));
  const count = pieces[0]?.length ?? 0;
  if (!pieces.every((own) => own.length === count)) return unevenParts(pieces);
  const varying = Array.from({ length: count }, (_, place) => place).filter(
    (place) => new Set(pieces.map((own) => own[place])).size > 1,
  );
  const distinct = varying.find((place) => new Set(pieces.map((own) => own[place])).size === pieces.length);
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
