/** What a Content-Range header states: the bytes that follow (inclusive ends, absent in a 416 answer) and the whole size. */
export interface ContentRange {
  start?: number;
  end?: number;
  /** Undefined where the server does not know it. */
  total?: number;
}

const PARTIAL = /^\s*bytes\s+(\d+)\s*-\s*(\d+)\s*\/\s*(\d+|\*)\s*$/i;
const UNSATISFIED = /^\s*bytes\s+\*\s*\/\s*(\d+)\s*$/i;

/**
 * Reads a Content-Range header (RFC 9110, section 14.4), that of a 206 answer or of a 416 one; undefined for anything else:
 * no header, another unit, an end before its start or beyond the total, numbers from 2^53.
 */
export function parseContentRange(header: string | null): ContentRange | undefined {
  const text = header ?? '';
  const unsatisfied = UNSATISFIED.exec(text);
  if (unsatisfied !== null) {
    const total = Number(unsatisfied[1]);
    return Number.isSafeInteger(total) ? { total } : undefined;
  }
  const partial = PARTIAL.exec(text);
  if (partial === null) return undefined;
  const [start, end] = [Number(partial[1]), Number(partial[2])];
  if (!Number.isSafeInteger(end) || end < start) return undefined;
  if (partial[3] === '*') return { start, end };
  const total = Number(partial[3]);
  return Number.isSafeInteger(total) && end < total ? { start, end, total } : undefined;
}
