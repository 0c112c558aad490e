import type { CodecChoice } from './what-if-types';
import type { JsonObject } from '../json';
import { isArrayCodec } from '../codecs/registry';
import type { ZarrArray } from '../zarr/types';
import { formatDataType } from '../zarr/data-type';
import { codecText } from './codec-text';

/** The codecs that an encoding can be tried with, those of arrays first. */
export function codecChoices({ zarrFormat, chunkShape, dataType }: ZarrArray): CodecChoice[] {
  const dtype = formatDataType(dataType);
  const inZarr2 = zarrFormat === 2;
  const predictor = inZarr2 ? { axis: -1, dist: 1, shape: [...chunkShape], dtype } : { axis: -1, dist: 1 };
  const transposed = chunkShape.map((_, axis) => chunkShape.length - 1 - axis);
  const choices: [id: string, config: JsonObject][] = [
    ['imagecodecs_delta', predictor],
    ['imagecodecs_floatpred', predictor],
    ['delta', { dtype, astype: dtype }],
    ['fixedscaleoffset', { scale: 1, offset: 0, dtype, astype: dtype }],
    ['astype', { encode_dtype: dtype, decode_dtype: dtype }],
    ...(inZarr2 ? [] : ([['transpose', { order: transposed }]] as [string, JsonObject][])),
    ...(inZarr2 ? [] : ([['bytes', dataType.itemSize > 1 ? { endian: 'little' } : {}]] as [string, JsonObject][])),
    ['shuffle', { elementsize: dataType.itemSize }],
    ['zlib', { level: 6 }],
    ['gzip', { level: 5 }],
    ['zstd', inZarr2 ? { level: 0 } : { level: 0, checksum: false }],
    ['lz4', { acceleration: 1 }],
    [
      'blosc',
      inZarr2
        ? { cname: 'lz4', clevel: 5, shuffle: 1, blocksize: 0 }
        : { cname: 'lz4', clevel: 5, shuffle: 'shuffle', typesize: dataType.itemSize, blocksize: 0 },
    ],
    ['bz2', { level: 1 }],
    ['lzma', { format: 1, check: -1, preset: null, filters: null }],
    ['imagecodecs_zstd', {}],
    ['imagecodecs_lzw', {}],
    ['imagecodecs_packbits', {}],
    ['imagecodecs_lerc', {}],
    ['imagecodecs_jpeg', {}],
    ['imagecodecs_jpeg2k', {}],
    ['imagecodecs_jpegxl', {}],
    ['imagecodecs_webp', {}],
    ['imagecodecs_png', {}],
    ['crc32c', inZarr2 ? { location: 'end' } : {}],
    ['fletcher32', {}],
  ];
  return choices.map(([id, config]) => ({
    id,
    text: codecText(zarrFormat, id, config),
    isArrayCodec: isArrayCodec(id),
  }));
}
