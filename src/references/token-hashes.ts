const FIRST_BITS = 10;
/** Slots that are looked at for a token: with hashes that scatter, no token is so far from its place. */
const MOST_STEPS = 128;
/** Parts of the table that are gone through one after the other. */
const PART_BITS = 8;
const PARTS = 1 << PART_BITS;
const PART_SHIFT = 32 - PART_BITS;

/** The tokens that hashes stand for. */
export interface HashedTokens {
  /** Whether the tokens of two numbers are the same. */
  isSame(token: number, known: number): boolean;
  /** The token of a number, as it is written. */
  raw(token: number): string;
}

/**
 * Finds tokens that are the same by their hashes: a hash table with linear probing that is in the order of hashes, so that what goes through
 * many hashes in their order goes through memory in its order too. Its size is four to eight thirds of what is in it, 8 bytes each. Where too
 * many hashes meet, which takes a file made for it, tokens go into a map of strings, whose hashes nobody can foresee.
 */
export class TokenHashes {
  /** Bits of a hash that number its place. */
  private bits = FIRST_BITS;
  /** Of each slot the number of its token, from 1, and beside it, where one look finds both, its hash. */
  private slots = newSlots(FIRST_BITS);
  private readonly crowded = new Map<string, number>();

  constructor(private readonly tokens: HashedTokens) {}

  /** Makes room for `count` tokens in all; where there is not enough, for as many as are `expected` in the end. */
  reserve(count: number, expected = count): void {
    let { bits } = this;
    if (count * 3 <= 2 << bits) return;
    while (Math.max(count, expected) * 3 > 2 << bits) bits++;
    this.grow(bits);
  }

  /** The number of the token that is the same as `token` and was added earlier; `token` itself where there is none. There must be room. */
  add(hash: number, token: number): number {
    return this.addScattered(scatter(hash), token);
  }

  /**
   * Adds the tokens from `first` on with these hashes, and gives for each what `add` gives. They are taken in about the order of their
   * places, those of the same hash as they come. There must be room.
   */
  addAll(hashes: Uint32Array, first: number): Uint32Array {
    const scattered = hashes.map(scatter);
    const order = inOrder(scattered);
    const numbers = new Uint32Array(hashes.length);
    for (const i of order) {
      numbers[i] = this.addScattered(scattered[i] ?? 0, first + i);
    }
    return numbers;
  }

  /** The number of the token of this hash that `isIt` recognises, and that is written as `raw`; undefined where there is none. */
  find(hash: number, raw: string, isIt: (token: number) => boolean): number | undefined {
    const { slots } = this;
    const scattered = scatter(hash);
    const first = this.place(scattered);
    for (let slot = first; slot < first + 2 * MOST_STEPS; slot += 2) {
      const found = slots[slot] ?? 0;
      if (found === 0) break;
      if (slots[slot + 1] === scattered && isIt(found - 1)) return found - 1;
    }
    return this.crowded.get(raw);
  }

  /** Gives a token that has been added another number. */
  renumber(hash: number, from: number, to: number): void {
    const { slots } = this;
    const first = this.place(scatter(hash));
    for (let slot = first; slot < first + 2 * MOST_STEPS; slot += 2) {
      if (slots[slot] !== from + 1) continue;
      slots[slot] = to + 1;
      return;
    }
    this.crowded.set(this.tokens.raw(from), to);
  }

  private addScattered(hash: number, token: number): number {
    const { slots, tokens } = this;
    let slot = this.place(hash);
    const end = slot + 2 * MOST_STEPS;
    for (let found = slots[slot] ?? 0; found !== 0; found = slots[slot] ?? 0) {
      if (slots[slot + 1] === hash && tokens.isSame(token, found - 1)) return found - 1;
      slot += 2;
      if (slot === end) return this.addCrowded(token);
    }
    if (this.crowded.size > 0) {
      const known = this.crowded.get(tokens.raw(token));
      if (known !== undefined) return known;
    }
    slots[slot] = token + 1;
    slots[slot + 1] = hash;
    return token;
  }

  private addCrowded(token: number): number {
    const raw = this.tokens.raw(token);
    const known = this.crowded.get(raw);
    if (known === undefined) this.crowded.set(raw, token);
    return known ?? token;
  }

  private place(hash: number): number {
    return (hash >>> (32 - this.bits)) << 1;
  }

  /** Moves all to a larger table. In the order of slots, none comes farther from its place than it was. */
  private grow(bits: number): void {
    const full = this.slots;
    const slots = newSlots(bits);
    this.bits = bits;
    for (let at = 0; at < full.length; at += 2) {
      const found = full[at] ?? 0;
      if (found === 0) continue;
      const hash = full[at + 1] ?? 0;
      let slot = this.place(hash);
      while (slots[slot] !== 0) slot += 2;
      slots[slot] = found;
      slots[slot + 1] = hash;
    }
    this.slots = slots;
  }
}

/** Slots for so many bits of a hash, and behind them those that the steps from the last places lead to. */
function newSlots(bits: number): Uint32Array {
  return new Uint32Array(2 * ((1 << bits) + MOST_STEPS));
}

/** Mixes a hash so that every bit of it tells in the upper bits (the finalizer of MurmurHash3). */
function scatter(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Positions of hashes in the order of their uppermost bits; those with the same as they come. */
function inOrder(hashes: Uint32Array): Uint32Array {
  const starts = new Uint32Array(PARTS + 1);
  for (const hash of hashes) {
    const behind = (hash >>> PART_SHIFT) + 1;
    starts[behind] = (starts[behind] ?? 0) + 1;
  }
  for (let part = 1; part <= PARTS; part++) starts[part] = (starts[part] ?? 0) + (starts[part - 1] ?? 0);
  const order = new Uint32Array(hashes.length);
  for (let i = 0; i < hashes.length; i++) {
    const part = (hashes[i] ?? 0) >>> PART_SHIFT;
    const at = starts[part] ?? 0;
    order[at] = i;
    starts[part] = at + 1;
  }
  return order;
}
