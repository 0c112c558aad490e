import type { JsonObject } from '../json';
import type { CodecStep, DataType } from '../zarr/types';
import { base64Size } from './base64';
import { CHECKSUM_SIZE } from './checksum';
import { castTypes, categoryTypes, dtypeAndAstype, type ElementTypes, sameType } from './element-types';
import { packedBitsSize } from './packed-bits';
import { packedSize } from './packed-integers';
import { recordTypes } from './record-member';
import { elementCount } from '../zarr/shape';
import { chunkBytes, MAX_DECODED_BYTES } from './size';
import { subsampledSize } from './subsampled-colours';
import { transposedShape } from './transpose-order';
import type { CodecContext, ObjectDecoder } from './types';

interface Codec {
  /** Loads the decoder, with what it needs, when a chunk first asks for it. */
  load(): Promise<ObjectDecoder>;
  /**
   * How many bytes encoding gives for `size` bytes, where that follows from the configuration; a codec without this compresses.
   */
  encodedSize?(size: number, config: JsonObject): number | undefined;
  /** The types of its elements, where its configuration names them. @throws KerchunkError `malformed-metadata` as `dtypeAndAstype`. */
  types?(config: JsonObject): ElementTypes;
  /** What encoding makes of shape and type, where it is still an array and they change. */
  encodedArray?(chunk: ChunkArray, config: JsonObject): ChunkArray;
}

/** What a codec is given to encode, as an array. */
type ChunkArray = Pick<CodecContext, 'chunkShape' | 'dataType'>;

const unchanged = (size: number): number => size;
const withSum = (size: number): number => size + CHECKSUM_SIZE;

/** Members of a codec that makes of every element one of another type. */
function recast(types: (config: JsonObject) => ElementTypes): Pick<Codec, 'encodedSize' | 'encodedArray' | 'types'> {
  const encodedSize = (size: number, config: JsonObject): number | undefined => {
    const { decoded, encoded } = types(config);
    return decoded.itemSize === 0 ? undefined : (size / decoded.itemSize) * encoded.itemSize;
  };
  const encodedArray = ({ chunkShape }: ChunkArray, config: JsonObject): ChunkArray => {
    return { chunkShape, dataType: types(config).encoded };
  };
  return { encodedSize, encodedArray, types };
}

/** Members of a codec that keeps the type of elements: of zarr v3, where its configuration does not name it, too. */
const keptType: Pick<Codec, 'encodedSize' | 'types'> = { encodedSize: unchanged, types: sameType };

const zlib: Codec = { load: async () => (await import('./deflate')).decodeZlib };
const zstd: Codec = { load: async () => (await import('./zstd')).decodeZstd };
const json: Codec = { load: async () => (await import('./json-items')).decodeJson };
const msgpack: Codec = { load: async () => (await import('./msgpack')).decodeMsgpack };
const identity: Codec = { load: () => Promise.resolve((bytes) => bytes), encodedSize: unchanged };

