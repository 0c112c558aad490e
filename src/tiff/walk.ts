import { sleep, throwIfCancelled } from '../bytes/cancel';
import type { ByteRange } from '../bytes/range';
import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import {
  type Directory,
  type DirectoryEntry,
  directoryLength,
  ifdName,
  parseDirectory,
  subfileType,
} from './directory';
import type { TiffFormat } from './format';
import { chunkCount, type ChunkGrid, type ImageLayout, readGrid, readLayout } from './image';
import type { KnownBytes } from './known-bytes';
import {
  HEAD_BYTES,
  IFDS_BETWEEN_PAUSES,
  MAX_CHUNKS,
  MAX_IFDS,
  MAX_TOTAL_VALUE_BYTES,
  MAX_VALUE_BYTES,
} from './limits';
import { mayBeFull } from './pyramid';
import { type ChunkTables, findTables, readTables, tableRanges } from './tables';
import { Tag } from './tags';
import { entriesToRead, readValues, type TagValues, valueBytes } from './values';
import { type Span, spanOf, windowFor } from './window';

/** One IFD read: its layout, its chunks, and, where it may be the full resolution, the tags that stand for the whole file. */
export interface ReadImage {
  offset: number;
  layout: ImageLayout;
  offsets: Float64Array;
  lengths: Float64Array;
  wholeFile: TagValues | undefined;
}

/** An IFD of which the entries are known, and all that must be read to describe it. */
interface PlannedImage {
  directory: Directory;
  /** The values that are at hand. */
  values: TagValues;
  /** The entries of all other values. */
  missing: DirectoryEntry[];
  grid: ChunkGrid;
  tables: ChunkTables;
  ranges: ByteRange[];
  hasWholeFile: boolean;
}

/** Follows the chain of IFDs and reads each with the fewest requests. */
export class Walk {
  readonly warnings: string[] = [];
  private readonly images: (ReadImage | undefined)[] = [];
  private readonly visited = new Set<number>();
  /** IFDs in the head whose values or tables stand beyond it; in a COG these stand side by side and come in one request. */
  private readonly postponed: PlannedImage[] = [];
  private readonly warn = (warning: string): void => void this.warnings.push(warning);
  private previous: Span | undefined;
  private fullFound = false;
  private chunks = 0;
  private valueBytes = 0;

  constructor(
    private readonly known: KnownBytes,
    private readonly format: TiffFormat,
    private readonly signal: AbortSignal | undefined,
    private readonly onProgress: ((ifds: number) => void) | undefined,
  ) {}

  /**
   * Reads all IFDs from the one at a byte offset on, in the order of the chain.
   * @throws KerchunkError `malformed-tiff`, `short-read` or `limit-exceeded`, naming the IFD, `cancelled`, or what the source throws.
   */
  async readChain(first: number): Promise<ReadImage[]> {
    let next = first;
    while (next !== 0) {
      throwIfCancelled(this.signal);
      const at = { index: this.images.length, offset: next };
      this.visit(at);
      const directory = await this.readDirectory(at);
      await this.take(await this.plan(directory));
      next = directory.next;
      this.onProgress?.(this.images.length);
      if (this.images.length % IFDS_BETWEEN_PAUSES === 0) await sleep(0, this.signal);
    }
    await this.known.ensure(this.postponed.flatMap(({ ranges }) => ranges));
    for (const image of this.postponed) this.images[image.directory.index] = await this.finish(image);
    return this.images.filter((image) => image !== undefined);
  }

  private visit(at: { index: number; offset: number }): void {
    if (this.visited.has(at.offset)) {
      throw new KerchunkError(
        'malformed-tiff',
        `The IFDs form a cycle: after IFD ${at.index - 1} comes the one at byte ${countInWords(at.offset)} again. The file is damaged.`,
      );
    }
    if (this.visited.size >= MAX_IFDS) {
      throw new KerchunkError(
        'limit-exceeded',
        `The file has more than ${countInWords(MAX_IFDS)} IFDs; no more are read.`,
      );
    }
    this.visited.add(at.offset);
  }

