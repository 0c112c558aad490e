import { KerchunkError } from '../errors';
import type { NdArray, ZarrArray } from '../zarr/types';
import { toLittleEndian } from './elements';
import { type EncodableCodec, isEncodable } from './encodable';
import type { Encoder } from './types';

const encoders: Readonly<Record<EncodableCodec, () => Promise<Encoder>>> = {
  zlib: async () => (await import('./deflate')).encodeZlib,
  imagecodecs_zstd: async () => (await import('./zstd')).encodeZstd,
  imagecodecs_lzw: async () => (await import('./lzw-encoder')).encodeLzw,
  imagecodecs_packbits: async () => (await import('./packbits')).encodePackBits,
  imagecodecs_bitorder: async () => (await import('./bit-order')).encodeBitOrder,
  imagecodecs_delta: async () => (await import('./horizontal-predictor')).encodeHorizontalPredictor,
  imagecodecs_floatpred: async () => (await import('./float-predictor')).encodeFloatPredictor,
};

/**
 * The bytes that decodeChunk gives the values of `data` for: applies the codec chain from its first step to its last (zarr v2: the filters
 * from left to right, then the compressor).
 * @param data of the chunk's whole shape; `array` has order C.
 * @throws KerchunkError `unsupported-codec` for a codec that isEncodable does not have, `malformed-metadata` for a configuration no codec has.
 */
export async function encodeChunk(
  { data, dataType }: NdArray,
  { chunkShape, codecs }: Pick<ZarrArray, 'chunkShape' | 'codecs'>,
): Promise<Uint8Array> {
  // Reversing the bytes of an element is its own inverse.
  let bytes = toLittleEndian(data, dataType);
  for (const { id, config } of codecs) {
    if (!isEncodable(id))
      throw new KerchunkError('unsupported-codec', `There is no encoder for the codec "${id}" here.`);
    const encode = await encoders[id]();
    bytes = await encode(bytes, config, { chunkShape, dataType });
  }
  return bytes;
}
