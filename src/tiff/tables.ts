import type { ByteRange } from '../bytes/range';
import { KerchunkError } from '../errors';
import { countInWords, plural } from '../words';
import { type Directory, type DirectoryEntry, ifdName } from './directory';
import { readUint64, type TiffFormat } from './format';
import { chunkCount, type ImageLayout } from './image';
import type { KnownBytes } from './known-bytes';
import { compressionName } from './names';
import { TABLE_TYPES, Tag } from './tags';
import { uncompressedLengths } from './uncompressed';

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
        `${ifdName(directory)} states its chunk table (tag ${entry.tag}) with field type ${entry.type}, which it cannot have. The file is damaged.`,
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

/** The bytes that the tables of `count` chunks take: no more of a table than that is looked at. */
export function tableRanges({ offsets, lengths }: ChunkTables, count: number): ByteRange[] {
  return [offsets, ...(lengths === undefined ? [] : [lengths])].map((entry) =>
    rangeOf(entry, Math.min(count, entry.count)),
  );
}

/** The bytes of the first `count` values of an entry. */
export function rangeOf(entry: DirectoryEntry, count: number): ByteRange {
  return { offset: entry.offset, length: entry.count === 0 ? 0 : count * (entry.length / entry.count) };
}

/**
 * The offset and length of every chunk of an image.
 * @param warn is told of tables that do not fit the image, and of chunks that stand beyond the end of the file.
 * @throws KerchunkError `malformed-tiff` where a table is too short, or absent and not certain from the layout, or holds a number above
 * 2^53 - 1; `short-read` where the file ends inside it.
 */
export function readTables(
  directory: Directory,
  tables: ChunkTables,
  layout: ImageLayout,
  known: KnownBytes,
  format: TiffFormat,
  warn: (warning: string) => void,
): { offsets: Float64Array; lengths: Float64Array } {
  const count = chunkCount(layout);
  for (const entry of [tables.offsets, tables.lengths]) {
    if (entry === undefined || entry.count <= count) continue;
    warn(
      `${hasChunks(directory, layout)}, and its table (tag ${entry.tag}) ${countInWords(entry.count)} entries; the rest was left out.`,
    );
  }
  if (tables.offsets.count < count) {
    throw new KerchunkError(
      'malformed-tiff',
      `${hasChunks(directory, layout)} and a table of ${plural(tables.offsets.count, 'offset')} (tag ${tables.offsets.tag}). The file is damaged.`,
    );
  }
  const offsets = readTable(directory, tables.offsets, count, known, format);
  if (tables.lengths === undefined || tables.lengths.count < count) {
    return { offsets, lengths: deriveLengths(directory, tables, layout, offsets, known.fileEnd(), warn) };
  }
  const lengths = readTable(directory, tables.lengths, count, known, format);
  warnBeyondEnd(directory, offsets, neededLengths(layout, lengths), known.fileEnd(), warn);
  warnWithoutLength(directory, layout, offsets, lengths, warn);
  return { offsets, lengths };
}

function hasChunks(directory: Directory, layout: ImageLayout): string {
  return `${ifdName(directory)} has ${plural(chunkCount(layout), layout.tiled ? 'tile' : 'strip')}`;
}

/** The lengths of chunks that a file does not state, where they are certain. */
function deriveLengths(
  directory: Directory,
  tables: ChunkTables,
  layout: ImageLayout,
  offsets: Float64Array,
  end: number | undefined,
  warn: (warning: string) => void,
): Float64Array {
  const lengths = uncompressedLengths(layout);
  if (lengths === undefined || (end !== undefined && beyond(offsets, lengths, end).count > 0)) {
    const stated = tables.lengths === undefined ? 'no lengths' : `the lengths of ${countInWords(tables.lengths.count)}`;
    // libtiff guesses the length of a single chunk, and refuses the others.
    const remedy =
      tables.lengths === undefined && chunkCount(layout) > 1
        ? 'GDAL does not read it either: have it written anew by the program it comes from'
        : 'Rewrite it: gdal_translate -of COG in.tif out.tif';
    throw new KerchunkError(
      'malformed-tiff',
      `${hasChunks(directory, layout)} with ${compressionName(layout.compression)} and states ${stated} (StripByteCounts or TileByteCounts), which cannot be told from its size. ${remedy}.`,
    );
  }
  warn(
    `${ifdName(directory)} does not state the lengths of all its ${layout.tiled ? 'tiles' : 'strips'}; they follow from its size, because it has no compression.`,
  );
  return lengths;
}

