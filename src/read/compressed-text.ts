import { throwIfCancelled } from '../bytes/cancel';
import { inflate } from '../codecs/inflate';
import { decodeWholeZstd } from '../codecs/zstd';
import { type Compression, compressionOf } from '../compression';
import { KerchunkError } from '../errors';
import { bytesInWords, countInWords } from '../words';

/** A compressed reference file may have so many bytes once it is decompressed: 1 GiB. */
export const MAX_DECOMPRESSED_BYTES = 2 ** 30;

/** The text of a reference file, and how the file was compressed. */
export interface PlainText {
  text: Uint8Array;
  compression: Compression | undefined;
}

/**
 * The text of a file that may be compressed, whatever its name: gzip members one after another, or Zstandard frames. A file that is
 * neither is its own text. `limit` is for tests.
 * @throws KerchunkError `decode-failed` where the compressed bytes are damaged or cut off, `limit-exceeded` where they give more than
 * 1 GiB, before that much more is held; `cancelled`.
 */
export async function plainText(
  bytes: Uint8Array,
  signal?: AbortSignal,
  limit = MAX_DECOMPRESSED_BYTES,
): Promise<PlainText> {
  const compression = compressionOf(bytes);
  if (compression === undefined) return { text: bytes, compression };
  const text = await (compression === 'gzip' ? gunzip(bytes, limit) : unzstd(bytes, limit));
  throwIfCancelled(signal);
  return { text, compression };
}

async function gunzip(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  let inflated;
  try {
    inflated = await inflate(bytes, 'gzip', limit, limit);
  } catch (error) {
    throw damaged('gzip', bytes, error);
  }
  if ('bytes' in inflated) return inflated.bytes;
  throw tooLong('gzip', bytes, limit);
}

async function unzstd(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  let text;
  try {
    text = await decodeWholeZstd(bytes, limit);
  } catch (error) {
    throw damaged('Zstandard', bytes, error);
  }
  if (text === undefined) throw tooLong('Zstandard', bytes, limit);
  return text;
}

function damaged(name: string, bytes: Uint8Array, error: unknown): unknown {
  if (!(error instanceof KerchunkError) || error.code !== 'decode-failed') return error;
  return new KerchunkError(
    'decode-failed',
    `The file (${name}, ${countInWords(bytes.length)} bytes) cannot be decompressed. ${error.message} Fetch or write it anew.`,
    { cause: error },
  );
}

function tooLong(name: string, bytes: Uint8Array, limit: number): KerchunkError {
  return new KerchunkError(
    'limit-exceeded',
    `The file (${name}, ${countInWords(bytes.length)} bytes) gives more than ${bytesInWords(limit)} once decompressed; compressed reference files are read up to that. Decompress it, or write such references as Parquet or in several files.`,
  );
}
