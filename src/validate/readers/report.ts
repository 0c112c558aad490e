import { isJsonObject } from '../../json';
import type { LimitName } from '../../references/reader-facts';
import type { ReferenceSet } from '../../references/reference-set';
import { runAtOnce, runInSlices, type Steps } from '../../steps';
import { keyBelow } from '../../zarr/grid';
import { ruleOf } from '../rules';
import type { Finding } from '../types';
import { chainLimits } from './chain-limits';
import { attributeLimits, dimensionSizeLimits } from './attribute-limits';
import { entryLimits } from './entry-limits';
import { fileLimits } from './file-limits';
import { formsLimits, hierarchyLimits } from './hierarchy-limits';
import { metadataLimits } from './metadata-limits';
import { Obstacles } from './obstacles';
import type { ReaderReport } from './types';
import { zarr3Limits } from './zarr3-limits';

/**
 * For each reader whether it opens a reference file, which arrays it reads, and what stops it, by the facts in
 * references/reader-facts.ts. Of zarr v3 arrays those whose metadata have an error among `findings` are taken as out of reach of zarr-python 3.
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
  const stopping = findings.filter((finding) => stopsZarr3(finding) && !isTakenByZarr3(finding, set));
  const faulty = new Set(stopping.map(({ key }) => set.ownerOf(key)?.path));
  for (const path of set.arrayPaths()) {
    yield;
    if (set.keySpan(keyBelow(path, '.zarray')) === undefined) {
      const key = keyBelow(path, 'zarr.json');
      obstacles.at(set.entrySpan(key), key, 'zarr-v3', path);
      formsLimits(set, text, key, obstacles, path);
      zarr3Limits(set, path, obstacles);
      if (faulty.has(path)) obstacles.at(set.entrySpan(key), key, 'zarr-v3-faulty', path);
      entryLimits(set, text, path, obstacles);
      continue;
    }
    if (metadataLimits(set, text, path, obstacles)) {
      chainLimits(set, path, obstacles);
      entryLimits(set, text, path, obstacles);
    }
    attributeLimits(set, path, obstacles);
  }
  dimensionSizeLimits(set, obstacles);
  for (const { code, key } of findings) {
    const name = FOUND_IN_FILES.get(code);
    const path = set.ownerOf(key)?.path;
    if (name !== undefined && path !== undefined) obstacles.at(set.entrySpan(key), key, name, path);
  }
  const misread = new Set(findings.filter(isMisread).map(({ key }) => set.ownerOf(key)?.path));
  return obstacles.reports(text, misread);
}

/** What is found in the files behind references that stops readers from an array. A refusal does not: they may have rights that are missing here. */
const FOUND_IN_FILES: ReadonlyMap<string, LimitName> = new Map([
  ['decode/short-read', 'chunk-unreadable'],
  ['decode/decode-failed', 'chunk-unreadable'],
  ['reach/absent', 'chunk-unreadable'],
  ['reach/past-end', 'chunk-unreadable'],
  ['reach/no-ranges', 'server-without-ranges'],
]);

/** Whether a finding is an error of the metadata of zarr v3; of keys there are facts of their own. */
function stopsZarr3({ severity, code }: Finding): boolean {
  return severity === 'error' && code.startsWith('zarr3/') && code !== 'zarr3/chunk-key-form';
}

function isMisread({ severity, code }: Finding): boolean {
  return severity === 'error' && ruleOf(code)?.readsWrong === true;
}

/** zarr-python 3 takes 3.0 for the 3 that the specification wants. */
function isTakenByZarr3({ code, key }: Finding, set: ReferenceSet): boolean {
  const document = set.document(key)?.value;
  return code === 'zarr3/zarr-format' && isJsonObject(document) && document.zarr_format === 3;
}
