import { KerchunkError } from '../errors';
import { damaged } from './decode-error';

const MAGIC = 'Lerc2 ';
const FIRST_MAGIC = 'CntZImage ';
/** Bytes of an element by the LERC data type: char, byte, short, ushort, int, uint, float, double. */
const SIZES = [1, 1, 2, 2, 4, 4, 4, 8];
const LARGEST_VERSION = 6;

/** The header of one LERC 2 blob; a file holds one for each band that is not interleaved. */
export interface LercBlob {
  rows: number;
  columns: number;
  /** Values of a pixel, interleaved. */
  depth: number;
  validPixels: number;
  /** Bytes of the blob, header included. */
  size: number;
  dataType: number;
  itemSize: number;
}

/**
 * The headers of the LERC 2 blobs that stand one after another in `bytes`; what follows the last is left alone.
 * @throws KerchunkError `decode-failed` where the bytes begin no blob or end inside one, `unsupported-codec` for LERC 1.
 */
export function readLercBlobs(bytes: Uint8Array): LercBlob[] {
  const blobs: LercBlob[] = [];
  for (let at = 0; startsWith(bytes, at, MAGIC);) {
    const blob = readBlob(bytes, at);
    blobs.push(blob);
    at += blob.size;
  }
  if (blobs.length > 0) return blobs;
  if (startsWith(bytes, 0, FIRST_MAGIC)) {
    throw new KerchunkError('unsupported-codec', 'The bytes are LERC 1, which is not supported; LERC 2 is.');
  }
  throw damaged('The bytes do not begin with a LERC 2 blob.');
}

function readBlob(bytes: Uint8Array, start: number): LercBlob {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
  try {
    const version = view.getInt32(MAGIC.length, true);
    if (version < 1 || version > LARGEST_VERSION) throw damaged(`LERC 2 has no version ${version}.`);
    let at = MAGIC.length + 4 + (version >= 3 ? 4 : 0);
    const next = (): number => {
      at += 4;
      return view.getInt32(at - 4, true);
    };
    const [rows, columns] = [next(), next()];
    const depth = version >= 4 ? next() : 1;
    const validPixels = next();
    next();
    const [size, dataType] = [next(), next()];
    return checkBlob(
      { rows, columns, depth, validPixels, size, dataType, itemSize: SIZES[dataType] ?? 0 },
      view.byteLength,
      at,
    );
  } catch (error) {
    if (error instanceof RangeError) throw damaged('The bytes end inside the header of a LERC blob.', error);
    throw error;
  }
}

function checkBlob(blob: LercBlob, available: number, headerSize: number): LercBlob {
  const { rows, columns, depth, validPixels, size, itemSize } = blob;
  if (itemSize === 0) throw damaged(`The LERC blob has an unknown data type (${blob.dataType}).`);
  if (rows < 1 || columns < 1 || depth < 1 || validPixels < 0 || validPixels > rows * columns) {
    throw damaged(`The LERC blob is damaged: ${columns} x ${rows} pixels of ${depth}, ${validPixels} valid.`);
  }
  if (size < headerSize || size > available) {
    throw damaged(`The LERC blob declares ${size} bytes, but there are ${available}.`);
  }
  return blob;
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
