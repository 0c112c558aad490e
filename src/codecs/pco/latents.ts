import type { LowBitReader } from '../low-bit-reader';
import type { LatentVariable } from './chunk-meta';

/** Coders that take turns. */
const CODERS = 4;
/** Latents of one batch. */
export const BATCH = 256;

/** What each state of a table asymmetric numeral system means, and where the next state is. */
interface Table {
  symbols: Uint16Array;
  bases: Uint16Array;
  widths: Uint8Array;
}

/** Spreads the symbols over the states as pco does (its ans/spec.rs): in steps of about three fifths of the table. */
function tableOf({ sizeLog, bins }: LatentVariable): Table {
  const size = 2 ** sizeLog;
  const step = Math.floor((3 * size) / 5);
  const stride = step % 2 === 0 ? step + 1 : step;
  const symbols = new Uint16Array(size);
  let placed = 0;
  for (const [symbol, { weight }] of bins.entries()) {
    for (let i = 0; i < weight; i++) symbols[(stride * placed++) & (size - 1)] = symbol;
  }
  const seen = bins.map(({ weight }) => weight);
  const bases = new Uint16Array(size);
  const widths = new Uint8Array(size);
  for (const [state, symbol] of symbols.entries()) {
    const count = seen[symbol] ?? 1;
    seen[symbol] = count + 1;
    const width = sizeLog - Math.floor(Math.log2(count));
    widths[state] = width;
    bases[state] = count * 2 ** width - size;
  }
  return { symbols, bases, widths };
}

/** Reads the latents of one variable in a page, batch after batch. */
export class LatentReader {
  /** Latents that stand for themselves, from the start of the page. */
  readonly state: bigint[];
  private readonly table: Table;
  private readonly states: number[];
  private readonly chosen = new Uint16Array(BATCH);

  constructor(
    private readonly reader: LowBitReader,
    private readonly variable: LatentVariable,
    stateCount: number,
  ) {
    this.table = tableOf(variable);
    this.state = Array.from({ length: stateCount }, () => reader.wide(variable.bits));
    this.states = Array.from({ length: CODERS }, () => reader.bits(variable.sizeLog));
  }

  /** Reads up to 256 latents into `out` from `start` on: all their bins, then where in them each lies. */
  read(out: BigUint64Array, start: number, count: number): void {
    const { reader, table, states, chosen, variable } = this;
    for (let i = 0; i < count; i++) {
      const state = states[i % CODERS] ?? 0;
      chosen[i] = table.symbols[state] ?? 0;
      states[i % CODERS] = (table.bases[state] ?? 0) + reader.bits(table.widths[state] ?? 0);
    }
    for (let i = 0; i < count; i++) {
      const bin = variable.bins[chosen[i] ?? 0];
      if (bin !== undefined) {
        out[start + i] = BigInt.asUintN(variable.bits, bin.lower + reader.wide(bin.offsetBits));
      }
    }
  }
}
