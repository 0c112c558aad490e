import type { JsonObject } from '../json';
import type { TiffImage } from '../tiff/types';
import { encodeBase64 } from '../zarr/base64';
import { isSubsampled, YCBCR } from './colours';
import { Compression, isJpeg } from './compression';
import { sampleCodecs } from './sample-codecs';
import type { Layout, ShortStrip } from './layout';
import type { SampleType } from './sample-type';
import type { CodecChoice } from './types';

/** The `compressor` and `filters` of a zarr v2 array. */
export interface CodecChain {
  compressor: JsonObject | null;
  filters: JsonObject[] | null;
  /** Those of them that give the rows of bytes that were compressed, in the same order, the compressor last. */
  compression: JsonObject[];
}

/**
 * The codecs that undo the compression and the predictor of an image and give its samples, by the ids of numcodecs and imagecodecs, and by ids
 * of our own that begin with `kerchunk_tiff_` for what those do not have.
 */
export function codecsOf(
  image: TiffImage,
  type: SampleType,
  { chunkShape, shortStrip }: Pick<Layout, 'chunkShape' | 'shortStrip'>,
  { preview = false }: CodecChoice = {},
): CodecChain {
  const { compressor, pixels } = compressionCodecs(image, preview);
  // Rows are added to what the compression gives, before the predictor is undone, which takes each row for itself.
  const samples = isSubsampled(image)
    ? [subsampledCodec(image, shortStrip)]
    : [...sampleCodecs(image, type, chunkShape), ...rowCodecs(shortStrip)];
  const stored = compressor === null ? [] : [compressor];
  // libtiff reverses what stands in the file, before it is decompressed; only its JPEG sees to that itself, and JPEG knows no other order.
  if (image.fillOrder === 2 && !isJpeg(image.compression)) stored.push({ id: 'imagecodecs_bitorder' });
  const compression = [...pixels, ...stored];
  const last = stored.at(-1) ?? null;
  const filters = [...samples, ...(last === null ? compression : compression.slice(0, -1))];
  return { compressor: last, filters: filters.length === 0 ? null : filters, compression };
}

/** The compressor, and filters that are a part of the compression. */
interface CompressionCodecs {
  compressor: JsonObject | null;
  pixels: JsonObject[];
}

function compressionCodecs(image: TiffImage, preview: boolean): CompressionCodecs {
  if (image.compression !== Compression.lerc) return { compressor: compressorOf(image), pixels: [] };
  const lerc = preview
    ? { id: 'kerchunk_tiff_lerc', bands: image.planar ? 1 : image.samplesPerPixel }
    : { id: 'imagecodecs_lerc' };
  return lercCodecs(lerc, image.lercParameters?.[1] ?? 0);
}

/** The codec of our own that makes a whole chunk of a short last strip. */
export const SHORT_STRIP = 'kerchunk_tiff_short_strip';

function rowCodecs(strip: ShortStrip | undefined): JsonObject[] {
  return strip === undefined ? [] : [{ id: SHORT_STRIP, ...strip }];
}

function subsampledCodec(
  { chromaSubsampling = [2, 2], chunkHeight, chunkWidth }: TiffImage,
  strip: ShortStrip | undefined,
): JsonObject {
  const [horizontal, vertical] = chromaSubsampling;
  const last = strip === undefined ? {} : { last: { index: strip.index, rows: strip.rows } };
  return { id: 'kerchunk_tiff_ycbcr', horizontal, vertical, rows: chunkHeight, columns: chunkWidth, ...last };
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
function lercCodecs(lerc: JsonObject, around: number): CompressionCodecs {
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
