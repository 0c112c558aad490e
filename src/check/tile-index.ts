import { ifdNumber } from '../tiff/directory';
import type { TiffDescription, TiffImage } from '../tiff/types';
import { countInWords, plural } from '../words';

/** Which tile or strip begins at an offset. */
export interface FoundTile {
  image: TiffImage;
  tile: number;
}

/** The tiles and strips of all images of a TIFF by where their bytes begin; made only where a reference is not where it should be. */
export class TileIndex {
  private readonly offsets: Float64Array;
  private readonly ids: Uint32Array;
  /** For each image, the number of tiles before its own. */
  private readonly starts: number[];

  constructor(private readonly images: TiffDescription['images']) {
    let total = 0;
    this.starts = images.map(({ offsets }) => {
      const start = total;
      total += offsets.length;
      return start;
    });
    const all = new Float64Array(total);
    images.forEach(({ offsets, lengths }, i) => {
      const start = this.starts[i] ?? 0;
      for (let tile = 0; tile < offsets.length; tile++) {
        all[start + tile] = (lengths[tile] ?? 0) > 0 ? (offsets[tile] ?? 0) : -1;
      }
    });
    this.ids = Uint32Array.from({ length: total }, (_, i) => i).sort((a, b) => (all[a] ?? 0) - (all[b] ?? 0));
    this.offsets = Float64Array.from(this.ids, (id) => all[id] ?? 0);
  }

  /** The tile that begins at `offset`. */
  at(offset: number): FoundTile | undefined {
    const place = this.lastUpTo(offset);
    return this.offsets[place] === offset ? this.tile(place) : undefined;
  }

  /** The tile that holds the byte at `offset`, though it begins before. */
  around(offset: number): (FoundTile & { byte: number }) | undefined {
    const place = this.lastUpTo(offset);
    const begin = this.offsets[place] ?? -1;
    const found = begin < 0 ? undefined : this.tile(place);
    if (found === undefined || offset >= begin + (found.image.lengths[found.tile] ?? 0)) return undefined;
    return { ...found, byte: offset - begin };
  }

  private lastUpTo(offset: number): number {
    let low = 0;
    let high = this.offsets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.offsets[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  private tile(place: number): FoundTile | undefined {
    const id = this.ids[place];
    if (id === undefined) return undefined;
    const at = this.starts.findLastIndex((start) => start <= id);
    const image = this.images[at];
    return image === undefined ? undefined : { image, tile: id - (this.starts[at] ?? 0) };
  }
}

/** A tile in words: `tile (row 3, column 1)`, `strip 5 of band 2`; rows, columns and strips from 0, bands from 1. */
export function tileInWords({ tiled, chunksAcross, chunksDown, planar }: TiffImage, tile: number): string {
  const perPlane = chunksAcross * chunksDown;
  const within = tile % perPlane;
  const place = tiled
    ? `tile (row ${Math.floor(within / chunksAcross)}, column ${within % chunksAcross})`
    : `strip ${within}`;
  return planar ? `${place} of band ${Math.floor(tile / perPlane) + 1}` : place;
}

/** An image in words: `IFD 2 (overview, 512 x 512)`, `SubIFD 1 of IFD 0 (overview, 512 x 512)`, rows first. */
export function imageInWords(image: TiffImage): string {
  const { kind, width, height } = image;
  const words = { full: 'full resolution', overview: 'overview', mask: 'mask', page: 'page' }[kind];
  return `${ifdNumber(image)} (${words}, ${height} x ${width})`;
}

/** A half-open range in words: `bytes 100-199`, the end inclusive as in the Range header. */
export function rangeInWords({ offset, length }: { offset: number; length: number }): string {
  return length > 0
    ? `bytes ${countInWords(offset)}-${countInWords(offset + length - 1)}`
    : `${plural(length, 'byte')} at ${countInWords(offset)}`;
}
