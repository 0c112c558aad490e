import { KerchunkError } from '../errors';
import { whatItLooksLike } from './not-a-tiff';

/** The container: byte order, and the widths of its counts and offsets (TIFF 6.0 section 2; the BigTIFF design). */
export interface TiffFormat {
  littleEndian: boolean;
  bigTiff: boolean;
  /** Bytes of an IFD's entry count: 2, or 8 in a BigTIFF. */
  countBytes: number;
  /** Bytes of one IFD entry: 12 or 20. */
  entryBytes: number;
  /** Bytes of an offset, and the most that an entry holds inline: 4 or 8. */
  offsetBytes: number;
  /** Bytes of the file's header: 8 or 16. */
  headerBytes: number;
}

const CLASSIC = { bigTiff: false, countBytes: 2, entryBytes: 12, offsetBytes: 4, headerBytes: 8 };
const BIG = { bigTiff: true, countBytes: 8, entryBytes: 20, offsetBytes: 8, headerBytes: 16 };

/** Whether a file begins with one of the four signatures of a TIFF. @param head its first bytes, four or more. */
export function beginsAsTiff(head: Uint8Array): boolean {
  const [first, second, third, fourth] = head;
  const isMagic = (byte: number | undefined): boolean => byte === 42 || byte === 43;
  if (first !== second) return false;
  return (first === 0x49 && isMagic(third) && fourth === 0) || (first === 0x4d && third === 0 && isMagic(fourth));
}

/**
 * Reads the 8 (BigTIFF: 16) bytes that every TIFF begins with.
 * @param head the file's first bytes: all of them where it is shorter than 16.
 * @returns the container and the byte offset of the first IFD.
 * @throws KerchunkError `not-a-tiff` naming what the file looks like; `short-read` and `malformed-tiff` for a damaged header.
 */
export function parseHeader(head: Uint8Array, url: string): { format: TiffFormat; firstIfd: number } {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const littleEndian = head[0] === 0x49;
  if (!beginsAsTiff(head)) {
    throw new KerchunkError('not-a-tiff', `${url} is not a TIFF: ${whatItLooksLike(head, url)}`);
  }
  const magic = view.getUint16(2, littleEndian);
  const format: TiffFormat = { littleEndian, ...(magic === 43 ? BIG : CLASSIC) };
  if (head.length < format.headerBytes) {
    throw new KerchunkError(
      'short-read',
      `${url} begins as a TIFF but ends after ${head.length} bytes, inside its header. The file is cut off; get a whole copy.`,
    );
  }
  if (!format.bigTiff) return { format, firstIfd: view.getUint32(4, littleEndian) };
  const offsetBytes = view.getUint16(4, littleEndian);
  if (offsetBytes !== 8) {
    throw new KerchunkError(
      'malformed-tiff',
      `${url} is a BigTIFF whose header states offsets of ${offsetBytes} bytes; only 8 is defined. The header is damaged.`,
    );
  }
  return { format, firstIfd: readUint64(view, 8, littleEndian) };
}

/** An unsigned 64-bit integer as a double: exact up to 2^53, above it rounded (and then beyond every limit). */
export function readUint64(view: DataView, at: number, littleEndian: boolean): number {
  const high = view.getUint32(littleEndian ? at + 4 : at, littleEndian);
  const low = view.getUint32(littleEndian ? at : at + 4, littleEndian);
  return high * 2 ** 32 + low;
}
