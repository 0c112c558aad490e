import { KerchunkError } from '../errors';
import type { RasterGrid } from '../generate/raster-grid';
import type { ManifestArray } from '../manifest/types';
import { plural } from '../words';
import { arrayDifferences, gridDifferences, isSameGrid, signatureOf } from './agreement';
import { stackedArray } from './arrays';
import { BandOrder } from './band-order';
import { placeArray } from './group-arrays';
import {
  BandDimensions,
  coordinatesOf,
  gatheredWarnings,
  gridNumbers,
  groupAccount,
  manifestOf,
  type ReadFile,
  rootAttributes,
  variableAccount,
} from './groups';
import { parseInstant } from './instant';
import { suggestPattern } from './pattern';
import { type Place, placeInWords, type PlaceKind, placeKindOf, sameForEqual, sortedPlaces } from './places';
import { freeName, pixelArea, resolutionName } from './resolution';
import { stackNames, unplacedFault } from './stack-names';
import type { CombinedSet, LeftOut } from './types';

export interface StackOptions {
  /** The new dimension. */
  dimension: string;
  /** Where the places of files come from that have one: `STAC datetime`, the pattern. */
  placesFrom: string;
  /** Name of the variable, where the files are of one. */
  name?: string;
  /** Which of several files of one variable and one place counts, in the order in which they were given; by default that is an error. */
  duplicates?: 'first' | 'last';
  /** What becomes of a file that differs from most of its variable. */
  differing: 'stop' | 'leave-out' | 'group';
}

/** A file with its variable and its place. */
interface Cell extends ReadFile {
  variable: string;
  place: Place;
  /** Number of its grid among those of all files. */
  grid: number;
  /** What its file must agree with: those of its variable, and of its resolution where one place has the variable at several. */
  series: string;
}

/** Files of one variable that agree in all that must agree. */
interface Class {
  variable: string;
  series: string;
  cells: Cell[];
  grid: RasterGrid;
  order: BandOrder<Cell>;
  /** 0 for the one with most files of those of this variable and grid, 1 for the next. */
  rank: number;
}

/** Files that a message names one by one. */
const NAMED = 8;

/**
 * Scenes along a new first dimension: a variable for each band, a group for each grid. Files of one variable must agree in grid, data type, chunks,
 * codecs, CRS, nodata and scale; nothing is mixed that does not. A variable that a scene has at several resolutions is one at each of them.
 * @throws KerchunkError `invalid-argument` for files without a place, duplicates and files that differ, as the options have it, naming them.
 */
export async function stackOf(files: readonly ReadFile[], options: StackOptions): Promise<CombinedSet> {
  const { dimension, differing } = options;
  const warnings: string[] = [];
  const { placed: stated, from } = placesOf(files, options, warnings);
  const stand = sameForEqual(stated.map(({ place }) => place));
  const placed = stated.map((read, index) => ({ ...read, place: stand[index] ?? read.place }));
  const kind = placeKindOf(stand);
  const names = stackNames(placed, options.name, dimension);
  const leftOut: LeftOut[] = [];
  const cells = withoutDuplicates(
    withSeries(placed.map((read, index) => ({ ...read, variable: names[index] ?? '' }))),
    options,
    leftOut,
  );
  const classes = classesOf(cells, kind);
  const kept = differing === 'group' ? classes : settleDiffering(classes, differing, leftOut);
  const arrays: ManifestArray[] = [];
  const variables: CombinedSet['variables'] = [];
  const groups = groupsOf(kept);
  for (const { path, grid, members } of groups) {
    const bands = new BandDimensions();
    const places = sortedPlaces(
      members.flatMap((member) => member.cells.map(({ place }) => place)),
      kind,
    );
    const indexOf = new Map(places.map((place, index) => [place, index]));
    for (const { variable, cells: own } of members) {
      const parts = new Array<Cell['part'] | undefined>(places.length).fill(undefined);
      for (const { part, place } of own) parts[indexOf.get(place) ?? 0] = part;
      const [first] = own;
      if (first === undefined) continue;
      const at = { group: path, name: variable, bandDimension: bands.nameFor(first.part) };
      const built = stackedArray(parts, dimension, at);
      arrays.push(built.array);
      warnings.push(...built.warnings);
      variables.push(
        variableAccount(
          built.array,
          own.map(({ part }) => part),
        ),
      );
    }
    arrays.push(await placeArray(path, dimension, places, kind), ...(await coordinatesOf(path, grid, bands)));
  }
  const all = kept.flatMap((own) => own.cells);
  const places = sortedPlaces(
    all.map(({ place }) => place),
    kind,
  );
  const [first, last] = [places[0], places.at(-1)].map((place) => (place === undefined ? '' : placeInWords(place)));
  return {
    manifest: manifestOf(
      groups.map(({ path }) => path),
      rootAttributes(all.map(({ part }) => part)),
      arrays,
    ),
    groups: groups.map(({ path, grid }) => groupAccount(path, grid)),
    variables,
    dimension: { name: dimension, length: places.length, first: first ?? '', last: last ?? '', from },
    leftOut,
    warnings: [...warnings, ...groupWarnings(groups), ...gatheredWarnings(all)],
  };
}

