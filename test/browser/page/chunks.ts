import type { ErrorCode } from '../../../src/errors';
import type { ChunkOutcome, ChunkValues, StageSummary } from '../../../src/preview/types';
import type { ShownChunk } from '../../../src/webview/editor-messages';
import { chunkValues, drifted, errorPerRow, heights, statisticsOf, stretchOf } from './landscape';

export const side = 256;
/** Rows and columns of `elevation`: the last chunks reach beyond. */
export const edge = 1436;
const url = 'https://data-1.example.org/scenes/2023-06/elevation.tif';

/** A chunk preview of an array by its path; arrays that are not named have plain numbers. */
export function chunkOf(path: string, indices: readonly number[]): ShownChunk {
  const make = makers[path] ?? numbers;
  return make(path, indices);
}

const makers: Record<string, (path: string, indices: readonly number[]) => ShownChunk> = {
  elevation: elevationChunk,
  drifting: driftingChunk,
  failures: failingChunk,
  pixels: pixelsChunk,
  cube: cubeChunk,
  'axes/x': axisChunk,
  'axes/y': axisChunk,
  spatial_ref: scalarChunk,
  station: textChunk,
  big: bigChunk,
  constant: constantChunk,
};

function preview(
  path: string,
  indices: readonly number[],
  outcome: ChunkOutcome,
  change: Partial<ShownChunk> = {},
): ShownChunk {
  const name = indices.join('.') || '0';
  const start = 1_048_576 + (indices[0] ?? 0) * 300_000 + (indices[1] ?? 0) * 41_000;
  const bytes = 41_233;
  return {
    path,
    indices,
    key: `${path}/${name}`,
    reference: 'range',
    request: { shownUrl: url, start, end: start + bytes - 1 },
    range: { line: 40, column: 5, endLine: 40, endColumn: 80 },
    stages: stages(bytes, [
      ['zlib', 131_072, 4.2],
      ['imagecodecs_delta', 131_072, 0.6],
      ['array', 131_072, 0.1],
    ]),
    outcome,
    coordinates: [],
    coordinateProblem: null,
    crs: 'WGS 84 / UTM zone 32N (EPSG:32632)',
    drift: null,
    ...change,
  };
}

function stages(stored: number, steps: readonly [string, number, number][]): StageSummary[] {
  const head = (seed: number): ArrayBuffer =>
    Uint8Array.from({ length: 256 }, (_, at) => (at * 31 + seed * 17 + (at >> 3)) & 255).buffer;
  return [
    { name: 'stored', bytes: stored, milliseconds: 0, head: head(1) },
    ...steps.map(([name, bytes, milliseconds], index) => ({ name, bytes, milliseconds, head: head(index + 2) })),
  ];
}

function values(shown: ChunkValues, allFill = false): ChunkOutcome {
  return { kind: 'values', values: shown, allFill };
}

function elevationChunk(path: string, indices: readonly number[]): ShownChunk {
  const [row = 0, column = 0] = indices;
  if (row === 5 && column === 0) {
    return preview(
      path,
      indices,
      { kind: 'absent', fillValue: '0' },
      { reference: 'absent', request: null, range: null, stages: [] },
    );
  }
  if (row === 0 && column === 5) {
    return preview(
      path,
      indices,
      failed('malformed-reference', `The entry of ${path}/0.5 has two elements; an entry with a range has three.`),
      {
        reference: 'broken',
        request: null,
        stages: [],
      },
    );
  }
  const all = heights([row, column], side, edge);
  const inside = [Math.min(side, edge - row * side), Math.min(side, edge - column * side)] as const;
  const within = all.filter((_, at) => Math.floor(at / side) < inside[0] && at % side < inside[1]);
  const shown = chunkValues('<u2', [side, side], all.buffer, within, {
    inside,
    nodata: '0',
    scaling: { scale: 0.1, offset: -100 },
    unit: 'm',
  });
  const along = (first: number, by: number, count: number): string[] =>
    Array.from({ length: count }, (_, at) => String(first + by * (at + 0.5)));
  return preview(path, indices, values(shown), {
    coordinates: [
      { axis: 0, name: 'y', unit: 'metre', texts: along(5_300_040 - row * side * 10, -10, inside[0]) },
      { axis: 1, name: 'x', unit: 'metre', texts: along(600_000 + column * side * 10, 10, inside[1]) },
    ],
  });
}

function driftingChunk(path: string, indices: readonly number[]): ShownChunk {
  const truth = heights([indices[0] ?? 0, indices[1] ?? 0], side, Infinity);
  const got = drifted(truth, side);
  const perRow = errorPerRow(got, truth, side);
  return preview(path, indices, values(chunkValues('<u2', [side, side], got.buffer, got)), {
    drift: {
      message: `Readers sum the differences down the rows, which the file stores along the rows. In chunk drifting/0.0, 255 of 256 rows are wrong, by up to ${Math.max(...perRow)}.`,
      perRow: perRow.buffer,
      truth: truth.buffer,
      truthStatistics: statisticsOf(truth, null),
      truthStretch: stretchOf(truth, null),
    },
  });
}

function failed(code: ErrorCode, message: string): ChunkOutcome {
  return { kind: 'failed', code, message };
}

