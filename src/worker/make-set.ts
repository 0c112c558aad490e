import { type ByteSink, MemorySink } from '../bytes/sink';
import { EDITS_BEFORE } from '../combine/combining';
import { concatenateManifests } from '../combine/concatenate';
import { editManifest } from '../combine/edit';
import { mergeManifests } from '../combine/merge';
import type { Combined, NamedManifest } from '../combine/types';
import { absoluteUrls, mapUrls, prefixChange } from '../combine/urls';
import { KerchunkError } from '../errors';
import { formOfSet, isNested } from '../manifest/form-of-set';
import { manifestOfReferences } from '../manifest/from-references';
import { keysLeftOut, leftOutInWords, leftOutNotes } from '../manifest/keys-left-out';
import type { Manifest } from '../manifest/types';
import { type Destination, writeManifest } from '../manifest/write-manifest';
import { toZarrVersion } from '../manifest/zarr-version';
import type { SetDifferences } from '../preview/set-difference-types';
import { setDifferences } from '../preview/set-differences';
import { formOf } from '../references/address-forms';
import type { ReferenceSet } from '../references/reference-set';
import { isStop, turns } from '../steps';

import { bytesInWords, countInWords } from '../words';
import type { Documents } from './documents';
import { ownBuffer } from './own-buffer';
import type { Tell } from './reading-progress';
import type { AddressChange, AddressCount, MadeSet, MakeSet, SetFacts, SetInput, SetOperation } from './set-messages';

/** What is written here is held in memory first, since VS Code writes files whole. */
const MOST_BYTES = 2 ** 30;
/** Addresses that are shown before they change. */
const MOST_SHOWN = 3;
/** Milliseconds between two messages on how far writing is. */
const INTERVAL = 200;

/** @throws KerchunkError `not-open`, and what manifestOfReferences throws. */
export async function factsOfSet(documents: Documents, name: string, signal: AbortSignal): Promise<SetFacts> {
  const { set } = await documents.whole(name);
  const manifest = manifestOfReferences(set);
  const dimensions = new Map<string, number | null>();
  for (const { array } of manifest.arrays) {
    for (const [axis, dimension] of (array.dimensionNames ?? []).entries()) {
      if (dimension === null) continue;
      const length = array.shape[axis] ?? 0;
      dimensions.set(dimension, (dimensions.get(dimension) ?? length) === length ? length : null);
    }
  }
  return {
    arrays: manifest.arrays.length,
    dimensions: [...dimensions],
    zarr: manifest.groups[0]?.zarrFormat ?? manifest.arrays[0]?.array.zarrFormat ?? null,
    form: formOfSet(set) ?? null,
    nested: isNested(set),
    recordSize: set.parquet?.recordSize ?? null,
    leftOut: leftOutInWords(keysLeftOut(set, manifest)) ?? null,
    addressStart: await addressStart(manifest, signal),
  };
}

/** @throws KerchunkError `not-open`, and what manifestOfReferences and diffManifests throw. */
export async function diffOfSets(
  documents: Documents,
  [before, after]: readonly [SetInput, SetInput],
  signal: AbortSignal,
): Promise<SetDifferences> {
  const left = manifestOf((await documents.whole(before.document)).set, before.name);
  const right = manifestOf((await documents.whole(after.document)).set, after.name);
  return setDifferences(left, right, signal);
}

/** What changing addresses would do. @throws KerchunkError `not-open`, `cancelled`, and what manifestOfReferences throws. */
export async function countAddresses(
  documents: Documents,
  name: string,
  changes: readonly AddressChange[],
  signal: AbortSignal,
): Promise<AddressCount> {
  const change = prefixChange(changes);
  const found: AddressCount = { changed: 0, addresses: 0, chunks: 0, first: [] };
  const known = new Map<string, boolean>();
  await eachAddress(manifestOfReferences((await documents.whole(name)).set), signal, (url) => {
    let changes = known.get(url);
    if (changes === undefined) {
      const after = change(url);
      changes = after !== url;
      known.set(url, changes);
      if (changes) found.changed++;
      if (changes && found.first.length < MOST_SHOWN) found.first.push([url, after]);
    }
    if (changes) found.chunks++;
  });
  return { ...found, addresses: known.size };
}

/**
 * One set made of those that are open, in the form in which it is to be written.
 * @throws KerchunkError `limit-exceeded` for one that is larger than what is written here; `not-open`, and what combining and writing throw.
 */