/** Gives each file its place: the one it came with, else the date that its tags state. */
function placesOf(
  files: readonly ReadFile[],
  { placesFrom }: StackOptions,
  warnings: string[],
): { placed: (ReadFile & { place: Place })[]; from: string } {
  const froms = new Map<string, number>();
  const without: string[] = [];
  const placed = files.flatMap((read) => {
    const { file, part } = read;
    if (file.place !== undefined) {
      froms.set(placesFrom, (froms.get(placesFrom) ?? 0) + 1);
      return [{ ...read, place: file.place }];
    }
    for (const { text, place } of part.dates) {
      const instant = parseInstant(text);
      if (instant === undefined) continue;
      froms.set(place, (froms.get(place) ?? 0) + 1);
      return [{ ...read, place: instant }];
    }
    without.push(part.name);
    return [];
  });
  if (without.length > 0) throw unplacedFault(without, suggestPattern(without[0] ?? ''));
  if (froms.has('DateTime (tag 306)')) {
    warnings.push(
      'The dates are those of DateTime (tag 306), which many programs set to the time at which they wrote the file. Check them; --pattern takes dates from the names instead.',
    );
  }
  if (froms.size > 1) {
    warnings.push(
      `Dates come from different places: ${Array.from(froms, ([from, count]) => `${from} of ${plural(count, 'file')}`).join(', ')}.`,
    );
  }
  return { placed, from: [...froms.keys()].join(', ') };
}

/** A variable that one place has at several resolutions, as Sentinel-2's L2A has, is one at each of them. */
function withSeries(files: readonly Omit<Cell, 'grid' | 'series'>[]): Cell[] {
  const grids = gridNumbers(files);
  const resolutions = files.map(({ part }) => resolutionName(part.grid));
  const found = new Map<string, string>();
  const several = new Set<string>();
  files.forEach(({ variable, place }, index) => {
    const key = JSON.stringify([variable, String(place)]);
    const own = resolutions[index] ?? '';
    const other = found.get(key) ?? own;
    found.set(key, other);
    if (other !== own) several.add(variable);
  });
  return files.map((file, index) => ({
    ...file,
    grid: grids[index] ?? 0,
    series: several.has(file.variable) ? `${file.variable} ${resolutions[index] ?? ''}` : file.variable,
  }));
}