  private async readDirectory(at: { index: number; offset: number }): Promise<Directory> {
    const { known, format } = this;
    const start = { offset: at.offset, length: format.countBytes };
    await this.ensureWindow(start);
    const length = directoryLength(
      known.get(start, () => ifdName(at)),
      at,
      format,
    );
    const range = { offset: at.offset, length };
    await this.ensureWindow(range);
    return parseDirectory(
      known.get(range, () => ifdName(at)),
      at,
      format,
    );
  }

  private async ensureWindow(range: ByteRange): Promise<void> {
    const { known, previous } = this;
    if (known.has(range)) return;
    await known.readWindow(windowFor(range.offset, range.length, previous, known.fileEnd()));
  }

  private async plan(directory: Directory): Promise<PlannedImage> {
    const { known, format, warn } = this;
    const subfile = subfileType(directory, format);
    const hasWholeFile =
      directory.index === 0 || (!this.fullFound && mayBeFull({ subfileType: subfile, photometric: 1 }));
    const entries = entriesToRead(directory, hasWholeFile, warn);
    const outside = entries.filter((entry) => entry.outside);
    this.valueBytes += valueBytes(directory, outside, MAX_VALUE_BYTES);
    const isAtHand = (entry: DirectoryEntry): boolean => !entry.outside || known.has(entry);
    const values = await readValues(directory, entries.filter(isAtHand), known, format);
    const photometric = values.number(Tag.PhotometricInterpretation, 1);
    this.fullFound ||= mayBeFull({ subfileType: subfile, photometric });
    const grid = readGrid(values);
    const tables = findTables(directory, grid.tiled);
    this.chunks += chunkCount(grid);
    this.valueBytes += grid.samplesPerPixel * 16;
    this.checkLimits();
    const ranges = [...outside, ...tableRanges(tables, chunkCount(grid))];
    const missing = entries.filter((entry) => !isAtHand(entry));
    return { directory, values, missing, grid, tables, ranges, hasWholeFile };
  }

  private checkLimits(): void {
    if (this.chunks > MAX_CHUNKS) {
      throw new KerchunkError(
        'limit-exceeded',
        `The images of the file have more than ${countInWords(MAX_CHUNKS)} chunks together; no more are read. Rewrite the file with larger tiles.`,
      );
    }
    if (this.valueBytes > MAX_TOTAL_VALUE_BYTES) {
      throw new KerchunkError(
        'limit-exceeded',
        `The tags of the file claim more than ${countInWords(MAX_TOTAL_VALUE_BYTES)} bytes together; that much is not read. The file is damaged.`,
      );
    }
  }

  /** Reads an image now, or later with others where that takes fewer requests. */
  private async take(image: PlannedImage): Promise<void> {
    const { known, images, postponed } = this;
    const { directory, ranges } = image;
    const isInHead = directory.offset + directory.bytes.length <= HEAD_BYTES;
    this.previous = spanOf(directory, ranges);
    if (ranges.every((range) => known.has(range))) {
      images.push(await this.finish(image));
    } else if (isInHead) {
      images.push(undefined);
      postponed.push(image);
    } else {
      const before = known.count();
      await known.ensure(ranges);
      images.push(await this.finish(image));
      known.forget(before);
    }
  }

  private async finish(image: PlannedImage): Promise<ReadImage> {
    const { directory, missing, grid, tables, hasWholeFile } = image;
    const values = image.values.with(await readValues(directory, missing, this.known, this.format));
    const layout = readLayout(directory, grid, values, subfileType(directory, this.format));
    const { offsets, lengths } = readTables(directory, tables, layout, this.known, this.format, this.warn);
    return { offset: directory.offset, layout, offsets, lengths, wholeFile: hasWholeFile ? values : undefined };
  }
}
