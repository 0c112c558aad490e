import type { TiffImage } from '../tiff/types';
import { bytesInWords, countInWords, plural } from '../words';
import type { References } from './target-claims';
import type { RegionSums } from './target-regions';
import { headerBytes, imageName, ownImages, type TiffStructure } from './target-structure';

/** The first read of most readers of COGs, ours among them. */
const FIRST_READ = 65_536;
/** Arrays of which the order of their chunks is said. */
const MOST_ARRAYS = 3;
const MOST_IMAGES = 3;

/** What a file costs its readers, as far as its structure and the references tell. */
export interface Facts {
  structure: TiffStructure | undefined;
  references: Pick<References, 'disorder' | 'wholes'>;
  sums: RegionSums;
  size: number | undefined;
}

/** Why reading a file costs what it costs, in sentences. */
export function sentencesOf({ structure, references, sums, size }: Facts): string[] {
  return [
    ...(structure === undefined ? [] : tiffSentences(structure)),
    ...shareSentences(sums, size, structure !== undefined),
    ...orderOfChunks(references, structure !== undefined),
    ...(references.wholes === 0
      ? []
      : [`${plural(references.wholes, 'reference')} ${are(references.wholes)} to all of the file.`]),
    ...overlapSentences(sums),
  ];
}

function tiffSentences(structure: TiffStructure): string[] {
  const images = ownImages(structure);
  return [
    headerSentence(structure, images),
    ghostSentence(structure),
    ...images
      .filter(({ kind }) => kind !== 'page')
      .slice(0, MOST_IMAGES)
      .flatMap(tileOrderSentence),
    ...overviewSentence(images),
  ];
}

/** Where the headers stand, and how many bytes a reader needs before it can ask for the first tile. */
function headerSentence(structure: TiffStructure, images: readonly TiffImage[]): string {
  const firstTile = images.reduce((least, image) => Math.min(least, firstOffset(image)), Infinity);
  const places = [...structure.directories.values()];
  const ends = places.map(({ offset, length, values }) =>
    values.reduce((most, value) => Math.max(most, value.offset + value.length), offset + length),
  );
  const end = ends.reduce((most, place) => Math.max(most, place), headerBytes(structure));
  const bytes = places.reduce(
    (sum, { length, values }) => sum + length + values.reduce((all, value) => all + value.length, 0),
    headerBytes(structure),
  );
  const count = `${plural(places.length, 'IFD')} with ${places.length === 1 ? 'its' : 'their'} tables`;
  if (end <= firstTile) {
    const requests =
      end <= FIRST_READ
        ? `one request of ${bytesInWords(FIRST_READ)} reads all headers`
        : `more than one request of ${bytesInWords(FIRST_READ)} is needed`;
    const stand = places.length === 1 ? 'stands' : 'stand';
    return `${count} ${stand} at the start, before any tile: ${countInWords(end)} bytes come before the first one, and ${requests}.`;
  }
  const first = structure.directories.get('IFD 0');
  const total = `The headers are ${countInWords(bytes)} bytes altogether.`;
  if (first !== undefined && first.offset > firstTile) {
    return (
      `The first IFD stands at byte ${countInWords(first.offset)}, behind tiles: a reader asks for the start of the file, then for this place, ` +
      `before it knows where any tile is. ${total}`
    );
  }
  const behind = ends.filter((place) => place > firstTile).length;
  return `${countInWords(behind)} of ${count} ${behind === 1 ? 'reaches' : 'reach'} behind the first tile: a reader asks for each of these places. ${total}`;
}

function ghostSentence({ tiff: { ghostArea } }: TiffStructure): string {
  if (ghostArea === undefined) {
    return 'There is no ghost area: GDAL did not write it as a COG, and a reader can rely on no order of its tiles.';
  }
  if (ghostArea.edited) {
    return 'Its ghost area says that it was a COG and was edited since: the order that it promises no longer holds.';
  }
  const promises = [
    ...(ghostArea.leader ? ['4 bytes before each tile tell its length'] : []),
    ...(ghostArea.trailer ? ['4 bytes behind it repeat its end'] : []),
    ...(ghostArea.maskInterleaved ? ['each tile of the mask follows its tile of the image'] : []),
  ];
  return `GDAL's ghost area is there${promises.length === 0 ? '' : `: ${promises.join(', ')}`}.`;
}

