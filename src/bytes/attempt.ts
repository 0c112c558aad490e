import { KerchunkError } from '../errors';
import { joinBytes } from '../join-bytes';
import { countInWords, plural } from '../words';
import { cancelled, onCancel, throwIfCancelled } from './cancel';
import { explainNetworkFailure } from './network';
import { type RetryPolicy, TransientError } from './retry';

/** One request to make. */
export interface Attempt {
  address: string;
  /** The file, and the host of `address`, as messages call them. */
  name: string;
  host: string;
  headers: Record<string, string>;
  /** Bytes that are hoped for, which set how long the whole answer may take; undefined where nobody knows, and nothing limits that. */
  length: number | undefined;
  /** Whether an earlier request to the same source was answered. */
  readBefore: boolean;
  policy: RetryPolicy;
  fetch: typeof fetch;
  signal: AbortSignal | undefined;
}

/** How far a request came, kept up to date while it runs. */
export interface AttemptProgress {
  status?: number;
  bytes: number;
}

/** An answer whose body is still to come. */
export interface Answer {
  status: number;
  headers: Headers;
  /** The address that answered, after redirects, and whether there were any. */
  address: string;
  redirected: boolean;
  /** Reads the body up to `limit` bytes; gives `limit` + 1 bytes or more where there are more, and stops there. */
  body(limit: number): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Sends one GET and hands the answer to `use`; afterwards whatever of the body was not read is dropped, with its connection.
 * @throws KerchunkError whatever `use` throws; `cancelled` at once when the signal fires; `fetch-failed` where no answer came, the
 * server fell silent, or was too slow; `short-read` where the connection broke inside the body.
 */
export async function attempt<T>(
  what: Attempt,
  progress: AttemptProgress,
  use: (answer: Answer) => Promise<T>,
): Promise<T> {
  throwIfCancelled(what.signal);
  const stop = new Stop(what, progress);
  try {
    const response = await what.fetch(what.address, { headers: what.headers, signal: stop.signal });
    stop.heard();
    progress.status = response.status;
    return await use({
      status: response.status,
      headers: response.headers,
      address: response.url,
      redirected: response.redirected,
      body: (limit) => readBody(response, limit, progress, stop),
    });
  } catch (error) {
    throw stop.reason ?? failure(error, what, progress);
  } finally {
    stop.end();
  }
}

function failure(error: unknown, what: Attempt, progress: AttemptProgress): KerchunkError {
  if (error instanceof KerchunkError) return error;
  if (progress.status !== undefined) {
    const message = `${what.name}: the connection was cut after ${farInWords(progress.bytes, what.length)}.`;
    return new TransientError('short-read', message, undefined, { cause: error });
  }
  const { message: reason, transient } = explainNetworkFailure({ error, host: what.host, readBefore: what.readBefore });
  const message = `${what.name}: ${reason}`;
  return transient
    ? new TransientError('fetch-failed', message, undefined, { cause: error })
    : new KerchunkError('fetch-failed', message, { cause: error });
}

/** How far an answer came: `12 of 20 bytes`. */
function farInWords(bytes: number, length: number | undefined): string {
  return length === undefined ? plural(bytes, 'byte') : `${countInWords(bytes)} of ${plural(length, 'byte')}`;
}

async function readBody(
  response: Response,
  limit: number,
  progress: AttemptProgress,
  stop: Stop,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader: BodyReader | undefined = response.body?.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (reader !== undefined && length <= limit) {
    const { done, value } = await reader.read();
    if (done || value === undefined) break;
    stop.heard();
    pieces.push(value);
    length += value.length;
    progress.bytes = length;
  }
  return joinBytes(pieces);
}

interface BodyReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
}

/** What ends a request early: the caller's signal, a silence, or a pace that would take for ever. */
class Stop {
  reason: KerchunkError | undefined;
  readonly #controller = new AbortController();
  readonly #listenNoMore: () => void;
  readonly #deadline: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout>;

  constructor(
    private readonly what: Attempt,
    private readonly progress: AttemptProgress,
  ) {
    const { length } = what;
    const { inactivity, slowest } = what.policy;
    this.#listenNoMore = onCancel(what.signal, () => {
      this.#because(cancelled());
    });
    this.#silence = this.#listen();
    if (length === undefined) return;
    this.#deadline = setTimeout(
      () => {
        this.#because(this.#tooSlow());
      },
      inactivity + (length / slowest) * 1000,
    );
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The server sent something: the silence begins anew. */
  heard(): void {
    clearTimeout(this.#silence);
    this.#silence = this.#listen();
  }

  /** Frees timers and listeners, and drops the connection where the body was not read to its end. */
  end(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#deadline);
    this.#listenNoMore();
    this.#controller.abort();
  }

  #listen(): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#because(this.#silent());
    }, this.what.policy.inactivity);
  }

  #because(reason: KerchunkError): void {
    this.reason ??= reason;
    this.#controller.abort();
  }

  #silent(): KerchunkError {
    const { name, host, length, policy } = this.what;
    const seconds = policy.inactivity / 1000;
    const { status, bytes } = this.progress;
    const message =
      status === undefined
        ? `${name}: ${host} did not answer within ${seconds} seconds. Check that the server is up, and try again.`
        : `${name}: ${host} stopped sending after ${farInWords(bytes, length)} and was silent for ${seconds} seconds. Try again.`;
    return new TransientError(status === undefined ? 'fetch-failed' : 'short-read', message);
  }

  #tooSlow(): KerchunkError {
    const { name, host, length, policy } = this.what;
    return new KerchunkError(
      'fetch-failed',
      `${name}: ${host} sends fewer than ${countInWords(policy.slowest)} bytes a second: ${farInWords(this.progress.bytes, length)} came. Try again when it is faster.`,
    );
  }
}
