import type { ReferenceSet } from '../../references/reference-set';
import { runAtOnce, runInSlices, type Steps } from '../../steps';
import { keyBelow } from '../../zarr/grid';
import type { Finding } from '../types';
import { attributeLimits, dimensionSizeLimits } from './attribute-limits';
import { entryLimits } from './entry-limits';
import { fileLimits } from './file-limits';
import { formsLimits, hierarchyLimits } from './hierarchy-limits';
import { metadataLimits } from './metadata-limits';
import { Obstacles } from './obstacles';
import type { ReaderReport } from './types';

/**
 * For each reader whether it opens a reference file, which arrays it reads, and what stops it, by the facts in
 * references/reader-facts.ts. Of zarr v3 arrays those with an error among `findings` are taken as out of reach of zarr-python 3.
 * `text` is what the set was read from. Takes some steps for each entry.
 */
export function readerReport(set: ReferenceSet, text: Uint8Array, findings: readonly Finding[] = []): ReaderReport[] {
  return runAtOnce(reporting(set, text, findings));
}

/** As `readerReport`, in slices between which others get their turn. @throws KerchunkError `cancelled`. */
export function readerReportInSlices(
  set: ReferenceSet,
  text: Uint8Array,
  findings: readonly Finding[],
  signal?: AbortSignal,
): Promise<ReaderReport[]> {
  return runInSlices(reporting(set, text, findings), signal);
}

function* reporting(set: ReferenceSet, text: Uint8Array, findings: readonly Finding[]): Steps<ReaderReport[]> {
  const obstacles = new Obstacles(set);
  fileLimits(set, text, obstacles);
  hierarchyLimits(set, text, obstacles);
  const errors = findings.filter(({ severity }) => severity === 'error');
  const faulty = new Set(errors.map(({ key }) => set.ownerOf(key)?.path));
  for (const path of set.arrayPaths()) {
    yield;
    if (set.keySpan(keyBelow(path, '.zarray')) === undefined) {
      const key = keyBelow(path, 'zarr.json');
      obstacles.at(set.entrySpan(key), key, 'zarr-v3', path);
      formsLimits(set, text, key, obstacles, path);
      if (faulty.has(path)) obstacles.at(set.entrySpan(key), key, 'zarr-v3-faulty', path);
      entryLimits(set, text, path, obstacles);
      continue;
    }
    if (metadataLimits(set, text, path, obstacles)) entryLimits(set, text, path, obstacles);
    attributeLimits(set, path, obstacles);
  }
  dimensionSizeLimits(set, obstacles);
  return obstacles.reports(text);
}
