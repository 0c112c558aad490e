import { displayAddress } from '../bytes/address';
import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import { plural } from '../words';
import { type Directory, ifdName } from './directory';
import { parseHeader, type TiffFormat } from './format';
import { parseGhostArea } from './ghost-area';
import { parseGdalMetadata } from './gdal-metadata';
import { readGeoreferencing } from './georeferencing';
import { KnownBytes } from './known-bytes';
import { fullIndexOf, kindsOf, levelsOf } from './pyramid';
import { Tag } from './tags';
import type { GdalItem, TiffDescription, TiffImage } from './types';
import type { TagValues } from './values';
import { type ReadImage, Walk } from './walk';

export interface DescribeOptions {
  signal?: AbortSignal;
  /** Called after each IFD with the number of IFDs seen so far. */
  onProgress?: (ifds: number) => void;
  /** Called with each IFD of `TiffDescription.images`, in any order: where it and its values stand in the file. */
  onDirectory?: (directory: Directory) => void;
  /**
   * The IFD that is taken for the full resolution, by its place in the chain from 0 (GDAL's GTIFF_DIR counts from 1). By default the first
   * image that is neither mask nor reduced.
   */
  page?: number;
  /** Bytes of the first request, by default 64 KiB; where many files are read that have their headers at the front, fewer will do. */
  headBytes?: number;
}

/**
 * Describes a TIFF from its headers. One request of 64 KiB brings them all in most files. Beyond it an IFD costs one more, and
 * those within the first 64 KiB whose chunk tables stand behind it share one; two where an IFD stands elsewhere and its tables in a third
 * place. The size of the file is never asked for.
 * @throws KerchunkError `invalid-argument` where there is no IFD `page`, `not-a-tiff`, `malformed-tiff`, `short-read` or `limit-exceeded`, naming the IFD and what is wrong with it,
 * `cancelled`, or what the source throws.
 */
export async function describeTiff(
  source: ByteSource,
  { signal, onProgress, onDirectory, page, headBytes }: DescribeOptions = {},
): Promise<TiffDescription> {
  const known = new KnownBytes(source, signal);
  const head = await known.readHead(headBytes);
  const { format, firstIfd } = parseHeader(head, displayAddress(source.url));
  if (firstIfd === 0) {
    throw new KerchunkError(
      'malformed-tiff',
      `${displayAddress(source.url)} is a TIFF without an image: its header points to no IFD.`,
    );
  }
  const walk = new Walk(known, format, { signal, onProgress, onDirectory, page });
  const images = await walk.readImages(firstIfd);
  const { warnings } = walk;
  checkPage(page, images, displayAddress(source.url));
  if (page !== undefined) refuseOverview(page, images, displayAddress(source.url));
  const ghostArea = parseGhostArea(head, format);
  if (ghostArea?.edited === true) {
    warnings.push(
      'The file was made a COG by GDAL and edited since (KNOWN_INCOMPATIBLE_EDITION=YES), so that its tiles no longer stand as a COG promises. ' +
        'The references follow its tables, which hold; rewrite it to have a COG again: gdal_translate -of COG in.tif out.tif.',
    );
  }
  const size = known.fileEnd();
  const validator = source.validator();
  return {
    url: source.url,
    ...(size === undefined ? {} : { size }),
    ...(validator === undefined ? {} : { validator }),
    ...(page === undefined ? {} : { page }),
    ...assemble(format, images, page, (warning) => void warnings.push(warning)),
    ...(ghostArea === undefined ? {} : { ghostArea }),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

function assemble(
  format: TiffFormat,
  read: readonly ReadImage[],
  page: number | undefined,
  warn: (warning: string) => void,
): Omit<TiffDescription, 'url'> {
  const full = fullIndexOf(read, page);
  const kinds = kindsOf(read, full, warn);
  warnOfOtherSubIfds(read, full, warn);
  const images = read.map(({ layout, offsets, lengths }, index): TiffImage => {
    return { ...layout, offsets, lengths, kind: kinds[index] ?? 'page' };
  });
  const values = read[full]?.wholeFile;
  const nodata = images[full]?.nodata;
  const dateTime = values?.text(Tag.DateTime)?.trim() ?? '';
  return {
    byteOrder: format.littleEndian ? 'little' : 'big',
    bigTiff: format.bigTiff,
    images,
    levels: levelsOf(images, full === fullIndexOf(read)),
    georeferencing:
      values === undefined
        ? { groundControlPoints: 0, rasterType: 'area', geoKeys: new Map() }
        : readGeoreferencing(values, warn),
    ...(nodata === undefined ? {} : { nodata }),
    gdalItems: gdalItems(values, warn),
    ...(dateTime === '' ? {} : { dateTime }),
  };
}

function checkPage(page: number | undefined, read: readonly ReadImage[], file: string): void {
  const chain = read.filter(({ layout }) => layout.subIfd === undefined).length;
  if (page === undefined || (Number.isInteger(page) && page >= 0 && page < chain)) return;
  throw new KerchunkError(
    'invalid-argument',
    `${file} has no IFD ${page}: its IFDs are ${chain === 1 ? '0 alone' : `0 to ${chain - 1}`}.`,
  );
}

/** An overview has no georeferencing of its own. @throws KerchunkError `invalid-argument` for a page that is one of the full resolution. */
function refuseOverview(page: number, read: readonly ReadImage[], file: string): void {
  const full = fullIndexOf(read);
  const layout = read[page]?.layout;
  if (layout === undefined || kindsOf(read, full, () => undefined)[page] !== 'overview') return;
  throw new KerchunkError(
    'invalid-argument',
    `IFD ${page} of ${file} is no page but an overview, ${layout.width} x ${layout.height}, of IFD ${full}, and has no coordinates of its own. --overviews instead of --page writes it as a group beside the full resolution.`,
  );
}

/** SubIFDs are followed for one image; what other images have of them is said. */
function warnOfOtherSubIfds(read: readonly ReadImage[], full: number, warn: (warning: string) => void): void {
  const others = read.filter(
    ({ layout }, index) => index !== full && layout.subIfd === undefined && (layout.subIfds ?? 0) > 0,
  );
  const [first] = others;
  if (first === undefined) return;
  const count = others.reduce((sum, { layout }) => sum + (layout.subIfds ?? 0), 0);
  warn(
    `${plural(count, 'SubIFD')} (tag 330) of ${plural(others.length, 'other image')} left out with ${others.length === 1 ? 'it' : 'them'}, ` +
      `the first of ${ifdName({ index: first.layout.index, offset: first.offset })}.`,
  );
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
