import { damaged } from './decode-error';

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a5;
const LARGEST_BLOCK = 2 ** 17;
const RESERVED_BLOCK = 3;

/** One Zstandard frame (RFC 8878) as its headers show it, nothing decoded. */
export interface ZstdFrame {
  /** Half-open range of the frame in the bytes. */
  start: number;
  end: number;
  /** Frame_Content_Size, where the frame has it. */
  declared: number | undefined;
  /** Bytes that its blocks give at most. */
  atMost: number;
}

/**
 * The frames at the start of `bytes`, skippable ones left out; what follows the last frame and begins no other is left alone,
 * because a byte count in a file may be too large. Block sizes bound what a frame can give without decoding it.
 * @throws KerchunkError `decode-failed` where the bytes begin no frame or end inside one.
 */
export function findZstdFrames(bytes: Uint8Array): ZstdFrame[] {
  return walkZstdFrames(bytes).frames;
}

/** As `findZstdFrames`, and where the last frame ends, a skippable one too. */
export function walkZstdFrames(bytes: Uint8Array): { frames: ZstdFrame[]; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frames: ZstdFrame[] = [];
  let at = 0;
  while (at + 4 <= view.byteLength) {
    const magic = view.getUint32(at, true);
    if (magic === MAGIC) {
      const frame = readFrame(view, at);
      frames.push(frame);
      at = frame.end;
    } else if (magic >>> 4 === SKIPPABLE_MAGIC && at + 8 <= view.byteLength) {
      at += 8 + view.getUint32(at + 4, true);
    } else {
      break;
    }
  }
  if (frames.length === 0) throw damaged('The bytes do not begin with a Zstandard frame.');
  return { frames, end: at };
}

function readFrame(view: DataView, start: number): ZstdFrame {
  try {
    const header = readFrameHeader(view, start + 4);
    return { start, declared: header.contentSize, ...walkBlocks(view, header.end, header.checksum) };
  } catch (error) {
    if (error instanceof RangeError) throw damaged('The bytes end inside a Zstandard frame.', error);
    throw error;
  }
}

function readFrameHeader(view: DataView, start: number) {
  const descriptor = view.getUint8(start);
  const singleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >>> 6;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const at = start + 1 + (singleSegment ? 0 : 1) + dictionaryBytes;
  const sizeBytes = sizeFlag === 0 ? Number(singleSegment) : 2 ** sizeFlag;
  return { contentSize: readSize(view, at, sizeBytes), checksum: (descriptor & 4) !== 0, end: at + sizeBytes };
}

function readSize(view: DataView, at: number, bytes: number): number | undefined {
  switch (bytes) {
    case 0:
      return undefined;
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}

function walkBlocks(view: DataView, start: number, checksum: boolean): { end: number; atMost: number } {
  let at = start;
  let atMost = 0;
  for (let last = false; !last;) {
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    at += 3;
    last = (header & 1) === 1;
    const type = (header >>> 1) & 3;
    const size = header >>> 3;
    if (type === RESERVED_BLOCK || size > LARGEST_BLOCK) throw damaged('A block of the Zstandard frame is damaged.');
    atMost += type === 2 ? LARGEST_BLOCK : size;
    at += type === 1 ? 1 : size;
  }
  const end = at + (checksum ? 4 : 0);
  if (end > view.byteLength) throw damaged('The bytes end inside a Zstandard frame.');
  return { end, atMost };
}
