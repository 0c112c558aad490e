import { isJsonObject, type JsonObject, type JsonValue } from '../json';
import type { CodecStep } from '../zarr/types';
import { isKnownCodec } from './registry';

type Words = (config: JsonObject) => string;

const plain = (value: JsonValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? value.toString() : '?';
const axisOf = (config: JsonObject): string => plain(config.axis ?? -1);
const inflates: Words = () => 'inflates';
const decompressesZstd: Words = () => 'decompresses Zstandard';
const readsJson: Words = () => 'reads the elements from JSON';
const readsMessagePack: Words = () => 'reads the elements from MessagePack';
const SHUFFLES = ['', ', with bytes shuffled', ', with bits shuffled'];

/** What undoing each codec does, said to someone who reads a chunk. */
const words: Record<string, Words> = {
  zlib: inflates,
  imagecodecs_zlib: inflates,
  gzip: () => 'inflates (gzip)',
  deflate: () => 'inflates (without a zlib header)',
  imagecodecs_deflate: inflates,
  zfpy: () => 'decompresses zfp',
  pcodec: () => 'decompresses pco',
  bz2: () => 'decompresses bzip2',
  sharding_indexed: ({ chunk_shape: shape }) =>
    `takes the shard apart into chunks of ${Array.isArray(shape) ? shape.map(plain).join(' x ') : '?'}`,
  lzma: () => 'decompresses LZMA',
  lz4: () => 'decompresses LZ4',
  zstd: decompressesZstd,
  imagecodecs_zstd: decompressesZstd,
  blosc: ({ cname, shuffle }) =>
    `decompresses Blosc (${plain(cname ?? 'lz4')}${typeof shuffle === 'number' ? (SHUFFLES[shuffle] ?? '') : ''})`,
  shuffle: ({ elementsize }) => `puts the bytes of each element together, ${plain(elementsize ?? 4)} at a time`,
  delta: () => 'sums the differences over the whole chunk, from row to row too',
  fixedscaleoffset: ({ scale, offset, dtype }) =>
    `divides by ${plain(scale)} and adds ${plain(offset)}, as ${plain(dtype)}`,
  astype: ({ decode_dtype }) => `converts to ${plain(decode_dtype)}`,
  quantize: ({ digits }) => `changes nothing; values were rounded to ${plain(digits)} digits when written`,
  bitround: ({ keepbits }) =>
    `changes nothing; all but ${plain(keepbits)} bits of each fraction were cleared when written`,
  packbits: () => 'unpacks booleans, eight from a byte',
  categorize: ({ labels }) => `puts labels for numbers (${Array.isArray(labels) ? labels.length : '?'} of them)`,
  fill_hdf_strings: ({ id_map }) =>
    isJsonObject(id_map)
      ? 'puts texts for the bytes that point at them in HDF5'
      : `puts ${plain(id_map ?? null)} for every text`,
  json: readsJson,
  json2: readsJson,
  msgpack: readsMessagePack,
  msgpack2: readsMessagePack,
  'vlen-utf8': () => 'makes texts, each after its length',
  'vlen-bytes': () => 'makes byte strings, each after its length',
  'vlen-array': ({ dtype }) => `makes lists of ${plain(dtype)}, each after its length`,
  base64: () => 'decodes base64',
  crc32: ({ location }) => `compares the CRC32 at the ${plain(location ?? 'start')}, and takes it off`,
  crc32c: ({ location }) => `compares the CRC32C at the ${plain(location ?? 'end')}, and takes it off`,
  adler32: ({ location }) => `compares the Adler-32 sum at the ${plain(location ?? 'start')}, and takes it off`,
  fletcher32: () => 'compares the Fletcher-32 sum at the end, and takes it off',
  jenkins_lookup3: () => 'compares the lookup3 sum at the end, and takes it off',
  bytes: ({ endian }) =>
    endian === undefined ? 'takes bytes as elements' : `takes bytes as ${plain(endian)}-endian elements`,
  transpose: ({ order }) =>
    `puts the axes back from the order ${Array.isArray(order) ? order.map(plain).join(', ') : '?'}`,
  HorizontalDeltaCodec: () => 'sums the differences along the last axis, each row anew',
  ChunkyCodec: ({ endian }) =>
    `takes bytes as ${plain(endian ?? 'little')}-endian elements, the first axis varying fastest`,
  imagecodecs_delta: (config) => `sums the differences along axis ${axisOf(config)}, each row anew`,
  imagecodecs_floatpred: (config) =>
    `sums the differences of bytes along axis ${axisOf(config)} and puts floats together`,
  imagecodecs_lzw: () => 'decompresses LZW',
  imagecodecs_packbits: () => 'expands PackBits runs',
  imagecodecs_lerc: () => 'decodes LERC',
  imagecodecs_packints: ({ bitspersample, dtype }) =>
    `unpacks integers of ${plain(bitspersample)} bits, as ${plain(dtype)}`,
  imagecodecs_bitorder: () => 'reverses the bits of every byte',
  imagecodecs_float24: () => 'widens floats of 24 bits to float32',
  kerchunk_tiff_ycbcr: ({ horizontal, vertical }) =>
    `gives each pixel the colours it shares with others, ${plain(horizontal)} by ${plain(vertical)}`,
  kerchunk_tiff_lerc: () => 'decodes LERC, with its mask, as libtiff does',
  imagecodecs_jpeg: () => 'decodes JPEG',
  kerchunk_tiff_short_strip: ({ rows }) => `fills the last strip up, which has ${plain(rows)} rows`,
  imagecodecs_jpeg2k: () => 'decodes JPEG 2000',
  imagecodecs_jpegxl: () => 'decodes JPEG XL',
  imagecodecs_webp: () => 'decodes WebP',
  imagecodecs_png: () => 'decodes PNG',
};

/** A codec step in words, for the order in which a reader undoes the chain: "zlib: inflates". */
export function codecInWords({ id, config }: CodecStep): string {
  if (!isKnownCodec(id)) return `${id}: not decoded here`;
  const describe = Object.hasOwn(words, id) ? words[id] : undefined;
  return describe === undefined ? id : `${id}: ${describe(config)}`;
}
