import { displayAddress, resolveTarget } from '../bytes/address';
import { describeError, KerchunkError } from '../errors';
import { runInSlices, type Steps } from '../steps';
import { mayBeTiff } from '../validate/tiff-lookup';
import { chunkNumber, gridShape } from '../zarr/grid';
import type { PreviewDocument } from './document';
import { type References, referencesTo } from './target-claims';
import { type Regions, regionsOf } from './target-regions';
import { sentencesOf } from './target-sentences';
import { claimHeaders, claimTiles, imageName, ownImages, readStructure, type TiffStructure } from './target-structure';
import { MOST_REGIONS, type TargetMap, type TargetPlace, type TargetStructure } from './target-types';

/** Structures of files that are kept for each document. */
const MOST_STRUCTURES = 8;

/** What was read of a file's structure, or why there is none. */
type ReadStructure = TiffStructure | Extract<TargetStructure, { kind: 'other' | 'failed' }>;

/** A file as it was last made into regions. */
interface Mapped {
  target: number;
  structure: ReadStructure | undefined;
  regions: Regions;
  references: References;
  tags: Map<number, string>;
  failure: TargetStructure | undefined;
}

interface Kept {
  structures: Map<number, ReadStructure>;
  mapped?: Mapped;
}

const kept = new WeakMap<PreviewDocument, Kept>();

/**
 * A file that references point into, as regions.
 * @param read whether the structure of a TIFF is read where it is not known; else nothing is fetched, unless the file was looked at before.
 * @throws KerchunkError `invalid-argument` for a place that the references do not have, `malformed-reference` for a chunk whose entry is,
 * `cancelled`.
 */
export async function mapTarget(
  document: PreviewDocument,
  place: TargetPlace,
  read: boolean,
  signal: AbortSignal,
): Promise<TargetMap> {
  const known = kept.get(document) ?? { structures: new Map<number, ReadStructure>() };
  kept.set(document, known);
  const chunk = place.kind === 'chunk' ? chunkPlace(document, place) : undefined;
  const target = place.kind === 'chunk' ? (chunk?.target ?? -1) : place.target;
  checkTarget(document, target);
  const structure = await structureOf(document, known, target, read, signal);
  let { mapped } = known;
  if (mapped?.target !== target || mapped.structure !== structure) {
    mapped = await runInSlices(makeRegions(document, target, structure), signal);
    known.mapped = mapped;
  }
  const { regions } = mapped;
  const at = chunk === undefined ? -1 : await runInSlices(regions.find(chunk.start, chunk.length), signal);
  const part = place.kind === 'target' ? place.part : Math.max(0, Math.floor(at / MOST_REGIONS));
  const parts = Math.max(1, Math.ceil(regions.sums.total / MOST_REGIONS));
  if (!Number.isSafeInteger(part) || part < 0 || part >= parts) {
    throw new KerchunkError('invalid-argument', `The file has no part ${part} of its regions.`);
  }
  return {
    ...about(document, mapped),
    part,
    parts,
    regions: await runInSlices(regions.part(part), signal),
    selected: at < 0 ? null : at - part * MOST_REGIONS,
  };
}

/** The target of a number. @throws KerchunkError `invalid-argument` where there is none. */
export function checkTarget({ set }: PreviewDocument, target: number): void {
  if (Number.isSafeInteger(target) && target >= 0 && target < set.rows.targets) return;
  throw new KerchunkError('invalid-argument', 'The references point into no such file.');
}

/** Which bytes of which target a chunk is; the length is that of the reference. @throws KerchunkError `invalid-argument` where it stands in none. */
export function chunkPlace(
  { set }: PreviewDocument,
  { path, indices }: Extract<TargetPlace, { kind: 'chunk' }>,
): { target: number; start: number; length: number } {
  const number = chunkNumber(set.array(path), indices);
  let found: { target: number; start: number; length: number } | undefined;
  set.eachEntry(path, (chunk, target, start, length) => {
    if (chunk === number && target < set.rows.targets) found = { target, start, length };
  });
  if (found !== undefined) return found;
  throw new KerchunkError('invalid-argument', `Chunk ${indices.join('.')} of "${path}" stands in no file.`);
}

