import { countInWords } from '../words';
import { damaged } from './decode-error';
import { copyMatch } from './lz4';
import type { Output } from './output';
import { EVEN, RangeDecoder } from './range-decoder';

const STATES = 12;
const POSITION_STATES = 16;
const LITERAL_MODELS = 0x300;
const SHORTEST_MATCH = 2;
const LENGTH_STATES = 4;
const SLOT_BITS = 6;
/** Distance slots from here on have bits of their own: by models up to the 14th, then direct bits and four aligned ones. */
const FIRST_SLOT_WITH_BITS = 4;
const FIRST_DIRECT_SLOT = 14;
const ALIGN_BITS = 4;
const END_MARKER = 2 ** 32 - 1;
const MOST_LITERAL_BITS = 4;

/** lc, lp and pb of an LZMA stream. */
export interface LzmaProperties {
  literalContextBits: number;
  literalPositionBits: number;
  positionBits: number;
}

/**
 * The properties in the byte (pb * 5 + lp) * 9 + lc.
 * @throws KerchunkError `decode-failed` where the byte has none; `forLzma2` where lc and lp together are above four, too.
 */
export function lzmaProperties(byte: number, forLzma2: boolean): LzmaProperties {
  const literalContextBits = byte % 9;
  const literalPositionBits = Math.floor(byte / 9) % 5;
  const positionBits = Math.floor(byte / 45);
  if (positionBits > 4 || (forLzma2 && literalContextBits + literalPositionBits > MOST_LITERAL_BITS)) {
    throw damaged(`The LZMA data are damaged: their properties byte is ${byte}.`);
  }
  return { literalContextBits, literalPositionBits, positionBits };
}

function models(count: number): Uint16Array {
  return new Uint16Array(count).fill(EVEN);
}

/** How match lengths are told, from 2 to 273: three ranges, of which the first two depend on the position. */
class LengthDecoder {
  private readonly choice = models(2);
  private readonly low = models(POSITION_STATES << 3);
  private readonly middle = models(POSITION_STATES << 3);
  private readonly high = models(256);

  reset(): void {
    for (const each of [this.choice, this.low, this.middle, this.high]) each.fill(EVEN);
  }

  read(range: RangeDecoder, positionState: number): number {
    if (range.bit(this.choice, 0) === 0) return SHORTEST_MATCH + range.tree(this.low, positionState << 3, 3);
    if (range.bit(this.choice, 1) === 0) return SHORTEST_MATCH + 8 + range.tree(this.middle, positionState << 3, 3);
    return SHORTEST_MATCH + 16 + range.tree(this.high, 0, 8);
  }
}

/** All that a state reset sets anew. */
class Models {
  state = 0;
  /** The last four distances, each less one. */
  repeats: [number, number, number, number] = [0, 0, 0, 0];
  readonly isMatch = models(STATES * POSITION_STATES);
  readonly isRepeat = models(STATES);
  readonly isNotFirst = models(STATES);
  readonly isNotSecond = models(STATES);
  readonly isNotThird = models(STATES);
  readonly isLong = models(STATES * POSITION_STATES);
  readonly slots = models(LENGTH_STATES << SLOT_BITS);
  readonly distances = models(115);
  readonly align = models(1 << ALIGN_BITS);
  readonly matchLength = new LengthDecoder();
  readonly repeatLength = new LengthDecoder();
  literals = models(0);
  private readonly all = [
    this.isMatch,
    this.isRepeat,
    this.isNotFirst,
    this.isNotSecond,
    this.isNotThird,
    this.isLong,
    this.slots,
    this.distances,
    this.align,
  ];

  constructor(properties: LzmaProperties) {
    this.reset(properties);
  }

  /** The arrays are filled again, and made anew only where they are too short: a stream may ask for this every few bytes. */
  reset({ literalContextBits, literalPositionBits }: LzmaProperties): void {
    this.state = 0;
    this.repeats = [0, 0, 0, 0];
    for (const each of this.all) each.fill(EVEN);
    this.matchLength.reset();
    this.repeatLength.reset();
    const count = LITERAL_MODELS << (literalContextBits + literalPositionBits);
    if (this.literals.length < count) this.literals = models(count);
    else this.literals.fill(EVEN, 0, count);
  }
}

/** Decodes LZMA (lzma-specification.txt of the LZMA SDK) into an output that is its own dictionary. */
export class LzmaStream {
  readonly range: RangeDecoder;
  /** The byte of the output at which the dictionary begins: no match reaches back beyond it, and positions count from it. */
  private origin: number;
  private properties: LzmaProperties = { literalContextBits: 3, literalPositionBits: 0, positionBits: 2 };
  private readonly models = new Models(this.properties);

