import { KerchunkError } from '../errors';
import { joinBytes } from '../join-bytes';
import { countInWords } from '../words';
import { damaged } from './decode-error';
import { tooLong } from './size';
import type { Decoder, Encoder } from './types';
import type { ZstdFrame } from './zstd-frame';
import { findZstdFrames, walkZstdFrames } from './zstd-frame';

/** A writer may end a block after a few bytes, so that blocks bound a frame loosely; above this it is taken for a bomb. */
const LOOSE_BOUND = 2 ** 29;
const LOOSE_FACTOR = 16;
/** Compresses about as well as what GDAL writes by default. */
const LEVEL = 9;

/**
 * numcodecs `zstd` and `imagecodecs_zstd`: Zstandard frames one after another, with or without a content size. Nothing is
 * allocated by what a frame header says before it was compared with what the chunk needs.
 */
export const decodeZstd: Decoder = async (bytes, _config, context) => {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (const frame of findZstdFrames(bytes)) {
    if (parts.length > 0 && total === context.decodedSize) break;
    if (frame.declared !== undefined && total + frame.declared > context.limit) {
      throw tooLong(total + frame.declared, context);
    }
    const part = await decodeFrame(bytes, frame, Math.max(LOOSE_BOUND, context.limit * LOOSE_FACTOR));
    total += part.length;
    if (total > context.limit) throw tooLong(total, context);
    parts.push(part);
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : joinBytes(parts);
};

/** One Zstandard frame with its content size, which numcodecs and imagecodecs of every age read. */
export const encodeZstd: Encoder = async (bytes) => {
  const { default: Zstd } = await import('numcodecs/zstd');
  return Zstd.fromConfig({ id: 'zstd', level: LEVEL }).encode(bytes);
};

/**
 * Undoes the first frame of `source`, which must give `size` bytes to the byte.
 * @throws KerchunkError `decode-failed` where it does not.
 */
export async function decodeZstdFrame(source: Uint8Array, size: number): Promise<Uint8Array> {
  const frame = findZstdFrames(source)[0];
  const declared = frame?.declared ?? size;
  if (frame !== undefined && declared === size) {
    const out = await decodeFrame(source, frame, Math.max(LOOSE_BOUND, size * LOOSE_FACTOR));
    if (out.length === size) return out;
  }
  throw damaged(`A Zstandard frame does not give the ${size} bytes it should.`);
}

/**
 * A whole file of Zstandard frames; undefined where it gives more than `limit` bytes, of which no more are ever decoded than twice as
 * many, and of frames that say their size none.
 * @throws KerchunkError `decode-failed` where it is damaged or cut off, or something else follows the frames.
 */
export async function decodeWholeZstd(bytes: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const { frames, end } = walkZstdFrames(bytes);
  if (end !== bytes.length) {
    throw damaged(
      end > bytes.length
        ? 'The bytes end inside a skippable Zstandard frame.'
        : `The bytes from byte ${countInWords(end)} on are no Zstandard frame.`,
    );
  }
  const parts: Uint8Array[] = [];
  let left = limit;
  for (const frame of frames) {
    const { start, declared, atMost } = frame;
    if (atMost > 2 * limit || (declared !== undefined && declared > left && declared <= atMost)) return undefined;
    let part: Uint8Array;
    try {
      part = await decodeFrame(bytes, frame, 2 * limit);
    } catch (error) {
      if (!(error instanceof KerchunkError) || frames.length === 1) throw error;
      throw new KerchunkError(error.code, `${error.message} It begins at byte ${countInWords(start)}.`, {
        cause: error,
      });
    }
    left -= part.length;
    if (left < 0) return undefined;
    parts.push(part);
  }
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : joinBytes(parts);
}

async function decodeFrame(bytes: Uint8Array, frame: ZstdFrame, bound: number): Promise<Uint8Array> {
  if (frame.atMost > bound) {
    throw new KerchunkError(
      'limit-exceeded',
      `The blocks of a Zstandard frame of ${countInWords(frame.end - frame.start)} bytes may give ${countInWords(frame.atMost)} bytes, far more than this chunk needs.`,
    );
  }
  if (frame.declared !== undefined && frame.declared > frame.atMost) {
    throw damaged(
      `The Zstandard frame declares ${countInWords(frame.declared)} bytes, but its blocks give ${countInWords(frame.atMost)} at most.`,
    );
  }
  const { default: Zstd } = await import('numcodecs/zstd');
  try {
    return await Zstd.fromConfig({ id: 'zstd' }).decode(bytes.subarray(frame.start, frame.end));
  } catch (error) {
    throw damaged(`The Zstandard frame is damaged: ${reasonOf(error)}.`, error);
  }
}

/** The library's own words, without the C++ class in front of them. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^std::runtime_error,/u, '').replace(/^zstd codec error: /u, '');
}
