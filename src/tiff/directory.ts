import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import { readUint64, type TiffFormat } from './format';
import { MAX_ENTRIES } from './limits';
import { Tag } from './tags';

/** Bytes of one value by field type (TIFF 6.0 section 2, BigTIFF 16 to 18). */
const TYPE_BYTES: readonly (number | undefined)[] = [
  undefined,
  1,
  1,
  2,
  4,
  8,
  1,
  1,
  2,
  4,
  8,
  4,
  8,
  4,
  undefined,
  undefined,
  8,
  8,
  8,
];

/** One entry of an IFD: where its values stand, not yet what they are. */
export interface DirectoryEntry {
  tag: number;
  type: number;
  count: number;
  /** Byte offset of the values in the file, whether they stand in the entry itself or elsewhere. */
  offset: number;
  /** Bytes of all values; 0 for a field type that is unknown here, which TIFF readers must skip. */
  length: number;
  /** Whether the values stand outside the entry. */
  outside: boolean;
  /** Byte offset of the entry within the IFD. */
  place: number;
}

/** Which IFD is meant, and the byte offset at which it stands. */
export interface IfdPlace {
  /** Position in the chain, from 0; for a SubIFD that of the IFD that carries it. */
  index: number;
  /** Of a SubIFD (330), its number from 0 in the order in which those of that IFD are followed. */
  subIfd?: number;
  offset: number;
}

/** An IFD as it stands in the file. */
export interface Directory extends IfdPlace {
  /** The IFD itself: count, entries, and the offset of the next one. */
  bytes: Uint8Array;
  /** By tag; of entries with the same tag the first, as libtiff has it. */
  entries: ReadonlyMap<number, DirectoryEntry>;
  /** Places within `bytes` of all entries, those left out of `entries` too. */
  places: readonly number[];
  /** Byte offset of the next IFD; 0 after the last. */
  next: number;
}

/** How messages name the IFD of an image: `IFD 3`, `SubIFD 1 of IFD 0`. */
export function ifdNumber({ index, subIfd }: Omit<IfdPlace, 'offset'>): string {
  return `${subIfd === undefined ? '' : `SubIFD ${subIfd} of `}IFD ${index}`;
}

/** How messages name an IFD and its place: `IFD 3 (at byte 1,234)`, `SubIFD 1 of IFD 0 (at byte 1,234)`. */
export function ifdName(place: IfdPlace): string {
  return `${ifdNumber(place)} (at byte ${countInWords(place.offset)})`;
}

/**
 * Bytes of the IFD that begins with these bytes, from its entry count alone.
 * @throws KerchunkError `malformed-tiff` for a count of 0 or above 65,535.
 */
export function directoryLength(start: Uint8Array, at: IfdPlace, format: TiffFormat): number {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const count = format.bigTiff ? readUint64(view, 0, format.littleEndian) : view.getUint16(0, format.littleEndian);
  if (count === 0 || count > MAX_ENTRIES) {
    throw new KerchunkError(
      'malformed-tiff',
      `${ifdName(at)} claims ${countInWords(count)} entries; from 1 to ${countInWords(MAX_ENTRIES)} are possible. No IFD stands there: the file is damaged or cut off.`,
    );
  }
  return format.countBytes + count * format.entryBytes + format.offsetBytes;
}

/**
 * Reads the entries of an IFD; no value is looked at.
 * @param bytes exactly the IFD: as many bytes as `directoryLength` says.
 */
export function parseDirectory(bytes: Uint8Array, at: IfdPlace, format: TiffFormat): Directory {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { littleEndian, bigTiff, offsetBytes } = format;
  const word = (place: number): number =>
    bigTiff ? readUint64(view, place, littleEndian) : view.getUint32(place, littleEndian);
  const entries = new Map<number, DirectoryEntry>();
  const places: number[] = [];
  const end = bytes.length - offsetBytes;
  for (let place = format.countBytes; place < end; place += format.entryBytes) {
    places.push(place);
    const tag = view.getUint16(place, littleEndian);
    if (entries.has(tag)) continue;
    const type = view.getUint16(place + 2, littleEndian);
    const count = word(place + 4);
    const length = (TYPE_BYTES[type] ?? 0) * count;
    const values = place + 4 + offsetBytes;
    const outside = length > offsetBytes;
    entries.set(tag, { tag, type, count, length, outside, place, offset: outside ? word(values) : at.offset + values });
  }
  return { ...at, bytes, entries, places, next: word(end) };
}

/**
 * NewSubfileType (254) as bits: 1 reduced resolution, 2 page, 4 mask; where it is absent, SubfileType (255) in the same bits.
 * Read before the other tags, because which of those are needed hangs on it.
 */
export function subfileType(directory: Directory, format: TiffFormat): number {
  const current = inlineInteger(directory, Tag.NewSubfileType, format);
  if (current !== undefined) return current;
  const old = inlineInteger(directory, Tag.SubfileType, format);
  return old === 2 ? 1 : old === 3 ? 2 : 0;
}

function inlineInteger(
  directory: Directory,
  tag: number,
  { littleEndian, offsetBytes }: TiffFormat,
): number | undefined {
  const entry = directory.entries.get(tag);
  if (entry?.count !== 1) return undefined;
  const view = new DataView(
    directory.bytes.buffer,
    directory.bytes.byteOffset + entry.place + 4 + offsetBytes,
    offsetBytes,
  );
  switch (entry.type) {
    case 1:
      return view.getUint8(0);
    case 3:
      return view.getUint16(0, littleEndian);
    case 4:
      return view.getUint32(0, littleEndian);
    default:
      return undefined;
  }
}
