import type { ReferenceSet } from '../references/reference-set';
import { keyBelow } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { checkChunkKeys } from './chunk-keys';
import { checkCodecIds } from './codec-ids';
import { checkGroups } from './groups';
import { checkMissingFill } from './missing-fill';
import type { Reporter } from './reporter';
import type { TiffLookup } from './tiff-lookup';
import { checkDeltaOverRows, checkFillValueDomain } from './tiff-rules';

/** What a check looks at, and where it reports. */
export interface CheckContext {
  set: ReferenceSet;
  text: Uint8Array;
  reporter: Reporter;
  tiffs: TiffLookup;
  signal: AbortSignal | undefined;
}

/** Looks at a reference set as a whole. */
export type SetCheck = (context: CheckContext) => void | Promise<void>;

/** Looks at one array, whose metadata can be read. */
export type ArrayCheck = (array: ZarrArray, context: CheckContext) => void | Promise<void>;

/** Checks of the set, in the order in which they run, before those of the arrays. */
export const setChecks: readonly SetCheck[] = [checkGroups];

/** Checks of every array, in the order in which they run. */
export const arrayChecks: readonly ArrayCheck[] = [
  (array, { reporter }) => {
    checkCodecIds(keyBelow(array.path, '.zarray'), array, reporter);
  },
  checkChunkKeys,
  checkMissingFill,
  checkTiffBehind,
];

async function checkTiffBehind(array: ZarrArray, { tiffs, reporter }: CheckContext): Promise<void> {
  if (!array.codecs.some((step) => step.id === 'delta' || step.id === 'fixedscaleoffset')) return;
  const key = keyBelow(array.path, '.zarray');
  const behind = await tiffs.behind(array);
  checkDeltaOverRows(key, array, behind, reporter);
  checkFillValueDomain(key, array, behind, reporter);
}