/** Two files of one grid are not one variable of one place. */
function withoutDuplicates(
  cells: readonly Cell[],
  { duplicates, dimension }: StackOptions,
  leftOut: LeftOut[],
): Cell[] {
  const found = new Map<string, Cell>();
  const faults: string[] = [];
  for (const cell of cells) {
    const key = JSON.stringify([cell.variable, String(cell.place), cell.grid]);
    const other = found.get(key);
    if (other === undefined) {
      found.set(key, cell);
      continue;
    }
    const where = `${cell.variable} at ${dimension} ${placeInWords(cell.place)}`;
    faults.push(`${other.file.label} and ${cell.file.label} are both ${where}`);
    const [kept, dropped] = duplicates === 'last' ? [cell, other] : [other, cell];
    // The map keeps the place of the first; which file stands there is what was asked for.
    found.set(key, kept);
    leftOut.push({ label: dropped.file.label, reason: `a duplicate: ${kept.file.label} is ${where} too` });
  }
  if (faults.length > 0 && duplicates === undefined) {
    throw new KerchunkError(
      'invalid-argument',
      `${plural(faults.length, 'duplicate')}: ${named(faults)}. Say which one counts, with --duplicates first or --duplicates last, or tell them apart with --pattern.`,
    );
  }
  return [...found.values()];
}

/** Variable by variable, the files that agree, most files first. */
function classesOf(cells: readonly Cell[], kind: PlaceKind): Class[] {
  const found: (Omit<Class, 'rank'> & { signature: string })[] = [];
  const places = sortedPlaces(
    cells.map(({ place }) => place),
    kind,
  );
  const orderOf = new Map(places.map((place, index) => [place, index]));
  for (const cell of [...cells].sort((a, b) => (orderOf.get(a.place) ?? 0) - (orderOf.get(b.place) ?? 0))) {
    const signature = signatureOf(cell.part);
    const alike = found.find(({ series, signature: other, cells: [one], order }) => {
      const isAlike = series === cell.series && other === signature && one?.grid === cell.grid;
      return isAlike && order.against(cell.part) === undefined;
    });
    const { variable, series, part } = cell;
    const own = alike ?? { variable, series, signature, cells: [], grid: part.grid, order: new BandOrder<Cell>() };
    own.cells.push(cell);
    own.order.add(cell);
    if (alike === undefined) found.push(own);
  }
  // Variables in the order in which they were given.
  const order = [...new Set(cells.map(({ variable }) => variable))];
  const sorted = found.sort(
    (a, b) => order.indexOf(a.variable) - order.indexOf(b.variable) || b.cells.length - a.cells.length,
  );
  return sorted.map((own, index) => {
    const before = sorted.slice(0, index);
    const rank = before.filter((other) => other.variable === own.variable && isSameGrid(own.grid, other.grid)).length;
    const { variable, series, cells: files, grid, order: bands } = own;
    return { variable, series, cells: files, grid, order: bands, rank };
  });
}

/** The classes with most files of each series; the files of the others stop the job, or are left out. */
function settleDiffering(classes: readonly Class[], differing: 'stop' | 'leave-out', leftOut: LeftOut[]): Class[] {
  const mains = new Map<string, Class>();
  const faults: string[] = [];
  const undecided = new Set<Class>();
  const kept = classes.filter((own) => {
    const main = mains.get(own.series);
    if (main === undefined) {
      mains.set(own.series, own);
      return true;
    }
    const total = filesOf(classes, own.series);
    if (main.cells.length * 2 <= total) undecided.add(main);
    const reason = differenceInWords(own, main, total);
    for (const { file } of own.cells) {
      faults.push(`${file.label}: ${reason}`);
      leftOut.push({ label: file.label, reason: `it differs from the other files of ${own.variable}: ${reason}` });
    }
    return false;
  });
  if (faults.length > 0 && differing === 'stop') {
    const most = undecided.size === 0;
    const advice = most
      ? 'Leave them out with --differing leave-out, or put them in groups of their own with --differing group.'
      : `Which are right cannot be told by their number: give those alone, or put the others in groups of their own with --differing group; --differing leave-out keeps those like ${[...undecided][0]?.cells[0]?.file.label ?? ''}.`;
    throw new KerchunkError(
      'invalid-argument',
      `${plural(faults.length, 'file differs', 'files differ')} from ${most ? 'most' : 'others'} of their variable, and nothing was written: ${named(faults)}. ${advice}`,
    );
  }
  return kept;
}

