import { KerchunkError } from '../../errors';
import { damaged } from '../decode-error';
import type { LowBitReader } from '../low-bit-reader';
import type { NumberType } from './number-type';

/** How numbers are made of latents (format.md of pcodec, "Chunk Metadata"). */
export type Mode =
  | { kind: 'classic' }
  | { kind: 'int-mult' | 'float-mult'; base: bigint }
  | { kind: 'float-quant'; shift: number }
  | { kind: 'dict'; values: bigint[] };

/** How latents are made of those that are stored. `state` latents at the start of a page stand for themselves. */
export type Delta = { state: number; secondary: boolean } & (
  { kind: 'none' | 'consecutive' } | { kind: 'lookback'; window: number }
);

/** A range of latents that one symbol stands for. */
export interface Bin {
  weight: number;
  lower: bigint;
  offsetBits: number;
}

/** One sequence of latents: how its symbols are coded, and what they stand for. */
export interface LatentVariable {
  bits: number;
  sizeLog: number;
  bins: Bin[];
}

export interface ChunkMeta {
  mode: Mode;
  delta: Delta;
  /** How far back each latent looks, where it does. */
  lookbacks: LatentVariable | undefined;
  primary: LatentVariable;
  secondary: LatentVariable | undefined;
}

/** The first version with kinds of differences. */
const DELTA_KINDS = 3;
const LOOKBACK_BITS = 32;
const DICT_BITS = 32;
const MOST_SIZE_LOG = 14;

/** @throws KerchunkError `decode-failed` for what no pco chunk begins with. */
export function readChunkMeta(reader: LowBitReader, type: NumberType, version: number): ChunkMeta {
  const mode = readMode(reader, type);
  const delta = readDelta(reader, version);
  const isPair = mode.kind !== 'classic' && mode.kind !== 'dict';
  const lookbacks = delta.kind === 'lookback' ? readVariable(reader, LOOKBACK_BITS) : undefined;
  const primary = readVariable(reader, mode.kind === 'dict' ? DICT_BITS : type.bits);
  const secondary = isPair ? readVariable(reader, type.bits) : undefined;
  reader.align();
  return { mode, delta, lookbacks, primary, secondary };
}

function readMode(reader: LowBitReader, { kind, bits }: NumberType): Mode {
  const number = reader.bits(4);
  const isFloat = kind === 'f';
  if (number === 0) return { kind: 'classic' };
  if (number === 1 && !isFloat) return { kind: 'int-mult', base: reader.wide(bits) };
  if (number === 2 && isFloat) return { kind: 'float-mult', base: reader.wide(bits) };
  if (number === 3 && isFloat) {
    const shift = reader.bits(8);
    if (shift < bits) return { kind: 'float-quant', shift };
  }
  if (number === 4) {
    const count = reader.bits(25);
    reader.align();
    const values: bigint[] = [];
    while (values.length < count) values.push(reader.wide(bits));
    return { kind: 'dict', values };
  }
  throw damaged(`The pco data are damaged, or of a later version: their mode is ${number}.`);
}

function readDelta(reader: LowBitReader, version: number): Delta {
  const kind = version < DELTA_KINDS ? 1 : reader.bits(4);
  if (kind === 0) return { kind: 'none', state: 0, secondary: false };
  if (kind === 1) {
    const state = reader.bits(3);
    const secondary = version >= DELTA_KINDS && reader.bits(1) === 1;
    return { kind: state === 0 ? 'none' : 'consecutive', state, secondary };
  }
  if (kind === 2) {
    const window = 2 ** (reader.bits(5) + 1);
    const state = 2 ** reader.bits(4);
    if (state <= window) return { kind: 'lookback', window, state, secondary: reader.bits(1) === 1 };
  }
  if (kind === 3) {
    throw new KerchunkError(
      'unsupported-codec',
      'Its differences are to weighted sums of the numbers before ("conv1" of pco), which are not undone here; numcodecs writes others.',
    );
  }
  throw damaged(`The pco data are damaged, or of a later version: their kind of differences is ${kind}.`);
}

function readVariable(reader: LowBitReader, bits: number): LatentVariable {
  const sizeLog = reader.bits(4);
  const count = reader.bits(15);
  const lengthBits = Math.log2(bits) + 1;
  const bins: Bin[] = [];
  let weights = 0;
  while (bins.length < count) {
    const weight = reader.bits(sizeLog) + 1;
    const lower = reader.wide(bits);
    const offsetBits = reader.bits(lengthBits);
    if (offsetBits > bits) throw damaged(`The pco data are damaged: a bin has ${offsetBits} bits.`);
    bins.push({ weight, lower, offsetBits });
    weights += weight;
  }
  if (count === 0) return { bits, sizeLog: 0, bins: [{ weight: 1, lower: 0n, offsetBits: 0 }] };
  if (sizeLog > MOST_SIZE_LOG || weights !== 2 ** sizeLog) {
    throw damaged('The pco data are damaged: the weights of their bins do not fit the table.');
  }
  return { bits, sizeLog, bins };
}
