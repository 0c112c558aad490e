import { chunkCount, chunkNumber, gridShape, isInGrid, keyBelow, parseChunkKey } from '../zarr/grid';
import type { Steps } from '../steps';
import type { ZarrArray } from '../zarr/types';
import { BACKSLASH, isDigit, QUOTE, SLASH, ZERO } from './ascii';
import type { ByteWords } from './byte-words';
import { ChunkIndexBuilder, type ChunkIndex } from './chunk-index';
import type { Column } from './columns';
import { InnerOffsets } from './json-string';
import { type Strays, StrayKeys } from './stray-keys';

const MAX_DIGITS = 15;
/** Parts of a path that are looked at, so that a key of a million slashes takes no longer than others. */
const MAX_LEVELS = 256;

/** What the resolver must know of an array: its path, and its metadata where they could be read. */
export interface KnownArray {
  path: string;
  array: ZarrArray | undefined;
  /** Whether other arrays' paths lie below this one's. */
  hasNested: boolean;
}

/** The way that the key of the last row went: the array, and how its path stands in the text. */
interface Memo {
  /** Place in the text of what stands before the indices: the path with the slash behind it, and the prefix `c/` of zarr v3. */
  start: number;
  length: number;
  array: ZarrArray;
  builder: ChunkIndexBuilder;
  grid: readonly number[];
  separator: number;
  /** Whether a plain key is a chunk of the array only where it goes this way: what stands before the indices is plain, and the grid not vast. */
  isOnlyWay: boolean;
}

/** The way that the key of the last row went that is no chunk: where what stands before its last part begins, and its length. */
interface StrayMemo {
  start: number;
  length: number;
  owner: KnownArray | undefined;
  strays: StrayKeys;
}

/** The index of every array that has chunks, by path, and the keys beside, by the path of the array they lie in (undefined: in none). */
export interface ResolvedKeys {
  indexes: Map<string, ChunkIndex>;
  strays: Map<string | undefined, Strays>;
}

/** Sorts rows by the chunks that their keys name. */
export class Resolver {
  private readonly builders = new Map<string, ChunkIndexBuilder>();
  private readonly strays = new Map<string | undefined, StrayKeys>();
  private memo: Memo | undefined;
  private strayMemo: StrayMemo | undefined;

  constructor(
    private readonly text: Uint8Array,
    private readonly words: ByteWords,
    private readonly places: Column,
    private readonly arrays: ReadonlyMap<string, KnownArray>,
    private readonly duplicate: (earlier: number, later: number) => void,
  ) {}

  /** Takes a row whose key's opening quote stands at `place`, where it goes the way of the last; false where it was not taken. */
  addAsLast(row: number, place: number): boolean {
    const { memo, text } = this;
    if (memo === undefined) return false;
    let at = place + 1;
    if (!this.words.equal(at, memo.start, memo.length)) return false;
    at += memo.length;
    let chunk = 0;
    for (let axis = 0; axis < memo.grid.length; axis++) {
      if (axis > 0) {
        if (text[at] === BACKSLASH) at++;
        if (text[at++] !== memo.separator) return false;
      }
      const start = at;
      let index = 0;
      for (let byte = text[at] ?? 0; isDigit(byte); byte = text[++at] ?? 0) index = index * 10 + byte - ZERO;
      const digits = at - start;
      if (digits === 0 || digits > MAX_DIGITS || (digits > 1 && text[start] === ZERO)) return false;
      const side = memo.grid[axis] ?? 0;
      if (index >= side) return false;
      chunk = chunk * side + index;
    }
    if (text[at] !== QUOTE) return false;
    memo.builder.add(chunk, row);
    return true;
  }

  /**
   * Takes a row that `addAsLast` did not, where its key stands beside that of the last one that was no chunk, and is none either; false where it
   * was not taken.
   */
  addAsLastStray(row: number, place: number): boolean {
    const { strayMemo: last, memo, text, words } = this;
    const start = place + 1;
    if (last === undefined || !words.equal(start, last.start, last.length)) return false;
    const array = last.owner?.array;
    if (array !== undefined && (memo?.array !== array || !memo.isOnlyWay)) return false;
    const end = words.stringEnd(start, text.length);
    if (end < 0 || words.hasBackslash) return false;
    for (let at = start + last.length; at < end; at++) if (text[at] === SLASH) return false;
    last.strays.add(row);
    return true;
  }

