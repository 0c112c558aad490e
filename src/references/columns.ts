const BLOCK_BITS = 16;
const BLOCK = 1 << BLOCK_BITS;
const MASK = BLOCK - 1;
const FIRST = 256;

/** A column of numbers that grows by blocks, so that growing copies nothing but the first block. */
export class Column<T extends Uint32Array | Float64Array = Uint32Array | Float64Array> {
  private readonly blocks: T[] = [];
  private count = 0;

  constructor(private readonly makeBlock: (length: number) => T) {}

  get length(): number {
    return this.count;
  }

  push(value: number): void {
    const at = this.count & MASK;
    let block = this.blocks[this.count >>> BLOCK_BITS];
    if (block === undefined || at === block.length) block = this.grow(block);
    block[at] = value;
    this.count++;
  }

  /** The value of a row; 0 beyond the last one. */
  get(row: number): number {
    return this.blocks[row >>> BLOCK_BITS]?.[row & MASK] ?? 0;
  }

  set(row: number, value: number): void {
    const block = this.blocks[row >>> BLOCK_BITS];
    if (block !== undefined) block[row & MASK] = value;
  }

  /** Leaves out the rows from `length` on. */
  shorten(length: number): void {
    this.count = length;
  }

  private grow(full: T | undefined): T {
    const first = this.count < BLOCK;
    const block = this.makeBlock(first ? Math.max(FIRST, 2 * (full?.length ?? 0)) : BLOCK);
    if (full !== undefined) block.set(full);
    this.blocks[this.count >>> BLOCK_BITS] = block;
    return block;
  }
}

export const uint32Column = (): Column<Uint32Array> => new Column((length) => new Uint32Array(length));
export const float64Column = (): Column<Float64Array> => new Column((length) => new Float64Array(length));

/** A column of places in a text of so many bytes. */
export const placeColumn = (textLength: number): Column =>
  textLength <= 0xffff_ffff ? uint32Column() : float64Column();

/**
 * What an entry is where it is no reference to a target; in the `target` column beside the numbers of targets, which are below
 * `FIRST_KIND`. For the kinds of text, `offset` and `length` are the place of the value in the text, quotes included.
 */
export const Kind = {
  /** Inline data as text. */
  text: 0xffff_fff0,
  /** Inline data as base64. */
  base64: 0xffff_fff1,
  /** A metadata document: a JSON string or a nested object. */
  document: 0xffff_fff2,
  /** `null`: reads as absent. */
  none: 0xffff_fff3,
  /** Malformed; a problem says how. */
  broken: 0xffff_fff4,
  /** Another entry with the same key came later and counts instead. */
  superseded: 0xffff_fff5,
  /** Inline data of a record file in parquet: `offset` is its position among these, `length` is its size. */
  raw: 0xffff_fff6,
} as const;

/** The smallest number of `Kind`: targets have smaller ones. */
export const FIRST_KIND: number = Kind.text;

/** What an entry of the grid holds, by its value in the `target` column. */
export function chunkKind(target: number): 'range' | 'inline' | 'absent' | 'broken' {
  if (target < FIRST_KIND) return 'range';
  if (target === Kind.text || target === Kind.base64 || target === Kind.raw) return 'inline';
  return target === Kind.none ? 'absent' : 'broken';
}

/** Value of `offset` where a reference is to the whole of its target. */
export const WHOLE = -1;

/**
 * Every entry of a reference file in the order of its text, in columns: `place`, the offset in the text of the key's opening quote;
 * `target`, the number of the target or a `Kind`; `offset` and `length` in bytes. 20 to 28 bytes an entry.
 */
export class EntryColumns {
  readonly place: Column;
  readonly target = uint32Column();
  readonly offset = float64Column();
  readonly extent = float64Column();

  constructor(textLength: number) {
    this.place = placeColumn(textLength);
  }

  get length(): number {
    return this.target.length;
  }

  push(place: number, target: number, offset: number, extent: number): void {
    this.place.push(place);
    this.target.push(target);
    this.offset.push(offset);
    this.extent.push(extent);
  }
}
