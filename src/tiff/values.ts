import { fromArrayBuffer } from 'geotiff';
import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import { type Directory, type DirectoryEntry, ifdName, type IfdPlace } from './directory';
import type { TiffFormat } from './format';
import type { KnownBytes } from './known-bytes';
import { TAG_RULES } from './tags';

/** The value of a tag as geotiff gives it: a number, text, or numbers. */
type RawValue = number | string | ArrayLike<number>;

/** The values of an IFD's tags. */
export class TagValues {
  constructor(
    private readonly values: ReadonlyMap<number, RawValue>,
    private readonly directory: IfdPlace,
  ) {}

  /** How messages name the IFD. */
  get ifd(): string {
    return ifdName(this.directory);
  }

  has(tag: number): boolean {
    return this.values.has(tag);
  }

  /** All numbers of a tag, [] where it is absent. */
  numbers(tag: number): number[] {
    const value = this.values.get(tag);
    if (value === undefined || typeof value === 'string') return [];
    return typeof value === 'number' ? [value] : Array.from(value, Number);
  }

  /** The first number of a tag, or `fallback` where it is absent. */
  number(tag: number, fallback: number): number {
    return this.numbers(tag)[0] ?? fallback;
  }

  /** @throws KerchunkError `malformed-tiff` where the tag is absent. */
  required(tag: number): number {
    const value = this.numbers(tag)[0];
    if (value !== undefined) return value;
    throw new KerchunkError(
      'malformed-tiff',
      `${this.ifd} has no ${tagName(tag)}, which every image must have. The file is damaged.`,
    );
  }

  /** The text of a tag up to its first NUL; undefined where it is absent. */
  text(tag: number): string | undefined {
    const value = this.values.get(tag);
    return typeof value === 'string' ? value.replace(/\0.*$/su, '') : undefined;
  }

  bytes(tag: number): Uint8Array | undefined {
    return this.has(tag) ? Uint8Array.from(this.numbers(tag)) : undefined;
  }

  /** These values and those of another part of the same IFD. */
  with(others: TagValues): TagValues {
    return new TagValues(new Map([...this.values, ...others.values]), this.directory);
  }
}

/** `GDALMetadata (tag 42112)`; `tag 999` where the number has no name here. */
export function tagName(tag: number): string {
  const name = TAG_RULES.get(tag)?.name;
  return name === undefined ? `tag ${tag}` : `${name} (tag ${tag})`;
}

/**
 * The entries that a description reads: known tags of a field type that they may have.
 * @param wholeFile whether those that stand for the whole file are wanted too.
 * @param warn is told of tags that count as absent because they have another field type.
 * @throws KerchunkError `malformed-tiff` where that is a tag on which the layout of the chunks hangs, or where such a tag has several
 * values and must have one.
 */
export function entriesToRead(
  directory: Directory,
  wholeFile: boolean,
  warn: (warning: string) => void,
): DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  for (const entry of directory.entries.values()) {
    const rule = TAG_RULES.get(entry.tag);
    if (rule === undefined || entry.count === 0 || (rule.wholeFile && !wholeFile)) continue;
    if (rule.single === true && entry.count !== 1) {
      throw new KerchunkError(
        'malformed-tiff',
        `${ifdName(directory)} states ${countInWords(entry.count)} values of ${tagName(entry.tag)}, which has one. The file is damaged.`,
      );
    }
    if (rule.types.includes(entry.type)) {
      entries.push(entry);
      continue;
    }
    const what = `${ifdName(directory)} states ${tagName(entry.tag)} with field type ${entry.type}, which it cannot have`;
    if (rule.essential) throw new KerchunkError('malformed-tiff', `${what}. The file is damaged.`);
    warn(`${what}; the tag was left out.`);
  }
  return entries;
}

/**
 * Reads the values of entries through geotiff. It is given a TIFF of these entries alone, with their values right behind them: in the
 * file itself it would load tables as boxed numbers, allocate by counts nobody has checked, and read deferred arrays of a big-endian file
 * as little-endian (geotiff.js issue 535).
 * @throws KerchunkError `short-read` where a value stands beyond the end of the file, `malformed-tiff` where geotiff cannot read it.
 */
export async function readValues(
  directory: Directory,
  entries: readonly DirectoryEntry[],
  known: KnownBytes,
  format: TiffFormat,
): Promise<TagValues> {
  const values = new Map<number, RawValue>();
  if (entries.length === 0) return new TagValues(values, directory);
  const compact = compactTiff(directory, entries, known, format);
  try {
    const { parser, firstIFDOffset } = await fromArrayBuffer(compact);
    parser.eager = true;
    const { actualizedFields } = await parser.parseFileDirectoryAt(firstIFDOffset);
    for (const { tag } of entries) {
      const value = actualizedFields.get(tag) as RawValue | undefined;
      if (value !== undefined) values.set(tag, value);
    }
    return new TagValues(values, directory);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KerchunkError('malformed-tiff', `The tags of ${ifdName(directory)} cannot be read: ${reason}`, {
      cause: error,
    });
  }
}

/** A TIFF in memory with one IFD of the given entries; values that stand outside their entries follow it in order. */
function compactTiff(
  directory: Directory,
  entries: readonly DirectoryEntry[],
  known: KnownBytes,
  format: TiffFormat,
): ArrayBuffer {
  const { littleEndian, bigTiff, countBytes, entryBytes, offsetBytes, headerBytes } = format;
  const firstEntry = headerBytes + countBytes;
  const firstValue = firstEntry + entries.length * entryBytes + offsetBytes;
  const total = entries.reduce((sum, entry) => sum + (entry.outside ? entry.length : 0), firstValue);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  const setWord = (place: number, value: number): void => {
    if (bigTiff) view.setBigUint64(place, BigInt(value), littleEndian);
    else view.setUint32(place, value, littleEndian);
  };
  bytes.fill(littleEndian ? 0x49 : 0x4d, 0, 2);
  view.setUint16(2, bigTiff ? 43 : 42, littleEndian);
  if (bigTiff) view.setUint16(4, offsetBytes, littleEndian);
  setWord(headerBytes - offsetBytes, headerBytes);
  if (bigTiff) setWord(headerBytes, entries.length);
  else view.setUint16(headerBytes, entries.length, littleEndian);
  let nextValue = firstValue;
  entries.forEach((entry, index) => {
    const place = firstEntry + index * entryBytes;
    bytes.set(directory.bytes.subarray(entry.place, entry.place + entryBytes), place);
    if (!entry.outside) return;
    setWord(place + 4 + offsetBytes, nextValue);
    bytes.set(
      known.get(entry, () => `${tagName(entry.tag)} of ${ifdName(directory)}`),
      nextValue,
    );
    nextValue += entry.length;
  });
  return bytes.buffer;
}

/**
 * How many bytes the values of these entries may take in memory.
 * @param limit for each of them.
 * @throws KerchunkError `limit-exceeded` for a tag above the limit.
 */
export function valueBytes(directory: Directory, entries: readonly DirectoryEntry[], limit: number): number {
  let sum = 0;
  for (const { tag, length } of entries) {
    if (length > limit) {
      throw new KerchunkError(
        'limit-exceeded',
        `${tagName(tag)} of ${ifdName(directory)} claims ${countInWords(length)} bytes; no more than ${countInWords(limit)} are read. The file is damaged.`,
      );
    }
    sum += length;
  }
  return sum;
}