/** The structure of a target: what is known, what can be read; undefined where nobody has looked and nobody is to. */
async function structureOf(
  { set, tiffs, opener }: PreviewDocument,
  { structures }: Kept,
  target: number,
  read: boolean,
  signal: AbortSignal,
): Promise<ReadStructure | undefined> {
  const known = structures.get(target);
  if (known !== undefined && !(read && 'kind' in known && known.kind === 'failed')) return known;
  const address = set.address(target);
  const looked = tiffs.get(address);
  if (looked === 'other') return { kind: 'other' };
  if (!read && looked === undefined) return undefined;
  let structure: ReadStructure;
  try {
    structure = await readStructure(opener.open(resolveTarget(address, set.url)), signal);
  } catch (error) {
    const { code, message } = describeError(error, 'fetch-failed');
    if (code === 'cancelled') throw error;
    structure = code === 'not-a-tiff' ? { kind: 'other' } : { kind: 'failed', code, message };
  }
  const [oldest] = structures.keys();
  if (structures.size >= MOST_STRUCTURES && oldest !== undefined) structures.delete(oldest);
  structures.set(target, structure);
  return structure;
}

function isTiff(structure: ReadStructure | undefined): structure is TiffStructure {
  return structure !== undefined && 'tiff' in structure;
}

/** The size of a target, where it is known. */
function sizeOf(
  { set, tiffs }: PreviewDocument,
  target: number,
  structure: ReadStructure | undefined,
): number | undefined {
  if (isTiff(structure)) return structure.tiff.size;
  const known = tiffs.get(set.address(target));
  return known === undefined || known === 'other' ? undefined : known.size;
}

function* makeRegions(document: PreviewDocument, target: number, structure: ReadStructure | undefined): Steps<Mapped> {
  const size = sizeOf(document, target, structure);
  const references = yield* referencesTo(document.set, target, size);
  const { claims } = references;
  const tags = new Map<number, string>();
  const first = claims.length;
  let failure: TargetStructure | undefined;
  if (isTiff(structure)) {
    claimHeaders(structure, claims, tags);
    try {
      yield* claimTiles(structure, claims, references);
    } catch (error) {
      if (!(error instanceof KerchunkError)) throw error;
      failure = { kind: 'failed', code: error.code, message: error.message };
    }
  }
  const order = new Uint32Array(references.order.length + claims.length - first);
  order.set(references.order);
  for (let claim = first; claim < claims.length; claim++) order[references.order.length + claim - first] = claim;
  yield* claims.sort(order);
  const distinct = yield* claims.distinct(order);
  const ghost = isTiff(structure) ? structure.tiff.ghostArea : undefined;
  return { target, structure, references, tags, failure, regions: yield* regionsOf(claims, distinct, size, ghost) };
}

/** What is said of a file whatever part of it is shown. */
function about(
  document: PreviewDocument,
  { target, structure, references, tags, failure, regions: { sums } }: Mapped,
): Omit<TargetMap, 'part' | 'parts' | 'regions' | 'selected'> {
  const { set } = document;
  const size = sizeOf(document, target, structure);
  const nothing = { count: 0, bytes: 0 };
  const images = isTiff(structure) ? ownImages(structure) : [];
  const facts = { structure: isTiff(structure) ? structure : undefined, references, sums, size };
  return {
    target,
    shownUrl: displayAddress(set.address(target)),
    size: size ?? null,
    end: sums.end,
    structure: failure ?? structureInWords(structure, set.address(target)),
    total: sums.total,
    arrays: references.paths.slice(1).map((path, index) => {
      return { path, grid: gridShape(set.array(path)), ...(sums.byArray.get(index + 1) ?? nothing) };
    }),
    images: images.map((image, index) => {
      const { kind, width, height, tiled } = image;
      return { name: imageName(image), kind, width, height, tiled, ...(sums.byImage.get(index + 1) ?? nothing) };
    }),
    tags: [...tags].map(([tag, name]) => ({ tag, name })),
    kinds: sums.kinds,
    wholes: references.wholes,
    sentences: sentencesOf(facts),
  };
}

function structureInWords(structure: ReadStructure | undefined, address: string): TargetStructure {
  if (structure === undefined) return mayBeTiff(address) ? { kind: 'not-read' } : { kind: 'other' };
  if (!isTiff(structure)) return structure;
  const { bigTiff, byteOrder } = structure.tiff;
  return { kind: 'tiff', container: `${bigTiff ? 'BigTIFF' : 'TIFF'}, ${byteOrder}-endian` };
}
