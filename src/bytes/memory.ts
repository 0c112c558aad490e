import { throwIfCancelled } from './cancel';
import { clampLength, copyBytes } from './range';
import type { ByteSource } from './source';

/** Bytes at hand, read as if they stood behind `url`. */
export class MemorySource implements ByteSource {
  readonly #bytes: Uint8Array;

  /** Keeps `bytes` without a copy; they must not change afterwards. */
  constructor(
    readonly url: string,
    bytes: Uint8Array,
  ) {
    this.#bytes = bytes;
  }

  size(): number {
    return this.#bytes.length;
  }

  validator(): undefined {
    return undefined;
  }

  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    return new Promise((resolve) => {
      throwIfCancelled(signal);
      const wanted = clampLength({ offset, length }, this.#bytes.length);
      resolve(wanted === 0 ? new Uint8Array(0) : copyBytes(this.#bytes, offset, offset + wanted));
    });
  }
}
