import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import { type Directory, type DirectoryEntry, ifdName } from './directory';
import { readUint64, type TiffFormat } from './format';
import type { KnownBytes } from './known-bytes';
import { TABLE_TYPES, Tag } from './tags';

/** The entries of an IFD that hold the offsets and lengths of its chunks. */
export interface ChunkTables {
  offsets: DirectoryEntry;
  /** Absent in some old uncompressed files. */
  lengths: DirectoryEntry | undefined;
}

/**
 * The tables of tiles where the image is tiled, else of strips.
 * @throws KerchunkError `malformed-tiff` where there are none, or of a field type that they cannot have.
 */
export function findTables(directory: Directory, tiled: boolean): ChunkTables {
  const find = (...tags: number[]): DirectoryEntry | undefined => {
    const entry = tags.map((tag) => directory.entries.get(tag)).find((candidate) => candidate !== undefined);
    if (entry !== undefined && !TABLE_TYPES.includes(entry.type)) {
      throw new KerchunkError(
        'malformed-tiff',
        `${ifdName(directory)} states its chunk table (tag ${entry.tag}) with field type ${entry.type}, which it cannot have.`,
      );
    }
    return entry;
  };
  // Some writers state the tiles of a tiled image under the tags of strips, which libtiff reads as well.
  const offsets = tiled ? find(Tag.TileOffsets, Tag.StripOffsets) : find(Tag.StripOffsets, Tag.TileOffsets);
  const lengths = tiled ? find(Tag.TileByteCounts, Tag.StripByteCounts) : find(Tag.StripByteCounts, Tag.TileByteCounts);
  if (offsets !== undefined) return { offsets, lengths };
  throw new KerchunkError(
    'malformed-tiff',
    `${ifdName(directory)} states no offsets of ${tiled ? 'tiles' : 'strips'}; where its pixels stand cannot be known. The file is damaged.`,
  );
}

/**
 * The first `count` numbers of a table, as doubles.
 * @throws KerchunkError `malformed-tiff` where the table is shorter or holds a number above 2^53 - 1, `short-read` where the file ends first.
 */
export function readTable(
  directory: Directory,
  entry: DirectoryEntry,
  count: number,
  known: KnownBytes,
  { littleEndian }: TiffFormat,
): Float64Array {
  if (entry.count < count) {
    throw new KerchunkError(
      'malformed-tiff',
      `${ifdName(directory)} has ${countInWords(count)} chunks and a table (tag ${entry.tag}) of ${countInWords(entry.count)}. The file is damaged.`,
    );
  }
  const width = entry.length / entry.count;
  const range = { offset: entry.offset, length: count * width };
  const bytes = known.get(range, `The chunk table (tag ${entry.tag}) of ${ifdName(directory)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = new Float64Array(count);
  for (let index = 0; index < count; index += 1) table[index] = readWord(view, index * width, width, littleEndian);
  if (width === 8 && table.some((value) => value > Number.MAX_SAFE_INTEGER)) {
    throw new KerchunkError(
      'malformed-tiff',
      `A chunk table (tag ${entry.tag}) of ${ifdName(directory)} holds numbers above 2^53; no file is that large. The file is damaged.`,
    );
  }
  return table;
}

function readWord(view: DataView, place: number, width: number, littleEndian: boolean): number {
  switch (width) {
    case 1:
      return view.getUint8(place);
    case 2:
      return view.getUint16(place, littleEndian);
    case 4:
      return view.getUint32(place, littleEndian);
    default:
      return readUint64(view, place, littleEndian);
  }
}
