import type { JsonObject } from '../json';
import type { TiffDescription, TiffImage } from '../tiff/types';
import { encodeBase64 } from '../zarr/base64';
import { isSubsampled, YCBCR } from './colours';
import { Compression } from './compression';
import { sampleCodecs } from './sample-codecs';
import type { SampleType } from './sample-type';

/** The `compressor` and `filters` of a zarr v2 array. */
export interface CodecChain {
  compressor: JsonObject | null;
  filters: JsonObject[] | null;
}

/**
 * The codecs that undo the compression and the predictor of an image and give its samples, by the ids of numcodecs and imagecodecs; with
 * `preview` also by ids of our own.
 * @param chunkShape of the zarr array.
 */
export function codecsOf(
  image: TiffImage,
  type: SampleType,
  byteOrder: TiffDescription['byteOrder'],
  chunkShape: readonly number[],
  preview = false,
): CodecChain {
  const { compressor, filters } = compressionCodecs(image, preview);
  const samples = isSubsampled(image) ? [subsampledCodec(image)] : sampleCodecs(image, type, byteOrder, chunkShape);
  const all = [...samples, ...(filters ?? [])];
  // libtiff reverses what stands in the file, before it is decompressed; only its JPEG sees to that itself, and JPEG knows no other order.
  if (image.fillOrder === 2 && image.compression !== Compression.jpeg) {
    return chain({ id: 'imagecodecs_bitorder' }, compressor === null ? all : [...all, compressor]);
  }
  return chain(compressor, all);
}

function chain(compressor: JsonObject | null, filters: JsonObject[]): CodecChain {
  return { compressor, filters: filters.length === 0 ? null : filters };
}

function compressionCodecs(image: TiffImage, preview: boolean): CodecChain {
  if (image.compression !== Compression.lerc) return { compressor: compressorOf(image), filters: null };
  const lerc = preview
    ? { id: 'kerchunk_tiff_lerc', bands: image.planar ? 1 : image.samplesPerPixel }
    : { id: 'imagecodecs_lerc' };
  return lercCodecs(lerc, image.lercParameters?.[1] ?? 0);
}

function subsampledCodec({ chromaSubsampling = [2, 2], chunkHeight, chunkWidth }: TiffImage): JsonObject {
  const [horizontal, vertical] = chromaSubsampling;
  return { id: 'kerchunk_tiff_ycbcr', horizontal, vertical, rows: chunkHeight, columns: chunkWidth };
}

function compressorOf(image: TiffImage): JsonObject | null {
  switch (image.compression) {
    case Compression.deflate:
    case Compression.oldDeflate:
      return { id: 'zlib' };
    case Compression.lzw:
      return { id: 'imagecodecs_lzw' };
    case Compression.packBits:
      return { id: 'imagecodecs_packbits' };
    case Compression.zstd:
      return { id: 'imagecodecs_zstd' };
    case Compression.jpeg:
      return jpegCodec(image);
    default:
      return null;
  }
}

/** LERC stands inside what LercParameters (50674) says: nothing, 1 Deflate, 2 ZSTD. */
function lercCodecs(lerc: JsonObject, around: number): CodecChain {
  if (around === 0) return { compressor: lerc, filters: null };
  return { compressor: { id: around === 1 ? 'zlib' : 'imagecodecs_zstd' }, filters: [lerc] };
}

/** libjpeg's J_COLOR_SPACE. */
const ColourSpace = { grey: 1, rgb: 2, ycbcr: 3, cmyk: 4 } as const;

/**
 * As libtiff decodes for GDAL: YCbCr becomes RGB, whatever the JPEG itself says of its colours; every other photometric keeps its
 * components as they are, which libjpeg does where the colours it is told to read are the ones it is told to give.
 */
function jpegCodec(image: TiffImage): JsonObject {
  const { grey, rgb, ycbcr, cmyk } = ColourSpace;
  let read: number | null = null;
  let give: number | null = null;
  if (image.planar) give = grey;
  else if (image.photometric === YCBCR) [read, give] = [ycbcr, rgb];
  else if (image.samplesPerPixel === 3) read = give = rgb;
  else if (image.samplesPerPixel === 4) read = give = cmyk;
  return {
    id: 'imagecodecs_jpeg',
    tables: image.jpegTables === undefined ? null : encodeBase64(image.jpegTables),
    header: null,
    bitspersample: 8,
    colorspace_jpeg: read,
    colorspace_data: give,
  };
}
