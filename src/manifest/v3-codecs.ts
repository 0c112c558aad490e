import { isReversal } from '../codecs/transpose-order';
import { KerchunkError } from '../errors';
import type { JsonObject, JsonValue } from '../json';
import { formatDataType } from '../zarr/data-type';
import type { CodecStep, ZarrArray } from '../zarr/types';

/** Filters of values, which zarr v3 has before the codec that makes bytes of them. */
const OF_VALUES = new Set([
  'delta',
  'fixedscaleoffset',
  'quantize',
  'bitround',
  'astype',
  'imagecodecs_delta',
  'imagecodecs_floatpred',
]);
/** Codecs of images, which make bytes of values themselves. */
const OF_IMAGES = new Set([
  'imagecodecs_jpeg',
  'imagecodecs_jpeg2k',
  'imagecodecs_jpegxl',
  'imagecodecs_jpegxr',
  'imagecodecs_lerc',
  'imagecodecs_png',
  'imagecodecs_webp',
]);
/** Codecs of bytes that numcodecs has under names of its own. */
const OF_NUMCODECS = new Set(['zlib', 'lz4', 'bz2', 'lzma', 'shuffle', 'crc32', 'adler32', 'fletcher32']);
const OF_IMAGECODECS = /^imagecodecs_(?:lzw|zstd|packbits|deflate|zlib|lz4|lzma|bitorder)$/u;
const SHUFFLES: readonly JsonValue[] = ['noshuffle', 'shuffle', 'bitshuffle'];

/**
 * The `codecs` of zarr v3 for an array of zarr v2: filters of values, the codec that makes bytes, then filters and compressor of bytes. Names are
 * the core's where it has the codec, else numcodecs' and imagecodecs' own, as zarr-python and tifffile write them.
 * @throws KerchunkError `not-expressible` for a codec or an order of them that zarr v3 has not.
 */
export function codecsForV3(array: ZarrArray): JsonObject[] {
  const { path, codecs, order, shape } = array;
  const values: JsonObject[] = [];
  const bytes: JsonObject[] = [];
  let image: JsonObject | undefined;
  if (order === 'F' && shape.length > 1) {
    values.push({ name: 'transpose', configuration: { order: shape.map((_side, axis) => shape.length - 1 - axis) } });
  }
  for (const step of codecs) {
    const { id } = step;
    if (OF_VALUES.has(id)) {
      if (bytes.length > 0 || image !== undefined) throw refusal(path, id, 'comes after a codec of bytes');
      values.push(codecOfValues(step));
    } else if (OF_IMAGES.has(id)) {
      if (bytes.length > 0 || image !== undefined) throw refusal(path, id, 'comes after a codec of bytes');
      image = withConfiguration(id, step.config);
    } else if (id === 'vlen-utf8') image = { name: id };
    else bytes.push(codecOfBytes(path, step, array.dataType.itemSize));
  }
  return [...values, image ?? bytesCodec(array), ...bytes];
}

/** The codec that lays values out, in the byte order of what is stored: of the last filter that changes it, else the array's. */
function bytesCodec({ dataType, codecs }: ZarrArray): JsonObject {
  const stored = codecs.findLast(({ config }) => typeof config.astype === 'string')?.config.astype;
  const order =
    typeof stored === 'string' ? stored.charAt(0) : { little: '<', big: '>', none: '|' }[dataType.byteOrder];
  if (order === '|') return { name: 'bytes' };
  return { name: 'bytes', configuration: { endian: order === '>' ? 'big' : 'little' } };
}

/** Of imagecodecs tifffile writes for zarr v3 what cannot be told from the array. */
function codecOfValues({ id, config }: CodecStep): JsonObject {
  if (!id.startsWith('imagecodecs_')) return withConfiguration(`numcodecs.${id}`, config);
  const { axis = -1, dist = 1 } = config;
  return { name: id, configuration: { axis, dist } };
}

function codecOfBytes(path: string, { id, config }: CodecStep, itemSize: number): JsonObject {
  switch (id) {
    case 'gzip':
      return { name: 'gzip', configuration: { level: config.level ?? 1 } };
    case 'zstd':
      return { name: 'zstd', configuration: { level: config.level ?? 0, checksum: config.checksum ?? false } };
    case 'crc32c':
      return { name: 'crc32c' };
    case 'blosc': {
      const { cname = 'lz4', clevel = 5, shuffle = 1, blocksize = 0, typesize = Math.max(itemSize, 1) } = config;
      const name = typeof shuffle === 'number' ? SHUFFLES[shuffle < 0 ? (itemSize === 1 ? 2 : 1) : shuffle] : shuffle;
      return { name: 'blosc', configuration: { cname, clevel, shuffle: name ?? 'noshuffle', typesize, blocksize } };
    }
    default:
      if (OF_NUMCODECS.has(id)) return withConfiguration(`numcodecs.${id}`, config);
      if (OF_IMAGECODECS.test(id)) return withConfiguration(id, config);
      throw refusal(path, id, 'has no name in zarr v3');
  }
}

/**
 * The `order`, `filters` and `compressor` of zarr v2 for an array of zarr v3: the last codec of bytes is the compressor.
 * @throws KerchunkError `not-expressible` for a codec that zarr v2 has not, by its name.
 */
export function codecsForV2({ path, codecs, chunkShape, dataType }: ZarrArray): JsonObject {
  const filters: JsonObject[] = [];
  let order = 'C';
  let isAfterBytes = false;
  let compressor: JsonObject | null = null;
  for (const [at, { id, config }] of codecs.entries()) {
    if (id === 'bytes') isAfterBytes = true;
    else if (id === 'transpose' && at === 0 && isReversal(config)) order = 'F';
    else if (id === 'transpose' || id === 'sharding_indexed' || /[A-Z]|^zarr\./u.test(id)) {
      throw refusal(path, id, 'has none like it in zarr v2', '2');
    } else {
      const isPredictor = id === 'imagecodecs_delta' || id === 'imagecodecs_floatpred';
      // There they are told what zarr v3 knows of the array.
      const told = isPredictor ? { shape: [...chunkShape], dtype: formatDataType(dataType) } : {};
      const codec = { id, ...config, ...told };
      if (isAfterBytes && at === codecs.length - 1) compressor = codec;
      else filters.push(codec);
    }
  }
  return { order, filters: filters.length === 0 ? null : filters, compressor };
}

/** zarr-python 3 refuses codecs of numcodecs that have no configuration, be it an empty one. */
function withConfiguration(name: string, config: JsonObject): JsonObject {
  return Object.keys(config).length === 0 && !name.startsWith('numcodecs.')
    ? { name }
    : { name, configuration: config };
}

function refusal(path: string, id: string, why: string, version = '3'): KerchunkError {
  return new KerchunkError(
    'not-expressible',
    `"${path}" cannot be zarr v${version}: its codec "${id}" ${why}. Drop it (--drop ${path}), or keep the version.`,
  );
}
