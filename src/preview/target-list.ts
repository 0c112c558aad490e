import { displayAddress } from '../bytes/address';
import type { ReferenceSet } from '../references/reference-set';
import { sortRows } from '../references/sort-rows';
import { isStop, runInSlices, type Steps } from '../steps';
import type { PreviewDocument } from './document';
import type { TargetList, TargetSummary } from './target-types';

const MOST_TARGETS = 500;

/** What was counted of each target, by number; targets that nothing refers to have no references. */
interface Measures {
  /** Numbers of targets in the order of the text. */
  order: readonly number[];
  references: Uint32Array;
  wholes: Uint32Array;
  bytes: Float64Array;
  /** -1 below two ranges. */
  gaps: Float64Array;
}

const measured = new WeakMap<ReferenceSet, Measures>();

/**
 * The files that references point into whose address has `search` in it, in letters of any case.
 * @throws KerchunkError `cancelled`.
 */
export async function listTargets(document: PreviewDocument, search: string, signal: AbortSignal): Promise<TargetList> {
  const { set } = document;
  const measures = measured.get(set) ?? (await runInSlices(measure(set), signal));
  measured.set(set, measures);
  const wanted = search.trim().toLowerCase();
  const targets: TargetSummary[] = [];
  let found = 0;
  for (const target of measures.order) {
    if (wanted !== '' && !displayAddress(set.address(target)).toLowerCase().includes(wanted)) continue;
    found += 1;
    if (targets.length < MOST_TARGETS) targets.push(summarise(document, measures, target));
  }
  return { count: measures.order.length, found, targets };
}

function summarise({ set, tiffs }: PreviewDocument, measures: Measures, target: number): TargetSummary {
  const address = set.address(target);
  const known = tiffs.get(address);
  const size = known === undefined || known === 'other' ? undefined : known.size;
  const wholes = measures.wholes[target] ?? 0;
  const gap = measures.gaps[target] ?? -1;
  return {
    target,
    shownUrl: displayAddress(address),
    references: measures.references[target] ?? 0,
    wholes,
    bytes: wholes > 0 && size !== undefined ? size : (measures.bytes[target] ?? 0),
    largestGap: gap < 0 ? null : gap,
    size: size ?? null,
  };
}

function* measure(set: ReferenceSet): Steps<Measures> {
  const { rows } = set;
  const references = new Uint32Array(rows.targets);
  const wholes = new Uint32Array(rows.targets);
  const order: number[] = [];
  for (let row = 0; row < rows.length; row++) {
    const target = rows.target(row);
    if (target >= 0) {
      if (references[target] === 0) order.push(target);
      references[target] = (references[target] ?? 0) + 1;
      if (rows.isWhole(row)) wholes[target] = (wholes[target] ?? 0) + 1;
    }
    if (isStop(row)) yield;
  }
  const { starts, sorted } = yield* byTarget(set, references);
  const bytes = new Float64Array(rows.targets);
  const gaps = new Float64Array(rows.targets).fill(-1);
  const isAbove = (a: number, b: number): boolean => rows.offset(a) > rows.offset(b);
  let done = 0;
  for (const target of order) {
    const own = sorted.subarray(starts[target] ?? 0, starts[target + 1] ?? 0);
    yield* sortRows(own, isAbove);
    let end = -1;
    for (const row of own) {
      if (isStop(done++)) yield;
      if (rows.isWhole(row)) continue;
      const start = rows.offset(row);
      const stop = start + rows.extent(row);
      if (end >= 0) gaps[target] = Math.max(gaps[target] ?? -1, start - end, 0);
      bytes[target] = (bytes[target] ?? 0) + Math.max(0, stop - Math.max(start, end));
      end = Math.max(end, stop);
    }
  }
  return { order, references, wholes, bytes, gaps };
}

/** The rows that refer to targets, those of one target together: of target t they stand at [starts[t], starts[t + 1]). */
function* byTarget(set: ReferenceSet, references: Uint32Array): Steps<{ starts: Uint32Array; sorted: Uint32Array }> {
  const { rows } = set;
  const starts = new Uint32Array(references.length + 1);
  references.forEach((count, target) => {
    starts[target + 1] = (starts[target] ?? 0) + count;
  });
  const next = starts.slice();
  const sorted = new Uint32Array(starts[references.length] ?? 0);
  for (let row = 0; row < rows.length; row++) {
    const target = rows.target(row);
    if (target >= 0) {
      const at = next[target] ?? 0;
      sorted[at] = row;
      next[target] = at + 1;
    }
    if (isStop(row)) yield;
  }
  return { starts, sorted };
}