/** How far the tiles of an image stand in the order of their rows, which lets neighbours share a request. */
function tileOrderSentence(image: TiffImage): string[] {
  const { offsets, lengths, tiled } = image;
  const noun = tiled ? 'tile' : 'strip';
  let [stored, before, last] = [0, 0, -1];
  for (let number = 0; number < offsets.length; number++) {
    if (lengths[number] === 0) continue;
    const offset = offsets[number] ?? 0;
    stored += 1;
    if (offset < last) before += 1;
    last = offset;
  }
  const sparse = offsets.length - stored;
  const holes = sparse === 0 ? '' : ` ${countInWords(sparse)} ${are(sparse)} sparse and ${has(sparse)} no bytes.`;
  const name = imageName(image);
  if (stored < 2) return sparse === 0 ? [] : [`${name}: ${plural(stored, noun)}.${holes}`];
  if (before === 0) {
    return [
      `${name}: its ${plural(stored, noun)} stand in the order of their rows, so that neighbours share requests.${holes}`,
    ];
  }
  return [
    `${name}: ${countInWords(before)} of ${plural(stored, noun)} ${before === 1 ? 'stands' : 'stand'} before the one that precedes ` +
      `${before === 1 ? 'it' : 'them'} in the image: they are out of order, and neighbours take more requests.${holes}`,
  ];
}

function overviewSentence(images: readonly TiffImage[]): string[] {
  const full = images.find(({ kind }) => kind === 'full');
  const overviews = images.filter(({ kind }) => kind === 'overview');
  if (full === undefined) return [];
  if (overviews.length === 0) return ['It has no overviews: a small picture of it takes all of its tiles.'];
  const name = plural(overviews.length, 'overview');
  if (overviews.every((overview) => lastEnd(overview) <= firstOffset(full))) {
    return [`${name} ${stand(overviews.length)} before the full resolution, as in a COG.`];
  }
  if (overviews.every((overview) => firstOffset(overview) >= lastEnd(full))) {
    return [`${name} ${stand(overviews.length)} behind the full resolution, at the end of the file.`];
  }
  return [`${name} ${stand(overviews.length)} among the tiles of the full resolution.`];
}

function shareSentences({ kinds, end, largestGap }: RegionSums, size: number | undefined, known: boolean): string[] {
  const of = (name: string): { count: number; bytes: number } =>
    kinds.find(({ kind }) => kind === name) ?? { count: 0, bytes: 0 };
  const [chunk, tile, gap] = [of('chunk'), of('tile'), of('gap')];
  const share = (bytes: number): string => (end === 0 ? '' : ` (${percent(bytes / end)})`);
  const whole = size === undefined ? 'what is known of the file' : 'the file';
  const sentences = [`References name ${bytesInWords(chunk.bytes)} of ${whole}${share(chunk.bytes)}.`];
  if (tile.count > 0) {
    sentences.push(
      `Nothing refers to ${plural(tile.count, 'tile or strip', 'tiles and strips')} of it, ${bytesInWords(tile.bytes)}${share(tile.bytes)}.`,
    );
  }
  if (gap.count > 0 && largestGap !== null) {
    const what = known ? 'belong to nothing' : 'are named by no reference';
    sentences.push(
      `${countInWords(gap.bytes)} bytes${share(gap.bytes)} in ${plural(gap.count, 'gap')} ${what}; the largest has ` +
        `${plural(largestGap.length, 'byte')}, from byte ${countInWords(largestGap.start)} on.`,
    );
  }
  return sentences;
}

/** Of a TIFF the order of the tiles says it already, where all is well. */
function orderOfChunks({ disorder }: Facts['references'], known: boolean): string[] {
  return [...disorder].slice(0, MOST_ARRAYS).flatMap(([path, { chunks, before }]) => {
    const name = path === '' ? 'the root array' : path;
    if (chunks < 2 || (known && before === 0)) return [];
    if (before === 0) return [`Chunks of ${name} stand in the order of the array (the last axis fastest).`];
    return [
      `${countInWords(before)} of ${countInWords(chunks)} chunks of ${name} ${before === 1 ? 'stands' : 'stand'} before the chunk that precedes ` +
        `${before === 1 ? 'it' : 'them'} in the array.`,
    ];
  });
}

function overlapSentences({ overlaps, beyond }: RegionSums): string[] {
  return [
    ...(overlaps === 0
      ? []
      : [
          `${plural(overlaps, 'region')} ${overlaps === 1 ? 'shares' : 'share'} bytes with one before ${overlaps === 1 ? 'it' : 'them'}: they overlap.`,
        ]),
    ...(beyond === 0
      ? []
      : [
          `${plural(beyond, 'region')} ${beyond === 1 ? 'ends' : 'end'} beyond the end of the file, which is cut off or another one.`,
        ]),
  ];
}

function firstOffset({ offsets, lengths }: TiffImage): number {
  return offsets.reduce((least, offset, number) => (lengths[number] === 0 ? least : Math.min(least, offset)), Infinity);
}

function lastEnd({ offsets, lengths }: TiffImage): number {
  return offsets.reduce((most, offset, number) => {
    const length = lengths[number] ?? 0;
    return length === 0 ? most : Math.max(most, offset + length);
  }, -Infinity);
}

/** `37 %`, `under 1 %`, `99.9 %`. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1 %';
  return `${share > 0.99 && share < 1 ? '99.9' : Math.round(share * 100)} %`;
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}

function has(count: number): string {
  return count === 1 ? 'has' : 'have';
}

function stand(count: number): string {
  return count === 1 ? 'stands' : 'stand';
}
