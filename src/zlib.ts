import { KerchunkError } from './errors';
import { tightCopy } from './tight';

/** One zlib stream (RFC 1950) of the bytes, which the Compression Streams standard calls deflate. */
export async function zlibStream(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([tightCopy(bytes)]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The bytes of a gzip stream (RFC 1952), those of any other file unchanged. @throws KerchunkError `malformed-reference` where it is damaged. */
export async function gunzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new KerchunkError('malformed-reference', 'The gzip stream is damaged or cut off.', { cause: error });
  }
}
