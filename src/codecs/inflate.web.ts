import { Inflate } from 'pako';
import type { Inflated, InflateFormat } from './inflate-format';
import { countingBound, notDeflated } from './inflate-format';

const GZIP_ONLY = 31;
const LARGEST_PART = 2 ** 20;
const SMALLEST_PART = 2 ** 10;

/** The part of pako's stream that tells where decoding stopped; pako's types leave it out. */
interface PakoStream {
  input: Uint8Array;
  next_in: number;
  /** Bytes read and written since the last gzip member began. */
  total_in: number;
  total_out: number;
  output: Uint8Array | null;
  next_out: number;
}

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
    const bytes = new Uint8Array(this.total);
    let at = 0;
    for (const part of this.parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return { bytes };
  }
}

/**
 * Undoes DEFLATE with pako, where there is no built-in zlib. Bytes after the end of the stream are ignored. Never holds more
 * than `limit` bytes and one part.
 * @throws KerchunkError `decode-failed` where the stream is damaged or cut off.
 */
export function inflate(bytes: Uint8Array, format: InflateFormat, limit: number): Promise<Inflated> {
  const collector = new Collector(limit, countingBound(limit));
  const engine = new Inflate({
    raw: format === 'raw',
    chunkSize: Math.min(Math.max(limit + 1, SMALLEST_PART), LARGEST_PART),
    ...(format === 'gzip' ? { windowBits: GZIP_ONLY } : {}),
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
  if (!whole) {
    const { strm } = engine as unknown as { strm: PakoStream };
    const failure = notDeflated(format, engine.msg === '' ? 'unexpected end of file' : engine.msg);
    if (format !== 'gzip' || !failedAfterMember(strm)) return Promise.reject(failure);
    if (strm.output !== null) collector.add(strm.output.subarray(0, strm.next_out));
  }
  return Promise.resolve(collector.result(false));
}

/** Whether a whole gzip member was read and what follows it begins no other: bytes after the end, as zlib itself sees them. */
function failedAfterMember(stream: PakoStream): boolean {
  const start = stream.next_in - stream.total_in;
  return start > 0 && stream.total_out === 0 && !(stream.input[start] === 0x1f && stream.input[start + 1] === 0x8b);
}
