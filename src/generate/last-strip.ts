import { readRanges } from '../bytes/merge';
import type { ByteRange } from '../bytes/range';
import type { ByteSource } from '../bytes/source';
import { isEncodable } from '../codecs/encodable';
import { KerchunkError } from '../errors';
import { compressionName } from '../tiff/names';
import type { TiffDescription } from '../tiff/types';
import { bytesInWords, plural } from '../words';
import type { PlacedChunk } from './layout';
import { type Level, levelOf, writtenImages } from './level';
import { imageName } from './names';
import { Compression } from './compression';
import { shortRows } from './short-strip';
import type { GenerateOptions } from './types';

/** The stored bytes of a last strip, by where they begin in the file. */
export interface StoredStrip {
  offset: number;
  bytes: Uint8Array;
}

/** Characters of the base64 text of one strip, and of all strips of one image. */
export const MAX_TEXT = 2 ** 20;
export const MAX_TEXTS = 16 * MAX_TEXT;

/** A strip stored in more bytes does not become so small that its text is short enough: it is encoded as it was before. */
const MAX_STORED = 2 * MAX_TEXT;

/** Bytes of a strip in memory: it is decoded, padded and encoded again while the user waits. */
const MAX_DECODED = 64 * 2 ** 20;

/** The last strip of each plane that has bytes, of an image whose last strip is short. */
export function lastStrips({ layout }: Level): PlacedChunk[] {
  const { shortStrip } = layout;
  const strips: PlacedChunk[] = [];
  if (shortStrip === undefined) return strips;
  for (const place of layout.places()) {
    if (place.indices[shortStrip.axis] === shortStrip.index) strips.push(place);
  }
  return strips;
}

/** Why the short last strips of an image cannot be written anew, as far as the headers tell; undefined where they can. No full stop. */
export function obstacleOf(level: Level): string | undefined {
  const { compression } = level.image;
  const { compression: codecs } = level.codecs;
  const foreign = codecs.flatMap(({ id }) => (typeof id === 'string' && !isEncodable(id) ? [id] : []));
  if (foreign.length > 0) {
    const isFilter = foreign.every((id) => id !== level.codecs.compressor?.id) && compression !== Compression.lerc;
    const what = isFilter ? `what ${foreign.join(' and ')} undoes` : compressionName(compression);
    return `${what} cannot be written anew here`;
  }
  const decoded = level.layout.chunkShape.reduce((product, side) => product * side, level.type.type.itemSize);
  if (decoded > MAX_DECODED) {
    return `a strip of ${bytesInWords(decoded)} is not written anew, only one of up to ${bytesInWords(MAX_DECODED)}`;
  }
  const lengths = lastStrips(level).map(({ length }) => length);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const all = lengths.reduce((sum, length) => sum + length, 0);
  if (longest <= MAX_STORED && all <= MAX_TEXTS) return undefined;
  return tooMuchText(longest > MAX_STORED ? longest : all, longest <= MAX_STORED);
}

/** Why text of so many characters is not inlined. @param together of all strips of an image, not of one. */
export function tooMuchText(bytes: number, together: boolean): string {
  const what = together ? 'the strips of an image together' : 'a strip';
  const most = bytesInWords(together ? MAX_TEXTS : MAX_TEXT);
  return `written anew and inlined ${together ? 'they take' : 'it takes'} ${bytesInWords(bytes)} or more, and ${what} may take ${most}`;
}

/**
 * Reads the last strips that must be written anew, neighbours in one request; none where there are none, where they are left out, or where
 * generating refuses the file anyway.
 * @throws KerchunkError what reading throws; `short-read` where the file ends before a strip does.
 */
export async function readLastStrips(
  source: ByteSource,
  tiff: TiffDescription,
  options: GenerateOptions,
  signal?: AbortSignal,
): Promise<StoredStrip[]> {
  const ranges = lastStripRanges(tiff, options);
  const results = await readRanges(source, ranges, signal === undefined ? {} : { signal });
  return results.map((result, index) => {
    if (result.status === 'rejected') throw result.reason;
    return { offset: ranges[index]?.offset ?? 0, bytes: result.value };
  });
}

/** The ranges in the file of the last strips that readLastStrips reads. */
export function lastStripRanges(tiff: TiffDescription, options: GenerateOptions): ByteRange[] {
  const isWrittenAnew = options.preset === 'portable' && options.preview !== true && options.lastStrip !== 'cut';
  const images = writtenImages(tiff, options);
  if (!isWrittenAnew || images.every((image) => shortRows(image) === 0)) return [];
  try {
    const levels = images.map((image, index) => levelOf(tiff, index, image, options));
    if (levels.some((level) => level.layout.shortStrip !== undefined && obstacleOf(level) !== undefined)) return [];
    return levels.flatMap((level) => lastStrips(level).map(({ offset, length }) => ({ offset, length })));
  } catch (error) {
    // Generating says so, with all that belongs to it.
    if (error instanceof KerchunkError) return [];
    throw error;
  }
}

/** Rows of the full resolution that are left out where the user wants so; undefined where none of the written images has a short last strip. */
export function rowsToCut(tiff: TiffDescription, options: GenerateOptions): number | undefined {
  return writtenImages(tiff, options)
    .map(shortRows)
    .find((rows) => rows > 0);
}

/** What the user of a file must know that was written without the rows of its short last strip. */
export function cutWarning(tiff: TiffDescription, index: number, { image, stated }: Level): string | undefined {
  const rows = stated.height - image.height;
  if (rows === 0) return undefined;
  const [first, last] = [image.height, stated.height - 1];
  return (
    `The last ${rows === 1 ? 'row' : `${rows} rows`} of ${imageName(tiff, index)} (${rows === 1 ? `row ${last}` : `rows ${first} to ${last}`}) ` +
    `${rows === 1 ? 'is' : 'are'} left out, as was chosen: the array has ${plural(image.height, 'row')} of ${stated.height}.`
  );
}
