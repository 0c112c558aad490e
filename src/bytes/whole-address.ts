import { KerchunkError } from '../errors';
import { bytesInWords, countInWords } from '../words';
import { displayAddress, publicAddress } from './address';
import { refusal, webPage } from './answer';
import { type Answer, attempt, type Attempt, type AttemptProgress } from './attempt';
import type { HttpOptions } from './http';
import { retrying, retryPolicy } from './retry';

/** How a whole file is read from an address. */
export interface WholeAddressOptions extends HttpOptions {
  signal?: AbortSignal | undefined;
  /** Bytes of the file at most. */
  limit: number;
  /** Told how many bytes have come, and of how many where the server says so. */
  onProgress?: (bytes: number, size: number | undefined) => void;
}

/** Milliseconds between two looks at how far it is. */
const INTERVAL = 250;

/**
 * The whole file at an http(s) address, or one that stands for it (s3:, gs:, az:), by one GET without a range: such a server need not give
 * any. A Content-Encoding is undone by fetch.
 * @throws KerchunkError `fetch-failed` where the server gives no such file, or a web page in its place; `limit-exceeded` above `limit` bytes;
 * `short-read` where the connection broke; `invalid-argument` for an address that stands for no http(s) address; `cancelled`.
 */
export async function readWholeAddress(
  url: string,
  { signal, limit, onProgress, onRequest, fetch: given, retry }: WholeAddressOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const address = publicAddress(url);
  if (!/^https?:/iu.test(address)) throw new KerchunkError('invalid-argument', `${url} is no web address.`);
  const name = displayAddress(url);
  const policy = retryPolicy(retry);
  return retrying(
    async (number) => {
      const begin = performance.now();
      const progress: AttemptProgress = { bytes: 0 };
      const what: Attempt = {
        address,
        name,
        host: new URL(address).host,
        headers: {},
        length: undefined,
        readBefore: number > 1,
        policy,
        fetch: given ?? ((input, init) => fetch(input, init)),
        signal,
      };
      const telling = setInterval(() => onProgress?.(progress.bytes, what.length), INTERVAL);
      try {
        return await attempt(what, progress, async (answer) => {
          what.length = sizeOf(answer);
          return takeWhole(name, answer, what.length, limit);
        });
      } finally {
        clearInterval(telling);
        onRequest?.({
          url: address,
          start: 0,
          end: Math.max(0, progress.bytes - 1),
          ...progress,
          milliseconds: performance.now() - begin,
          attempt: number,
        });
      }
    },
    policy,
    signal,
  );
}

/** How far reading a file is: `12 % of 3.0 MiB`, or `1.2 MiB` where nobody knows its size. */
export function readingInWords(bytes: number, size: number | undefined): string {
  return size === undefined || size === 0
    ? bytesInWords(bytes)
    : `${Math.floor((100 * Math.min(bytes, size)) / size)} % of ${bytesInWords(size)}`;
}

async function takeWhole(
  name: string,
  answer: Answer,
  size: number | undefined,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (answer.status !== 200) throw refusal(name, 'a request for the whole file', answer);
  if (size !== undefined && size > limit) throw tooLarge(name, `has ${bytesInWords(size)}`, limit);
  const bytes = await answer.body(limit);
  if (bytes.length > limit) throw tooLarge(name, `has more than ${bytesInWords(limit)}`, limit);
  const isPage = /^\s*text\/html/iu.test(answer.headers.get('content-type') ?? '');
  if (isPage && /^\s*</u.test(new TextDecoder().decode(bytes.subarray(0, 100)))) throw webPage(name, 'the file');
  if (size !== undefined && bytes.length !== size) {
    throw new KerchunkError(
      'short-read',
      `${name}: the server stated ${countInWords(size)} bytes and sent ${countInWords(bytes.length)}. Try again; if it stays so, the server is at fault.`,
    );
  }
  return bytes;
}

/** What the server says of the file's size; nothing where it compressed its answer, whose size that would be. */
function sizeOf({ headers }: Answer): number | undefined {
  const length = headers.get('content-length');
  const isCoded = (headers.get('content-encoding') ?? '') !== '';
  return length === null || isCoded || !/^\d+$/u.test(length) ? undefined : Number(length);
}

function tooLarge(name: string, has: string, limit: number): KerchunkError {
  return new KerchunkError(
    'limit-exceeded',
    `${name} ${has}; reference files of more than ${bytesInWords(limit)} are not read. Write such references as Parquet, or in several files.`,
  );
}
