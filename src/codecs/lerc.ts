import { damaged } from './decode-error';
import { decodeZlib } from './deflate';
import { checkImageShape } from './image-shape';
import type { LercBlob } from './lerc-header';
import { readLercBlobs } from './lerc-header';
import type { LercPixels } from './lerc-wasm';
import { decodeLercBlobs } from './lerc-wasm';
import type { CodecContext, Decoder } from './types';
import { decodeZstd } from './zstd';

/** Bytes that a LERC blob may have more than its values, at the least: headers, masks, Huffman tables. */
const OVERHEAD = 2 ** 16;

/**
 * `imagecodecs_lerc`: LERC 2 blobs, also with zlib or Zstandard around them (LercParameters, TIFF tag 50674), which imagecodecs
 * finds by their first bytes too. The values come out little-endian, masked pixels as 0, which is what imagecodecs gives.
 * Uses the wasm of lerc 4, because lerc 3, which geotiff 3.0.5 brings, cannot read uint32 nor version 6.
 */
export const decodeLerc: Decoder = async (bytes, _config, context) => {
  const { bytes: values } = await decodeLercPixels(bytes, context);
  return values;
};

/**
 * The pixels of the blobs, and which of them are valid; those that are not are 0.
 * @throws KerchunkError as a decoder does.
 */
export async function decodeLercPixels(bytes: Uint8Array, context: CodecContext): Promise<LercPixels> {
  const blobs = await unwrap(bytes, context);
  const headers = readLercBlobs(blobs);
  const first = headers[0];
  if (first === undefined || headers.some((header) => !sameShape(header, first))) {
    throw damaged('The LERC blobs of the bands differ in size or type.');
  }
  const { rows, columns, depth, itemSize } = first;
  const size = checkImageShape(
    { height: rows, width: columns, samples: depth, itemSize, planes: headers.length },
    context,
    'LERC',
  );
  const length = headers.reduce((total, header) => total + header.size, 0);
  return decodeLercBlobs(blobs.subarray(0, length), size);
}

function sameShape(a: LercBlob, b: LercBlob): boolean {
  return a.rows === b.rows && a.columns === b.columns && a.depth === b.depth && a.dataType === b.dataType;
}

function unwrap(bytes: Uint8Array, context: CodecContext): ReturnType<Decoder> {
  const inside = { ...context, decodedSize: undefined, limit: context.limit * 2 + OVERHEAD };
  const [first, second] = bytes;
  if (first === 0x28 && second === 0xb5) return decodeZstd(bytes, {}, inside);
  if (first === 0x78 && second !== undefined && [0x01, 0x5e, 0x9c, 0xda].includes(second)) {
    return decodeZlib(bytes, {}, inside);
  }
  return bytes;
}
