import { ChangedFileError, KerchunkError } from '../errors';
import { countInWords, plural } from '../words';
import { displayAddress, publicAddress } from './address';
import { NothingThere, type Received, takeRange } from './answer';
import { type Answer, attempt, type AttemptProgress } from './attempt';
import { throwIfCancelled } from './cancel';
import { clampLength } from './range';
import { retrying, type RetryPolicy, retryPolicy } from './retry';
import type { ByteSource, RequestTrace, Validator } from './source';

/** How an HttpSource works; all of it optional. */
export interface HttpOptions {
  /** Told of every request, once it is over, whether it succeeded or not. */
  onRequest?: (trace: RequestTrace) => void;
  /** In place of the global fetch. */
  fetch?: typeof fetch;
  retry?: Partial<RetryPolicy>;
}

/**
 * Bytes behind an http(s) address, or one that stands for it (s3:, gs:, az:), read by GET with a Range header and nothing else:
 * addresses signed for GET refuse HEAD. Size and validator are learnt from the answers; an answer that contradicts an earlier one
 * ends the source for good, because bytes of two versions of a file must not be mixed.
 */
export class HttpSource implements ByteSource {
  readonly #address: string;
  readonly #name: string;
  readonly #policy: RetryPolicy;
  readonly #fetch: typeof fetch;
  readonly #onRequest: ((trace: RequestTrace) => void) | undefined;
  /** Where a redirect led: asked directly afterwards, which saves a round trip for every read. */
  #redirectedTo: string | undefined;
  #size: number | undefined;
  #validator: Validator | undefined;
  #changed: KerchunkError | undefined;
  #ignoresRanges: boolean | undefined;

  /** @throws KerchunkError `invalid-argument` for an address that stands for no http(s) address. */
  constructor(
    readonly url: string,
    options: HttpOptions = {},
  ) {
    this.#address = publicAddress(url);
    if (!/^https?:/i.test(this.#address)) {
      throw new KerchunkError('invalid-argument', `${url} is no web address.`);
    }
    this.#name = displayAddress(url);
    this.#policy = retryPolicy(options.retry);
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#onRequest = options.onRequest;
  }

  size(): number | undefined {
    return this.#size;
  }

  validator(): Validator | undefined {
    return this.#validator;
  }

  ignoresRanges(): boolean | undefined {
    return this.#ignoresRanges;
  }

  async read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    const wanted = clampLength({ offset, length }, this.#size);
    throwIfCancelled(signal);
    if (this.#changed !== undefined) throw this.#changed;
    if (wanted === 0) return new Uint8Array(0);
    const bytes = await this.#readRetrying(offset, wanted, signal);
    if (bytes.length < wanted && this.#size === undefined) await this.#checkEnd(offset, wanted, bytes.length, signal);
    return bytes;
  }

  #readRetrying(offset: number, length: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
    return retrying((number) => this.#readOnce(offset, length, number, signal), this.#policy, signal);
  }

  /** Whether the file ends where a server, which does not tell its size, sent no more; it may only have sent less than asked for. */
  async #checkEnd(offset: number, wanted: number, came: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      const rest = await this.#readRetrying(offset + came, wanted - came, signal);
      if (rest.length === 0) return;
    } catch (error) {
      if (error instanceof NothingThere) return;
      throw error;
    }
    throw new KerchunkError(
      'short-read',
      `${this.#name}: asked for ${plural(wanted, 'byte')} from byte ${countInWords(offset)} on, the server sent only ${countInWords(came)}, though the file goes on behind them. Use another server for this file.`,
    );
  }

  async #readOnce(offset: number, length: number, number: number, signal?: AbortSignal): Promise<Uint8Array> {
    const redirectedTo = this.#redirectedTo;
    if (redirectedTo !== undefined) {
      try {
        return await this.#request(redirectedTo, offset, length, number, signal);
      } catch (error) {
        this.#redirectedTo = undefined;
        if (!(error instanceof RedirectExpired)) throw error;
      }
    }
    return this.#request(this.#address, offset, length, number, signal);
  }

  async #request(
    address: string,
    offset: number,
    length: number,
    number: number,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array> {
    const begin = performance.now();
    const progress: AttemptProgress = { bytes: 0 };
    const what = {
      address,
      name: this.#name,
      host: new URL(address).host,
      // Fetch adds `Accept-Encoding: identity` to a request for a range by itself (Fetch standard, HTTP-network-or-cache fetch).
      headers: { Range: `bytes=${offset}-${offset + length - 1}` },
      length,
      readBefore: this.#validator !== undefined,
      policy: this.#policy,
      fetch: this.#fetch,
      signal,
    };
    try {
      return await attempt(what, progress, async (answer) => {
        if (address !== this.#address && EXPIRED.has(answer.status)) throw new RedirectExpired();
        if (answer.status < 300) this.#ignoresRanges = answer.status === 200;
        const received = await takeRange({ name: this.#name, offset, length }, answer);
        this.#learn(received, answer);
        return received.bytes;
      });
    } finally {
      this.#onRequest?.({
        url: this.#address,
        start: offset,
        end: offset + length - 1,
        ...progress,
        milliseconds: performance.now() - begin,
        attempt: number,
      });
    }
  }

  #learn(received: Received, answer: Answer): void {
    const now = validatorOf(answer.headers);
    const difference = describeChange(this.#validator, now) ?? describeSizeChange(this.#size, received.size);
    if (difference !== undefined) {
      this.#changed = new ChangedFileError(
        `${this.#name} changed on the server since it was first read: ${difference}. Reload it; references made for the older file may no longer fit.`,
      );
      throw this.#changed;
    }
    this.#validator = { ...now, ...this.#validator };
    this.#size ??= received.size;
    if (answer.redirected) this.#redirectedTo = answer.address;
  }
}

/** What a store answers when the signature in a redirect's address has run out (Google's says 400). */
const EXPIRED = new Set([400, 401, 403, 404, 410]);

/** The address that a redirect gave no longer works; the original may redirect to a fresh one. Never leaves this file. */
class RedirectExpired extends KerchunkError {
  constructor() {
    super('fetch-failed', 'The address that a redirect gave has expired.');
  }
}

function validatorOf(headers: Headers): Validator {
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  return { ...(etag === null ? {} : { etag }), ...(lastModified === null ? {} : { lastModified }) };
}

/** How two answers differ; the ETag decides where both have one (RFC 9110, section 8.8.3). */
function describeChange(before: Validator | undefined, now: Validator): string | undefined {
  if (before?.etag !== undefined && now.etag !== undefined) {
    return before.etag === now.etag ? undefined : `ETag ${before.etag} then, ${now.etag} now`;
  }
  if (before?.lastModified === undefined || now.lastModified === undefined) return undefined;
  return before.lastModified === now.lastModified
    ? undefined
    : `last modified ${before.lastModified} then, ${now.lastModified} now`;
}

function describeSizeChange(before: number | undefined, now: number | undefined): string | undefined {
  return before === undefined || now === undefined || before === now
    ? undefined
    : `${plural(before, 'byte')} then, ${plural(now, 'byte')} now`;
}
