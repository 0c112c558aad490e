import type {
  ArrayDetails,
  DocumentOutline,
  FindingGroup,
  GridCells,
  GridWindow,
  GroupGlance,
  OutlineNode,
  ReaderVerdict,
  ShadeName,
} from '../../../src/preview/types';
import { edge, side } from './chunks';

const xarray = `import xarray as xr

ds = xr.open_dataset("elevation.kerchunk.json", engine="kerchunk")
ds["elevation"]
`;

type Given = Pick<ArrayDetails, 'path' | 'shape' | 'chunkShape' | 'dtype' | 'dtypeInWords'> & Partial<ArrayDetails>;

function details(given: Given): ArrayDetails {
  const { shape, chunkShape } = given;
  const grid = shape.map((length, axis) => Math.ceil(length / (chunkShape[axis] ?? 1)));
  const total = grid.reduce((product, length) => product * length, 1);
  const itemSize = Number(/\d+/u.exec(given.dtype)?.[0] ?? 1);
  const count = (lengths: readonly number[]): number => lengths.reduce((product, length) => product * length, itemSize);
  return {
    grid,
    dimensions: null,
    order: 'C',
    fillValue: '0',
    attributes: [],
    moreAttributes: 0,
    codecs: [{ id: 'zlib', words: 'zlib: inflates', known: true }],
    coverage: { total, ranges: total, inline: 0, absent: 0, broken: 0 },
    storedBytes: Math.round(count(shape) / 3.1),
    decodedBytes: count(shape),
    chunkBytes: count(chunkShape),
    code: { xarray, zarr: 'import zarr\n' },
    metadata: '{"zarr_format": 2}',
    range: { line: 12, column: 3, endLine: 12, endColumn: 90 },
    ...given,
  };
}

const u2 = { dtype: '<u2', dtypeInWords: 'unsigned 16-bit integers, little-endian' };
const u1 = { dtype: '|u1', dtypeInWords: 'unsigned 8-bit integers' };
const f8 = { dtype: '<f8', dtypeInWords: '64-bit floating point numbers, little-endian' };
const inline = { total: 1, ranges: 0, inline: 1, absent: 0, broken: 0 };

const arrays: ArrayDetails[] = [
  details({
    path: 'elevation',
    shape: [edge, edge],
    chunkShape: [side, side],
    ...u2,
    dimensions: ['y', 'x'],
    attributes: [
      { name: '_ARRAY_DIMENSIONS', value: '["y","x"]' },
      { name: 'scale_factor', value: '0.1' },
      { name: 'add_offset', value: '-100' },
      { name: 'units', value: '"m"' },
      { name: 'long_name', value: '"height above the ellipsoid, filled where the instrument saw clouds"' },
      { name: 'grid_mapping', value: '"spatial_ref"' },
    ],
    codecs: [
      { id: 'zlib', words: 'zlib: inflates', known: true },
      { id: 'imagecodecs_delta', words: 'imagecodecs_delta: sums the differences along axis -1', known: true },
    ],
    coverage: { total: 36, ranges: 33, inline: 1, absent: 1, broken: 1 },
  }),
  details({ path: 'drifting', shape: [1024, 1024], chunkShape: [side, side], ...u2, dimensions: ['Y', 'X'] }),
  details({
    path: 'failures',
    shape: [512, 1024],
    chunkShape: [side, side],
    ...u2,
    codecs: [{ id: 'imagecodecs_jetraw', words: 'imagecodecs_jetraw', known: false }],
  }),
  details({ path: 'pixels', shape: [640, 640, 3], chunkShape: [64, 64, 3], ...u1, dimensions: ['y', 'x', 'band'] }),
  details({
    path: 'cube',
    shape: [365, 40_000, 60_000],
    chunkShape: [5, 40, 60],
    dtype: '<f4',
    dtypeInWords: '32-bit floating point numbers, little-endian',
    dimensions: ['time', 'y', 'x'],
    fillValue: 'NaN',
    coverage: { total: 73_000_000, ranges: 48_000_000, inline: 0, absent: 24_999_997, broken: 3 },
  }),
  details({ path: 'axes/x', shape: [edge], chunkShape: [edge], ...f8, dimensions: ['x'], coverage: inline }),
  details({ path: 'axes/y', shape: [edge], chunkShape: [edge], ...f8, dimensions: ['y'], coverage: inline }),
  details({
    path: 'spatial_ref',
    shape: [],
    chunkShape: [],
    dtype: '<i8',
    dtypeInWords: 'signed 64-bit integers, little-endian',
    codecs: [],
    coverage: inline,
    attributes: [
      { name: 'crs_wkt', value: `"PROJCRS[\\"WGS 84 / UTM zone 32N\\",BASEGEOGCRS[${'\\"WGS 84\\",'.repeat(40)}]"` },
    ],
  }),
  details({ path: 'station', shape: [5], chunkShape: [5], dtype: '<U25', dtypeInWords: 'text of 25 characters' }),
  details({
    path: 'big',
    shape: [4, 4],
    chunkShape: [4, 4],
    dtype: '<u8',
    dtypeInWords: 'unsigned 64-bit integers, little-endian',
    attributes: [{ name: 'units', value: '"1"' }],
    moreAttributes: 99_000,
  }),
  details({ path: 'constant', shape: [64, 64], chunkShape: [64, 64], ...u1, fillValue: '255' }),
  details({ path: 'series', shape: [54_320], chunkShape: [10], ...u2, dimensions: ['time'] }),
  details({
    path: 'vast',
    shape: [4_000_000, 3_000_000],
    chunkShape: [1000, 1000],
    ...u2,
    coverage: { total: 12_000_000, ranges: 9_000_000, inline: 0, absent: 3_000_000, broken: 0 },
  }),
  details({ path: 'landcover', shape: [128, 128], chunkShape: [64, 64], ...u1, dimensions: ['y', 'x'] }),
  details({
    path: 'scene',
    shape: [4, 128, 128],
    chunkShape: [1, 64, 64],
    ...u2,
    dimensions: ['band', 'y', 'x'],
    attributes: [{ name: 'color_interpretation', value: '["undefined","blue","green","red"]' }],
  }),
  details({
    path: 'hours',
    shape: [48],
    chunkShape: [48],
    dtype: '<i8',
    dtypeInWords: 'signed 64-bit integers',
    dimensions: ['hours'],
  }),
  details({ path: 'wide', shape: [4096, 8192], chunkShape: [4096, 4096], ...u2, dimensions: ['y', 'x'] }),
  details({ path: 'none', shape: [0, 10], chunkShape: [5, 10], ...u2 }),
];

