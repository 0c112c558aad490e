import { readRanges } from '../bytes/merge';
import type { ByteRange } from '../bytes/range';
import type { ByteSource } from '../bytes/source';
import { KerchunkError } from '../errors';
import { countInWords } from '../words';
import type { GhostArea, TiffDescription, TiffImage } from './types';

/** Tiles that are looked at, of all images together: two short ranges each, most of which take a request of their own. */
const MAX_TILES = 48;
const WORD = 4;

/** What became of the check of the tiles against the ghost area. */
export type TileCheck =
  | { possible: true; checked: number; tiles: number; differences: TileDifference[] }
  /** `reason` is a sentence. */
  | { possible: false; reason: string };

/** A tile that does not stand as the ghost area promises. */
export interface TileDifference {
  /** Of the image in its chain of IFDs, and of the tile in the order of its tables. */
  ifd: number;
  tile: number;
  /** A sentence without its full stop, with both values. */
  message: string;
}

interface Tile {
  image: TiffImage;
  number: number;
  offset: number;
  length: number;
}

/**
 * Compares tiles with what the ghost area of a COG promises: the 4 bytes before each are its length, little-endian whatever the file is, and
 * the 4 bytes behind it repeat its last 4 (doc/source/drivers/raster/cog.rst of GDAL). Tiles of a mask that stand between those of the image
 * have a leader and a trailer of their own and are checked like others. Looks at all tiles where there are few, else at some of each image,
 * spread evenly, with at most two ranges a tile, neighbours merged.
 * @throws KerchunkError what the source throws, but for `short-read`, which is a difference.
 */
export async function checkTiles(tiff: TiffDescription, source: ByteSource, signal?: AbortSignal): Promise<TileCheck> {
  const { ghostArea } = tiff;
  const reason = whyImpossible(ghostArea);
  if (ghostArea === undefined || reason !== undefined) return { possible: false, reason: reason ?? '' };
  const tiles = countTiles(tiff.images);
  const sample = sampleOf(tiff.images, tiles);
  const ranges = sample.flatMap((tile) => rangesOf(tile, ghostArea));
  const results = await readRanges(
    source,
    ranges.map(({ range }) => range),
    signal === undefined ? {} : { signal },
  );
  const differences = ranges.flatMap(({ tile, isLeader }, index): TileDifference[] => {
    const result = results[index];
    if (result === undefined) return [];
    if (result.status === 'rejected' && !isShortRead(result.reason)) throw result.reason;
    const message =
      result.status === 'rejected'
        ? `it stands at byte ${countInWords(tile.offset)} with ${countInWords(tile.length)} bytes, and the file ends before that`
        : isLeader
          ? differenceOfLeader(tile, result.value)
          : differenceOfTrailer(result.value);
    return message === undefined ? [] : [{ ifd: tile.image.index, tile: tile.number, message }];
  });
  return { possible: true, checked: sample.length, tiles, differences };
}

function whyImpossible(ghostArea: GhostArea | undefined): string | undefined {
  if (ghostArea === undefined) {
    return 'The file has no ghost area, in which GDAL notes in a COG how tiles are stored: the place of its tiles cannot be checked without decoding them.';
  }
  if (ghostArea.edited) {
    return 'The file was edited after it was made (KNOWN_INCOMPATIBLE_EDITION=YES), so that what its ghost area says of the tiles no longer holds.';
  }
  return ghostArea.leader || ghostArea.trailer
    ? undefined
    : 'The ghost area of the file promises neither a leader nor a trailer of its tiles, so that there is nothing to compare.';
}

/** Calls back for every tile that stands somewhere in the file itself, those of length 0 too: their leader tells whether they are sparse. */
function forEachTile(images: readonly TiffImage[], visit: (image: TiffImage, number: number) => void): void {
  for (const image of images) {
    if (image.file !== undefined) continue;
    for (let number = 0; number < image.offsets.length; number += 1) {
      if ((image.offsets[number] ?? 0) >= WORD) visit(image, number);
    }
  }
}

function countTiles(images: readonly TiffImage[]): number {
  let count = 0;
  forEachTile(images, () => (count += 1));
  return count;
}

/** At most MAX_TILES of the `tiles` tiles, with the first and the last, at even distances; no list of all is made, there may be millions. */
function sampleOf(images: readonly TiffImage[], tiles: number): Tile[] {
  const step = Math.max(1, (tiles - 1) / (MAX_TILES - 1));
  const sample: Tile[] = [];
  let seen = 0;
  forEachTile(images, (image, number) => {
    if (seen === Math.round(sample.length * step)) {
      sample.push({ image, number, offset: image.offsets[number] ?? 0, length: image.lengths[number] ?? 0 });
    }
    seen += 1;
  });
  return sample;
}

function rangesOf(tile: Tile, { leader, trailer }: GhostArea): { tile: Tile; isLeader: boolean; range: ByteRange }[] {
  const { offset, length } = tile;
  return [
    ...(leader ? [{ tile, isLeader: true, range: { offset: offset - WORD, length: WORD } }] : []),
    // A tile of fewer bytes has no last four.
    ...(trailer && length >= WORD
      ? [{ tile, isLeader: false, range: { offset: offset + length - WORD, length: 2 * WORD } }]
      : []),
  ];
}

function differenceOfLeader({ length }: Tile, bytes: Uint8Array): string | undefined {
  const stated = new DataView(bytes.buffer, bytes.byteOffset, WORD).getUint32(0, true);
  if (stated === length) return undefined;
  return `its length is ${countInWords(length)} by the table of the file and ${countInWords(stated)} by the 4 bytes before it`;
}

function differenceOfTrailer(bytes: Uint8Array): string | undefined {
  const [last, repeated] = [bytes.subarray(0, WORD), bytes.subarray(WORD)].map((part) =>
    Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' '),
  );
  if (last === repeated) return undefined;
  return `its last 4 bytes are ${last ?? ''}, and the 4 behind it, which should repeat them, ${repeated ?? ''}`;
}

function isShortRead(error: unknown): boolean {
  return error instanceof KerchunkError && error.code === 'short-read';
}
