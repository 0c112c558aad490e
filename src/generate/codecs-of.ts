import type { JsonObject } from '../json';
import type { TiffImage } from '../tiff/types';
import { encodeBase64 } from '../zarr/base64';
import { YCBCR } from './colours';
import { Compression } from './compression';
import { usesPredictor } from './expressible';
import type { Layout, ShortStrip } from './layout';
import type { SampleType } from './sample-type';

/** The `compressor` and `filters` of a zarr v2 array. */
export interface CodecChain {
  compressor: JsonObject | null;
  filters: JsonObject[] | null;
}

/**
 * The codecs that undo the compression and the predictor of an image, by the ids of numcodecs and imagecodecs, and by ids of our own that
 * begin with `kerchunk_tiff_` for what those do not have.
 */
export function codecsOf(
  image: TiffImage,
  type: SampleType,
  { chunkShape, shortStrip }: Pick<Layout, 'chunkShape' | 'shortStrip'>,
): CodecChain {
  const { compressor, pixels } = compressionCodecs(image);
  // Rows are added to what the compression gives, before the predictor is undone, which takes each row for itself.
  const filters = [...predictorCodecs(image, type, chunkShape), ...rowCodecs(shortStrip), ...pixels];
  return { compressor, filters: filters.length === 0 ? null : filters };
}

/** The compressor, and filters that are a part of the compression. */
interface CompressionCodecs {
  compressor: JsonObject | null;
  pixels: JsonObject[];
}

function compressionCodecs(image: TiffImage): CompressionCodecs {
  if (image.compression === Compression.lerc) return lercCodecs(image.lercParameters?.[1] ?? 0);
  return { compressor: compressorOf(image), pixels: [] };
}

/** The codec of our own that makes a whole chunk of a short last strip. */
export const SHORT_STRIP = 'kerchunk_tiff_short_strip';

function rowCodecs(strip: ShortStrip | undefined): JsonObject[] {
  return strip === undefined ? [] : [{ id: SHORT_STRIP, ...strip }];
}

/** @param chunkShape of the zarr array; the predictor's filter states it. */
function predictorCodecs(image: TiffImage, { dtype, type }: SampleType, chunkShape: readonly number[]): JsonObject[] {
  if (!usesPredictor(image)) return [];
  const id = image.predictor === 2 ? 'imagecodecs_delta' : 'imagecodecs_floatpred';
  // A difference is to the same band of the pixel to the left: with interleaved bands, columns are the last axis but one.
  const axis = !image.planar && image.samplesPerPixel > 1 ? -2 : -1;
  // libtiff takes differences of complex numbers of 8 bytes as of integers of 8 bytes, and imagecodecs has none of complex numbers.
  const differed = type.kind === 'c' ? dtype.replace('c', 'u') : dtype;
  return [{ id, axis, dist: 1, shape: [...chunkShape], dtype: differed }];
}

function compressorOf(image: TiffImage): JsonObject | null {
  switch (image.compression) {
    case Compression.deflate:
    case Compression.oldDeflate:
    case Compression.pixTiffDeflate:
      return { id: 'zlib' };
    case Compression.lzma:
      return { id: 'lzma', format: 1, check: -1, preset: null, filters: null };
    case Compression.lzw:
      return { id: 'imagecodecs_lzw' };
    case Compression.packBits:
      return { id: 'imagecodecs_packbits' };
    case Compression.zstd:
      return { id: 'imagecodecs_zstd' };
    case Compression.jpeg:
    case Compression.alternativeJpeg:
    case Compression.dngJpeg:
      return jpegCodec(image);
    case Compression.jpeg2000:
    case Compression.aperioYcbcr:
    case Compression.aperioJpeg2000:
    case Compression.aperioRgb:
      return { id: 'imagecodecs_jpeg2k' };
    case Compression.jpegXl:
    case Compression.dngJpegXl:
      return { id: 'imagecodecs_jpegxl' };
    case Compression.png:
      return { id: 'imagecodecs_png' };
    case Compression.webp:
      // A tile may lack the alpha that others have: it is opaque, and GDAL does not write it.
      return { id: 'imagecodecs_webp', hasalpha: image.samplesPerPixel === 4 };
    default:
      return null;
  }
}

/** LERC stands inside what LercParameters (50674) says: nothing, 1 Deflate, 2 ZSTD. */
function lercCodecs(around: number): CompressionCodecs {
  const lerc = { id: 'imagecodecs_lerc' };
  if (around === 0) return { compressor: lerc, pixels: [] };
  return { compressor: { id: around === 1 ? 'zlib' : 'imagecodecs_zstd' }, pixels: [lerc] };
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
    bitspersample: image.bitsPerSample[0] ?? 8,
    colorspace_jpeg: read,
    colorspace_data: give,
  };
}