  /** Takes a row by its key, whose opening quote stands at `place`. */
  addText(row: number, place: number, key: string): void {
    const owner = ownerOf(key, this.arrays);
    if (!this.addChunk(row, key, owner)) {
      const strays = this.straysOf(owner?.path);
      const start = place + 1;
      if (this.words.stringEnd(start, this.text.length) >= 0 && !this.words.hasBackslash) {
        strays.add(row);
        this.strayMemo = { start, length: key.lastIndexOf('/') + 1, owner, strays };
      } else {
        strays.addOther(key, row, this.duplicate);
      }
    }
    if (owner?.array !== undefined && !owner.hasNested) this.remember(owner.array, place);
  }

  /** Takes a row by its key, which stands nowhere in the text. */
  addKey(row: number, key: string): void {
    const owner = ownerOf(key, this.arrays);
    if (!this.addChunk(row, key, owner)) this.straysOf(owner?.path).addOther(key, row, this.duplicate);
  }

  /** What the rows have come to; nothing can be added behind it. */
  *finish(): Steps<ResolvedKeys> {
    const indexes = new Map<string, ChunkIndex>();
    for (const [path, builder] of this.builders) {
      const array = this.arrays.get(path)?.array;
      if (array !== undefined) indexes.set(path, yield* builder.build(chunkCount(array), this.duplicate));
    }
    for (const strays of this.strays.values()) yield* strays.settle(this.duplicate);
    return { indexes, strays: this.strays };
  }

  /** Takes a row whose key is a chunk of its array's grid; false where it is none. */
  private addChunk(row: number, key: string, owner: KnownArray | undefined): boolean {
    const array = owner?.array;
    const indices = array === undefined ? undefined : parseChunkKey(array, chunkName(array.path, key));
    if (array === undefined || indices === undefined || !isInGrid(array, indices)) return false;
    this.builder(array.path).add(chunkNumber(array, indices), row);
    return true;
  }

  private remember(array: ZarrArray, place: number): void {
    const { memo } = this;
    const start = place + 1;
    if (memo?.array === array && this.words.equal(start, memo.start, memo.length)) return;
    const { prefix, separator: separatorText } = array.keyEncoding;
    const before = keyBelow(array.path, prefix === '' ? '' : prefix + separatorText);
    const length =
      new InnerOffsets(this.text, start, this.text.length).at(new TextEncoder().encode(before).length) - start;
    const separator = separatorText.charCodeAt(0);
    const grid = gridShape(array);
    // An array without axes has the one key "0", which is not worth a way of its own.
    if (grid.length === 0) return;
    const isOnlyWay = length === before.length && grid.every((side) => side < 10 ** MAX_DIGITS);
    this.memo = { start, length, array, builder: this.builder(array.path), grid, separator, isOnlyWay };
  }

  private builder(path: string): ChunkIndexBuilder {
    let builder = this.builders.get(path);
    if (builder === undefined) this.builders.set(path, (builder = new ChunkIndexBuilder()));
    return builder;
  }

  private straysOf(path: string | undefined): StrayKeys {
    let strays = this.strays.get(path);
    if (strays === undefined) this.strays.set(path, (strays = new StrayKeys(this.text, this.words, this.places)));
    return strays;
  }
}

/** The array whose path is the longest that the key lies below; undefined where there is none. */
export function ownerOf(key: string, arrays: ReadonlyMap<string, KnownArray>): KnownArray | undefined {
  for (const path of pathsAbove(key)) {
    const owner = arrays.get(path);
    if (owner !== undefined) return owner;
  }
  return arrays.get('');
}

/** What stands in a key behind the array's path. */
export function chunkName(path: string, key: string): string {
  return path === '' ? key : key.slice(path.length + 1);
}

/** Marks the arrays below whose paths others lie. */
export function markNested(arrays: Map<string, KnownArray>): void {
  for (const path of arrays.keys()) {
    for (const parent of pathsAbove(path)) {
      const above = arrays.get(parent);
      if (above !== undefined) above.hasNested = true;
    }
    const root = arrays.get('');
    if (path !== '' && root !== undefined) root.hasNested = true;
  }
}

/** The paths above a key or path, the nearest first, without the root. */
function* pathsAbove(key: string): Iterable<string> {
  let slash = key.lastIndexOf('/');
  for (let level = 0; slash > 0 && level < MAX_LEVELS; level++) {
    yield key.slice(0, slash);
    slash = key.lastIndexOf('/', slash - 1);
  }
}
