import type { ManifestArray } from '../manifest/types';
import { singleArray } from './arrays';
import {
  BandDimensions,
  byGrid,
  coordinatesOf,
  gridNumbers,
  gatheredWarnings,
  groupAccount,
  manifestOf,
  namedGroups,
  type ReadFile,
  rootAttributes,
  variableAccount,
} from './groups';
import { checkNames, variableNames } from './names';
import type { CombinedSet } from './types';

/**
 * The bands of one scene in one set: each file a variable, those of equal grid in one group with its coordinates. With one grid all stands in the
 * root; with several each has a group named by its resolution, and the root holds no coordinates, so that xarray opens all as a tree.
 * @throws KerchunkError `invalid-argument` naming two files of one grid that come to one name.
 */
export async function sceneOf(files: readonly ReadFile[]): Promise<CombinedSet> {
  const names = namesOf(files);
  const named = files.map((read, index) => ({ ...read, name: names[index] ?? '' }));
  const groups = namedGroups(byGrid(named, ({ part }) => part.grid));
  const arrays: ManifestArray[] = [];
  const variables: CombinedSet['variables'] = [];
  for (const { path, grid, members } of groups) {
    const bands = new BandDimensions();
    for (const { part, name } of members) {
      const array = singleArray(part, { group: path, name, bandDimension: bands.nameFor(part) });
      arrays.push(array);
      variables.push(variableAccount(array, [part]));
    }
    arrays.push(...(await coordinatesOf(path, grid, bands)));
  }
  const parts = files.map(({ part }) => part);
  return {
    manifest: manifestOf(
      groups.map(({ path }) => path),
      rootAttributes(parts),
      arrays,
    ),
    groups: groups.map(({ path, grid }) => groupAccount(path, grid)),
    variables,
    leftOut: [],
    warnings: gatheredWarnings(files),
  };
}

/** What a pattern says, which is what was asked for; else as variableNames has it. */
function namesOf(files: readonly ReadFile[]): string[] {
  const grids = gridNumbers(files);
  const sources = files.map(({ file, part }, index) => ({
    file: file.label,
    stated: file.names,
    part,
    grid: grids[index] ?? 0,
  }));
  const asked = files.map(({ file }) => (file.asset === undefined ? file.names[0] : undefined));
  if (!asked.every((name) => name !== undefined)) return variableNames(sources);
  checkNames(asked, sources);
  return asked;
}
