import { tightCopy } from './tight';

/** One zlib stream (RFC 1950) of the bytes, which the Compression Streams standard calls deflate. */
export async function zlibStream(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([tightCopy(bytes)]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
