import type { JsonObject } from '../json';
import { addressBeside } from '../tiff/beside';
import type { TiffDescription, TiffImage } from '../tiff/types';
import { plural } from '../words';
import { chunkKey } from '../zarr/grid';
import { halfToNumber, numberToHalf } from '../zarr/half';
import { type CodecChain, codecsOf } from './codecs-of';
import type { Entry } from './coordinates';
import { checkCompression, checkExpressible } from './expressible';
import { type Layout, layoutOf } from './layout';
import { imageName } from './names';
import { notExpressible, rewrite } from './refusal';
import { type SampleType, sampleType } from './sample-type';
import { cutToWholeStrips } from './short-strip';
import { sparsePixel } from './sparse-pixel';
import { obstacleOf } from './strip-obstacle';
import type { CodecChoice, GenerateOptions, LevelAccount, RewrittenStrips } from './types';

/** One level of a TIFF, known to be expressible. */
export interface Level {
  /** As it is written. */
  image: TiffImage;
  /** As the TIFF states it: with the rows that are left out. */
  stated: TiffImage;
  type: SampleType;
  layout: Layout;
  codecs: CodecChain;
}

/**
 * Looks at one level, 0 for the full resolution. The rows of a short last strip are cut where that is chosen and the strip cannot be written
 * anew, as far as the headers tell. With `preview`, what only our own reader decodes counts as expressible.
 * @throws KerchunkError `not-expressible` or `malformed-tiff`, naming what stands in the way.
 */
export function levelOf(tiff: TiffDescription, index: number, stated: TiffImage, choice: CodecChoice = {}): Level {
  const level = wholeLevel(tiff, index, stated, choice);
  if (choice.lastStrip !== 'cut' || level.layout.shortStrip === undefined || obstacleOf(level) === undefined)
    return level;
  return cutLevel(tiff, index, stated, choice);
}

/** A level without the rows of its short last strip. @throws KerchunkError as levelOf. */
export function cutLevel(tiff: TiffDescription, index: number, stated: TiffImage, choice: CodecChoice): Level {
  return { ...wholeLevel(tiff, index, cutToWholeStrips(stated), choice), stated };
}

function wholeLevel(tiff: TiffDescription, index: number, image: TiffImage, choice: CodecChoice): Level {
  const name = imageName(tiff, index);
  checkCompression(image, name);
  const byteOrder = image.file?.byteOrder ?? tiff.byteOrder;
  const type = sampleType(image, byteOrder, name, choice);
  checkExpressible(image, type, name, choice);
  const layout = layoutOf(image, type.type.itemSize, name);
  checkSparse(image, type, layout.sparse, name);
  const { chunkShape } = layout;
  // References have the chain of whole strips; the preview reads the short one as it is stored.
  const shape = choice.preview === true ? layout : { chunkShape };
  return { image, stated: image, type, layout, codecs: codecsOf(image, type, shape, choice) };
}

/**
 * The nodata that counts for a level, as written. Chunks without bytes hang on that of their own IFD, as in GDAL; an overview that has all its
 * chunks and states none has that of the full resolution.
 */
export function levelNodata(tiff: TiffDescription, { image, layout }: Level): string | undefined {
  return layout.sparse > 0 ? image.nodata : (image.nodata ?? tiff.nodata);
}

/** GDAL fills chunks without bytes with floats of 32 bits, which one fill value of 16 bits may not hold. */
function checkSparse(image: TiffImage, { type }: SampleType, sparse: number, name: string): void {
  if (sparse === 0 || type.kind !== 'f' || type.itemSize !== 2) return;
  const pixel = Number(sparsePixel(image.nodata, type));
  if (Object.is(halfToNumber(numberToHalf(pixel)), pixel)) return;
  throw notExpressible(
    name,
    `${plural(sparse, image.tiled ? 'tile' : 'strip')} without bytes read as ${pixel}, which its samples of 16 bits cannot hold`,
    rewrite(image),
  );
}

/** The images of a TIFF that become arrays: the full resolution, with its overviews where they are wanted. */
export function writtenImages(
  { levels }: TiffDescription,
  { overviews }: Pick<GenerateOptions, 'overviews'>,
): readonly TiffImage[] {
  return overviews ? levels : levels.slice(0, 1);
}

/** The `.zarray` of a level, in zarr v2. */
export function levelMetadata({ layout, type, codecs }: Level, fillValue: JsonObject[string]): JsonObject {
  return {
    chunks: [...layout.chunkShape],
    compressor: codecs.compressor,
    dtype: type.dtype,
    fill_value: fillValue,
    filters: codecs.filters,
    order: 'C',
    shape: [...layout.shape],
    zarr_format: 2,
  };
}

/** What the account says of a level whose array stands at `path`. @param sizeOfTiff of the file in bytes, where it is known. */
export function levelAccount(
  path: string,
  { layout, image }: Level,
  sizeOfTiff: number | undefined,
  rewritten?: RewrittenStrips,
): LevelAccount {
  const { shape, chunkShape, chunks, sparse } = layout;
  const size = image.file === undefined ? sizeOfTiff : image.file.size;
  let unreadable = 0;
  for (const { offset, length } of layout.places()) if (offset + length > (size ?? Infinity)) unreadable += 1;
  return { path, shape, chunkShape, chunks, sparse, unreadable, ...(rewritten === undefined ? {} : { rewritten }) };
}

/**
 * A reference for every chunk of a level that has bytes.
 * @param inline values of chunks that are not read from the file, by their names in the array.
 */
export function chunkEntries(
  path: string,
  { layout, image: { file } }: Level,
  targetUrl: string,
  inline: ReadonlyMap<string, string> = new Map(),
): Entry[] {
  const grid = {
    path,
    shape: layout.shape,
    chunkShape: layout.chunkShape,
    keyEncoding: { separator: '.', prefix: '' } as const,
  };
  const target = file === undefined ? targetUrl : addressBeside(targetUrl, file.ending);
  const entries: Entry[] = [];
  for (const { indices, offset, length } of layout.places()) {
    const name = chunkKey(grid, indices);
    entries.push([`${path}/${name}`, inline.get(name) ?? [target, offset, length]]);
  }
  return entries;
}
