import { KerchunkError, NotFoundError } from '../errors';
import { countInWords, plural } from '../words';
import type { Answer } from './attempt';
import { type ContentRange, parseContentRange } from './content-range';
import { headersMayBeHidden } from './network';
import { copyBytes } from './range';
import { parseRetryAfter, TransientError } from './retry';

/** Where a server that ignores ranges sends the whole file instead, it is taken up to this size. */
export const WHOLE_FILE_LIMIT = 4 * 2 ** 20;

/** The bytes [offset, offset + length) of the file that messages call `name`. */
export interface AskedRange {
  name: string;
  offset: number;
  length: number;
}

/**
 * What an answer to a range request gave: bytes, and the file's size if told. They are fewer than asked for only at the end of the file, or
 * where the size is not told: a server may send a part of a range (RFC 9110, section 15.3.7), and then nobody knows which it is.
 */
export interface Received {
  bytes: Uint8Array;
  size?: number;
}

/** The server has nothing of the range, and does not tell the file's size: the file may end before it. */
export class NothingThere extends KerchunkError {}

/**
 * Takes the asked bytes from an answer, checking all that HTTP says about them (RFC 9110, sections 14 and 15).
 * @throws KerchunkError `short-read` where the bytes are not those asked for, `fetch-failed` where there are none. Failures that
 * may pass are TransientErrors.
 */
export async function takeRange(asked: AskedRange, answer: Answer): Promise<Received> {
  if (answer.status === 206) return takePart(asked, answer);
  if (answer.status === 200) return takeSlice(asked, answer);
  if (answer.status === 416) return takeNothing(asked, answer);
  throw refusal(asked.name, 'a range request', answer);
}

async function takePart(asked: AskedRange, answer: Answer): Promise<Received> {
  const { name, length } = asked;
  refuseCoded(asked, answer);
  if (/^\s*multipart\//i.test(answer.headers.get('content-type') ?? '')) {
    throw new KerchunkError(
      'fetch-failed',
      `${name}: the server answered with several parts (multipart/byteranges) to a request for the one range ${span(asked)}. Use another server for this file.`,
    );
  }
  const header = answer.headers.get('content-range');
  const range = header === null && headersMayBeHidden() ? undefined : checkedRange(asked, header);
  const expected = range === undefined ? length : range.end - range.start + 1;
  const bytes = await answer.body(expected);
  if (bytes.length > expected) {
    throw new KerchunkError(
      'short-read',
      `${name}: the server sent more than the ${plural(expected, 'byte')} it stated for ${span(asked)}. The bytes can't be trusted; use another server for this file.`,
    );
  }
  if (range === undefined) return { bytes };
  if (bytes.length < expected) {
    throw new KerchunkError(
      'short-read',
      `${name}: the server stated ${plural(expected, 'byte')} for ${span(asked)} and sent ${countInWords(bytes.length)}. Try again; if it stays so, the server is at fault.`,
    );
  }
  return range.total === undefined ? { bytes } : { bytes, size: range.total };
}

/** The Content-Range of a 206 answer, once it is the range asked for or the part of it up to the end of the file. */
function checkedRange(
  asked: AskedRange,
  header: string | null,
): Required<Pick<ContentRange, 'start' | 'end'>> & ContentRange {
  const { name, offset, length } = asked;
  const range = parseContentRange(header);
  if (range?.start === undefined || range.end === undefined) {
    const stated = header === null ? 'no Content-Range' : `the unreadable Content-Range "${header}"`;
    throw new KerchunkError(
      'short-read',
      `${name}: the answer to ${span(asked)} carries ${stated}, so nobody knows which bytes it holds. Use another server for this file.`,
    );
  }
  const { start, end, total } = range;
  const lastAsked = offset + length - 1;
  const wanted = total === undefined ? Math.min(end, lastAsked) : Math.min(total - 1, lastAsked);
  if (start !== offset || end !== wanted) {
    throw new KerchunkError(
      'short-read',
      `${name}: asked for ${span(asked)}, the server answered with bytes ${countInWords(start)}-${countInWords(end)}. These are not the bytes that were asked for; use another server for this file.`,
    );
  }
  return { ...range, start, end };
}

