import type { ByteSource } from '../../../src/bytes/source';

/** One read that was made: where it began, and how many bytes it brought. */
export interface Read {
  offset: number;
  length: number;
}

/** Bytes in memory as a web server gives them: the size is known after the first answer, and every read is counted. */
export class CountingSource implements ByteSource {
  readonly url = 'memory:test.tif';
  readonly reads: Read[] = [];

  /**
   * @param pieces by offset; between and behind them the file has zeros.
   * @param end of the file in bytes.
   * @param tellsSize false for a server that does not.
   */
  constructor(
    private readonly pieces: ReadonlyMap<number, Uint8Array>,
    private readonly end: number,
    private readonly tellsSize = true,
  ) {}

  static of(bytes: Uint8Array, tellsSize = true): CountingSource {
    return new CountingSource(new Map([[0, bytes]]), bytes.length, tellsSize);
  }

  get bytesRead(): number {
    return this.reads.reduce((sum, { length }) => sum + length, 0);
  }

  read(offset: number, length: number): Promise<Uint8Array> {
    const result = new Uint8Array(Math.max(0, Math.min(length, this.end - offset)));
    for (const [start, bytes] of this.pieces) {
      const from = Math.max(offset, start);
      const to = Math.min(offset + result.length, start + bytes.length);
      if (from < to) result.set(bytes.subarray(from - start, to - start), from - offset);
    }
    this.reads.push({ offset, length: result.length });
    return Promise.resolve(result);
  }

  size(): number | undefined {
    return this.tellsSize && this.reads.length > 0 ? this.end : undefined;
  }

  validator(): undefined {
    return undefined;
  }
}
