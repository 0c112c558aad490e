import { cancelled, onCancel, throwIfCancelled } from '../bytes/cancel';
import { clampLength } from '../bytes/range';
import type { ByteSource, SourceOpener, Validator } from '../bytes/source';
import { errorOf } from './failure';
import type { FromWorker, KnownOfFile, ToWorker } from './messages';

type Answer = Extract<ToWorker, { type: 'bytes' }>;
type Wanted = Extract<FromWorker, { type: 'wantBytes' }>;
type Post = (message: Extract<FromWorker, { type: 'wantBytes' | 'cancelBytes' }>) => void;

/** Byte ranges that the host fetches for the worker: the host knows what may be fetched, and holds the cache. */
export class HostBytes {
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #lastId = 0;

  constructor(private readonly post: Post) {}

  /**
   * Opens sources for one document, each a new one: the host keeps what is worth keeping, and what one source learnt of a file's size does not
   * outlive a change of the file. Its `open` does not throw: the host refuses when asked, also with `invalid-argument` for an address
   * that nothing reads.
   */
  opener(document: string): SourceOpener {
    return { open: (url) => this.#open(document, url, false) };
  }

  /**
   * As `opener`, for one check of files as they are now, whatever the host keeps of them: one source for each address, whose first read is
   * not from what is kept.
   */
  openerAfresh(document: string): SourceOpener {
    const sources = new Map<string, ByteSource>();
    return {
      open: (url) => {
        const source = sources.get(url) ?? this.#open(document, url, true);
        sources.set(url, source);
        return source;
      },
    };
  }

  /**
   * As `opener`, for files that are read once for a document: the first source of each address reads the file as it is now, whatever the host
   * keeps of it from an earlier document.
   */
  openerOfNow(document: string): SourceOpener {
    const opened = new Set<string>();
    return {
      open: (url) => {
        const afresh = !opened.has(url);
        opened.add(url);
        return this.#open(document, url, afresh);
      },
    };
  }

  /** Hands the host's answer to the read that waits for it. */
  take(answer: Answer): void {
    const settle = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    settle?.(answer);
  }

  #open(document: string, url: string, afresh: boolean): ByteSource {
    return new HostSource(url, afresh, (range, signal) => this.#ask({ ...range, document, url }, signal));
  }

  #ask(wanted: Omit<Wanted, 'type' | 'id'>, signal: AbortSignal | undefined): Promise<Answer> {
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
        resolve(answer);
      });
      this.post({ type: 'wantBytes', id, ...wanted });
    });
  }
}

type Ask = (range: Pick<Wanted, 'offset' | 'length' | 'afresh'>, signal: AbortSignal | undefined) => Promise<Answer>;

class HostSource implements ByteSource {
  readonly #known: { size?: number; validator?: Validator; ignoresRanges?: boolean } = {};
  #afresh: boolean;

  constructor(
    readonly url: string,
    afresh: boolean,
    private readonly ask: Ask,
  ) {
    this.#afresh = afresh;
  }

  size(): number | undefined {
    return this.#known.size;
  }

  validator(): Validator | undefined {
    return this.#known.validator;
  }

  ignoresRanges(): boolean | undefined {
    return this.#known.ignoresRanges;
  }

  async read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    throwIfCancelled(signal);
    const wanted = clampLength({ offset, length }, this.size());
    if (wanted === 0) return new Uint8Array(0);
    const afresh = this.#afresh;
    this.#afresh = false;
    const answer = await this.ask({ offset, length: wanted, afresh }, signal);
    this.#learn(answer.known);
    if (!answer.ok) throw errorOf(answer.error);
    return new Uint8Array(answer.bytes);
  }

  #learn({ size, validator, ignoresRanges }: KnownOfFile): void {
    if (size !== null) this.#known.size = size;
    if (validator !== null) this.#known.validator = validator;
    if (ignoresRanges !== null) this.#known.ignoresRanges = ignoresRanges;
  }
}