/**
 * The first `count` numbers of an entry of a table type: offsets of chunks or IFDs, or lengths.
 * @throws KerchunkError `malformed-tiff` for a number above 2^53 - 1, `short-read` where the file ends inside them.
 */
export function readTable(
  directory: Directory,
  entry: DirectoryEntry,
  count: number,
  known: KnownBytes,
  { littleEndian }: TiffFormat,
): Float64Array {
  const range = rangeOf(entry, count);
  const width = range.length / count;
  const bytes = known.get(range, () => `The chunk table (tag ${entry.tag}) of ${ifdName(directory)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = new Float64Array(count);
  for (let index = 0; index < count; index += 1) table[index] = readWord(view, index * width, width, littleEndian);
  const tooLarge = width === 8 ? table.findIndex((value) => value > Number.MAX_SAFE_INTEGER) : -1;
  if (tooLarge >= 0) {
    throw new KerchunkError(
      'malformed-tiff',
      `Number ${countInWords(tooLarge)} of a chunk table (tag ${entry.tag}) of ${ifdName(directory)} is above 2^53; no file is that large. The file is damaged.`,
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

/** The bytes of each chunk that are read: of what an uncompressed one states beyond its size, nothing. */
function neededLengths(layout: ImageLayout, lengths: Float64Array): Float64Array {
  const certain = uncompressedLengths(layout);
  return certain === undefined ? lengths : lengths.map((length, index) => Math.min(length, certain[index] ?? length));
}

/** libtiff reads a chunk of length 0 as sparse, whatever its offset; a damaged table looks the same. */
function warnWithoutLength(
  directory: Directory,
  layout: ImageLayout,
  offsets: Float64Array,
  lengths: Float64Array,
  warn: (warning: string) => void,
): void {
  let count = 0;
  for (let index = 0; index < offsets.length; index += 1) {
    if (lengths[index] === 0 && offsets[index] !== 0) count += 1;
  }
  if (count === 0) return;
  warn(
    `${hasChunks(directory, layout)}, of which ${countInWords(count)} ${count === 1 ? 'has an offset' : 'have offsets'} and a length of 0. ` +
      'GDAL reads these as sparse, and so do the references; if pixels are missing, get the file anew.',
  );
}

/** A file that is cut off inside its pixels can still be described; which chunks are lost is said. */
function warnBeyondEnd(
  directory: Directory,
  offsets: Float64Array,
  lengths: Float64Array,
  end: number | undefined,
  warn: (warning: string) => void,
): void {
  if (end === undefined) return;
  const { count, first } = beyond(offsets, lengths, end);
  if (count === 0) return;
  warn(
    `${plural(count, 'chunk')} of ${countInWords(offsets.length)} of ${ifdName(directory)} ${count === 1 ? 'stands' : 'stand'} beyond the end of the file ` +
      `(${countInWords(end)} bytes), the first of them number ${countInWords(first)}. The file is cut off or damaged; get a whole copy.`,
  );
}

/** How many chunks end beyond the end of the file, and the first of them; -1 where there is none. */
function beyond(offsets: Float64Array, lengths: Float64Array, end: number): { count: number; first: number } {
  let count = 0;
  let first = -1;
  for (let index = 0; index < offsets.length; index += 1) {
    const length = lengths[index] ?? 0;
    if (length === 0 || (offsets[index] ?? 0) + length <= end) continue;
    if (count === 0) first = index;
    count += 1;
  }
  return { count, first };
}
