import { decompress } from 'fzstd';
import type { CompressionCodec } from 'hyparquet';
import { snappyUncompress } from 'hyparquet/src/snappy.js';
import { KerchunkError } from '../../errors';

/**
 * The page that `input` holds: `size` bytes compressed as ZSTD, as fsspec writes record files, or Snappy, as Arrow does by default.
 * @throws KerchunkError `unsupported-codec` for any other codec; other errors where the bytes are damaged.
 */
export function decompressPage(input: Uint8Array, size: number, codec: CompressionCodec): Uint8Array {
  if (codec === 'UNCOMPRESSED') return input;
  if (codec === 'ZSTD') return decompress(input, new Uint8Array(size));
  if (codec !== 'SNAPPY') {
    throw new KerchunkError('unsupported-codec', `its pages are compressed with ${codec}, which is not read here`);
  }
  const page = new Uint8Array(size);
  snappyUncompress(input, page);
  return page;
}
