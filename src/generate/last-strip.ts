import { readRanges } from '../bytes/merge';
import type { ByteRange } from '../bytes/range';
import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import type { TiffDescription } from '../tiff/types';
import { plural } from '../words';
import { type Level, levelOf, writtenImages } from './level';
import { imageName } from './names';
import { shortRows } from './short-strip';
import { lastStrips, obstacleOf } from './strip-obstacle';
import type { GenerateOptions } from './types';

/** The stored bytes of a last strip, by where they begin in the file. */
export interface StoredStrip {
  offset: number;
  bytes: Uint8Array;
}

/**
 * Reads the last strips that must be written anew, neighbours in one request; none where there are none, or where generating refuses the file
 * anyway.
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
  const isWrittenAnew = options.preset === 'portable' && options.preview !== true;
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

/**
 * Rows that are left out where the user wants so, of the image that a refusal names; undefined where it names none that has a short last strip.
 * @param message of the refusal, which begins with the image's name.
 */
export function rowsToCut(tiff: TiffDescription, options: GenerateOptions, message: string): number | undefined {
  return writtenImages(tiff, options)
    .map((image, index) => ({ rows: shortRows(image), name: imageName(tiff, index) }))
    .find(({ rows, name }) => rows > 0 && message.startsWith(`${name}: `))?.rows;
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