export async function makeSet(
  documents: Documents,
  { inputs, operation, addresses, zarr, form, nested, recordSize }: MakeSet,
  signal: AbortSignal,
  tell: Tell,
): Promise<MadeSet> {
  const named: NamedManifest[] = [];
  const notes: string[] = [];
  for (const { document, name, beside } of inputs) {
    const { set } = await documents.whole(document);
    const manifest = manifestOf(set, name);
    notes.push(...leftOutNotes(name, keysLeftOut(set, manifest)));
    const staysBeside = beside && form.form !== 'parquet' && set.parquet === undefined;
    named.push({ name, manifest: staysBeside ? manifest : withReadableUrls(manifest, set.url, name) });
  }
  const made = await combined(named, operation, signal);
  const edited = editManifest(made.manifest, { urlPrefixes: addresses });
  const manifest = zarr === null ? edited : toZarrVersion(edited, zarr);
  const files: MadeSet['files'] = [];
  const written = await writeManifest(manifest, intoMemory(files), {
    ...form,
    nested,
    recordSize: recordSize ?? undefined,
    signal,
    onProgress: progressTeller(tell),
  });
  return { files, arrays: manifest.arrays.length, ...written, notes: [...notes, ...made.notes] };
}

async function combined(
  inputs: readonly NamedManifest[],
  operation: SetOperation,
  signal: AbortSignal,
): Promise<Combined> {
  switch (operation.kind) {
    case 'merge':
      return mergeManifests(inputs, { signal, advice: EDITS_BEFORE });
    case 'concatenate':
      return concatenateManifests(inputs, operation.dimension, { signal, advice: EDITS_BEFORE });
    case 'keep': {
      const [one] = inputs;
      if (one === undefined) throw new Error('There is one set to keep.');
      return { manifest: one.manifest, notes: [] };
    }
  }
}

function manifestOf(set: ReferenceSet, name: string): Manifest {
  try {
    return manifestOfReferences(set);
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    throw new KerchunkError(error.code, `${name}: ${error.message}`, { cause: error });
  }
}

/** Relative addresses made absolute; a file of a virtual workspace has no address that readers could open. */
function withReadableUrls(manifest: Manifest, base: string | undefined, name: string): Manifest {
  const isReadable = base !== undefined && /^(?:file|https?|s3a?|gcs?|gs|az|abfss?):/iu.test(base);
  const absolute = absoluteUrls(base);
  return mapUrls(manifest, (url) => {
    if (!formOf(url).isRelative) return url;
    if (isReadable) return absolute(url);
    throw new KerchunkError(
      'not-expressible',
      `${name} points at the relative address "${url}", which would lead nowhere from another folder, and its own folder has no address that readers open. Write JSON beside it.`,
    );
  });
}

/** Keeps what is written, up to a limit, as the files that it will be. */
function intoMemory(files: MadeSet['files']): Destination {
  let left = MOST_BYTES;
  const keep = async <T>(path: string, fill: (sink: ByteSink) => Promise<T>): Promise<T> => {
    const memory = new MemorySink();
    const result = await fill({
      write: (piece) => {
        left -= piece.length;
        if (left >= 0) return memory.write(piece);
        throw new KerchunkError(
          'limit-exceeded',
          `The set is larger than ${bytesInWords(MOST_BYTES)}, which is the most that VS Code is given to write at once. The command line writes larger ones: kerchunk convert, combine and append.`,
        );
      },
    });
    files.push({ path, bytes: ownBuffer(memory.take()) });
    return result;
  };
  return {
    writeInPieces: (fill) => keep('', fill),
    writeFolder: (fill) => fill({ file: keep }),
  };
}

function progressTeller(tell: Tell): (chunks: number) => void {
  let told = performance.now();
  return (chunks) => {
    const now = performance.now();
    if (now - told < INTERVAL) return;
    told = now;
    tell(`${countInWords(chunks)} chunks`);
  };
}

/** What all addresses begin with, up to their last common slash. */
async function addressStart(manifest: Manifest, signal: AbortSignal): Promise<string> {
  let start: string | undefined;
  await eachAddress(manifest, signal, (url) => {
    start ??= url;
    if (url.startsWith(start)) return;
    let length = 0;
    while (length < url.length && url[length] === start[length]) length++;
    start = start.slice(0, length);
  });
  return (start ?? '').replace(/[^/]*$/u, '');
}

async function eachAddress(manifest: Manifest, signal: AbortSignal, use: (url: string) => void): Promise<void> {
  const giveWay = turns(signal);
  let step = 0;
  for (const { entries } of manifest.arrays) {
    for (const [, entry] of entries()) {
      if (entry.kind !== 'inline') use(entry.url);
      if (isStop(step++)) await giveWay();
    }
  }
}
