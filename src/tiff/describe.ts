import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import { type Directory, directoryLength, ifdName, parseDirectory, subfileType } from './directory';
import { parseHeader, type TiffFormat } from './format';
import { parseGdalMetadata } from './gdal-metadata';
import { readGeoreferencing } from './georeferencing';
import { readGhost } from './ghost';
import { type ImageLayout, readLayout, uncompressedLengths } from './image';
import { KnownBytes } from './known-bytes';
import { MAX_CHUNKS, MAX_IFDS, MAX_TOTAL_VALUE_BYTES, MAX_VALUE_BYTES } from './limits';
import { kindsOf, levelsOf } from './pyramid';
import { findTables, readTable } from './tables';
import { Tag } from './tags';
import type { TiffDescription, TiffImage } from './types';
import { entriesToRead, readValues, type TagValues } from './values';

export interface DescribeOptions {
  signal?: AbortSignal;
  /** Called after each IFD with the number of IFDs read so far. */
  onProgress?: (ifds: number) => void;
}

/** One IFD read: its layout, its chunks, and the tags that stand for the whole file. */
interface ReadImage {
  layout: ImageLayout;
  offsets: Float64Array;
  lengths: Float64Array;
  values: TagValues;
}

/**
 * Describes a TIFF from its headers. Reads 64 KiB from the start; an IFD whose bytes, values or chunk tables stand beyond that costs one
 * more read, or two where the tables of an IFD outside the start stand far from it.
 * @throws KerchunkError `not-a-tiff`, `malformed-tiff`, `short-read` or `limit-exceeded`, naming the IFD and what is wrong with it, or what
 * the source throws.
 */
export async function describeTiff(
  source: ByteSource,
  { signal, onProgress }: DescribeOptions = {},
): Promise<TiffDescription> {
  const known = new KnownBytes(source, signal);
  const head = await known.readHead();
  const { format, firstIfd } = parseHeader(head, source.url);
  const walk = new Walk(known, format);
  let next = firstIfd;
  while (next !== 0) {
    signal?.throwIfAborted();
    next = await walk.readIfd(next);
    onProgress?.(walk.images.length);
  }
  if (walk.images.length === 0) {
    throw new KerchunkError('malformed-tiff', `${source.url} is a TIFF without an image: its header points to no IFD.`);
  }
  return assemble(source, format, head, walk.images);
}

/** Follows the chain of IFDs. */
class Walk {
  readonly images: ReadImage[] = [];
  private readonly visited = new Set<number>();
  private chunks = 0;
  private valueBytes = 0;

  constructor(
    private readonly known: KnownBytes,
    private readonly format: TiffFormat,
  ) {}

  /** Reads the IFD at a byte offset; returns the offset of the next one, 0 after the last. */
  async readIfd(offset: number): Promise<number> {
    const at = { index: this.images.length, offset };
    if (this.visited.has(offset)) {
      throw new KerchunkError(
        'malformed-tiff',
        `The IFDs form a cycle: after IFD ${at.index - 1} comes the one at byte ${countInWords(offset)} again. The file is damaged.`,
      );
    }
    if (this.visited.size >= MAX_IFDS) {
      throw new KerchunkError(
        'limit-exceeded',
        `The file has more than ${countInWords(MAX_IFDS)} IFDs; no more are read.`,
      );
    }
    this.visited.add(offset);
    const directory = await this.readDirectory(at);
    this.images.push(await this.readImage(directory));
    return directory.next;
  }

  private async readDirectory(at: { index: number; offset: number }): Promise<Directory> {
    const { countBytes } = this.format;
    await this.known.ensureWindow(at.offset, countBytes);
    const start = this.known.get({ offset: at.offset, length: countBytes }, ifdName(at));
    const range = { offset: at.offset, length: directoryLength(start, at, this.format) };
    await this.known.ensureWindow(range.offset, range.length);
    await this.known.ensure([range]);
    return parseDirectory(this.known.get(range, ifdName(at)), at, this.format);
  }

  private async readImage(directory: Directory): Promise<ReadImage> {
    const entries = entriesToRead(directory, true);
    for (const { tag, length } of entries) {
      this.valueBytes += length;
      if (length > MAX_VALUE_BYTES || this.valueBytes > MAX_TOTAL_VALUE_BYTES) {
        throw new KerchunkError(
          'limit-exceeded',
          `Tag ${tag} of ${ifdName(directory)} claims ${countInWords(length)} bytes; that much is not read. The file is damaged.`,
        );
      }
    }
    const tiled = directory.entries.has(Tag.TileWidth) || directory.entries.has(Tag.TileLength);
    const tables = findTables(directory, tiled);
    const outside = [...entries, tables.offsets, ...(tables.lengths === undefined ? [] : [tables.lengths])].filter(
      (entry) => entry.outside && entry.length <= MAX_CHUNKS * 8,
    );
    await this.known.ensure(outside);
    const values = await readValues(directory, entries, this.known, this.format);
    const layout = readLayout(directory, values, subfileType(directory, this.format));
    const count = layout.chunksAcross * layout.chunksDown * (layout.planar ? layout.samplesPerPixel : 1);
    this.chunks += count;
    if (this.chunks > MAX_CHUNKS) {
      throw new KerchunkError(
        'limit-exceeded',
        `The file has more than ${countInWords(MAX_CHUNKS)} chunks; no more are read.`,
      );
    }
    const offsets = readTable(directory, tables.offsets, count, this.known, this.format);
    if (tables.lengths !== undefined) {
      const lengths = readTable(directory, tables.lengths, count, this.known, this.format);
      return { layout, offsets, lengths, values };
    }
    if (layout.compression !== 1) {
      throw new KerchunkError(
        'malformed-tiff',
        `${ifdName(directory)} is compressed and does not state the lengths of its chunks; they cannot be known. Rewrite it, e.g. with gdal_translate.`,
      );
    }
    return { layout, offsets, lengths: uncompressedLengths(layout), values };
  }
}

function assemble(
  source: ByteSource,
  format: TiffFormat,
  head: Uint8Array,
  read: readonly ReadImage[],
): TiffDescription {
  const kinds = kindsOf(read.map(({ layout }) => layout));
  const images = read.map(({ layout, offsets, lengths }, index): TiffImage => {
    return { ...layout, offsets, lengths, kind: kinds[index] ?? 'page' };
  });
  const values = read[kinds.indexOf('full')]?.values;
  const nodata = values?.text(Tag.GDALNoData)?.trim();
  const xml = values?.text(Tag.GDALMetadata);
  const size = source.size();
  const validator = source.validator();
  const ghost = readGhost(head, format);
  return {
    url: source.url,
    ...(size === undefined ? {} : { size }),
    ...(validator === undefined ? {} : { validator }),
    byteOrder: format.littleEndian ? 'little' : 'big',
    bigTiff: format.bigTiff,
    images,
    levels: levelsOf(images),
    georeferencing:
      values === undefined
        ? { groundControlPoints: 0, rasterType: 'area', geoKeys: new Map() }
        : readGeoreferencing(values),
    ...(nodata === undefined || nodata === '' ? {} : { nodata }),
    gdalItems: xml === undefined ? [] : parseGdalMetadata(xml),
    ...(ghost === undefined ? {} : { ghost }),
  };
}
