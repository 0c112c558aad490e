import type { ByteRange } from '../bytes/range';
import type { Directory } from './directory';
import { MERGE_GAP } from './limits';

const KIB = 1024;
const MIB = 1024 * KIB;

/** What an IFD took up on either side of its offset: itself and the values and chunk tables that stand near it. */
export interface Span {
  offset: number;
  before: number;
  after: number;
}

/**
 * The range to read for an IFD of which nothing is known but its offset, so that one request brings its values and chunk tables too,
 * which most writers put right behind it (libtiff, tifffile) and some right before it. An IFD is taken to need what the one before it
 * needed; where it stands right behind that one, others will stand behind it. For the first the file's size is the measure: its tables have 8 to 16 bytes for a chunk, which rarely has less than 4 KiB, so
 * that they have less than 1/256 of the file.
 * @param least bytes from the offset on that are needed at any rate.
 * @param fileEnd size of the file in bytes, undefined where nobody has told it.
 */
export function windowFor(
  offset: number,
  least: number,
  previous: Span | undefined,
  fileEnd: number | undefined,
): ByteRange {
  const whole = fileEnd ?? 0;
  const distance = previous === undefined ? Infinity : offset - (previous.offset + previous.after);
  const usual = distance >= 0 && distance <= 4 * KIB ? 64 * KIB : 4 * KIB;
  const wanted =
    previous === undefined
      ? { before: 4 * KIB, after: clamp(whole / 256, 64 * KIB, 16 * MIB) }
      : { before: previous.before, after: clamp(previous.after + 2 * KIB, usual, 16 * MIB) };
  const start = Math.max(0, offset - wanted.before);
  const isNearEnd = fileEnd !== undefined && fileEnd - offset <= 64 * KIB;
  const end = isNearEnd ? fileEnd : Math.min(offset + Math.max(wanted.after, least), fileEnd ?? Infinity);
  return { offset: start, length: Math.max(0, end - start) };
}

/** The span of an IFD and of those ranges of its values and tables that a request for it could have brought along. */
export function spanOf(directory: Directory, ranges: readonly ByteRange[]): Span {
  let start = directory.offset;
  let end = directory.offset + directory.bytes.length;
  for (const range of [...ranges].sort((a, b) => a.offset - b.offset)) {
    if (range.offset >= directory.offset && range.offset <= end + MERGE_GAP)
      end = Math.max(end, range.offset + range.length);
  }
  for (const range of [...ranges].sort((a, b) => b.offset - a.offset)) {
    if (range.offset < directory.offset && range.offset + range.length >= start - MERGE_GAP)
      start = Math.min(start, range.offset);
  }
  return { offset: directory.offset, before: Math.min(directory.offset - start, MIB), after: end - directory.offset };
}

function clamp(value: number, least: number, most: number): number {
  return Math.ceil(Math.min(most, Math.max(least, value)));
}
