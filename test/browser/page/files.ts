import {
  MOST_REGIONS,
  regionKinds,
  type RegionColumns,
  type RegionKind,
  type TargetBytes,
  type TargetList,
  type TargetMap,
  type TargetPlace,
} from '../../../src/preview/target-types';

/*
 * Made-up files that references point into: a COG of two levels, a file of a million chunks without order or structure, and one that is
 * no TIFF.
 */

type Piece = [
  kind: RegionKind,
  length: number,
  more?: { array?: number; image?: number; chunk?: number; number?: number; flags?: number },
];

const grid = [6, 6];
const tileBytes = 41_233;
const overviewTileBytes = 30_001;

function* cog(): Iterable<Piece> {
  yield ['header', 8];
  yield ['ghost', 183];
  for (const image of [1, 2]) {
    yield ['ifd', 210, { image }];
    yield ['values', 48, { image, number: 33_550 }];
    yield ['table', image === 1 ? 144 : 36, { image, number: 324 }];
    yield ['table', image === 1 ? 144 : 36, { image, number: 325 }];
  }
  yield ['frame', 4];
  for (let number = 0; number < 9; number += 1) {
    yield ['tile', overviewTileBytes + 100 * number, { image: 2, number }];
    yield ['frame', 8];
  }
  yield ['gap', 90_000];
  for (let number = 0; number < 36; number += 1) {
    yield ['chunk', tileBytes, { array: 1, image: 1, chunk: number, number, flags: number === 20 ? 2 : 0 }];
    if (number < 35) yield ['frame', 8];
  }
}

function* million(): Iterable<Piece> {
  for (let chunk = 0; chunk < 500_000; chunk += 1) {
    yield ['chunk', 1000 + ((chunk * 7919) % 500), { array: 1, chunk }];
    yield ['gap', 20 + ((chunk * 31) % 400)];
  }
}

function columns(pieces: Iterable<Piece>): { regions: RegionColumns; end: number; kinds: TargetMap['kinds'] } {
  const list = [...pieces];
  const starts = new Float64Array(list.length);
  const lengths = new Float64Array(list.length);
  const small = { kinds: new Uint8Array(list.length), flags: new Uint8Array(list.length) };
  const links = { arrays: new Uint32Array(list.length), images: new Uint32Array(list.length) };
  const chunks = new Float64Array(list.length);
  const numbers = new Float64Array(list.length);
  const sums = regionKinds.map((kind) => ({ kind, count: 0, bytes: 0 }));
  let end = 0;
  list.forEach(([kind, length, { array = 0, image = 0, chunk = 0, number = 0, flags = 0 } = {}], index) => {
    starts[index] = end;
    lengths[index] = length;
    small.kinds[index] = regionKinds.indexOf(kind);
    small.flags[index] = flags;
    links.arrays[index] = array;
    links.images[index] = image;
    chunks[index] = chunk;
    numbers[index] = number;
    const sum = sums[regionKinds.indexOf(kind)];
    if (sum !== undefined) {
      sum.count += 1;
      sum.bytes += length;
    }
    end += length;
  });
  return {
    end,
    kinds: sums,
    regions: {
      count: list.length,
      starts: starts.buffer,
      lengths: lengths.buffer,
      kinds: small.kinds.buffer,
      flags: small.flags.buffer,
      arrays: links.arrays.buffer,
      images: links.images.buffer,
      chunks: chunks.buffer,
      numbers: numbers.buffer,
    },
  };
}

const urls = [
  'https://example.org/landscape/elevation-2026.tif',
  'https://example.org/archive/vast.nc',
  'https://example.org/archive/signed.tif?…',
];

export function targetsOf(search: string): TargetList {
  const all = [
    { references: 34, wholes: 0, bytes: 36 * tileBytes, largestGap: 8, size: 1_856_000 },
    { references: 500_000, wholes: 0, bytes: 624_000_000, largestGap: 419, size: null },
    { references: 1, wholes: 1, bytes: 0, largestGap: null, size: null },
  ].map((target, index) => ({ target: index, shownUrl: urls[index] ?? '', ...target }));
  const targets = all.filter(({ shownUrl }) => shownUrl.includes(search));
  return { count: all.length, found: targets.length, targets };
}

/** The map of a file; `read`: its structure was asked for. */
export function targetMapOf(place: TargetPlace, read: boolean): TargetMap {
  const target = place.kind === 'target' ? place.target : 0;
  const made = target === 0 ? columns(read ? cog() : withoutStructure()) : columns(target === 1 ? million() : []);
  const hasStructure = target === 0 && read;
  const { regions } = made;
  const number = place.kind === 'chunk' ? (place.indices[0] ?? 0) * 6 + (place.indices[1] ?? 0) : -1;
  const chunks = new Float64Array(regions.chunks);
  const arrays = new Uint32Array(regions.arrays);
  const selected = chunks.findIndex((chunk, index) => chunk === number && arrays[index] === 1);
  return {
    ...made,
    target,
    shownUrl: urls[target] ?? '',
    size: hasStructure ? made.end : null,
    structure: hasStructure
      ? { kind: 'tiff', container: 'TIFF, little-endian' }
      : { kind: target === 1 ? 'other' : 'not-read' },
    total: regions.count,
    part: 0,
    parts: Math.max(1, Math.ceil(regions.count / MOST_REGIONS)),
    arrays: [
      {
        path: target === 1 ? 'series' : 'elevation',
        grid: target === 1 ? [500_000] : grid,
        count: 36,
        bytes: 36 * tileBytes,
      },
    ],
    images: hasStructure
      ? [
          { name: 'IFD 0', kind: 'full', width: 1436, height: 1436, tiled: true, count: 36, bytes: 36 * tileBytes },
          { name: 'IFD 1', kind: 'overview', width: 718, height: 718, tiled: true, count: 9, bytes: 273_609 },
        ]
      : [],
    tags: [
      { tag: 324, name: 'TileOffsets (tag 324)' },
      { tag: 325, name: 'TileByteCounts (tag 325)' },
      { tag: 33_550, name: 'ModelPixelScale (tag 33550)' },
    ],
    wholes: target === 2 ? 1 : 0,
    sentences: [
      '2 IFDs with their tables stand at the start, before any tile: 1,068 bytes come before the first one, and one request of 64 KiB reads all headers.',
      'IFD 0: its 36 tiles stand in the order of their rows, so that neighbours share requests.',
      'References name 1.4 MiB of the file (80 %).',
    ],
    selected: selected < 0 ? null : selected,
  };
}

/** The same file as far as its references tell. */
function* withoutStructure(): Iterable<Piece> {
  let gap = 0;
  for (const [kind, length, more] of cog()) {
    if (kind !== 'chunk') {
      gap += length;
      continue;
    }
    yield ['gap', gap];
    gap = 0;
    yield [kind, length, { array: 1, chunk: more?.chunk ?? 0 }];
  }
}

/** Bytes that tell their own offset modulo 256. */
export function bytesOf(target: number, offset: number): TargetBytes {
  const size = target === 0 ? 1_856_000 : null;
  const count = size === null ? 4096 : Math.max(0, Math.min(4096, size - offset));
  return { target, offset, size, bytes: Uint8Array.from({ length: count }, (_, i) => (offset + i) & 0xff).buffer };
}