  constructor(
    input: Uint8Array,
    private readonly output: Output,
  ) {
    this.range = new RangeDecoder(input);
    this.origin = output.length;
  }

  resetDictionary(): void {
    this.origin = this.output.length;
  }

  /** Begins with fresh models; with other properties where they are given. */
  resetState(properties = this.properties): void {
    this.properties = properties;
    this.models.reset(properties);
  }

  /**
   * Decodes until the output has `until` bytes or an end marker comes, and says whether it did.
   * @throws KerchunkError `decode-failed` for damaged data, and as `Output.reserve`.
   */
  decode(until: number): boolean {
    const { output, range, models: m } = this;
    const positionMask = (1 << this.properties.positionBits) - 1;
    while (output.length < until) {
      const positionState = (output.length - this.origin) & positionMask;
      if (range.bit(m.isMatch, (m.state << 4) + positionState) === 0) {
        this.literal();
        continue;
      }
      const length = range.bit(m.isRepeat, m.state) === 0 ? this.match(positionState) : this.repeat(positionState);
      const distance = m.repeats[0];
      if (distance === END_MARKER) return true;
      if (distance >= output.length - this.origin) throw this.beforeStart(distance);
      if (output.length + length > until) throw damaged('The LZMA data are damaged: a match reaches beyond their end.');
      output.reserve(length);
      copyMatch(output.bytes, output.length, distance + 1, length);
      output.length += length;
    }
    return false;
  }

  private beforeStart(distance: number): Error {
    const at = countInWords(this.output.length);
    return damaged(`The LZMA data are damaged: after ${at} bytes they point ${countInWords(distance + 1)} bytes back.`);
  }

  private literal(): void {
    const { output, range, models: m, properties } = this;
    const { literalContextBits, literalPositionBits } = properties;
    output.reserve(1);
    const { bytes, length } = output;
    const before = length > this.origin ? (bytes[length - 1] ?? 0) : 0;
    const position = (length - this.origin) & ((1 << literalPositionBits) - 1);
    const start = LITERAL_MODELS * ((position << literalContextBits) + (before >>> (8 - literalContextBits)));
    let symbol = 1;
    if (m.state >= 7) {
      const distance = m.repeats[0];
      if (distance >= length - this.origin) throw this.beforeStart(distance);
      let matched = bytes[length - distance - 1] ?? 0;
      while (symbol < 0x100) {
        const expected = (matched >>> 7) & 1;
        matched <<= 1;
        const bit = range.bit(m.literals, start + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | range.bit(m.literals, start + symbol);
    bytes[length] = symbol & 0xff;
    output.length = length + 1;
    m.state = m.state < 4 ? 0 : m.state < 10 ? m.state - 3 : m.state - 6;
  }

  /** A match with a distance of its own; the length. */
  private match(positionState: number): number {
    const { range, models: m } = this;
    const length = m.matchLength.read(range, positionState);
    m.state = m.state < 7 ? 7 : 10;
    const lengthState = Math.min(length - SHORTEST_MATCH, LENGTH_STATES - 1);
    const slot = range.tree(m.slots, lengthState << SLOT_BITS, SLOT_BITS);
    m.repeats = [this.distance(slot), m.repeats[0], m.repeats[1], m.repeats[2]];
    return length;
  }

  private distance(slot: number): number {
    if (slot < FIRST_SLOT_WITH_BITS) return slot;
    const { range, models: m } = this;
    const bits = (slot >>> 1) - 1;
    const base = (2 + (slot & 1)) * 2 ** bits;
    if (slot < FIRST_DIRECT_SLOT) return base + range.reverseTree(m.distances, base - slot, bits);
    const high = range.direct(bits - ALIGN_BITS) * 2 ** ALIGN_BITS;
    return base + high + range.reverseTree(m.align, 0, ALIGN_BITS);
  }

  /** A match at one of the last four distances, which becomes the last; the length. */
  private repeat(positionState: number): number {
    const { range, models: m } = this;
    const [first, second, third, fourth] = m.repeats;
    if (range.bit(m.isNotFirst, m.state) === 0) {
      if (range.bit(m.isLong, (m.state << 4) + positionState) === 0) {
        m.state = m.state < 7 ? 9 : 11;
        return 1;
      }
    } else if (range.bit(m.isNotSecond, m.state) === 0) {
      m.repeats = [second, first, third, fourth];
    } else if (range.bit(m.isNotThird, m.state) === 0) {
      m.repeats = [third, first, second, fourth];
    } else {
      m.repeats = [fourth, first, second, third];
    }
    m.state = m.state < 7 ? 8 : 11;
    return m.repeatLength.read(range, positionState);
  }
}
