/** The codecs that chunks can be encoded with here. Apart from the encoders, so that a host can ask without loading any. */
export const encodableCodecs = [
  'zlib',
  'imagecodecs_zstd',
  'imagecodecs_lzw',
  'imagecodecs_packbits',
  'imagecodecs_bitorder',
  'imagecodecs_delta',
  'imagecodecs_floatpred',
] as const;

export type EncodableCodec = (typeof encodableCodecs)[number];

/** Whether encodeChunk has an encoder for the codec of this id. */
export function isEncodable(id: string): id is EncodableCodec {
  return (encodableCodecs as readonly string[]).includes(id);
}