/** By the id that the metadata models use: numcodecs' and imagecodecs' own. */
const codecs = new Map<string, Codec>([
  ['zlib', zlib],
  ['imagecodecs_zlib', zlib],
  ['gzip', { load: async () => (await import('./deflate')).decodeGzip }],
  ['deflate', { load: async () => (await import('./zip-member')).decodeZipMember }],
  ['imagecodecs_deflate', { load: async () => (await import('./deflate')).decodeImagecodecsDeflate }],
  ['zfpy', { load: async () => (await import('./zfp/zfp')).decodeZfp }],
  ['pcodec', { load: async () => (await import('./pco/pco')).decodePco }],
  ['bz2', { load: async () => (await import('./bzip2')).decodeBzip2 }],
  ['lzma', { load: async () => (await import('./lzma')).decodeLzma }],
  ['lz4', { load: async () => (await import('./lz4')).decodeLz4 }],
  ['zstd', zstd],
  ['imagecodecs_zstd', zstd],
  ['blosc', { load: async () => (await import('./blosc')).decodeBlosc }],
  ['shuffle', { load: async () => (await import('./shuffle')).decodeShuffle, encodedSize: unchanged }],
  ['delta', { load: async () => (await import('./delta')).decodeDelta, ...recast(dtypeAndAstype) }],
  [
    'fixedscaleoffset',
    { load: async () => (await import('./scale-offset')).decodeFixedScaleOffset, ...recast(dtypeAndAstype) },
  ],
  ['astype', { load: async () => (await import('./cast')).decodeAsType, ...recast(castTypes) }],
  ['quantize', { load: async () => (await import('./cast')).decodeQuantize, ...recast(dtypeAndAstype) }],
  ['fill_hdf_strings', { load: async () => (await import('./fill-hdf-strings')).decodeFillHdfStrings }],
  ['record_member', { load: async () => (await import('./record-member')).decodeRecordMember, ...recast(recordTypes) }],
  ['bitround', identity],
  ['bytes', { load: async () => (await import('./bytes')).decodeBytes, encodedSize: unchanged }],
  [
    'transpose',
    {
      load: async () => (await import('./transpose')).decodeTranspose,
      encodedSize: unchanged,
      encodedArray: ({ chunkShape, dataType }, config) => {
        return { chunkShape: transposedShape(chunkShape, config), dataType };
      },
    },
  ],
  // virtual-tiff's names: a predictor along the last axis, and bytes whose first axis varies fastest.
  [
    'HorizontalDeltaCodec',
    {
      load: async () => (await import('./horizontal-predictor')).decodeHorizontalDelta,
      encodedSize: unchanged,
    },
  ],
  [
    'ChunkyCodec',
    {
      load: async () => (await import('./bytes')).decodeChunky,
      encodedSize: unchanged,
      // What a codec of images is given then: rows, columns, samples.
      encodedArray: ({ chunkShape, dataType }) => ({ chunkShape: chunkShape.toReversed(), dataType }),
    },
  ],
  ['sharding_indexed', { load: async () => (await import('./sharding')).decodeSharding }],
  ['packbits', { load: async () => (await import('./packed-bits')).decodePackedBits, encodedSize: packedBitsSize }],
  ['categorize', { load: async () => (await import('./categorize')).decodeCategorize, ...recast(categoryTypes) }],
  ['json', json],
  ['json2', json],
  ['msgpack', msgpack],
  ['msgpack2', msgpack],
  ['vlen-utf8', { load: async () => (await import('./vlen')).decodeVlenUtf8 }],
  ['vlen-bytes', { load: async () => (await import('./vlen')).decodeVlenBytes }],
  ['vlen-array', { load: async () => (await import('./vlen')).decodeVlenArray }],
  ['base64', { load: async () => (await import('./base64')).decodeBase64Codec, encodedSize: base64Size }],
  ['crc32', { load: async () => (await import('./checksum')).decodeCrc32, encodedSize: withSum }],
  ['crc32c', { load: async () => (await import('./checksum')).decodeCrc32c, encodedSize: withSum }],
  ['adler32', { load: async () => (await import('./checksum')).decodeAdler32, encodedSize: withSum }],
  ['fletcher32', { load: async () => (await import('./checksum')).decodeFletcher32, encodedSize: withSum }],
  ['jenkins_lookup3', { load: async () => (await import('./checksum')).decodeJenkinsLookup3, encodedSize: withSum }],
  [
    'imagecodecs_delta',
    {
      load: async () => (await import('./horizontal-predictor')).decodeHorizontalPredictor,
      ...keptType,
    },
  ],
  [
    'imagecodecs_floatpred',
    {
      load: async () => (await import('./float-predictor')).decodeFloatPredictor,
      ...keptType,
      // Its bytes stand apart by their significance: a codec that knows of a byte order must leave them alone.
      encodedArray: ({ chunkShape, dataType }) => ({
        chunkShape,
        dataType: { ...dataType, kind: 'V', byteOrder: 'none' },
      }),
    },
  ],
  ['imagecodecs_lzw', { load: async () => (await import('./lzw')).decodeLzw }],
  ['imagecodecs_packbits', { load: async () => (await import('./packbits')).decodePackBits }],
  ['imagecodecs_lerc', { load: async () => (await import('./lerc')).decodeLerc }],
  [
    'imagecodecs_packints',
    { load: async () => (await import('./packed-integers')).decodePackedIntegers, encodedSize: packedSize },
  ],
  ['imagecodecs_bitorder', { load: async () => (await import('./bit-order')).decodeBitOrder, encodedSize: unchanged }],
  [
    'imagecodecs_float24',
    { load: async () => (await import('./float24')).decodeFloat24, encodedSize: (size) => (size / 4) * 3 },
  ],
  [
    'kerchunk_tiff_ycbcr',
    {
      load: async () => (await import('./subsampled-colours')).decodeSubsampledColours,
      encodedSize: subsampledSize,
    },
  ],
  ['kerchunk_tiff_lerc', { load: async () => (await import('./lerc-tiff')).decodeTiffLerc }],
  [
    'kerchunk_tiff_short_strip',
    { load: async () => (await import('./short-strip')).decodeShortStrip, encodedSize: unchanged },
  ],
  ['imagecodecs_jpeg', { load: async () => (await import('./jpeg')).decodeJpeg }],
  ['imagecodecs_jpeg2k', { load: async () => (await import('./jpeg2000')).decodeJpeg2000 }],
  ['imagecodecs_jpegxl', { load: async () => (await import('./jpegxl')).decodeJpegXl }],
  ['imagecodecs_webp', { load: async () => (await import('./webp')).decodeWebp }],
  ['imagecodecs_png', { load: async () => (await import('./png')).decodePng }],
]);

/** Whether chunks with a step of this id (normalised, as `CodecStep` has it) can be decoded. */
export function isKnownCodec(id: string): boolean {
  return codecs.has(id);
}

