import { GeoTIFF } from 'geotiff';
import { KerchunkError } from '../errors';
import { type Directory, type DirectoryEntry, ifdName } from './directory';
import type { TiffFormat } from './format';
import type { KnownBytes } from './known-bytes';
import { TAG_RULES } from './tags';

/** The value of a tag as geotiff gives it: a number, text, or numbers. */
type RawValue = number | string | ArrayLike<number>;

/** The values of an IFD's tags. */
export class TagValues {
  constructor(
    private readonly values: ReadonlyMap<number, RawValue>,
    private readonly name: string,
  ) {}

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
      `${this.name} has no ${TAG_RULES.get(tag)?.name ?? 'value'} (tag ${tag}), which every image must have. The file is damaged.`,
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
}

/** The entries that a description reads: known tags of a field type that they may have. */
export function entriesToRead(directory: Directory, wholeFile: boolean): DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  for (const entry of directory.entries.values()) {
    const rule = TAG_RULES.get(entry.tag);
    if (rule === undefined || entry.count === 0 || (rule.wholeFile && !wholeFile)) continue;
    if (rule.types.includes(entry.type)) entries.push(entry);
    else if (rule.essential) {
      throw new KerchunkError(
        'malformed-tiff',
        `${ifdName(directory)} states ${rule.name} (tag ${entry.tag}) with field type ${entry.type}, which it cannot have. The file is damaged.`,
      );
    }
  }
  return entries;
}

/**
 * Reads the values of entries through geotiff. It is given a directory of these entries alone, with their values right behind it: in the
 * file itself it would load tables as boxed numbers, allocate by counts nobody has checked, and read deferred arrays of a big-endian file
 * as little-endian (geotiff.js issue 535).
 * @throws KerchunkError `malformed-tiff` where geotiff cannot read a value.
 */
export async function readValues(
  directory: Directory,
  entries: readonly DirectoryEntry[],
  known: KnownBytes,
  format: TiffFormat,
): Promise<TagValues> {
  const name = ifdName(directory);
  const compact = compactDirectory(directory, entries, known, format);
  const source = { fetch: () => Promise.resolve([compact.buffer]) } as unknown as ConstructorParameters<
    typeof GeoTIFF
  >[0];
  try {
    const file = new GeoTIFF(source, format.littleEndian, format.bigTiff, 0);
    const image = await file.requestIFD(0);
    const values = entries.map(({ tag }): [number, RawValue] => [tag, image.getValue(tag as 256) as RawValue]);
    return new TagValues(new Map(values), name);
  } catch (error) {
    if (error instanceof KerchunkError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new KerchunkError('malformed-tiff', `The tags of ${name} cannot be read: ${reason}.`, { cause: error });
  }
}

function compactDirectory(
  directory: Directory,
  entries: readonly DirectoryEntry[],
  known: KnownBytes,
  format: TiffFormat,
): Uint8Array<ArrayBuffer> {
  const { littleEndian, bigTiff, countBytes, entryBytes, offsetBytes } = format;
  // geotiff asks for more than the directory of a classic TIFF holds; what lies behind the end is never looked at.
  const spare = 8 * entries.length;
  const start = countBytes + entries.length * entryBytes + offsetBytes + spare;
  const total = entries.reduce((sum, entry) => sum + (entry.outside ? entry.length + 8 : 0), start);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  const setWord = (place: number, value: number): void => {
    if (bigTiff) view.setBigUint64(place, BigInt(value), littleEndian);
    else view.setUint32(place, value, littleEndian);
  };
  if (bigTiff) setWord(0, entries.length);
  else view.setUint16(0, entries.length, littleEndian);
  let values = start;
  entries.forEach((entry, index) => {
    const place = countBytes + index * entryBytes;
    bytes.set(directory.bytes.subarray(entry.place, entry.place + entryBytes), place);
    if (!entry.outside) return;
    setWord(place + 4 + offsetBytes, values);
    bytes.set(known.get(entry, `The value of tag ${entry.tag} of ${ifdName(directory)}`), values);
    values += entry.length;
  });
  return bytes;
}
