import { displayAddress } from '../bytes/address';
import { readRanges } from '../bytes/merge';
import type { ByteRange } from '../bytes/range';
import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import { HEAD_BYTES, MERGE_GAP } from './limits';

interface Part {
  offset: number;
  bytes: Uint8Array;
}

/** The parts of a file that have been read so far; asks for what is missing and no more. */
export class KnownBytes {
  private readonly parts: Part[] = [];
  private end: number | undefined;

  constructor(
    private readonly source: ByteSource,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Reads the start of the file: 64 KiB unless `length` says otherwise, or all of a smaller file. It stays known whatever is forgotten. */
  readHead(length = HEAD_BYTES): Promise<Uint8Array> {
    return this.fetch({ offset: 0, length });
  }

  /** Byte offset at which the file ends, once an answer has told it. */
  fileEnd(): number | undefined {
    return this.source.size() ?? this.end;
  }

  has({ offset, length }: ByteRange): boolean {
    return this.knownFrom(offset, length) >= length;
  }

  /** Reads what is not known of a window, in one request, as far as the file goes; replaces windows read before. */
  async readWindow({ offset, length }: ByteRange): Promise<void> {
    this.forget();
    const known = this.knownFrom(offset, length);
    await this.fetch({ offset: offset + known, length: length - known });
  }

  /** Reads those parts of the ranges that are not known, neighbours in one request; what the file ends before is left out. */
  async ensure(ranges: readonly ByteRange[]): Promise<void> {
    const missing = ranges.map((range) => this.missingOf(range)).filter((range) => range.length > 0);
    const { source, signal } = this;
    const results = await readRanges(source, missing, {
      gap: MERGE_GAP,
      cap: Infinity,
      ...(signal === undefined ? {} : { signal }),
    });
    results.forEach((result, index) => {
      if (result.status === 'rejected') throw result.reason;
      this.parts.push({ offset: missing[index]?.offset ?? 0, bytes: result.value });
    });
  }

  /** Forgets all but the head and, where `parts` is given, the parts read before that many of them were there. */
  forget(parts = 1): void {
    this.parts.length = Math.min(this.parts.length, parts);
  }

  /** How many parts are known, for `forget`. */
  count(): number {
    return this.parts.length;
  }

  /**
   * The bytes of a range: a view where one read brought them, else a copy.
   * @param what names what should stand there; asked only for a message, because making words takes longer than reading bytes.
   * @throws KerchunkError `short-read` where the file ends before the range does.
   */
  get({ offset, length }: ByteRange, what: () => string): Uint8Array {
    if (this.knownFrom(offset, length) < length) {
      const end = this.fileEnd();
      throw new KerchunkError(
        'short-read',
        `${what()} should stand at bytes ${countInWords(offset)} to ${countInWords(offset + length)}, beyond the end of ` +
          `${displayAddress(this.source.url)}${end === undefined ? '' : ` (${countInWords(end)} bytes)`}. The file is cut off or damaged; get a whole copy.`,
      );
    }
    const first = this.partAt(offset);
    const place = offset - (first?.offset ?? 0);
    if (first !== undefined && place + length <= first.bytes.length) return first.bytes.subarray(place, place + length);
    return this.joined(offset, length);
  }

  private joined(offset: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    let done = 0;
    for (let part = this.partAt(offset); part !== undefined && done < length; part = this.partAt(offset + done)) {
      const place = offset + done - part.offset;
      const piece = part.bytes.subarray(place, place + length - done);
      bytes.set(piece, done);
      done += piece.length;
    }
    return bytes;
  }

  private missingOf({ offset, length }: ByteRange): ByteRange {
    const known = this.knownFrom(offset, length);
    const end = this.fileEnd();
    const isBeyond = !Number.isSafeInteger(offset + length) || (end !== undefined && offset + length > end);
    return { offset: offset + known, length: isBeyond ? 0 : length - known };
  }

  private async fetch({ offset, length }: ByteRange): Promise<Uint8Array> {
    const end = this.fileEnd();
    const available = Math.min(length, end === undefined ? length : end - offset);
    if (!Number.isSafeInteger(offset + length) || available <= 0) return new Uint8Array(0);
    const bytes = await this.source.read(offset, available, this.signal);
    if (bytes.length > 0 && bytes.length < available) this.end = offset + bytes.length;
    if (offset === 0 && bytes.length === 0) this.end = 0;
    this.parts.push({ offset, bytes });
    return bytes;
  }

  /** How many of the `length` bytes from `offset` on are known without a gap. */
  private knownFrom(offset: number, length: number): number {
    let known = 0;
    while (known < length) {
      const part = this.partAt(offset + known);
      if (part === undefined) break;
      known = part.offset + part.bytes.length - offset;
    }
    return Math.min(known, length);
  }

  /** The part that reaches furthest of those that hold the byte at `offset`. */
  private partAt(offset: number): Part | undefined {
    let best: Part | undefined;
    for (const part of this.parts) {
      const end = part.offset + part.bytes.length;
      if (part.offset <= offset && offset < end && end > (best === undefined ? 0 : best.offset + best.bytes.length)) {
        best = part;
      }
    }
    return best;
  }
}
