import type { AssetLoader } from '../assets';
import { cancelled, onCancel, throwIfCancelled } from '../bytes/cancel';
import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import type { WorkerChannel, WorkerListener } from './channel';
import { errorOf, failureOf } from './failure';
import type { FromWorker, KnownOfFile, ToWorker, WorkerMethod, WorkerMethods, WorkerRequest } from './messages';
import { ownBuffer } from './own-buffer';
import type { Tell } from './reading-progress';

interface Waiting {
  onProgress: Tell | undefined;
  settle: (reply: Extract<FromWorker, { type: 'reply' }>) => void;
}

/** What goes along with a request. */
export interface RequestOptions {
  /** Buffers of the payload that move to the worker. */
  transfer?: ArrayBuffer[];
  signal?: AbortSignal | undefined;
  /** Told how far the request is, where its method tells. */
  onProgress?: Tell | undefined;
}

export interface WorkerClientOptions {
  /**
   * Opens `url` for a document that the worker holds; it, or the source's reads, refuse with a KerchunkError. `afresh`: the file is to be
   * read as it is now, whatever is known of it. Of each source one range is read; nobody else keeps its bytes, which move to the worker
   * where they are the whole of their buffer. What the source knows of its file afterwards goes with them, or with the failure.
   */
  openSource?: (document: string, url: string, afresh: boolean) => ByteSource;
}

type WantBytes = Extract<FromWorker, { type: 'wantBytes' }>;

/** The host's end: starts the worker when something is first asked of it, and again after it has ended. */
export class WorkerClient {
  #channel: Promise<WorkerChannel> | undefined;
  /** Counts the workers that have ended: what one of them still says is not taken for its successor's. */
  #ended = 0;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();
  /** Reads under way for the worker, by the number that it gave them. */
  readonly #reads = new Map<number, AbortController>();

  constructor(
    private readonly start: (listener: WorkerListener) => Promise<WorkerChannel>,
    private readonly loadAsset: AssetLoader,
    private readonly options: WorkerClientOptions = {},
  ) {}

  /** Starts the worker while there is something else to wait for; a start that fails shows at the next request. */
  prepare(): void {
    this.#start().catch(() => undefined);
  }

  /**
   * Asks the worker. Buffers in `transfer` must stand in `payload` and move to the worker; `onProgress` is told how far it is.
   * @throws KerchunkError with the worker's own code; `cancelled` as soon as `signal` fires; `decode-failed` where the worker ends.
   */
  async request<Method extends WorkerMethod>(
    type: Method,
    payload: WorkerMethods[Method]['payload'],
    { transfer = [], signal, onProgress }: RequestOptions = {},
  ): Promise<WorkerMethods[Method]['result']> {
    throwIfCancelled(signal);
    const ended = this.#ended;
    const channel = await this.#start();
    if (ended !== this.#ended) throw stopped('it ended as soon as it was started');
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      throwIfCancelled(signal);
      const takeBack = onCancel(signal, () => {
        this.#waiting.delete(id);
        channel.post({ type: 'cancel', id });
        reject(cancelled());
      });
      this.#waiting.set(id, {
        onProgress,
        settle: (reply) => {
          takeBack();
          if (reply.ok) resolve(reply.result);
          else reject(errorOf(reply.error));
        },
      });
      channel.post({ type, id, payload } as WorkerRequest, transfer);
    });
  }

  /** Ends the worker; requests that wait are rejected. */
  dispose(): void {
    this.#end('VS Code closes the extension');
  }

  #start(): Promise<WorkerChannel> {
    if (this.#channel !== undefined) return this.#channel;
    const ended = this.#ended;
    const channel = this.start({
      message: (message) => {
        if (ended === this.#ended) this.#receive(message, channel);
      },
      ended: (reason) => {
        if (ended === this.#ended) this.#end(reason);
      },
    });
    this.#channel = channel;
    channel.catch(() => {
      if (this.#channel === channel) this.#channel = undefined;
    });
    return channel;
  }

  #receive(message: FromWorker, channel: Promise<WorkerChannel>): void {
    switch (message.type) {
      case 'progress':
        this.#waiting.get(message.id)?.onProgress?.(message.message, message.findings);
        break;
      case 'wantAsset':
        void this.#sendAsset(message.name, channel);
        break;
      case 'wantBytes':
        void this.#sendBytes(message, channel);
        break;
      case 'cancelBytes':
        this.#reads.get(message.id)?.abort();
        this.#reads.delete(message.id);
        break;
      case 'reply': {
        const waiting = this.#waiting.get(message.id);
        this.#waiting.delete(message.id);
        waiting?.settle(message);
        break;
      }
    }
  }

  async #sendBytes(wanted: WantBytes, channel: Promise<WorkerChannel>): Promise<void> {
    const { id } = wanted;
    const read = new AbortController();
    this.#reads.set(id, read);
    const answer = await this.#readBytes(wanted, read.signal);
    // A worker that was started since gives its own reads the same numbers.
    if (this.#reads.get(id) !== read) return;
    this.#reads.delete(id);
    (await channel).post(answer, answer.ok ? [answer.bytes] : []);
  }

  async #readBytes(
    { id, document, url, offset, length, afresh }: WantBytes,
    signal: AbortSignal,
  ): Promise<Extract<ToWorker, { type: 'bytes' }>> {
    let source: ByteSource | undefined;
    try {
      const { openSource } = this.options;
      if (openSource === undefined) throw new KerchunkError('invalid-argument', `Nothing reads ${url} for the worker.`);
      source = openSource(document, url, afresh);
      const bytes = await source.read(offset, length, signal);
      return { type: 'bytes', id, ok: true, bytes: ownBuffer(bytes), known: knownOf(source) };
    } catch (error) {
      return { type: 'bytes', id, ok: false, error: failureOf(error, 'fetch-failed'), known: knownOf(source) };
    }
  }

  async #sendAsset(name: string, started: Promise<WorkerChannel>): Promise<void> {
    const channel = await started;
    try {
      const bytes = ownBuffer(await this.loadAsset(name));
      channel.post({ type: 'asset', name, ok: true, bytes }, [bytes]);
    } catch (error) {
      channel.post({ type: 'asset', name, ok: false, error: failureOf(error, 'fetch-failed') });
    }
  }

  #end(reason: string): void {
    // A worker that reports an error may still be there.
    void this.#channel?.then(
      (channel) => {
        channel.stop();
      },
      () => undefined,
    );
    this.#channel = undefined;
    this.#ended += 1;
    for (const read of this.#reads.values()) read.abort();
    this.#reads.clear();
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    const { code, message } = stopped(reason);
    for (const [id, { settle }] of waiting) settle({ type: 'reply', id, ok: false, error: { code, message } });
  }
}

function knownOf(source: ByteSource | undefined): KnownOfFile {
  return {
    size: source?.size() ?? null,
    validator: source?.validator() ?? null,
    ignoresRanges: source?.ignoresRanges?.() ?? null,
  };
}

function stopped(reason: string): KerchunkError {
  return new KerchunkError('decode-failed', `The worker that decodes stopped: ${reason}. Try again.`);
}