/**
 * The types of a step's elements, where its configuration names them; undefined for any other codec.
 * @throws KerchunkError `malformed-metadata` where it names none that numpy has.
 */
export function elementTypesOf({ id, config }: CodecStep): ElementTypes | undefined {
  return codecs.get(id)?.types?.(config);
}

/** Whether how many bytes a step makes depends on the values, as a compressor's do; false for an id that is not known. */
export function isCompressing(id: string): boolean {
  const codec = codecs.get(id);
  return codec !== undefined && codec.encodedSize === undefined;
}

/** Codecs that keep the elements of an array apart, beside those whose types or shapes are known here. */
const ELEMENTWISE = ['bitround', 'HorizontalDeltaCodec'];

/** Whether a codec is given an array and gives one: what undoes it, and what it is undone from, can be pictured. */
export function isArrayCodec(id: string): boolean {
  const codec = codecs.get(id);
  return codec?.types !== undefined || codec?.encodedArray !== undefined || ELEMENTWISE.includes(id);
}

/** The decoder of a codec; undefined for an id that is not known. */
export function loadDecoder(id: string): Promise<ObjectDecoder> | undefined {
  return codecs.get(id)?.load();
}

/** Why a codec that Python packages have is not decoded here, where that is for good. */
const refused = new Map<string, string>([
  [
    'grib',
    'each chunk is a whole GRIB message, which kerchunk gives to ecCodes. Open the references in xarray with kerchunk and cfgrib',
  ],
  [
    'pickle',
    'undoing it runs whatever code the file holds. Write the array anew with the object codec vlen-utf8, vlen-bytes, json2 or msgpack2',
  ],
]);

/** Why a codec is not decoded here, as part of a sentence; undefined where there is no more to say than that it is not. */
export function refusalReason(id: string): string | undefined {
  return refused.get(id);
}

/** Bytes that a chunk of Python objects may have at most, encoded: nothing else bounds them. */
const MOST_OBJECT_BYTES = 2 ** 27;

/** No compressor makes more of its input than twice as much and this: the header of a JPEG stands before the smallest tile too. */
const COMPRESSED_ROOM = 2 ** 20;

/**
 * Bytes that a chunk can be stored in at most, by its size and its chain, so that a reference to a whole file does not fetch what cannot
 * be a chunk. A few bytes too many are within it: decoding tells these better.
 * @throws KerchunkError as `stepSizes`.
 */
export function storedLimit(steps: readonly CodecStep[], chunkShape: readonly number[], dataType: DataType): number {
  let size = (dataType.kind === 'O' ? MOST_OBJECT_BYTES : chunkBytes(chunkShape, dataType.itemSize)) + COMPRESSED_ROOM;
  for (const { id, config } of steps) {
    size = codecs.get(id)?.encodedSize?.(size, config) ?? 2 * size + COMPRESSED_ROOM;
  }
  return Math.min(size, MAX_DECODED_BYTES - 2);
}

/**
 * Bytes that every chunk is stored in, where no step compresses: of an array without codecs, those of its values. Undefined where a step
 * compresses or is not known, and for Python objects.
 * @throws KerchunkError `malformed-metadata` for a dtype in a configuration that is none.
 */
export function storedSize(
  steps: readonly CodecStep[],
  chunkShape: readonly number[],
  dataType: DataType,
): number | undefined {
  if (dataType.kind === 'O') return undefined;
  let size: number | undefined = elementCount(chunkShape) * dataType.itemSize;
  for (const { id, config } of steps) {
    if (size !== undefined) size = codecs.get(id)?.encodedSize?.(size, config);
  }
  return size;
}

/** What undoing a step must give: its shape and type, and how many bytes, and how many at most. */
export interface StepSize extends ChunkArray {
  decodedSize: number | undefined;
  limit: number;
}

const ROOM = 2 ** 26;

/**
 * What undoing each step of the chain gives, in the order of the chain: known as far as the steps before it keep or convert
 * elements, and else bounded by twice the chunk and 64 MiB, because no step before a compressor makes much more of a chunk; of Python
 * objects by 128 MiB.
 * @throws KerchunkError `limit-exceeded` for a chunk above 2 GiB, `malformed-metadata` for a dtype in a configuration that is none.
 */
export function stepSizes(steps: readonly CodecStep[], chunkShape: readonly number[], dataType: DataType): StepSize[] {
  const whole = dataType.kind === 'O' ? undefined : chunkBytes(chunkShape, dataType.itemSize);
  const bound = whole === undefined ? MOST_OBJECT_BYTES : Math.min(MAX_DECODED_BYTES, 2 * whole + ROOM);
  let size = whole;
  let chunk: ChunkArray = { chunkShape, dataType };
  return steps.map(({ id, config }) => {
    const decodedSize = size;
    const given = chunk;
    const codec = codecs.get(id);
    if (size !== undefined) size = codec?.encodedSize?.(size, config);
    chunk = codec?.encodedArray?.(chunk, config) ?? chunk;
    return { ...given, decodedSize, limit: decodedSize ?? bound };
  });
}
