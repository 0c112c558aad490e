import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import { HEAD_BYTES, MERGE_GAP } from './limits';

/** A half-open range [offset, offset + length) of the file. */
export interface FileRange {
  offset: number;
  length: number;
}

/** The parts of a file that have been read so far; asks for what is missing and no more. */
export class KnownBytes {
  private readonly parts: { offset: number; bytes: Uint8Array }[] = [];

  constructor(
    private readonly source: ByteSource,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Reads the start of the file: up to 64 KiB of it. */
  async readHead(): Promise<Uint8Array> {
    return this.fetch({ offset: 0, length: HEAD_BYTES });
  }

  /** Reads from `offset` as far as a window goes, unless the `least` bytes there are known. */
  async ensureWindow(offset: number, least: number): Promise<void> {
    if (this.find({ offset, length: least }) === undefined) await this.fetch({ offset, length: HEAD_BYTES });
  }

  /** Reads those of the ranges that are not known, neighbours together. */
  async ensure(ranges: readonly FileRange[]): Promise<void> {
    const missing = ranges.filter((range) => range.length > 0 && this.find(range) === undefined);
    for (const range of merged(missing)) await this.fetch(range);
  }

  /**
   * The bytes of a range.
   * @throws KerchunkError `short-read` where the file ends before the range does; `what` names what should stand there.
   */
  get(range: FileRange, what: string): Uint8Array {
    const found = range.length === 0 ? new Uint8Array() : this.find(range);
    if (found !== undefined) return found;
    const size = this.source.size();
    throw new KerchunkError(
      'short-read',
      `${what} should stand at bytes ${countInWords(range.offset)} to ${countInWords(range.offset + range.length)}, beyond the end of ` +
        `${this.source.url}${size === undefined ? '' : ` (${countInWords(size)} bytes)`}. The file is cut off or damaged; get a whole copy.`,
    );
  }

  private async fetch(range: FileRange): Promise<Uint8Array> {
    const size = this.source.size();
    if (!Number.isSafeInteger(range.offset + range.length) || (size !== undefined && range.offset >= size)) {
      return new Uint8Array();
    }
    const bytes = await this.source.read(range.offset, range.length, this.signal);
    this.parts.push({ offset: range.offset, bytes });
    return bytes;
  }

  private find({ offset, length }: FileRange): Uint8Array | undefined {
    const part = this.parts.find(
      (known) => known.offset <= offset && offset + length <= known.offset + known.bytes.length,
    );
    return part?.bytes.subarray(offset - part.offset, offset - part.offset + length);
  }
}

function merged(ranges: readonly FileRange[]): FileRange[] {
  const result: FileRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.offset - b.offset)) {
    const last = result.at(-1);
    if (last !== undefined && range.offset - (last.offset + last.length) <= MERGE_GAP) {
      last.length = Math.max(last.length, range.offset + range.length - last.offset);
    } else {
      result.push({ ...range });
    }
  }
  return result;
}
