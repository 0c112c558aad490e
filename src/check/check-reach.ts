import { displayAddress, resolveTarget } from '../bytes/address';
import type { ByteSource } from '../bytes/source';
import { describeError, type ErrorCode, NotFoundError } from '../errors';
import type { ReferenceSet } from '../references/reference-set';
import type { ChunkReference } from '../references/types';
import { countInWords, plural } from '../words';
import { chunkIndices, storeKey } from '../zarr/grid';
import { eachByHost } from './by-host';
import { readableArray, referenceAt } from './chunks';
import { pauses } from './pause';
import { type FindingKind, Tally } from './tally';
import type { CheckOptions, CheckResult } from './types';

const AT_ONCE = { perHost: 8, total: 32 };

/** What is referred to in one file. */
interface Use {
  url: string;
  references: number;
  /** Where the last range ends; 0 where all references are to the whole file. */
  end: number;
  /** The first key, and the path of its array. */
  key: string;
  path: string;
}

/** What a check of reachability found, and how many files it asked for. */
export interface ReachResult extends Pick<CheckResult, 'groups' | 'needPermission'> {
  files: number;
  /** Of these, those that answered. */
  reached: number;
}

/**
 * Asks every file that chunks point at for one byte: whether it is there, whether its server gives ranges, and whether the ranges end within
 * it. Up to 8 files of a host and 32 in all at once; one finding for each file and kind, with the number of references.
 * @param text that the set was parsed from.
 * @throws KerchunkError `cancelled`.
 */
export async function checkReach(
  set: ReferenceSet,
  text: Uint8Array,
  { opener, signal, onProgress }: Pick<CheckOptions, 'opener' | 'signal' | 'onProgress'>,
): Promise<ReachResult> {
  const uses = await usesOf(set, signal);
  const result: ReachResult = { groups: [], needPermission: [], files: uses.size, reached: 0 };
  // Findings come in the order of the references, whichever file answers first.
  const tallied = new Map<string, Outcome>();
  const beyond = new Map<string, number>();
  let done = 0;
  const ask = async (url: string): Promise<void> => {
    const use = uses.get(url);
    if (use === undefined) return;
    const outcome = await reach(use, set.url, opener, signal);
    tallied.set(url, outcome);
    if (outcome.reached) result.reached += 1;
    if (outcome.needsPermission !== undefined) result.needPermission.push(outcome.needsPermission);
    if (outcome.size !== undefined && use.end > outcome.size) beyond.set(url, outcome.size);
    onProgress?.(`${countInWords(++done)} of ${plural(uses.size, 'file')} reached for`);
  };
  await eachByHost(uses.keys(), AT_ONCE, ask, signal);
  const tally = new Tally(set, text);
  for (const [url, use] of uses) {
    const outcome = tallied.get(url);
    if (outcome?.fault === undefined) continue;
    const { code, reason } = outcome.fault;
    const { path, key, references } = use;
    const message = `${reason} ${plural(references, 'reference')} ${references === 1 ? 'points' : 'point'} there.`;
    tally.add({ code, path, about: url }, key, () => message);
  }
  if (beyond.size > 0) await tellBeyond(set, beyond, tally, signal);
  return { ...result, groups: tally.grouped() };
}

interface Outcome {
  reached: boolean;
  size?: number;
  fault?: { code: FindingKind['code']; reason: string };
  needsPermission?: string;
}

/** What refuses before a file is asked for: its address, what may be read here, and a file that could only be read whole. */
const NOT_TRIED: ReadonlySet<ErrorCode> = new Set([
  'invalid-argument',
  'needs-permission',
  'restricted-mode',
  'limit-exceeded',
] as const);

async function reach(
  { url, end }: Use,
  base: string | undefined,
  opener: CheckOptions['opener'],
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const name = displayAddress(url);
  let address = url;
  let source: ByteSource | undefined;
  try {
    address = resolveTarget(url, base);
    source = opener.open(address);
    await source.read(0, 1, signal);
    // A server need not tell the size; then the last byte that is referred to tells whether it is there.
    const isThere = end === 0 || source.size() !== undefined || (await source.read(end - 1, 1, signal)).length === 1;
    const size = source.size() ?? (isThere ? undefined : end - 1);
    if (source.ignoresRanges?.() === true && end > 0) return { reached: true, ...noRanges(name) };
    return { reached: true, ...(size === undefined ? {} : { size }) };
  } catch (error) {
    const { code, message } = describeError(error, 'fetch-failed');
    if (code === 'cancelled') throw error;
    if (NOT_TRIED.has(code)) {
      const fault = { code: 'reach/not-tried', reason: `${name} was not tried: ${message}` } as const;
      return { reached: false, fault, ...(code === 'needs-permission' ? { needsPermission: address } : {}) };
    }
    if (code === 'short-read' && source?.ignoresRanges?.() === true) return { reached: true, ...noRanges(name) };
    const absent = error instanceof NotFoundError;
    return { reached: false, fault: { code: absent ? 'reach/absent' : 'reach/refused', reason: message } };
  }
}

function noRanges(name: string): Pick<Outcome, 'fault'> {
  const reason = `${name}: the server answers a request for a range with the whole file (200).`;
  return { fault: { code: 'reach/no-ranges', reason } };
}

async function usesOf(set: ReferenceSet, signal: AbortSignal | undefined): Promise<Map<string, Use>> {
  const uses = new Map<string, Use>();
  for await (const { reference, key, path } of references(set, signal)) {
    const end = reference.kind === 'range' ? reference.offset + reference.length : 0;
    const use = uses.get(reference.url);
    if (use === undefined) {
      uses.set(reference.url, { url: reference.url, references: 1, end, key: key(), path });
    } else {
      use.references += 1;
      use.end = Math.max(use.end, end);
    }
  }
  return uses;
}

async function tellBeyond(
  set: ReferenceSet,
  sizes: ReadonlyMap<string, number>,
  tally: Tally,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const { reference, key, path } of references(set, signal)) {
    const size = sizes.get(reference.url);
    if (size === undefined || reference.kind !== 'range' || reference.offset + reference.length <= size) continue;
    const { url, offset, length } = reference;
    const name = key();
    tally.add({ code: 'reach/past-end', path, about: url }, name, () => {
      return `${name} ends at byte ${countInWords(offset + length)} of ${displayAddress(url)}, which has ${plural(size, 'byte')}.`;
    });
  }
}

interface ChunkInFile {
  reference: Extract<ChunkReference, { kind: 'range' | 'file' }>;
  key: () => string;
  path: string;
}

/** The chunks of all arrays that stand in files. */
async function* references(set: ReferenceSet, signal: AbortSignal | undefined): AsyncIterable<ChunkInFile> {
  const pause = pauses(signal);
  for (const path of set.arrayPaths()) {
    const array = readableArray(set, path);
    if (array === undefined) continue;
    for (const [chunk, kind] of set.chunkKinds(path)) {
      await pause();
      const reference = kind === 'range' ? referenceAt(set, array, chunk) : undefined;
      if (reference?.kind !== 'range' && reference?.kind !== 'file') continue;
      yield { reference, path, key: () => storeKey(array, chunkIndices(array, chunk)) };
    }
  }
}
