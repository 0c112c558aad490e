import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import { gridNumbers, type ReadFile } from './groups';
import { checkName, DEFAULT_NAME, describedName, GRID_NAMES, variableNames } from './names';
import type { Place } from './places';

/** A file of a stack with its place, which stands for its scene. */
export interface PlacedFile extends ReadFile {
  place: Place;
}

/**
 * The variable of each file of a stack. Files of STAC items: their asset names it, one name for all items. Others: what the pattern says; where no
 * two files have one place, all are one variable, by the description that all share or `band_data`; else their descriptions, or the piece of the name
 * that tells apart what has one place and has the fewest values.
 * @param dimension the new one, whose name no variable can have.
 * @param wanted the name of the variable, in place of these, where there is one.
 * @throws KerchunkError `invalid-argument` for a name that cannot be, for one where there are several variables, and for assets that come to one name.
 */
export function stackNames(files: readonly PlacedFile[], wanted: string | undefined, dimension: string): string[] {
  const taken = new Set([...GRID_NAMES, dimension]);
  if (wanted !== undefined) checkName(wanted, taken, '--name');
  const names = namesOf(files, taken);
  if (wanted === undefined) return names;
  const variables = [...new Set(names)];
  if (variables.length < 2) return files.map(() => wanted);
  throw new KerchunkError(
    'invalid-argument',
    `--name ${wanted} names one variable, and there are ${countInWords(variables.length)}: ${variables.slice(0, 8).join(', ')}${variables.length > 8 ? ', …' : ''}. Leave it out, or give files of one variable.`,
  );
}

function namesOf(files: readonly PlacedFile[], taken: ReadonlySet<string>): string[] {
  if (files.every(({ file }) => file.asset !== undefined)) return byAsset(files, taken);
  const byPattern = files.map(({ file }) => file.names[0]);
  if (byPattern.every((name) => name !== undefined)) return byPattern;
  const descriptions = files.map(({ part }) => describedName(part.descriptions, taken));
  if (
    isEach(
      files,
      files.map(() => ''),
    )
  ) {
    const [first] = descriptions;
    const name = first !== undefined && descriptions.every((text) => text === first) ? first : DEFAULT_NAME;
    return files.map(() => name);
  }
  if (descriptions.every((text) => text !== undefined) && isEach(files, descriptions)) return descriptions;
  const pieces = piecesThatTell(files, taken);
  if (pieces !== undefined) return pieces;
  // Without any that tells them apart, those of one place are duplicates of one variable.
  return files.map(() => DEFAULT_NAME);
}

/** One name for each key of an asset. */
function byAsset(files: readonly PlacedFile[], taken: ReadonlySet<string>): string[] {
  const keys = [...new Set(files.map(({ file }) => file.asset ?? ''))];
  const firsts = keys.map((key) => files.find(({ file }) => file.asset === key)).filter((read) => read !== undefined);
  const grids = gridNumbers(firsts);
  const names = variableNames(
    firsts.map(({ file, part }, index) => ({ file: file.label, stated: file.names, part, grid: grids[index] ?? 0 })),
    taken,
  );
  const nameOf = new Map(keys.map((key, index) => [key, names[index] ?? key]));
  return files.map(({ file }) => nameOf.get(file.asset ?? '') ?? '');
}

/** Whether no two files have one place and one name. */
function isEach(files: readonly PlacedFile[], names: readonly string[]): boolean {
  return new Set(files.map(({ place }, index) => `${String(place)} ${names[index] ?? ''}`)).size === files.length;
}

/**
 * Of several places no piece will do that is another one in each file: it tells files apart, and says nothing of their bands. A name that is that of a
 * dimension or coordinate stands behind `band_`.
 */
function piecesThatTell(files: readonly PlacedFile[], taken: ReadonlySet<string>): string[] | undefined {
  const pieces = files.map(({ part }) => part.name.replace(/\.(?:g?tiff?)$/iu, '').split(/[_\-.\s]+/u));
  const count = Math.min(...pieces.map((own) => own.length));
  if (pieces.some((own) => own.length !== count)) return undefined;
  const isOnePlace = new Set(files.map(({ place }) => place)).size === 1;
  const candidates = Array.from({ length: count }, (_, at) => pieces.map((own) => own[at] ?? ''))
    .filter((own) => new Set(own).size > 1 && (isOnePlace || new Set(own).size < own.length))
    .filter((own) => !own.includes('') && isEach(files, own))
    .sort((a, b) => new Set(a).size - new Set(b).size);
  return candidates[0]?.map((name) => (taken.has(name) ? `band_${name}` : name));
}

/** The names of files that stand alone, for a message that asks for a pattern. */
export function unplacedFault(names: readonly string[], suggestion: string | undefined): KerchunkError {
  const [first = ''] = names;
  const more = names.length > 1 ? ` and ${names.length - 1} more` : '';
  const example = suggestion ?? '*_{time:%Y%m%d}_*';
  return new KerchunkError(
    'invalid-argument',
    `Nothing says when ${first}${more} was taken: neither a STAC item, nor the tags of the TIFF. Say where the date stands in the names, with --pattern '${example}'` +
      `${suggestion === undefined ? ' (%Y %m %d %j %H %M %S)' : ''}, or name another dimension, as in --pattern '*_{version}.tif'.`,
  );
}