/** Failures in the order of the chunks of `failures`. */
export const failures: readonly [ErrorCode, string][] = [
  ['fetch-failed', 'The server answered 404 Not Found for https://data.example.org/scenes/2023/elevation.tif.'],
  ['short-read', 'The server sent the whole file (200) in place of 41,233 bytes from 1,048,576.'],
  ['decode-failed', 'imagecodecs_delta: 131,070 bytes are no whole number of rows of 512 bytes.'],
  ['unsupported-codec', 'No codec "imagecodecs_jetraw" is known here.'],
  ['restricted-mode', 'Nothing was fetched: this workspace is in Restricted Mode.'],
  ['needs-permission', 'file:///home/someone/elevation.tif is outside this workspace.'],
  ['limit-exceeded', 'The chunk is 3.1 GiB decoded; at most 1 GiB is decoded here.'],
];

function failingChunk(path: string, indices: readonly number[]): ShownChunk {
  const [code, message] = failures[(indices[0] ?? 0) * 4 + (indices[1] ?? 0)] ?? ['fetch-failed', 'No answer.'];
  const reached = { 'decode-failed': 2, 'unsupported-codec': 1 }[code as string] ?? 0;
  return preview(path, indices, failed(code, message), {
    stages: stages(41_233, [['zlib', 131_070, 4.2]]).slice(0, reached),
  });
}

/** Red, green and blue samples, the last axis. */
function pixelsChunk(path: string, indices: readonly number[]): ShownChunk {
  const size = 64;
  const data = new Uint8Array(size * size * 3);
  for (let at = 0; at < size * size; at += 1) data.set([(at % size) * 4, Math.floor(at / size) * 4, 128], 3 * at);
  return preview(
    path,
    indices,
    values(chunkValues('|u1', [size, size, 3], data.buffer, data, { stretch: { low: 0, high: 255 } })),
  );
}

/** Two planes of float32 with gaps, of a chunk of three axes. */
function cubeChunk(path: string, indices: readonly number[]): ShownChunk {
  const shape = [5, 40, 60];
  const data = Float32Array.from({ length: 12_000 }, (_, at) => {
    const [plane, row, column] = [Math.floor(at / 2400), Math.floor(at / 60) % 40, at % 60];
    return (row - 20) ** 2 + (column - 30) ** 2 < 60
      ? NaN
      : 270 + plane * 5 + Math.sin(row / 6) * 8 + column / 7 + (indices[0] ?? 0) / 100;
  });
  return preview(path, indices, values(chunkValues('<f4', shape, data.buffer, data, { unit: 'K' })), {
    coordinateProblem: 'The coordinates along x are not shown: x/0 was not fetched.',
  });
}

function axisChunk(path: string, indices: readonly number[]): ShownChunk {
  const data = Float64Array.from({ length: edge }, (_, at) => 600_000 + 10 * (at + 0.5) + 400 * Math.sin(at / 60));
  return preview(path, indices, values(chunkValues('<f8', [edge], data.buffer, data, { unit: 'metre' })), {
    reference: 'inline',
    request: null,
    stages: stages(9_120, [['zlib', edge * 8, 0.8]]),
  });
}

function scalarChunk(path: string, indices: readonly number[]): ShownChunk {
  const data = BigInt64Array.of(9_007_199_254_740_993n);
  const shown = chunkValues('<i8', [], data.buffer, [Number(data[0])]);
  return preview(path, indices, values({ ...shown, histogram: null }), {
    reference: 'inline',
    request: null,
    stages: stages(8, []),
  });
}

function textChunk(path: string, indices: readonly number[]): ShownChunk {
  const texts = ['Zürich', 'Genève', 'Lugano', '', '<script>alert(1)</script>'];
  const shown = chunkValues('<U25', [5], new ArrayBuffer(500), []);
  const statistics = {
    count: 5,
    valid: 5,
    nodata: 0,
    nan: 0,
    minimum: null,
    maximum: null,
    mean: null,
    standardDeviation: null,
  };
  return preview(path, indices, values({ ...shown, texts, statistics, histogram: null, stretch: null }));
}

/** Integers that double precision cannot tell apart. */
function bigChunk(path: string, indices: readonly number[]): ShownChunk {
  const data = BigUint64Array.from({ length: 16 }, (_, at) => 18_446_744_073_709_551_600n + BigInt(at % 15));
  const shown = chunkValues('<u8', [4, 4], data.buffer, Array.from(data, Number), { nodata: '18446744073709551600' });
  const exact = { minimum: '18446744073709551601', maximum: '18446744073709551614', nodata: 2, valid: 14 };
  const near = Number(data[1]);
  const stretch = { low: near, high: near };
  return preview(path, indices, values({ ...shown, stretch, statistics: { ...shown.statistics, ...exact } }));
}

function constantChunk(path: string, indices: readonly number[]): ShownChunk {
  const data = new Uint8Array(64 * 64).fill(255);
  return preview(path, indices, values(chunkValues('|u1', [64, 64], data.buffer, data, { nodata: '255' }), true));
}

function numbers(path: string, indices: readonly number[]): ShownChunk {
  const data = Int16Array.from({ length: 100 }, (_, at) => at - 50);
  return preview(path, indices, values(chunkValues('<i2', [10, 10], data.buffer, data)));
}
