import type { Column } from '../references/columns';
import { isStop, type Steps } from '../steps';
import type { GhostArea } from '../tiff/types';
import { type Claims, kindNumber } from './target-claims';
import { MOST_REGIONS, type RegionColumns, regionFlags, type RegionKind, regionKinds } from './target-types';

/** What the regions of a file come to. */
export interface RegionSums {
  total: number;
  end: number;
  kinds: { kind: RegionKind; count: number; bytes: number }[];
  /** Regions that share bytes with one before them, and those that end beyond the file. */
  overlaps: number;
  beyond: number;
  largestGap: { start: number; length: number } | null;
  /** Regions and bytes of chunks and tiles by image and, where they are of none, by array. */
  byImage: Map<number, { count: number; bytes: number }>;
  byArray: Map<number, { count: number; bytes: number }>;
}

/** A file as regions, gaps among them. */
export interface Regions {
  sums: RegionSums;
  /** The regions of a part of them; `MOST_REGIONS` make a part. */
  part(number: number): Steps<RegionColumns>;
  /** Number among all regions of one that begins at a byte and has so many; -1 where there is none. */
  find(start: number, length: number): Steps<number>;
}

type Visit = (start: number, length: number, kind: number, claim: number) => void;

const GAP = kindNumber('gap');
const FRAME = kindNumber('frame');
const CHUNK = kindNumber('chunk');
const TILE = kindNumber('tile');

/**
 * Makes regions of claims.
 * @param order the claims in the order of the file, each range once; marked here are those that overlap and those beyond the end.
 * @param ghost what GDAL promises of the bytes around each tile.
 */
export function* regionsOf(
  claims: Claims,
  order: Uint32Array,
  size: number | undefined,
  ghost: GhostArea | undefined,
): Steps<Regions> {
  const frame = ghost === undefined || ghost.edited ? 0 : (ghost.leader ? 4 : 0) + (ghost.trailer ? 4 : 0);
  const isData = (claim: number | undefined): boolean => {
    const kind = claim === undefined ? -1 : claims.kinds.get(claim);
    return kind === CHUNK || kind === TILE;
  };
  /** Visits every region; a claim of -1 is a gap. */
  function* each(visit: Visit): Steps<number> {
    let end = 0;
    const gap = (to: number, before: number | undefined, behind: number | undefined): void => {
      const framed = to - end <= frame && (isData(before) || isData(behind));
      visit(end, to - end, framed ? FRAME : GAP, -1);
    };
    for (let i = 0; i < order.length; i++) {
      const claim = order[i] ?? 0;
      const start = claims.starts.get(claim);
      if (start > end) gap(start, order[i - 1], claim);
      visit(start, claims.lengths.get(claim), claims.kinds.get(claim), claim);
      end = Math.max(end, claims.end(claim));
      if (isStop(i)) yield;
    }
    if (size !== undefined && size > end) gap(size, order[order.length - 1], undefined);
    return Math.max(end, size ?? 0);
  }
  const sums = yield* sumUp(claims, each, size);
  return {
    sums,
    *part(number) {
      const first = number * MOST_REGIONS;
      const count = Math.max(0, Math.min(MOST_REGIONS, sums.total - first));
      return yield* columnsOf(claims, each, first, count);
    },
    *find(start, length) {
      let found = -1;
      let at = 0;
      yield* each((from, bytes, _kind, claim) => {
        if (found < 0 && claim >= 0 && from === start && bytes === length) found = at;
        at += 1;
      });
      return found;
    },
  };
}

function* sumUp(claims: Claims, each: (visit: Visit) => Steps<number>, size: number | undefined): Steps<RegionSums> {
  const kinds = regionKinds.map((kind) => ({ kind, count: 0, bytes: 0 }));
  const byImage: RegionSums['byImage'] = new Map();
  const byArray: RegionSums['byArray'] = new Map();
  let [total, overlaps, beyond, reached] = [0, 0, 0, 0];
  let largestGap: RegionSums['largestGap'] = null;
  const end = yield* each((start, length, kind, claim) => {
    const bytes = Math.max(0, start + length - Math.max(start, reached));
    total += 1;
    add(kinds[kind], bytes);
    if (claim < 0) {
      if (kind === GAP && length > (largestGap?.length ?? 0)) largestGap = { start, length };
    } else {
      if (start < reached) {
        overlaps += 1;
        claims.flag(claim, regionFlags.overlap);
      }
      if (size !== undefined && start + length > size) {
        beyond += 1;
        claims.flag(claim, regionFlags.beyond);
      }
      if (kind === CHUNK || kind === TILE) add(entryOf(byImage, claims.images.get(claim)), bytes);
      if (kind === CHUNK) add(entryOf(byArray, claims.arrays.get(claim)), bytes);
    }
    reached = Math.max(reached, start + length);
  });
  return { total, end, kinds, overlaps, beyond, largestGap, byImage, byArray };
}

function entryOf(map: RegionSums['byImage'], key: number): { count: number; bytes: number } {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = { count: 0, bytes: 0 };
  map.set(key, made);
  return made;
}

function add(sum: { count: number; bytes: number } | undefined, bytes: number): void {
  if (sum === undefined) return;
  sum.count += 1;
  sum.bytes += bytes;
}

function* columnsOf(
  claims: Claims,
  each: (visit: Visit) => Steps<number>,
  first: number,
  count: number,
): Steps<RegionColumns> {
  const starts = new Float64Array(count);
  const lengths = new Float64Array(count);
  const kinds = new Uint8Array(count);
  const flags = new Uint8Array(count);
  const arrays = new Uint32Array(count);
  const images = new Uint32Array(count);
  const chunks = new Float64Array(count);
  const numbers = new Float64Array(count);
  let at = -first;
  const get = (column: Column<Float64Array> | Column<Uint32Array>, claim: number): number =>
    claim < 0 ? 0 : column.get(claim);
  yield* each((start, length, kind, claim) => {
    if (at >= 0 && at < count) {
      starts[at] = start;
      lengths[at] = length;
      kinds[at] = kind;
      flags[at] = get(claims.flags, claim);
      arrays[at] = get(claims.arrays, claim);
      images[at] = get(claims.images, claim);
      chunks[at] = get(claims.chunks, claim);
      numbers[at] = get(claims.numbers, claim);
    }
    at += 1;
  });
  return {
    count,
    starts: starts.buffer,
    lengths: lengths.buffer,
    kinds: kinds.buffer,
    flags: flags.buffer,
    arrays: arrays.buffer,
    images: images.buffer,
    chunks: chunks.buffer,
    numbers: numbers.buffer,
  };
}
