import { bandTexts } from '../generate/bands';
import { coordinateSystemOf } from '../generate/crs';
import { nameOf } from '../wkt';
import { compressionName, predictorName, samplesInWords } from '../tiff/names';
import type { TiffDescription, TiffImage } from '../tiff/types';
import { bytesInWords, countInWords, plural } from '../words';
import { ifdNumber } from '../tiff/directory';

/** What reading the headers of a TIFF cost. */
export interface HeaderCost {
  requests: number;
  bytes: number;
}

/** What the headers of a TIFF say. */
export interface TiffAccount {
  byteOrder: TiffDescription['byteOrder'];
  bigTiff: boolean;
  size: number | undefined;
  headers: HeaderCost;
  crs: string | undefined;
  /** Why there is no CRS, or what is missing in it. */
  crsMissing: string | undefined;
  /** As GDAL has it: x0, dx, rx, y0, ry, dy. */
  transform: readonly number[] | undefined;
  groundControlPoints: number;
  nodata: string | undefined;
  /** As GDAL_METADATA states them, band by band. */
  scales: readonly (string | undefined)[];
  offsets: readonly (string | undefined)[];
  images: ImageAccount[];
  warnings: readonly string[];
}

interface ImageAccount {
  ifd: number;
  /** Of a SubIFD, its number among those of the IFD. */
  subIfd?: number;
  kind: TiffImage['kind'];
  width: number;
  height: number;
  layout: 'tiles' | 'strips';
  chunkWidth: number;
  chunkHeight: number;
  chunks: number;
  sparse: number;
  planar: boolean;
  compression: string;
  predictor: string;
  samples: string;
}

/** What the headers of a TIFF say, for `kerchunk info`. */
export async function describeForInfo(tiff: TiffDescription, headers: HeaderCost): Promise<TiffAccount> {
  const { wkt, missing } = await coordinateSystemOf(tiff.georeferencing);
  return {
    byteOrder: tiff.byteOrder,
    bigTiff: tiff.bigTiff,
    size: tiff.size,
    headers,
    crs: wkt === undefined ? undefined : nameOf(wkt),
    crsMissing: missing,
    transform: tiff.georeferencing.transform,
    groundControlPoints: tiff.georeferencing.groundControlPoints,
    nodata: tiff.nodata,
    scales: bandTexts(tiff, 'scale'),
    offsets: bandTexts(tiff, 'offset'),
    images: tiff.images.map(describeImage),
    warnings: tiff.warnings ?? [],
  };
}

function describeImage(image: TiffImage): ImageAccount {
  return {
    ifd: image.index,
    ...(image.subIfd === undefined ? {} : { subIfd: image.subIfd }),
    kind: image.kind,
    width: image.width,
    height: image.height,
    layout: image.tiled ? 'tiles' : 'strips',
    chunkWidth: image.chunkWidth,
    chunkHeight: image.chunkHeight,
    chunks: image.lengths.length,
    sparse: image.lengths.reduce((count, length) => count + (length === 0 ? 1 : 0), 0),
    planar: image.planar,
    compression: compressionName(image.compression),
    predictor: predictorName(image.predictor),
    samples: samplesInWords(image),
  };
}

/** The account as lines of text, without its title. */
export function tiffInWords(account: TiffAccount): string[] {
  const { headers, crs, crsMissing, transform, nodata } = account;
  const title = `${account.bigTiff ? 'BigTIFF' : 'TIFF'}, ${account.byteOrder}-endian`;
  const size = account.size === undefined ? '' : `, ${bytesInWords(account.size)}`;
  const scaling = [scalesInWords('scale', account.scales), scalesInWords('offset', account.offsets)];
  return [
    `${title}${size}, ${plural(account.images.length, 'IFD')}; ${plural(headers.requests, 'request')}, ${bytesInWords(headers.bytes)} of headers read`,
    ...account.images.map(imageInWords),
    `  CRS: ${crs ?? 'none'}${crsMissing === undefined ? '' : `. ${crsMissing}`}`,
    `  transform: ${transform?.join(' ') ?? placeInWords(account.groundControlPoints)}`,
    `  nodata: ${nodata ?? 'none'}${scaling.map((text) => `; ${text}`).join('')}`,
    ...account.warnings.map((warning) => `  warning: ${warning}`),
  ];
}

function imageInWords(image: ImageAccount): string {
  const cut = image.layout === 'tiles' ? 'tile' : 'strip';
  return (
    `  ${ifdNumber({ ...image, index: image.ifd })}, ${image.kind}: ${image.width} x ${image.height}, ${plural(image.chunks, cut)} of ${image.chunkWidth} x ${image.chunkHeight}` +
    `${image.sparse > 0 ? `, ${countInWords(image.sparse)} of them sparse` : ''}; ${image.compression}, predictor ${image.predictor}; ` +
    `${image.samples}${image.planar ? ', bands apart' : ''}`
  );
}

function placeInWords(groundControlPoints: number): string {
  return groundControlPoints === 0 ? 'none' : `none, but ${plural(groundControlPoints, 'ground control point')}`;
}

function scalesInWords(name: string, texts: readonly (string | undefined)[]): string {
  const stated = texts.map((text) => text ?? 'none');
  const same = stated.every((text) => text === stated[0]);
  return `${name}: ${same ? (stated[0] ?? 'none') : stated.join(', ')}`;
}