export function arrayAt(path: string): ArrayDetails | undefined {
  return arrays.find((array) => array.path === path);
}

/** What lies below a group: its arrays, their sizes and chunks added up. */
export function glanceOf(path: string): GroupGlance {
  const below = arrays.filter((array) => path === '' || array.path.startsWith(`${path}/`));
  const sum = (one: (array: ArrayDetails) => number): number => below.reduce((total, array) => total + one(array), 0);
  return {
    path,
    arrays: below.map(({ path: name, shape, chunkShape, dimensions, dtype, coverage, ...sizes }) => {
      const { storedBytes, decodedBytes, chunkBytes } = sizes;
      const meaning = name === 'elevation' ? 'height above the ellipsoid (m)' : null;
      const own = { path: name, shape, chunkShape, dimensions, dtype, coverage };
      return { ...own, storedBytes, decodedBytes, chunkBytes, meaning };
    }),
    count: below.length + (path === '' ? 1 : 0),
    storedBytes: sum(({ storedBytes }) => storedBytes),
    decodedBytes: sum(({ decodedBytes }) => decodedBytes),
    presentBytes: sum(({ coverage, chunkBytes }) => (coverage.ranges + coverage.inline) * chunkBytes),
    coverage: {
      total: sum(({ coverage }) => coverage.total),
      ranges: sum(({ coverage }) => coverage.ranges),
      inline: sum(({ coverage }) => coverage.inline),
      absent: sum(({ coverage }) => coverage.absent),
      broken: sum(({ coverage }) => coverage.broken),
    },
    attributes: path === '' ? [{ name: 'Conventions', value: '"CF-1.10"' }] : [],
    moreAttributes: 0,
    code: { xarray, zarr: 'import zarr\n' },
  };
}

/** The tree; `without` leaves arrays out, as an edit of the text may. */
export function outline(without: readonly string[] = []): DocumentOutline {
  const arrayNodes = arrays.flatMap(({ path, shape, dtype }) => {
    if (without.includes(path)) return [];
    const node = { kind: 'array', path, shape, dtype } as const;
    return path === 'axes/x' ? [{ kind: 'group', path: 'axes' } as const, node] : [node];
  });
  const nodes: OutlineNode[] = [
    { kind: 'group', path: '' },
    ...arrayNodes,
    { kind: 'unreadable', path: 'damaged', message: 'damaged/.zarray: "chunks" has 1 length where "shape" has 2.' },
  ];
  return {
    version: 1,
    bytes: 18_734,
    compression: null,
    nodes: new TextEncoder().encode(JSON.stringify(nodes)).buffer,
    targets: { count: 2, first: ['https://data.example.org/scenes/2023/elevation.tif', 'file:///data/other.tif'] },
  };
}

const at = (line: number): FindingGroup['range'] => ({ line, column: 5, endLine: line, endColumn: 30 });

