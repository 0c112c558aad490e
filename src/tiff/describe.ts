import { displayAddress } from '../bytes/address';
import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import { parseHeader, type TiffFormat } from './format';
import { parseGdalMetadata } from './gdal-metadata';
import { readGeoreferencing } from './georeferencing';
import { KnownBytes } from './known-bytes';
import { kindsOf, levelsOf } from './pyramid';
import { Tag } from './tags';
import type { GdalItem, TiffDescription, TiffImage } from './types';
import type { TagValues } from './values';
import { type ReadImage, Walk } from './walk';

export interface DescribeOptions {
  signal?: AbortSignal;
  /** Called after each IFD with the number of IFDs seen so far. */
  onProgress?: (ifds: number) => void;
}

/**
 * Describes a TIFF from its headers. One request of 64 KiB brings them all in most files. Beyond it an IFD costs one more, and
 * those within the first 64 KiB whose chunk tables stand behind it share one; two where an IFD stands elsewhere and its tables in a third
 * place. The size of the file is never asked for.
 * @throws KerchunkError `not-a-tiff`, `malformed-tiff`, `short-read` or `limit-exceeded`, naming the IFD and what is wrong with it,
 * `cancelled`, or what the source throws.
 */
export async function describeTiff(
  source: ByteSource,
  { signal, onProgress }: DescribeOptions = {},
): Promise<TiffDescription> {
  const known = new KnownBytes(source, signal);
  const head = await known.readHead();
  const { format, firstIfd } = parseHeader(head, displayAddress(source.url));
  if (firstIfd === 0) {
    throw new KerchunkError(
      'malformed-tiff',
      `${displayAddress(source.url)} is a TIFF without an image: its header points to no IFD.`,
    );
  }
  const walk = new Walk(known, format, signal, onProgress);
  const images = await walk.readChain(firstIfd);
  const { warnings } = walk;
  const size = known.fileEnd();
  const validator = source.validator();
  return {
    url: source.url,
    ...(size === undefined ? {} : { size }),
    ...(validator === undefined ? {} : { validator }),
    ...assemble(format, images, (warning) => void warnings.push(warning)),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

function assemble(
  format: TiffFormat,
  read: readonly ReadImage[],
  warn: (warning: string) => void,
): Omit<TiffDescription, 'url'> {
  const kinds = kindsOf(read, warn);
  const images = read.map(({ layout, offsets, lengths }, index): TiffImage => {
    return { ...layout, offsets, lengths, kind: kinds[index] ?? 'page' };
  });
  const values = read[kinds.indexOf('full')]?.wholeFile;
  const nodata = values?.text(Tag.GDALNoData)?.trim() ?? '';
  return {
    byteOrder: format.littleEndian ? 'little' : 'big',
    bigTiff: format.bigTiff,
    images,
    levels: levelsOf(images),
    georeferencing:
      values === undefined
        ? { groundControlPoints: 0, rasterType: 'area', geoKeys: new Map() }
        : readGeoreferencing(values, warn),
    ...(nodata === '' ? {} : { nodata }),
    gdalItems: gdalItems(values, warn),
  };
}

function gdalItems(values: TagValues | undefined, warn: (warning: string) => void): GdalItem[] {
  const xml = values?.text(Tag.GDALMetadata);
  if (values === undefined || xml === undefined || xml.trim() === '') return [];
  const items = parseGdalMetadata(xml);
  if (items !== undefined) return items;
  warn(
    `GDAL_METADATA (tag 42112) of ${values.ifd} is no well-formed XML, so that scales, offsets, units, descriptions and statistics in it are lost. Look at it with tiffinfo or gdalinfo.`,
  );
  return [];
}
