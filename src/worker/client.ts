import type { AssetLoader } from '../assets';
import { cancelled, onCancel, throwIfCancelled } from '../bytes/cancel';
import { describeError, KerchunkError } from '../errors';
import type { WorkerChannel, WorkerListener } from './channel';
import type { FromWorker, WorkerMethod, WorkerMethods, WorkerRequest } from './messages';
import { tightCopy } from './tight';

interface Waiting {
  settle: (reply: Extract<FromWorker, { type: 'reply' }>) => void;
}

/** The host's end: starts the worker when something is first asked of it, and again after it has ended. */
export class WorkerClient {
  #channel: Promise<WorkerChannel> | undefined;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(
    private readonly start: (listener: WorkerListener) => Promise<WorkerChannel>,
    private readonly loadAsset: AssetLoader,
  ) {}

  /** Starts the worker while there is something else to wait for; a start that fails shows at the next request. */
  prepare(): void {
    this.#start().catch(() => undefined);
  }

  /**
   * Asks the worker. Buffers in `transfer` must stand in `payload` and move to the worker.
   * @throws KerchunkError with the worker's own code; `cancelled` as soon as `signal` fires; `decode-failed` where the worker ends.
   */
  async request<Method extends WorkerMethod>(
    type: Method,
    payload: WorkerMethods[Method]['payload'],
    { transfer = [], signal }: { transfer?: ArrayBuffer[]; signal?: AbortSignal | undefined } = {},
  ): Promise<WorkerMethods[Method]['result']> {
    throwIfCancelled(signal);
    const channel = await this.#start();
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      throwIfCancelled(signal);
      const takeBack = onCancel(signal, () => {
        this.#waiting.delete(id);
        channel.post({ type: 'cancel', id });
        reject(cancelled());
      });
      this.#waiting.set(id, {
        settle: (reply) => {
          takeBack();
          if (reply.ok) resolve(reply.result);
          else reject(new KerchunkError(reply.error.code, reply.error.message));
        },
      });
      channel.post({ type, id, payload } as WorkerRequest, transfer);
    });
  }

  /** Ends the worker; requests that wait are rejected. */
  dispose(): void {
    void this.#channel?.then((channel) => {
      channel.stop();
    });
    this.#end('VS Code closes the extension');
  }

  #start(): Promise<WorkerChannel> {
    this.#channel ??= this.start({
      message: (message) => {
        this.#receive(message);
      },
      ended: (reason) => {
        this.#end(reason);
      },
    });
    this.#channel.catch(() => {
      this.#channel = undefined;
    });
    return this.#channel;
  }

  #receive(message: FromWorker): void {
    if (message.type === 'wantAsset') {
      void this.#sendAsset(message.name);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    waiting?.settle(message);
  }

  async #sendAsset(name: string): Promise<void> {
    const channel = await this.#start();
    try {
      const bytes = tightCopy(await this.loadAsset(name));
      channel.post({ type: 'asset', name, ok: true, bytes }, [bytes]);
    } catch (error) {
      channel.post({ type: 'asset', name, ok: false, error: describeError(error, 'fetch-failed') });
    }
  }

  #end(reason: string): void {
    this.#channel = undefined;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const [id, { settle }] of waiting) {
      const message = `The worker that decodes stopped: ${reason}. Try again.`;
      settle({ type: 'reply', id, ok: false, error: { code: 'decode-failed', message } });
    }
  }
}
