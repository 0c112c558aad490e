import {
  regionFlags,
  regionKinds,
  type RegionKind,
  type TargetArray,
  type TargetImage,
  type TargetMap,
} from '../../../preview/target-types';
import { countInWords } from '../../../words';
import { chunkIndices } from '../../../zarr/grid';
import { chunkName } from '../grid/cells';
import { t } from '../../l10n';
import { exactSizeInWords } from '../../counts';

/** One region of a file. */
export interface Region {
  start: number;
  length: number;
  kind: RegionKind;
  flags: number;
  /** Its array and the chunk's indices; null where it is no chunk of an array. */
  chunk: { path: string; indices: number[] } | null;
}

/** The regions of a file, or of a part of it, by number. */
export class RegionTable {
  readonly count: number;
  readonly starts: Float64Array;
  readonly lengths: Float64Array;
  readonly kinds: Uint8Array;
  readonly flags: Uint8Array;
  private readonly arrays: Uint32Array;
  private readonly images: Uint32Array;
  private readonly chunks: Float64Array;
  private readonly numbers: Float64Array;

  constructor(readonly map: TargetMap) {
    const { regions } = map;
    this.count = regions.count;
    this.starts = new Float64Array(regions.starts);
    this.lengths = new Float64Array(regions.lengths);
    this.kinds = new Uint8Array(regions.kinds);
    this.flags = new Uint8Array(regions.flags);
    this.arrays = new Uint32Array(regions.arrays);
    this.images = new Uint32Array(regions.images);
    this.chunks = new Float64Array(regions.chunks);
    this.numbers = new Float64Array(regions.numbers);
  }

  /** The bytes that the regions span: of the whole file, or of the part of it that they are. */
  get span(): { from: number; to: number } {
    const { parts, part, end } = this.map;
    const from = part === 0 ? 0 : (this.starts[0] ?? 0);
    if (part === parts - 1) return { from, to: Math.max(end, from + 1) };
    const last = this.count - 1;
    return { from, to: (this.starts[last] ?? 0) + (this.lengths[last] ?? 0) };
  }

  /** What a region is coloured by: its image, else its array, from 0. */
  group(region: number): number {
    const image = this.images[region] ?? 0;
    return image > 0 ? image - 1 : Math.max(0, (this.arrays[region] ?? 0) - 1);
  }

  at(region: number): Region {
    const array = this.map.arrays[(this.arrays[region] ?? 0) - 1];
    return {
      start: this.starts[region] ?? 0,
      length: this.lengths[region] ?? 0,
      kind: regionKinds[this.kinds[region] ?? 0] ?? 'gap',
      flags: this.flags[region] ?? 0,
      chunk: array === undefined ? null : { path: array.path, indices: indicesOf(array, this.chunks[region] ?? 0) },
    };
  }

  /** Number of the region with these bytes; -1 where there is none. */
  find({ start, length }: { start: number; length: number }): number {
    for (let region = this.lastFrom(start); region >= 0 && this.starts[region] === start; region -= 1) {
      if (this.lengths[region] === length) return region;
    }
    return -1;
  }

  /** Number of the region that holds a byte: of several the last that begins; -1 where there is none. */
  holding(byte: number): number {
    const last = this.lastFrom(byte);
    for (let region = last; region >= 0 && region > last - farthestBack; region -= 1) {
      if ((this.starts[region] ?? 0) + (this.lengths[region] ?? 0) > byte) return region;
    }
    return -1;
  }

  /** Number of the last region that begins at or before a byte; -1 where there is none. */
  lastFrom(byte: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0) <= byte) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** "chunk 1.2 of elevation, tile 5 of IFD 0". */
  name(region: number): string {
    const { kind, chunk } = this.at(region);
    const image = this.map.images[(this.images[region] ?? 0) - 1];
    const number = this.numbers[region] ?? 0;
    const tile = image === undefined ? '' : tileInWords(image, number);
    switch (kind) {
      case 'header':
        return t('header of the TIFF');
      case 'ghost':
        return t('ghost area: GDAL’s structural metadata');
      case 'ifd':
        return image?.name ?? t('IFD');
      case 'values':
      case 'table': {
        const tag = this.map.tags.find((known) => known.tag === number)?.name ?? t('tag {0}', number);
        return image === undefined ? tag : t('{0} of {1}', tag, image.name);
      }
      case 'frame':
        return t('length and last bytes of tiles, repeated by GDAL');
      case 'tile':
        return t('{0}, which nothing refers to', tile);
      case 'gap':
        return this.map.structure.kind === 'tiff'
          ? t('gap: belongs to nothing')
          : t('gap: no reference names these bytes');
      case 'chunk': {
        const own = chunk === null ? t('reference under a key that is no chunk') : chunkInWords(chunk);
        return tile === '' ? own : `${own}, ${tile}`;
      }
    }
  }

  /** The region in one sentence: what it is, where it stands, and what is odd about it. */
  sentence(region: number): string {
    const { start, length, flags } = this.at(region);
    return [
      this.name(region),
      t('bytes {0} to {1}', countInWords(start), countInWords(start + length - 1)),
      exactSizeInWords(length),
      ...oddities(flags),
    ].join(', ');
  }
}

/** Regions that are looked at for one that reaches over those behind it. */
const farthestBack = 1000;

const tables = new WeakMap<TargetMap, RegionTable>();

/** The table of a map, made once. */
export function tableOf(map: TargetMap): RegionTable {
  const table = tables.get(map) ?? new RegionTable(map);
  tables.set(map, table);
  return table;
}

/** What is odd about a region, in words. */
export function oddities(flags: number): string[] {
  return [
    ...((flags & regionFlags.overlap) === 0 ? [] : [t('shares bytes with a region before it')]),
    ...((flags & regionFlags.shared) === 0 ? [] : [t('named more than once')]),
    ...((flags & regionFlags.beyond) === 0 ? [] : [t('ends beyond the end of the file')]),
  ];
}

function tileInWords({ tiled, name }: TargetImage, number: number): string {
  return tiled ? t('tile {0} of {1}', countInWords(number), name) : t('strip {0} of {1}', countInWords(number), name);
}

function chunkInWords({ path, indices }: { path: string; indices: readonly number[] }): string {
  return t('chunk {0} of {1}', chunkName(indices), path === '' ? t('the root array') : path);
}

function indicesOf({ grid }: TargetArray, chunk: number): number[] {
  return chunkIndices({ shape: grid, chunkShape: grid.map(() => 1) }, chunk);
}