export const findings: FindingGroup[] = [
  {
    code: 'kerchunk/reference-shape',
    title: 'A value is no reference.',
    severity: 'error',
    path: 'elevation',
    message: 'elevation/0.5 has two elements; an entry with a range has three: [url, offset, length].',
    range: at(31),
    count: 1,
    samples: [],
  },
  {
    code: 'tiff/delta-over-rows',
    title: 'The filter delta sums over rows.',
    severity: 'warning',
    path: 'drifting',
    message: 'delta sums down the rows what the file stores along them: readers get wrong values.',
    range: at(88),
    count: 16,
    samples: [
      { key: 'drifting/0.0', message: '255 of 256 rows are wrong.', range: at(90), indices: [0, 0] },
      { key: 'drifting/0.1', message: '255 of 256 rows are wrong.', range: at(91), indices: [0, 1] },
    ],
  },
  {
    code: 'zarr2/shape-chunks-rank',
    title: 'Shape and chunks have different numbers of dimensions.',
    severity: 'error',
    path: 'damaged',
    message: '"chunks" has 1 length where "shape" has 2.',
    range: at(210),
    count: 1,
    samples: [],
  },
  {
    code: 'kerchunk/relative-target',
    title: 'A target is relative.',
    severity: 'info',
    path: '',
    message: 'other.tif is taken from the folder of this file; fsspec takes it from the working directory.',
    range: at(3),
    count: 1,
    samples: [],
  },
];

/** One reader of each kind: of all arrays, of some, of none for one reason, of none for many. */
export const readers: ReaderVerdict[] = [
  {
    name: 'fsspec + zarr-python 3',
    tried: 'fsspec 2026.9.0, zarr-python 3.1.6, kerchunk 0.2.10',
    reads: 'all',
    verdict: 'reads all 9 arrays',
    obstacles: [],
  },
  {
    name: 'zarrita',
    tried: 'zarrita 0.7.5',
    reads: 'some',
    verdict: '8 of 9 arrays',
    obstacles: [
      {
        reason: 'it has no codec imagecodecs_delta',
        key: 'elevation/.zarray',
        path: 'elevation',
        indices: null,
        range: at(12),
      },
    ],
  },
  {
    name: 'GDAL',
    tried: 'GDAL 3.12.4',
    reads: 'none',
    verdict: 'cannot',
    obstacles: [{ reason: 'it refuses templates', key: 'templates', path: null, indices: null, range: at(3) }],
  },
  {
    name: 'VirtualiZarr',
    tried: 'VirtualiZarr 2.5.1, KerchunkJSONParser',
    reads: 'none',
    verdict: 'not as a whole',
    obstacles: Array.from({ length: 100 }, (_, index) => ({
      reason: 'it reads no chunk whose entry is malformed',
      key: `drifting/${index}.0`,
      path: 'drifting',
      indices: [index, 0],
      range: at(90 + index),
    })),
  },
];

const mostCells = 2 ** 20;

/** Cells of a window, in blocks where there are more than 1,048,576 chunks. */
export function cellsOf(window: GridWindow): GridCells {
  const rows = window.rows ?? { start: 0, stop: 1 };
  const columns = window.columns ?? { start: 0, stop: 1 };
  const [tall, wide] = [rows.stop - rows.start, columns.stop - columns.start];
  const by = Math.ceil(Math.sqrt(Math.max(1, (tall * wide) / mostCells)));
  const step = { rows: tall === 1 ? 1 : by, columns: wide === 1 ? 1 : by };
  const [high, broad] = [Math.ceil(tall / step.rows), Math.ceil(wide / step.columns)];
  const cells = new Uint8Array(high * broad);
  for (let row = 0; row < high; row += 1) {
    for (let column = 0; column < broad; column += 1) {
      let state = 0;
      for (const [dy, dx] of [
        [0, 0],
        [step.rows - 1, step.columns - 1],
      ] as const) {
        state |= stateOf(window, rows.start + row * step.rows + dy, columns.start + column * step.columns + dx);
      }
      cells[row * broad + column] = state;
    }
  }
  const shades = window.shade === undefined ? null : shadesOf(window.shade, cells, broad);
  return { ...window, step, height: high, width: broad, cells: cells.buffer, shades };
}

/** Sizes rise from left to right; two files take turns by rows. */
function shadesOf(by: ShadeName, states: Uint8Array, width: number): GridCells['shades'] {
  const cells = states.map((state, cell) => {
    if ((state & 1) === 0) return 0;
    return by === 'size' ? 1 + Math.floor((254 * (cell % width)) / width) : 1 + (Math.floor(cell / width) % 2);
  });
  const first = ['https://data.example.org/scenes/2023/elevation.tif', 'file:///data/other.tif'];
  const meaning = by === 'size' ? ({ by, least: 2_048, most: 393_216 } as const) : ({ by, count: 12, first } as const);
  return { meaning, cells: cells.buffer };
}

function stateOf({ path, at: place }: GridWindow, row: number, column: number): number {
  switch (path) {
    case 'elevation':
      if (row === 5 && column === 0) return 4;
      if (row === 0 && column === 5) return 8;
      return row === 1 && column === 1 ? 2 : 1;
    case 'cube':
      if (row === 444 && column === 555 && place[0] === 0) return 8;
      return Math.hypot(row - 500, column - 480 - (place[0] ?? 0)) < 420 ? 1 : 4;
    case 'vast':
      return (row + column) % 3500 < 2600 ? 1 : 4;
    case 'series':
      return column % 97 === 13 ? 4 : 1;
    default:
      return arrayAt(path)?.coverage.inline === 1 ? 2 : 1;
  }
}
