import { chunkCount, chunkNumber, gridShape, isInGrid, keyBelow, parseChunkKey } from '../zarr/grid';
import type { Steps } from '../steps';
import type { ZarrArray } from '../zarr/types';
import { BACKSLASH, isDigit, QUOTE, ZERO } from './ascii';
import type { ByteWords } from './byte-words';
import { ChunkIndexBuilder, type ChunkIndex } from './chunk-index';
import { InnerOffsets } from './json-string';

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
  builder: ChunkIndexBuilder;
  grid: readonly number[];
  separator: number;
}

/** Keys that are no chunk of a grid, and their rows. */
export type Strays = Map<string, number>;

/** The index of every array that has chunks, by path, and the keys beside, by the path of the array they lie in (undefined: in none). */
export interface ResolvedKeys {
  indexes: Map<string, ChunkIndex>;
  strays: Map<string | undefined, Strays>;
}

/** Sorts rows by the chunks that their keys name. */
export class Resolver {
  private readonly builders = new Map<string, ChunkIndexBuilder>();
  private readonly strays = new Map<string | undefined, Strays>();
  private memo: Memo | undefined;

  constructor(
    private readonly text: Uint8Array,
    private readonly words: ByteWords,
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

  /** Takes a row by its key, whose opening quote stands at `place`. */
  addText(row: number, place: number, key: string): void {
    const owner = this.addKey(row, key);
    if (owner?.array !== undefined && !owner.hasNested) this.remember(owner.array, place);
  }

  /** Takes a row by its key; returns the array that the key lies in. */
  addKey(row: number, key: string): KnownArray | undefined {
    const owner = ownerOf(key, this.arrays);
    const array = owner?.array;
    const indices = array === undefined ? undefined : parseChunkKey(array, chunkName(array.path, key));
    if (array !== undefined && indices !== undefined && isInGrid(array, indices)) {
      this.builder(array.path).add(chunkNumber(array, indices), row);
      return owner;
    }
    const strays = this.straysOf(owner?.path);
    const earlier = strays.get(key);
    if (earlier !== undefined) this.duplicate(earlier, row);
    strays.set(key, row);
    return owner;
  }

  /** What the rows have come to; nothing can be added behind it. */
  *finish(): Steps<ResolvedKeys> {
    const indexes = new Map<string, ChunkIndex>();
    for (const [path, builder] of this.builders) {
      const array = this.arrays.get(path)?.array;
      if (array !== undefined) indexes.set(path, yield* builder.build(chunkCount(array), this.duplicate));
    }
    return { indexes, strays: this.strays };
  }

  private remember(array: ZarrArray, place: number): void {
    const start = place + 1;
    const { prefix, separator: separatorText } = array.keyEncoding;
    const before = keyBelow(array.path, prefix === '' ? '' : prefix + separatorText);
    const length =
      new InnerOffsets(this.text, start, this.text.length).at(new TextEncoder().encode(before).length) - start;
    const separator = separatorText.charCodeAt(0);
    const grid = gridShape(array);
    // An array without axes has the one key "0", which is not worth a way of its own.
    if (grid.length === 0) return;
    this.memo = { start, length, builder: this.builder(array.path), grid, separator };
  }

  private builder(path: string): ChunkIndexBuilder {
    let builder = this.builders.get(path);
    if (builder === undefined) this.builders.set(path, (builder = new ChunkIndexBuilder()));
    return builder;
  }

  private straysOf(path: string | undefined): Strays {
    let strays = this.strays.get(path);
    if (strays === undefined) this.strays.set(path, (strays = new Map<string, number>()));
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
