import { type Column, float64Column, uint32Column } from '../references/columns';
import type { ReferenceSet } from '../references/reference-set';
import { sortRows } from '../references/sort-rows';
import { isStop, type Steps } from '../steps';
import { regionFlags, regionKinds, type RegionKind } from './target-types';

/** What claims some bytes of a file. */
export interface Claim {
  start: number;
  length: number;
  kind: RegionKind;
  /** Places in lists of arrays and images, from 1; 0 for none. */
  array?: number;
  chunk?: number;
  image?: number;
  number?: number;
}

/** Number of a kind among `regionKinds`. */
export function kindNumber(kind: RegionKind): number {
  return regionKinds.indexOf(kind);
}

/** Claims in columns: millions of them fit. Nothing is a claim whose range is empty or reaches above 2^53. */
export class Claims {
  readonly starts = float64Column();
  readonly lengths = float64Column();
  readonly kinds = uint32Column();
  readonly flags = uint32Column();
  readonly arrays = uint32Column();
  readonly chunks = float64Column();
  readonly images = uint32Column();
  readonly numbers = float64Column();

  get length(): number {
    return this.starts.length;
  }

  add({ start, length, kind, array = 0, chunk = 0, image = 0, number = 0 }: Claim): void {
    if (length <= 0 || !Number.isSafeInteger(start + length)) return;
    this.starts.push(start);
    this.lengths.push(length);
    this.kinds.push(kindNumber(kind));
    this.flags.push(0);
    this.arrays.push(array);
    this.chunks.push(chunk);
    this.images.push(image);
    this.numbers.push(number);
  }

  end(claim: number): number {
    return this.starts.get(claim) + this.lengths.get(claim);
  }

  flag(claim: number, flag: number): void {
    this.flags.set(claim, this.flags.get(claim) | flag);
  }

  /** Sorts claims by where they begin, the longest first. */
  *sort(order: Uint32Array): Steps<void> {
    const { starts, lengths } = this;
    yield* sortRows(order, (a, b) => {
      const between = starts.get(a) - starts.get(b);
      return between > 0 || (between === 0 && lengths.get(a) < lengths.get(b));
    });
  }

  /**
   * Of sorted claims, each range once: one that equals the one before it in range and kind is left out, and the other is marked as shared.
   */
  *distinct(order: Uint32Array): Steps<Uint32Array> {
    const { starts, lengths, kinds } = this;
    let count = 0;
    for (let i = 0; i < order.length; i++) {
      const claim = order[i] ?? 0;
      const last = order[count - 1] ?? 0;
      const same = (column: Column<Float64Array> | Column<Uint32Array>): boolean =>
        column.get(claim) === column.get(last);
      if (count > 0 && same(starts) && same(lengths) && same(kinds)) this.flag(last, regionFlags.shared);
      else order[count++] = claim;
      if (isStop(i)) yield;
    }
    return order.slice(0, count);
  }
}

/** The claims of the references to a target, in the order of the file, each range once. */
export interface References {
  claims: Claims;
  order: Uint32Array;
  /** Paths of the arrays, in the order of their numbers, from 1; '' of 0 stands for references that are no chunk of an array. */
  paths: string[];
  /** References to all of the target. */
  wholes: number;
  /** Of each array that has some, how many chunks there are, and how many stand before the chunk that precedes them in C order. */
  disorder: Map<string, { chunks: number; before: number }>;
}

/** Looks for all references to a target; `size` of the file, where it is known, is what references to all of it are. */
export function* referencesTo(set: ReferenceSet, target: number, size: number | undefined): Steps<References> {
  const claims = new Claims();
  const paths = [''];
  const disorder: References['disorder'] = new Map();
  let found = 0;
  let wholes = 0;
  const take = (offset: number, extent: number, array: number, chunk: number): void => {
    found += 1;
    if (offset >= 0) {
      claims.add({ start: offset, length: extent, kind: 'chunk', array, chunk });
      return;
    }
    wholes += 1;
    if (size !== undefined) claims.add({ start: 0, length: size, kind: 'chunk', array, chunk });
  };
  for (const path of set.arrayPaths()) {
    const order = { chunks: 0, before: 0 };
    let last = -1;
    set.eachEntry(path, (chunk, of, offset, extent) => {
      if (of !== target) return;
      if (order.chunks === 0) paths.push(path);
      order.chunks += 1;
      if (offset < last) order.before += 1;
      last = offset;
      take(offset, extent, paths.length - 1, chunk);
    });
    if (order.chunks > 0) disorder.set(path, order);
    yield;
  }
  yield* takeStrays(set, target, found, (offset, extent) => {
    take(offset, extent, 0, 0);
  });
  const order = Uint32Array.from({ length: claims.length }, (_, claim) => claim);
  yield* claims.sort(order);
  return { claims, order: yield* claims.distinct(order), paths, wholes, disorder };
}

/** The references that are no chunk of an array's grid, where there are more than the `found` ones that are. */
function* takeStrays(
  set: ReferenceSet,
  target: number,
  found: number,
  take: (offset: number, extent: number) => void,
): Steps<void> {
  const { rows } = set;
  let all = 0;
  for (let row = 0; row < rows.length; row++) {
    if (rows.target(row) === target) all += 1;
    if (isStop(row)) yield;
  }
  if (all === found) return;
  const owners = yield* rows.owners();
  for (let row = 0; row < rows.length; row++) {
    if (rows.target(row) === target && owners.of(row) === 0) take(rows.offset(row), rows.extent(row));
    if (isStop(row)) yield;
  }
}

/** The bytes that references name, as ranges apart from one another, and which references stand where. */
export class Named {
  private readonly starts = float64Column();
  private readonly ends = float64Column();

  constructor(private readonly references: Pick<References, 'claims' | 'order'>) {
    const { claims, order } = references;
    let end = -1;
    for (const claim of order) {
      const start = claims.starts.get(claim);
      if (start > end) {
        this.starts.push(start);
        this.ends.push(claims.end(claim));
      } else if (claims.end(claim) > end) {
        this.ends.set(this.ends.length - 1, claims.end(claim));
      }
      end = Math.max(end, claims.end(claim));
    }
  }

  /** Calls `visit` for each part of [start, end) that no reference names; returns how many ranges it looked at. */
  without(start: number, end: number, visit: (start: number, end: number) => void): number {
    const first = Math.max(
      0,
      lastNotAbove(this.starts.length, (range) => this.starts.get(range), start),
    );
    let at = start;
    let range = first;
    for (; range < this.starts.length && this.starts.get(range) < end; range++) {
      if (this.ends.get(range) <= at) continue;
      if (this.starts.get(range) > at) visit(at, this.starts.get(range));
      at = this.ends.get(range);
    }
    if (at < end) visit(at, end);
    return range - first;
  }

  /**
   * Calls `visit` for the references that share bytes with [start, end); where references overlap, for one at least of those that begin
   * before it. Returns how many it looked at.
   */
  among(start: number, end: number, visit: (claim: number) => void): number {
    const { claims, order } = this.references;
    const startOf = (place: number): number => claims.starts.get(order[place] ?? 0);
    const first = Math.max(0, lastNotAbove(order.length, startOf, start));
    let place = first;
    for (; place < order.length && startOf(place) < end; place++) {
      const claim = order[place] ?? 0;
      if (claims.end(claim) > start) visit(claim);
    }
    return place - first;
  }
}

/** Place of the last of ascending numbers that is not above `wanted`; -1 where there is none. */
function lastNotAbove(count: number, numberAt: (place: number) => number, wanted: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numberAt(middle) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
