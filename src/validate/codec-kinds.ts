import type { CodecStep, DataType } from '../zarr/types';

const objectCodecs = ['vlen-utf8', 'vlen-bytes', 'vlen-array', 'json', 'json2', 'msgpack', 'msgpack2', 'pickle'];

/** Whether a step makes bytes of Python objects: numcodecs' object codecs, and categorize with dtype object. */
export function isObjectCodec({ id, config }: Pick<CodecStep, 'id' | 'config'>): boolean {
  return objectCodecs.includes(id) || (id === 'categorize' && (config.dtype === '|O' || config.dtype === 'object'));
}

/**
 * What codecs of images decode to, as imagecodecs has it: `u` for integers, signed or not, `f` for floats, and the bytes of one. All are
 * in the machine's own byte order.
 */
const images: ReadonlyMap<string, readonly string[]> = new Map([
  ['imagecodecs_webp', ['u1']],
  ['imagecodecs_jpeg', ['u1', 'u2']],
  ['imagecodecs_png', ['u1', 'u2']],
  ['imagecodecs_jpeg2k', ['u1', 'u2', 'u4']],
  ['imagecodecs_jpegxl', ['u1', 'u2', 'f2', 'f4']],
  ['imagecodecs_lerc', ['u1', 'u2', 'u4', 'f4', 'f8']],
]);

/** The types that a codec of images decodes to, `u1`, `u2`, `f4` and so on; undefined for any other codec. */
export function imageTypes(id: string): readonly string[] | undefined {
  return images.get(id);
}

/** Whether a codec compresses elements as an image or as numbers, rather than bytes: a compressor of bytes around it is no mistake. */
export function isImageCodec(id: string): boolean {
  return images.has(id) || id === 'zfpy' || id === 'pcodec';
}

/**
 * Whether a codec that decodes to this type gives the same bits whatever type of that size they are taken for, as sums of integers do: numcodecs'
 * delta of integers, and imagecodecs' predictors.
 */
export function keepsBits(id: string, decoded: DataType): boolean {
  return id.startsWith('imagecodecs_') || (id === 'delta' && decoded.kind !== 'f');
}
