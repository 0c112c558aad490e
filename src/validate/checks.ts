import type { ReferenceSet } from '../references/reference-set';
import { keyBelow, metadataKey } from '../zarr/grid';
import type { ZarrArray } from '../zarr/types';
import { checkChunkKeys } from './chunk-keys';
import { checkRanges } from './check-ranges';
import { checkCodecs } from './codec-checks';
import { checkCodecIds } from './codec-ids';
import { checkCodecNames } from './codec-names';
import { checkConsolidated } from './consolidated';
import { checkCoordinateValues } from './coordinate-values';
import { checkDimensionNames } from './dimension-names';
import { checkDimensionSizes } from './dimension-sizes';
import { checkFillAttributes } from './fill-attributes';
import { checkArrayConventions, checkGroupConventions } from './geo-conventions';
import { checkKeysOutside } from './keys-outside';
import { checkMixedVersions } from './mixed-versions';
import { checkNamedVariables } from './named-variables';
import { checkRangeAttributes } from './range-attributes';
import { checkGroups } from './groups';
import { checkMissingFill } from './missing-fill';
import type { Reporter } from './reporter';
import { checkScaleAttributes } from './scale-attributes';
import type { TiffLookup } from './tiff-lookup';
import { checkTimeUnits } from './time-units';
import { checkDeltaOverRows, checkFillValueDomain } from './tiff-rules';
import { checkZarr3ChunkKeys } from './zarr3-chunk-keys';
import { checkZarr3Hierarchy } from './zarr3-hierarchy';
import { checkNamesThere } from './zarr3-named-arrays';

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
export const setChecks: readonly SetCheck[] = [
  checkGroups,
  checkKeysOutside,
  checkRanges,
  checkZarr3Hierarchy,
  checkNamesThere,
  checkMixedVersions,
  checkConsolidated,
  checkDimensionNames,
  checkDimensionSizes,
  checkNamedVariables,
  checkCoordinateValues,
  checkGroupConventions,
];

/** Checks of every array, in the order in which they run. */
export const arrayChecks: readonly ArrayCheck[] = [
  (array, { reporter }) => {
    if (array.zarrFormat === 2) checkCodecIds(keyBelow(array.path, '.zarray'), array, reporter);
  },
  (array, context) => {
    if (array.zarrFormat === 2) checkChunkKeys(array, context);
    else checkZarr3ChunkKeys(array, context);
  },
  checkCodecNames,
  checkCodecs,
  checkScaleAttributes,
  checkFillAttributes,
  checkRangeAttributes,
  checkArrayConventions,
  checkTimeUnits,
  checkMissingFill,
  checkTiffBehind,
];

async function checkTiffBehind(array: ZarrArray, { tiffs, reporter }: CheckContext): Promise<void> {
  if (!array.codecs.some((step) => step.id === 'delta' || step.id === 'fixedscaleoffset')) return;
  const key = metadataKey(array);
  const behind = await tiffs.behind(array);
  checkDeltaOverRows(key, array, behind, reporter);
  checkFillValueDomain(key, array, behind, reporter);
}