/** How many files of a series there are. */
function filesOf(classes: readonly Class[], series: string): number {
  return classes.reduce((sum, own) => sum + (own.series === series ? own.cells.length : 0), 0);
}

/** @param total files of the variable, of which those of `main` may be most. */
function differenceInWords(own: Class, main: Class, total: number): string {
  // Not every file has descriptions that tell the order of its bands.
  const reordered = own.cells.find(({ part }) => main.order.against(part) !== undefined);
  const a = reordered ?? own.cells[0];
  const contrary = a === undefined ? undefined : main.order.against(a.part);
  const b = contrary ?? main.cells[0];
  if (a === undefined || b === undefined) return '';
  const differences = [...gridDifferences(a.part.grid, b.part.grid), ...arrayDifferences(a.part, b.part)];
  const others = contrary === undefined ? othersInWords(main.cells.length, total) : undefined;
  const who = [
    others === undefined ? `${b.file.label} has` : `${b.file.label} and ${others} have`,
    others === undefined ? 'that has' : 'those have',
  ];
  return differences
    .map((found, index) => `${found.property} ${found.own}, where ${who[Math.min(index, 1)] ?? ''} ${found.others}`)
    .join('; ');
}

/** The files beside the one that is named, of `count` that are alike; undefined where it is alone. */
function othersInWords(count: number, total: number): string | undefined {
  if (count * 2 > total && total > 2) return 'most others';
  return count === 1 ? undefined : plural(count - 1, 'other file');
}

function named(faults: readonly string[]): string {
  const more = faults.length > NAMED ? `; and ${faults.length - NAMED} more` : '';
  return `${faults.slice(0, NAMED).join('; ')}${more}`;
}

interface StackGroup {
  path: string;
  grid: RasterGrid;
  members: Class[];
}

/** A group for each grid, and for each further class of files of one grid that do not agree; the root where there is one alone. */
function groupsOf(classes: readonly Class[]): StackGroup[] {
  const found: (Omit<StackGroup, 'path'> & { rank: number })[] = [];
  for (const own of classes) {
    const group = found.find(({ rank, grid }) => rank === own.rank && isSameGrid(grid, own.grid));
    if (group === undefined) found.push({ rank: own.rank, grid: own.grid, members: [own] });
    else group.members.push(own);
  }
  if (found.length === 1) return found.map(({ grid, members }) => ({ path: '', grid, members }));
  const taken = new Set<string>();
  return found
    .sort((a, b) => pixelArea(a.grid) - pixelArea(b.grid) || a.rank - b.rank)
    .map(({ grid, members }) => {
      const path = freeName(resolutionName(grid), taken);
      taken.add(path);
      return { path, grid, members };
    });
}

/** What tells a group of files that differ from the main one of its variables. */
function groupWarnings(groups: readonly StackGroup[]): string[] {
  const classes = groups.flatMap(({ members }) => members);
  const mains = new Map<string, { own: Class; path: string }>();
  for (const { path, members } of groups) {
    for (const own of members) {
      const known = mains.get(own.series);
      if (known === undefined || own.cells.length > known.own.cells.length) mains.set(own.series, { own, path });
    }
  }
  return groups.flatMap(({ path, members }) =>
    members.flatMap((own) => {
      const main = mains.get(own.series);
      if (main === undefined || main.own === own) return [];
      return [
        `${path}/${own.variable} holds ${plural(own.cells.length, 'file')} apart from ${main.path}/${own.variable}: ${differenceInWords(own, main.own, filesOf(classes, own.series))}.`,
      ];
    }),
  );
}
