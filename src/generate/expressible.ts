import { KerchunkError } from '../errors';
import { chunkCount } from '../tiff/image';
import { compressionName, isNamed } from '../tiff/names';
import type { TiffImage } from '../tiff/types';
import { plural } from '../words';
import { isSubsampled, YCBCR } from './colours';
import { Compression, isExpressible, isJpeg, isReadByGdal } from './compression';
import { checkImageCodec } from './images';
import { notExpressible, rewrite, UNREADABLE } from './refusal';
import type { SampleType } from './sample-type';
import type { CodecChoice } from './types';

/** ExtraSamples (338): alpha that the colours are not multiplied by. */
const UNASSOCIATED_ALPHA = 2;

/**
 * Refuses what zarr chunks cannot express of an image whose samples have a type, apart from the shape of its strips.
 * @param name of the image, for messages.
 * @param nodata GDAL_NODATA as a number; undefined where there is none. With `preview`, what only our own reader decodes passes.
 * @throws KerchunkError `not-expressible` naming the feature and what to do, `malformed-tiff` where the tile table does not fit.
 */
export function checkExpressible(
  image: TiffImage,
  { type, packing }: SampleType,
  name: string,
  { preview = false }: CodecChoice = {},
): void {
  checkTable(image, name);
  checkColours(image, name, preview);
  checkImageCodec(image, type, name);
  if (image.compression === Compression.lerc) {
    checkLerc(image, type.kind, type.itemSize, name);
    if (!preview) checkLercMask(image, type.kind, type.itemSize, name);
  }
  if (usesPredictor(image)) checkPredictor(image, type, packing, name);
}

/**
 * Refuses a compression that references cannot express. Looked at first: it explains more than the depths and strips that come with it.
 * @throws KerchunkError `not-expressible`.
 */
export function checkCompression(image: TiffImage, name: string): void {
  if (isExpressible(image.compression)) return;
  throw notExpressible(
    name,
    `it is compressed with ${compressionName(image.compression)}, which is not supported`,
    isNamed(image.compression) && isReadByGdal(image.compression) ? rewrite(image) : UNREADABLE,
  );
}

/** Whether Predictor (317) means anything: libtiff knows it with LZW, Deflate, LZMA and ZSTD, and ignores it with all other compressions. */
export function usesPredictor(image: TiffImage): boolean {
  const { lzw, deflate, oldDeflate, pixTiffDeflate, lzma, zstd } = Compression;
  const predicted: number[] = [lzw, deflate, oldDeflate, pixTiffDeflate, lzma, zstd];
  return image.predictor !== 1 && predicted.includes(image.compression);
}

function checkTable(image: TiffImage, name: string): void {
  const expected = chunkCount(image);
  const kind = image.tiled ? 'tile' : 'strip';
  if (image.offsets.length !== expected || image.lengths.length !== expected) {
    throw new KerchunkError(
      'malformed-tiff',
      `${name}: its size asks for ${plural(expected, kind)}, but it lists ${plural(image.offsets.length, 'offset')} and ${plural(image.lengths.length, 'length')}.`,
    );
  }
  const at = image.offsets.findIndex((offset, i) => offset === 0 && (image.lengths[i] ?? 0) > 0);
  if (at >= 0) {
    throw new KerchunkError(
      'malformed-tiff',
      `${name}: number ${at} of its ${kind}s has ${plural(image.lengths[at] ?? 0, 'byte')} at offset 0, where the header of the file stands. The file is damaged.`,
    );
  }
}

function checkColours(image: TiffImage, name: string, preview: boolean): void {
  if (image.photometric !== YCBCR) return;
  if (isJpeg(image.compression) && (image.planar || image.samplesPerPixel !== 3)) {
    throw notExpressible(
      name,
      'its YCbCr JPEG is not three bands interleaved by pixel, and cannot be turned into RGB',
      rewrite(image),
    );
  }
  if (isSubsampled(image)) checkSubsampling(image, name, preview);
}

function checkSubsampling(image: TiffImage, name: string, preview: boolean): void {
  const [horizontal, vertical] = image.chromaSubsampling ?? [2, 2];
  const what = `its YCbCr colours are subsampled ${horizontal} by ${vertical} without JPEG`;
  const plain = !image.planar && image.samplesPerPixel === 3 && image.bitsPerSample[0] === 8 && !usesPredictor(image);
  if (!plain || ![horizontal, vertical].every((factor) => [1, 2, 4].includes(factor))) {
    throw notExpressible(
      name,
      `${what}, and they are not three bands of 8 bits, interleaved and without a predictor`,
      UNREADABLE,
    );
  }
  if (preview) return;
  throw notExpressible(
    name,
    `${what}, so that pixels share samples`,
    'Rewrite it as RGB: gdal_translate -of COG -co COMPRESS=DEFLATE in.tif out.tif',
  );
}

function checkLerc(image: TiffImage, kind: string, itemSize: number, name: string): void {
  const around = image.lercParameters?.[1] ?? 0;
  if (around > 2) {
    throw notExpressible(name, `its LERC is compressed again with the unknown method ${around}`, UNREADABLE);
  }
  if (kind === 'c' || (itemSize === 8 && kind !== 'f') || (itemSize === 2 && kind === 'f')) {
    throw notExpressible(name, `its LERC has a sample type that LERC does not know (${kind}${itemSize})`, UNREADABLE);
  }
}

/**
 * Refuses what LERC may keep in masks, which imagecodecs drops. Whether floats have one, no header tells; those of big-endian files have one
 * wherever the swapped bytes, which libtiff encodes, look like NaN.
 */
function checkLercMask(image: TiffImage, kind: string, itemSize: number, name: string): void {
  if (kind === 'f') {
    throw notExpressible(
      name,
      'its LERC holds floating-point numbers, and may keep NaN in masks that imagecodecs drops, so that missing pixels would read as 0',
      rewrite(image),
    );
  }
  const alpha = image.extraSamples[image.extraSamples.length - 1] === UNASSOCIATED_ALPHA;
  if (alpha && !image.planar && itemSize === 1) {
    throw notExpressible(
      name,
      'its LERC may keep the alpha band in a mask that imagecodecs drops, so that a band would be missing',
      rewrite(image),
    );
  }
}

function checkPredictor(
  image: TiffImage,
  { kind, itemSize }: SampleType['type'],
  packing: SampleType['packing'],
  name: string,
): void {
  const bits = image.bitsPerSample[0] ?? 8;
  if (image.predictor === 2 && [8, 16, 32, 64].includes(bits)) return;
  if (image.predictor === 3 && kind === 'f') return;
  if (image.predictor === 2 || image.predictor === 3) {
    throw notExpressible(
      name,
      `predictor ${image.predictor} is not defined for its samples (${packing === undefined ? `${kind}${itemSize}` : plural(bits, 'bit')})`,
      UNREADABLE,
    );
  }
  throw notExpressible(name, `it has the unknown predictor ${image.predictor}`, UNREADABLE);
}
