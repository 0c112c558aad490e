import { Inflate } from 'pako';
import { joinBytes } from '../join-bytes';
import type { Inflated, InflateFormat } from './inflate-format';
import { countingBound, notDeflated } from './inflate-format';

/** Window bits by which zlib is told what to expect; pako looks for either by itself without them. */
const ZLIB_ONLY = 15;
const GZIP_ONLY = 31;
const LARGEST_PART = 2 ** 20;
const SMALLEST_PART = 2 ** 10;

class CountedEnough extends Error {}

/** Collects what a stream gives up to a limit, and counts what comes after it up to a bound. */
class Collector {
  private readonly parts: Uint8Array[] = [];
  private total = 0;

  constructor(
    private readonly limit: number,
    private readonly bound: number,
  ) {}

  add(part: Uint8Array): void {
    this.total += part.length;
    if (this.total <= this.limit) this.parts.push(part);
    else if (this.total > this.bound) throw new CountedEnough();
  }

  result(stoppedEarly: boolean): Inflated {
    if (this.total > this.limit) return { total: this.total, more: stoppedEarly };
    return { bytes: joinBytes(this.parts) };
  }
}

/**
 * Undoes DEFLATE with pako, where there is no built-in zlib. Bytes after the end of the stream are ignored, but after gzip
 * members only zeros. Never holds more than `limit` bytes and one part; what comes after them is counted up to `bound`.
 * @throws KerchunkError `decode-failed` where the stream is damaged or cut off.
 */
export function inflate(
  bytes: Uint8Array,
  format: InflateFormat,
  limit: number,
  bound = countingBound(limit),
): Promise<Inflated> {
  const collector = new Collector(limit, bound);
  const engine = new Inflate({
    raw: format === 'raw',
    chunkSize: Math.min(Math.max(limit + 1, SMALLEST_PART), LARGEST_PART),
    ...(format === 'raw' ? {} : { windowBits: format === 'gzip' ? GZIP_ONLY : ZLIB_ONLY }),
  });
  engine.onData = (part) => {
    collector.add(part as Uint8Array);
  };
  let whole;
  try {
    whole = engine.push(bytes, true);
  } catch (error) {
    if (error instanceof CountedEnough) return Promise.resolve(collector.result(true));
    throw error;
  }
  if (whole) return Promise.resolve(collector.result(false));
  return Promise.reject(notDeflated(format, engine.msg === '' ? 'unexpected end of file' : engine.msg));
}
