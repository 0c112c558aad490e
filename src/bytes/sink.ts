/** Where bytes are written in order, a piece at a time: the counterpart of ByteSource. */
export interface ByteSink {
  /** Resolves when the next piece may come; the bytes may be changed only after that. */
  write(bytes: Uint8Array): Promise<void>;
}

/** A folder that is written file by file. */
export interface FolderSink {
  /**
   * Writes one file, whose folders are made. `path` has `/` between its parts.
   * @throws what `fill` throws, and KerchunkError `write-failed`.
   */
  file(path: string, fill: (sink: ByteSink) => Promise<void>): Promise<void>;
}

/** Keeps all bytes in memory, for places where files are written in one step only. */
export class MemorySink implements ByteSink {
  private bytes = new Uint8Array(2 ** 16);
  private length = 0;

  write(piece: Uint8Array): Promise<void> {
    const length = this.length + piece.length;
    if (length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(piece, this.length);
    this.length = length;
    return Promise.resolve();
  }

  /** All that was written, in a buffer of its own. */
  take(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }
}
