import type { ByteRange } from './range';

/** One request that serves several ranges: the half-open range [offset, offset + length), and the places of those in the list. */
export interface PlannedRequest extends ByteRange {
  members: number[];
}

/**
 * Merges ranges into requests, in order of offset. A range joins the request before it when at most `gap` bytes lie between them
 * (fsspec's rule, inclusive) and the request stays within `cap` bytes, or when it lies inside it. A range longer than
 * `cap` is one request. Ranges must be valid and not empty.
 */
export function planRequests(
  ranges: readonly (ByteRange & { index: number })[],
  gap: number,
  cap: number,
): PlannedRequest[] {
  const requests: PlannedRequest[] = [];
  let last: PlannedRequest | undefined;
  for (const { offset, length, index } of [...ranges].sort((a, b) => a.offset - b.offset || b.length - a.length)) {
    const lastEnd = last === undefined ? 0 : last.offset + last.length;
    const joined = last === undefined ? 0 : Math.max(lastEnd, offset + length) - last.offset;
    if (last !== undefined && offset - lastEnd <= gap && (joined <= cap || joined === last.length)) {
      last.length = joined;
      last.members.push(index);
    } else {
      last = { offset, length, members: [index] };
      requests.push(last);
    }
  }
  return requests;
}
