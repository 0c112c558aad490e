import { damaged } from '../decode-error';
import { LowBitReader } from '../low-bit-reader';
import { Output } from '../output';
import type { Decoder } from '../types';
import { type ChunkMeta, type LatentVariable, readChunkMeta } from './chunk-meta';
import { joiner } from './join';
import { BATCH, LatentReader } from './latents';
import { bitsOfLatent, type NumberType, numberType } from './number-type';
import { undoDelta } from './undo-delta';

const MAGIC = [0x70, 0x63, 0x6f, 0x21];
/** Versions of the format around chunks: with a hint of the count, and with a type for all chunks. */
const COUNT_HINT = 2;
const UNIFORM_TYPE = 3;
/** Versions of chunks: with a second number, and the last that is read. */
const MINOR_VERSION = 4;

/** numcodecs `pcodec`: pco's standalone format (format.md of pcodec). Our own, because no package for browsers has it. */
export const decodePco: Decoder = (bytes, _config, context) => {
  const reader = new LowBitReader(bytes, () => damaged('The pco data end before they are whole.'));
  const version = readHeader(reader);
  const output = new Output(context);
  for (let byte = reader.bits(8); byte !== 0; byte = reader.bits(8)) {
    const type = numberType(byte);
    const count = reader.bits(24) + 1;
    output.reserve((count * type.bits) / 8);
    output.append(readChunk(reader, type, count, version));
  }
  return output.written();
};

/** Returns the version of the chunks. */
function readHeader(reader: LowBitReader): number {
  if (MAGIC.some((byte) => reader.bits(8) !== byte)) throw damaged('The bytes do not begin as pco data.');
  const around = reader.bits(8);
  if (around < COUNT_HINT || around > UNIFORM_TYPE) {
    throw damaged(`The pco data are of version ${around} of their standalone format; 2 and 3 are read.`);
  }
  if (around >= UNIFORM_TYPE) reader.skip(8);
  reader.skip(reader.bits(6) + 1);
  reader.align();
  const version = reader.bits(8);
  if (version > MINOR_VERSION)
    throw damaged(`The pco data are of version ${version}; up to ${MINOR_VERSION} are read.`);
  if (version >= MINOR_VERSION) reader.skip(8);
  return version;
}

function readChunk(reader: LowBitReader, type: NumberType, count: number, version: number): Uint8Array {
  const meta = readChunkMeta(reader, type, version);
  const { primary, secondary } = readPage(reader, meta, count);
  const out = new DataView(new ArrayBuffer((count * type.bits) / 8));
  const join = joiner(meta.mode, type);
  for (let i = 0; i < count; i++) {
    const bits = bitsOfLatent(type, join(primary[i] ?? 0n, secondary[i] ?? 0n));
    if (type.bits === 64) out.setBigUint64(8 * i, bits, true);
    else if (type.bits === 32) out.setUint32(4 * i, Number(bits), true);
    else out.setUint16(2 * i, Number(bits), true);
  }
  return new Uint8Array(out.buffer);
}

/** One variable of a page: its reader, and the latents that it gives. */
interface Track {
  variable: LatentVariable;
  reader: LatentReader;
  latents: BigUint64Array;
}

function readPage(reader: LowBitReader, { delta, ...variables }: ChunkMeta, count: number) {
  const differences = Math.max(0, count - delta.state);
  const track = (variable: LatentVariable | undefined, stateCount: number, length: number): Track | undefined =>
    variable && {
      variable,
      reader: new LatentReader(reader, variable, stateCount),
      latents: new BigUint64Array(length),
    };
  const lookbacks = track(variables.lookbacks, 0, differences);
  const primary = track(variables.primary, delta.state, differences);
  const isPlain = !delta.secondary;
  const secondary = track(variables.secondary, isPlain ? 0 : delta.state, isPlain ? count : differences);
  reader.align();
  const tracks = [lookbacks, primary, secondary].filter((each) => each !== undefined);
  for (let start = 0; start < count; start += BATCH) {
    for (const { reader: latentReader, latents } of tracks) {
      latentReader.read(latents, start, Math.max(0, Math.min(BATCH, latents.length - start)));
    }
  }
  reader.align();
  const back = lookbacks?.latents ?? new BigUint64Array();
  const undone = (of: Track | undefined, isStored: boolean): BigUint64Array => {
    if (of === undefined || isStored) return of?.latents ?? new BigUint64Array();
    const stored = { latents: of.latents, state: of.reader.state, bits: of.variable.bits };
    return undoDelta(stored, delta, back, count);
  };
  return { primary: undone(primary, false), secondary: undone(secondary, isPlain) };
}