async function takeSlice(asked: AskedRange, answer: Answer): Promise<Received> {
  const { name, offset, length } = asked;
  refuseCoded(asked, answer);
  if (/^\s*text\/html/i.test(answer.headers.get('content-type') ?? '')) {
    throw webPage(name, span(asked));
  }
  const stated = Number(answer.headers.get('content-length') ?? 0);
  const body = stated > WHOLE_FILE_LIMIT ? undefined : await answer.body(WHOLE_FILE_LIMIT);
  if (body === undefined || body.length > WHOLE_FILE_LIMIT) {
    throw new KerchunkError(
      'short-read',
      `${name}: the server answered 200 to a range request; it does not support byte ranges. Download the file or use a server that does: the whole of it, more than ${countInWords(WHOLE_FILE_LIMIT)} bytes, is too much to fetch for ${span(asked)}.`,
    );
  }
  return {
    bytes: copyBytes(body, Math.min(offset, body.length), Math.min(offset + length, body.length)),
    size: body.length,
  };
}

/** The server sent a web page in place of `what` of the file that messages call `name`. */
export function webPage(name: string, what: string): KerchunkError {
  return new KerchunkError(
    'fetch-failed',
    `${name}: the server answered with a web page (200, text/html) instead of ${what}: a login or error page, most likely. Open the address in a browser to see it.`,
  );
}

function takeNothing(asked: AskedRange, answer: Answer): Received {
  const { name, offset } = asked;
  const size = parseContentRange(answer.headers.get('content-range'))?.total;
  if (size !== undefined && offset >= size) return { bytes: new Uint8Array(0), size };
  const what = `${name}: the server has no ${span(asked)} (416)`;
  if (size === undefined) {
    throw new NothingThere('short-read', `${what}: the file ends before them, or is empty.`);
  }
  throw new KerchunkError(
    'short-read',
    `${what}: yet it says that the file has ${plural(size, 'byte')}, so the server is at fault.`,
  );
}

/** A coded range holds bytes of the compressed file, or the start of a stream: neither is what a reference points at. */
function refuseCoded(asked: AskedRange, answer: Answer): void {
  const coding = (answer.headers.get('content-encoding') ?? '').trim().toLowerCase();
  // S3 keeps `aws-chunked`, a matter of how the file was uploaded, with some files whose bytes are not coded.
  if (coding === '' || coding === 'identity' || coding === 'aws-chunked') return;
  throw new KerchunkError(
    'fetch-failed',
    `${asked.name}: the server compressed its answer to ${span(asked)} (Content-Encoding: ${coding}), though asked not to; offsets have no meaning in it. Store or serve the file without Content-Encoding.`,
  );
}

function span(asked: AskedRange): string {
  return `bytes ${countInWords(asked.offset)}-${countInWords(asked.offset + asked.length - 1)}`;
}

const NEXT_STEPS = new Map([
  [
    400,
    'The server does not understand the request (400). Check the address; the signature of a signed address may have expired.',
  ],
  [401, 'The server wants a login (401). Use a public or signed address, or download the file.'],
  [
    403,
    'Access is refused (403). The file may be private, its signed address expired, or, in a store that does not list its files, absent.',
  ],
  [404, 'There is no such file (404). Check the address; the file may have been moved or deleted.'],
  [407, 'The network proxy wants a login (407). Check the proxy settings.'],
  [410, 'The file is gone for good (410). Find out where it was moved, and use that address.'],
  [408, 'The server timed out (408). Try again later.'],
  [429, 'The server says there were too many requests (429). Try again later.'],
  [451, 'The file is withheld for legal reasons (451).'],
]);

/** Why an answer to `what` gives nothing of the file that messages call `name`. Failures that may pass are TransientErrors. */
export function refusal(name: string, what: string, answer: Answer): KerchunkError {
  const { status, headers } = answer;
  const message = `${name}: ${NEXT_STEPS.get(status) ?? statusInWords(status, what, headers)}`;
  if (status >= 500 || status === 429 || status === 408) {
    const retryAfter = parseRetryAfter(headers.get('retry-after'), Date.now());
    return new TransientError('fetch-failed', message, retryAfter);
  }
  return status === 404 || status === 410 ? new NotFoundError(message) : new KerchunkError('fetch-failed', message);
}

function statusInWords(status: number, what: string, headers: Headers): string {
  if (status >= 500) return `The server failed (${status}). Try again later.`;
  if (status >= 300 && status < 400) {
    const region = headers.get('x-amz-bucket-region');
    return region === null
      ? `The server redirects (${status}) without saying where to. Check the address.`
      : `The bucket is in the region ${region} (${status}). Use its address there: https://s3.${region}.amazonaws.com/….`;
  }
  return `The server answered ${status} to ${what}. Check the address.`;
}
