import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import { isStop, type Steps } from '../steps';
import { describeTiff } from '../tiff/describe';
import { type Directory, type IfdPlace, ifdNumber } from '../tiff/directory';
import { Tag } from '../tiff/tags';
import type { TiffDescription, TiffImage } from '../tiff/types';
import { tagName } from '../tiff/values';
import { type Claims, Named, type References } from './target-claims';

/** Values of a tag that stand apart from their IFD. */
interface ValuePlace {
  tag: number;
  offset: number;
  length: number;
}

/** Where an IFD stands. */
export interface DirectoryPlace {
  offset: number;
  length: number;
  values: ValuePlace[];
}

/** How a TIFF is built: its description, and the place of each of its IFDs, by `ifdNumber`. */
export interface TiffStructure {
  tiff: TiffDescription;
  directories: ReadonlyMap<string, DirectoryPlace>;
}

const TABLES: ReadonlySet<number> = new Set([
  Tag.StripOffsets,
  Tag.StripByteCounts,
  Tag.TileOffsets,
  Tag.TileByteCounts,
]);

/** Tiles and strips of a file that are looked at one by one. */
const MOST_TILES = 2 ** 23;
/** Ranges that are compared with tiles at most: many more are only compared where all of them overlap. */
const MOST_COMPARED = 2 ** 26;

/**
 * Reads how a TIFF is built, with the requests of `describeTiff`.
 * @throws KerchunkError as `describeTiff`.
 */
export async function readStructure(source: ByteSource, signal: AbortSignal): Promise<TiffStructure> {
  const directories = new Map<string, DirectoryPlace>();
  const onDirectory = (directory: Directory): void => {
    const values = [...directory.entries.values()].filter(({ outside }) => outside);
    directories.set(ifdNumber(directory), {
      offset: directory.offset,
      length: directory.bytes.length,
      values: values.map(({ tag, offset, length }) => ({ tag, offset, length })),
    });
  };
  const tiff = await describeTiff(source, { signal, onDirectory });
  return { tiff, directories };
}

/** The images whose IFDs and tiles stand in the file itself. */
export function ownImages({ tiff }: TiffStructure): TiffImage[] {
  return tiff.images.filter(({ file }) => file === undefined);
}

/** What messages call an image: `IFD 0`. */
export function imageName(image: TiffImage): string {
  return ifdNumber(placeOf(image));
}

function placeOf({ index, subIfd }: TiffImage): Omit<IfdPlace, 'offset'> {
  return { index, ...(subIfd === undefined ? {} : { subIfd }) };
}

/** Bytes of the header of the file. */
export function headerBytes({ tiff }: TiffStructure): number {
  return tiff.bigTiff ? 16 : 8;
}

/** Claims the bytes of header, ghost area and IFDs; notes the tags whose values stand apart. */
export function claimHeaders(structure: TiffStructure, claims: Claims, tags: Map<number, string>): void {
  const { tiff, directories } = structure;
  const header = headerBytes(structure);
  claims.add({ start: 0, length: header, kind: 'header' });
  if (tiff.ghostArea !== undefined) claims.add({ start: header, length: tiff.ghostArea.bytes, kind: 'ghost' });
  ownImages(structure).forEach((image, index) => {
    const directory = directories.get(imageName(image));
    if (directory === undefined) return;
    claims.add({ start: directory.offset, length: directory.length, kind: 'ifd', image: index + 1 });
    for (const { tag, offset, length } of directory.values) {
      const kind = TABLES.has(tag) ? 'table' : 'values';
      tags.set(tag, tagName(tag));
      claims.add({ start: offset, length, kind, image: index + 1, number: tag });
    }
  });
}

/**
 * Claims the tiles and strips, as far as no reference names their bytes, and notes at the references which image they are of, and which tile
 * of it the first is.
 * @throws KerchunkError `limit-exceeded` where there are more than 8,388,608, or they overlap by far too much.
 */
export function* claimTiles(structure: TiffStructure, claims: Claims, references: References): Steps<void> {
  const images = ownImages(structure);
  const tiles = images.reduce((sum, { offsets }) => sum + offsets.length, 0);
  if (tiles > MOST_TILES) throw tooMany('It has more than 8,388,608 tiles and strips');
  const named = new Named(references);
  const { claims: known } = references;
  let compared = 0;
  let done = 0;
  for (const [index, { offsets, lengths }] of images.entries()) {
    const image = index + 1;
    for (let number = 0; number < offsets.length; number++) {
      if (isStop(done++)) yield;
      const start = offsets[number] ?? 0;
      const length = lengths[number] ?? 0;
      if (length === 0) continue;
      compared += named.without(start, start + length, (from, to) => {
        claims.add({ start: from, length: to - from, kind: 'tile', image, number });
      });
      compared += named.among(start, start + length, (claim) => {
        if (known.images.get(claim) !== 0) return;
        known.images.set(claim, image);
        known.numbers.set(claim, number);
      });
      if (compared > MOST_COMPARED) throw tooMany('Its tiles overlap by far too much');
    }
  }
}

function tooMany(reason: string): KerchunkError {
  return new KerchunkError(
    'limit-exceeded',
    `${reason}, so that the map shows what the references name and nothing else.`,
  );
}
