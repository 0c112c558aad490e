import type { JsonObject } from '../json';
import type { TiffDescription, TiffImage } from '../tiff/types';
import { chunkKey } from '../zarr/grid';
import { type CodecChain, codecsOf } from './codecs-of';
import type { Entry } from './coordinates';
import { checkCompression, checkExpressible } from './expressible';
import { type Layout, layoutOf } from './layout';
import { imageName } from './names';
import { parseNodata } from './nodata';
import { type SampleType, sampleType } from './sample-type';
import type { CodecChoice, LevelAccount } from './types';

/** One level of a TIFF, known to be expressible. */
export interface Level {
  image: TiffImage;
  type: SampleType;
  layout: Layout;
  codecs: CodecChain;
}

/**
 * Looks at one level, 0 for the full resolution. With `preview`, what only our own reader decodes counts as expressible.
 * @throws KerchunkError `not-expressible` or `malformed-tiff`, naming what stands in the way.
 */
export function levelOf(tiff: TiffDescription, index: number, image: TiffImage, choice: CodecChoice = {}): Level {
  const name = imageName(tiff, index);
  checkCompression(image, name);
  const type = sampleType(image, tiff.byteOrder, name);
  const nodata = tiff.nodata === undefined ? undefined : parseNodata(tiff.nodata);
  checkExpressible(image, type, name, nodata === undefined ? undefined : Number(nodata));
  const layout = layoutOf(image, type.type.itemSize, name, choice);
  return { image, type, layout, codecs: codecsOf(image, type, layout) };
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

/** What the account says of a level whose array stands at `path`. @param size of the file in bytes, where it is known. */
export function levelAccount(path: string, { layout }: Level, size: number | undefined): LevelAccount {
  const { shape, chunkShape, chunks, sparse } = layout;
  let unreadable = 0;
  for (const { offset, length } of layout.places()) if (offset + length > (size ?? Infinity)) unreadable += 1;
  return { path, shape, chunkShape, chunks, sparse, unreadable };
}

/** A reference for every chunk of a level that has bytes. */
export function chunkEntries(path: string, { layout }: Level, targetUrl: string): Entry[] {
  const grid = {
    path,
    shape: layout.shape,
    chunkShape: layout.chunkShape,
    keyEncoding: { separator: '.', prefix: '' } as const,
  };
  const entries: Entry[] = [];
  for (const { indices, offset, length } of layout.places()) {
    entries.push([`${path}/${chunkKey(grid, indices)}`, [targetUrl, offset, length]]);
  }
  return entries;
}
