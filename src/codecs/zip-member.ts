import { damaged } from './decode-error';
import { inflateRaw } from './deflate';
import type { Decoder } from './types';

/** "PK\3\4", the signature of a local file header (APPNOTE.TXT of PKWARE, section 4.3.7). */
const SIGNATURE = 0x04034b50;
const HEADER = 30;

/**
 * kerchunk `deflate`: a member of a zip with the local file header before it (kerchunk, codecs.py, DeflateCodec; APPNOTE.TXT, section 4.3.7).
 * Of a header without the compressed size, which stands behind the data then, all bytes behind it are taken.
 */
export const decodeZipMember: Decoder = async (bytes, _config, context) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || view.getUint32(0, true) !== SIGNATURE) {
    throw damaged('it does not begin with the local file header of a member of a zip, "PK\\3\\4"');
  }
  const start = HEADER + view.getUint16(26, true) + view.getUint16(28, true);
  const size = view.getUint32(18, true);
  return inflateRaw(bytes.subarray(start, size === 0 ? undefined : start + size), context);
};
