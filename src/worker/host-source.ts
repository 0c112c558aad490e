import { cancelled, onCancel, throwIfCancelled } from '../bytes/cancel';
import { clampLength } from '../bytes/range';
import type { ByteSource, SourceOpener, Validator } from '../bytes/source';
import { KerchunkError } from '../errors';
import type { FromWorker, ToWorker } from './messages';

type Answer = Extract<ToWorker, { type: 'bytes' }>;
type Post = (message: Extract<FromWorker, { type: 'wantBytes' | 'cancelBytes' }>) => void;

/** Byte ranges that the host fetches for the worker: the host knows what may be fetched, and holds the cache. */
export class HostBytes {
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  constructor(private readonly post: Post) {}

  /**
   * Opens sources for one document, each a new one: the host keeps what is worth keeping, and what one source learnt of a file's size does not
   * outlive a change of the file. Its `open` does not throw: the host refuses when asked.
   */
  opener(document: string): SourceOpener {
    return {
      open: (url) => new HostSource(url, (offset, length, signal) => this.#ask(document, url, offset, length, signal)),
    };
  }

  /** Hands the host's answer to the read that waits for it. */
  take(answer: Answer): void {
    const settle = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    settle?.(answer);
  }

  #ask(
    document: string,
    url: string,
    offset: number,
    length: number,
    signal: AbortSignal | undefined,
  ): Promise<Extract<Answer, { ok: true }>> {
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      throwIfCancelled(signal);
      const takeBack = onCancel(signal, () => {
        this.#waiting.delete(id);
        this.post({ type: 'cancelBytes', id });
        reject(cancelled());
      });
      this.#waiting.set(id, (answer) => {
        takeBack();
        if (answer.ok) resolve(answer);
        else reject(new KerchunkError(answer.error.code, answer.error.message));
      });
      this.post({ type: 'wantBytes', id, document, url, offset, length });
    });
  }
}

class HostSource implements ByteSource {
  #size: number | undefined;
  #validator: Validator | undefined;

  constructor(
    readonly url: string,
    private readonly ask: (
      offset: number,
      length: number,
      signal: AbortSignal | undefined,
    ) => Promise<Extract<Answer, { ok: true }>>,
  ) {}

  size(): number | undefined {
    return this.#size;
  }

  validator(): Validator | undefined {
    return this.#validator;
  }

  async read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    throwIfCancelled(signal);
    const wanted = clampLength({ offset, length }, this.#size);
    if (wanted === 0) return new Uint8Array(0);
    const { bytes, size, validator } = await this.ask(offset, wanted, signal);
    this.#size = size ?? this.#size;
    this.#validator = validator ?? this.#validator;
    return new Uint8Array(bytes);
  }
}
