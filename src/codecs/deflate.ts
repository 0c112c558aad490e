import type { JsonObject } from '../json';
import { inflate } from './inflate';
import type { InflateFormat } from './inflate-format';
import { zlibStream } from '../zlib';
import { tooLong } from './size';
import type { CodecContext, Decoder, Encoder } from './types';

async function undo(bytes: Uint8Array, format: InflateFormat, context: CodecContext): Promise<Uint8Array> {
  const inflated = await inflate(bytes, format, context.limit);
  if ('bytes' in inflated) return inflated.bytes;
  throw tooLong(inflated.total, context, inflated.more);
}

/** numcodecs `zlib`: one zlib stream (RFC 1950). */
export const decodeZlib: Decoder = (bytes, _config, context) => undo(bytes, 'zlib', context);

/** The inverse of decodeZlib. */
export const encodeZlib: Encoder = (bytes) => zlibStream(bytes);

/** numcodecs `gzip`: gzip members one after another (RFC 1952). */
export const decodeGzip: Decoder = (bytes, _config, context) => undo(bytes, 'gzip', context);

/** A raw DEFLATE stream (RFC 1951), as in the members of a zip. @throws KerchunkError as a Decoder. */
export function inflateRaw(bytes: Uint8Array, context: CodecContext): Promise<Uint8Array> {
  return undo(bytes, 'raw', context);
}

/** imagecodecs `imagecodecs_deflate`: zlib, or a raw stream where `raw` is true. */
export const decodeImagecodecsDeflate: Decoder = (bytes, config: JsonObject, context) =>
  undo(bytes, config.raw === true ? 'raw' : 'zlib', context);
