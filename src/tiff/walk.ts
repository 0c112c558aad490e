import { sleep, throwIfCancelled } from '../bytes/cancel';
import type { ByteRange } from '../bytes/range';
import { KerchunkError } from '../errors';
import { countInWords, plural } from '../words';
import {
  type Directory,
  type DirectoryEntry,
  directoryLength,
  ifdName,
  type IfdPlace,
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
  MAX_SUB_IFDS,
  MAX_TOTAL_VALUE_BYTES,
  MAX_VALUE_BYTES,
} from './limits';
import { mayBeFull } from './pyramid';
import { type ChunkTables, findTables, rangeOf, readTable, readTables, tableRanges } from './tables';
import { TABLE_TYPES, Tag } from './tags';
import { entriesToRead, readValues, type TagValues, valueBytes } from './values';
import { type Span, spanOf, windowFor } from './window';

/** What stands between a SubIFD and its reading, none of which keeps the other images from being described. */
const DAMAGE: readonly string[] = ['malformed-tiff', 'short-read', 'limit-exceeded'];

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

/** How a walk goes: `page` is the IFD of the full resolution where that is settled. */
export interface WalkOptions {
  signal: AbortSignal | undefined;
  onProgress: ((ifds: number) => void) | undefined;
  onDirectory: ((directory: Directory) => void) | undefined;
  page: number | undefined;
}

/** Follows the chain of IFDs and reads each with the fewest requests. */
export class Walk {
  readonly warnings: string[] = [];
  private readonly images: (ReadImage | undefined)[] = [];
  private readonly visited = new Set<number>();
  /** IFDs in the head whose values or tables stand beyond it; in a COG these stand side by side and come in one request. */
  private readonly postponed: { slot: number; image: PlannedImage }[] = [];
  /** The IFD of the full resolution, as far as the chain has been read. */
  private full: Directory | undefined;
  private readonly warn = (warning: string): void => void this.warnings.push(warning);
  private previous: Span | undefined;
  private fullFound = false;
  private chunks = 0;
  private valueBytes = 0;

  constructor(
    private readonly known: KnownBytes,
    private readonly format: TiffFormat,
    private readonly options: WalkOptions,
  ) {}

  /**
   * Reads all IFDs from the one at a byte offset on, in the order of the chain, and behind them the SubIFDs of the full resolution.
   * @throws KerchunkError `malformed-tiff`, `short-read` or `limit-exceeded`, naming the IFD, `cancelled`, or what the source throws.
   */
  async readImages(first: number): Promise<ReadImage[]> {
    await this.readChain(first);
    await this.known.ensure(this.postponed.flatMap(({ image }) => image.ranges));
    for (const { slot, image } of this.postponed.splice(0)) this.images[slot] = await this.finish(image);
    await this.readSubIfds();
    return this.images.filter((image) => image !== undefined);
  }

  private async readChain(first: number): Promise<void> {
    let next = first;
    while (next !== 0) {
      throwIfCancelled(this.options.signal);
      const at = { index: this.images.length, offset: next };
      this.visit(at);
      const directory = await this.readDirectory(at);
      await this.take(await this.plan(directory));
      next = directory.next;
      this.options.onProgress?.(this.images.length);
      if (this.images.length % IFDS_BETWEEN_PAUSES === 0) await sleep(0, this.options.signal);
    }
  }

  /**
   * Follows the SubIFDs of the full resolution, theirs, and the IFDs chained to them. One that cannot be read is left out, and so is one
   * that has been seen: the image is there without it.
   */
  private async readSubIfds(): Promise<void> {
    const { full, known, warn } = this;
    if (full === undefined) return;
    const failures: string[] = [];
    const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof KerchunkError) || !DAMAGE.includes(error.code)) throw error;
        failures.push(error.message);
        return undefined;
      }
    };
    const offsets = (await attempt(() => this.subIfdOffsets(full))) ?? [];
    for (let number = 0; number < Math.min(offsets.length, MAX_SUB_IFDS); number += 1) {
      throwIfCancelled(this.options.signal);
      const at: IfdPlace = { index: full.index, subIfd: number, offset: offsets[number] ?? 0 };
      const directory = await attempt(async () => {
        this.visit(at);
        const found = await this.readDirectory(at);
        await this.take(await this.plan(found));
        return found;
      });
      if (directory === undefined) continue;
      offsets.push(...((await attempt(() => this.subIfdOffsets(directory))) ?? []));
      // tifffile lists them all and chains them besides.
      const { next } = directory;
      if (next !== 0 && !offsets.includes(next) && !this.visited.has(next)) offsets.push(next);
    }
    await known.ensure(this.postponed.flatMap(({ image }) => image.ranges));
    for (const { slot, image } of this.postponed.splice(0)) {
      this.images[slot] = await attempt(() => this.finish(image));
    }
    if (offsets.length > MAX_SUB_IFDS) {
      warn(`${ifdName(full)} has more than ${countInWords(MAX_SUB_IFDS)} SubIFDs (tag 330); the others are left out.`);
    }
    if (failures.length > 0) {
      warn(`${plural(failures.length, 'SubIFD')} (tag 330) of ${ifdName(full)} left out. ${failures[0] ?? ''}`);
    }
  }

  /** Where the SubIFDs of an IFD stand: those that it states, no more than are followed. */
  private async subIfdOffsets(directory: Directory): Promise<number[]> {
    const { known, format } = this;
    const entry = directory.entries.get(Tag.SubIFDs);
    if (entry === undefined || entry.count === 0) return [];
    if (!TABLE_TYPES.includes(entry.type)) {
      throw new KerchunkError(
        'malformed-tiff',
        `${ifdName(directory)} states its SubIFDs (tag 330) with field type ${entry.type}, which they cannot have.`,
      );
    }
    const count = Math.min(entry.count, MAX_SUB_IFDS + 1);
    await known.ensure([rangeOf(entry, count)]);
    return Array.from(readTable(directory, entry, count, known, format)).filter((offset) => offset !== 0);
  }

  private visit(at: IfdPlace): void {
    if (this.visited.has(at.offset)) {
      if (at.subIfd !== undefined) {
        throw new KerchunkError('malformed-tiff', `${ifdName(at)} is one that stands elsewhere already.`);
      }
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

  private async readDirectory(at: IfdPlace): Promise<Directory> {
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
    const inChain = directory.subIfd === undefined;
    const isPage = directory.index === this.options.page;
    const hasWholeFile =
      inChain &&
      (isPage || directory.index === 0 || (!this.fullFound && mayBeFull({ subfileType: subfile, photometric: 1 })));
    const entries = entriesToRead(directory, hasWholeFile, warn);
    const outside = entries.filter((entry) => entry.outside);
    this.valueBytes += valueBytes(directory, outside, MAX_VALUE_BYTES);
    const isAtHand = (entry: DirectoryEntry): boolean => !entry.outside || known.has(entry);
    const values = await readValues(directory, entries.filter(isAtHand), known, format);
    const photometric = values.number(Tag.PhotometricInterpretation, 1);
    const isFirstFull = !this.fullFound && mayBeFull({ subfileType: subfile, photometric });
    if (inChain && (this.options.page === undefined ? isFirstFull || directory.index === 0 : isPage))
      this.full = directory;
    this.fullFound ||= isFirstFull;
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
      postponed.push({ slot: images.length - 1, image });
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
    this.options.onDirectory?.(directory);
    return { offset: directory.offset, layout, offsets, lengths, wholeFile: hasWholeFile ? values : undefined };
  }
}
