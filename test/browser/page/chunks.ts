import type { ErrorCode } from '../../../src/errors';
import type { ChunkOutcome, ChunkValues, DecodingStep, StagePicture, StageSummary } from '../../../src/preview/types';
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
  landcover: landcoverChunk,
  wide: wideChunk,
  scene: sceneChunk,
  hours: hoursChunk,
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
    stages: stages(bytes, steps('imagecodecs_delta'), picturesOf(outcome)),
    stopped: null,
    outcome,
    coordinates: [],
    coordinateProblem: null,
    crs: 'WGS 84 / UTM zone 32N (EPSG:32632)',
    drift: null,
    ...change,
  };
}

const words: Record<string, string> = {
  zlib: 'inflates',
  imagecodecs_delta: 'sums the differences along axis -1',
  delta: 'sums the differences over the whole chunk, from row to row too',
  array: 'taken for the elements of the chunk',
};

/** What `previewChunk` says of the stages; `pictures` are of those that are arrays, by the names of the stages. */
export function stages(
  stored: number,
  steps: readonly [string, number, number][],
  pictures: Readonly<Record<string, StagePicture>> = {},
): StageSummary[] {
  const head = (seed: number): ArrayBuffer =>
    Uint8Array.from({ length: 256 }, (_, at) => (at * 31 + seed * 17 + (at >> 3)) & 255).buffer;
  const first = { name: 'stored', words: 'as the file stores them', config: null, bytes: stored, milliseconds: 0 };
  return [
    { ...first, head: head(1), picture: null },
    ...steps.map(([name, bytes, milliseconds], index) => ({
      name,
      words: words[name] ?? name,
      config: name === 'array' ? null : name === 'zlib' ? '{"level": 6}' : '{"axis": -1, "dist": 1}',
      bytes,
      milliseconds,
      head: head(index + 2),
      picture: pictures[name] ?? null,
    })),
  ];
}

/** zlib, a predictor and the values. */
export function steps(predictor: string): readonly [string, number, number][] {
  return [
    ['zlib', 131_072, 4.2],
    [predictor, 131_072, 0.6],
    ['array', 131_072, 0.1],
  ];
}

/** Of the values, and of what a difference along rows made of them, every fourth row and column. */
export function picturesOf(outcome: ChunkOutcome): Record<string, StagePicture> {
  if (outcome.kind !== 'values' || outcome.values.shape.length !== 2 || outcome.values.dataType.itemSize !== 2)
    return {};
  const { dataType, shape, data, nodata } = outcome.values;
  const [rows = 0, columns = 0] = shape;
  const all = new Uint16Array(data);
  const every = 4;
  const small = { rows: Math.ceil(rows / every), columns: Math.ceil(columns / every) };
  const picture = (value: (row: number, column: number) => number): StagePicture => {
    const sent = Uint16Array.from({ length: small.rows * small.columns }, (_, at) =>
      value(every * Math.floor(at / small.columns), every * (at % small.columns)),
    );
    const plain = { dataType, dtype: '<u2', shape: [small.rows, small.columns], step: every, nodata };
    return { ...plain, data: sent.buffer, stretch: stretchOf(sent, nodata === null ? null : Number(nodata)) };
  };
  const at = (row: number, column: number): number => all[row * columns + column] ?? 0;
  const made = picture(at);
  const difference = picture((row, column) => (column === 0 ? at(row, 0) : at(row, column) - at(row, column - 1)));
  return { zlib: difference, imagecodecs_delta: made, delta: made, array: made };
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
  const outcome = values(chunkValues('<u2', [side, side], got.buffer, got));
  return preview(path, indices, outcome, {
    stages: stages(41_233, steps('delta'), picturesOf(outcome)),
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

const stoppedAt: Record<string, DecodingStep> = {
  'decode-failed': { name: 'imagecodecs_delta', words: 'sums the differences along axis -1', config: '{"axis": -1}' },
  'unsupported-codec': { name: 'imagecodecs_jetraw', words: 'not decoded here', config: '{}' },
};

function failingChunk(path: string, indices: readonly number[]): ShownChunk {
  const [code, message] = failures[(indices[0] ?? 0) * 4 + (indices[1] ?? 0)] ?? ['fetch-failed', 'No answer.'];
  const reached = { 'decode-failed': 2, 'unsupported-codec': 1 }[code as string] ?? 0;
  return preview(path, indices, failed(code, message), {
    stages: stages(41_233, [['zlib', 131_070, 4.2]]).slice(0, reached),
    stopped: stoppedAt[code as string] ?? null,
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
  const shard = {
    chunkShape: [32, 32],
    isOfFile: true,
    count: 4,
    absent: 1,
    chunks: [
      { indices: [0, 0], start: 1_048_576, end: 1_049_599 },
      { indices: [0, 1], start: null, end: null },
      { indices: [1, 0], start: 1_049_600, end: 1_050_623 },
      { indices: [1, 1], start: 1_050_624, end: 1_051_647 },
    ],
  };
  const outcome = values(chunkValues('|u1', [64, 64], data.buffer, data, { nodata: '255' }), true);
  return preview(path, indices, outcome, { shard });
}

function numbers(path: string, indices: readonly number[]): ShownChunk {
  const data = Int16Array.from({ length: 100 }, (_, at) => at - 50);
  return preview(path, indices, values(chunkValues('<i2', [10, 10], data.buffer, data)));
}

/** Forest and water by flags, some of neither, nodata in the first row. */
function landcoverChunk(path: string, indices: readonly number[]): ShownChunk {
  const data = Uint8Array.from({ length: 64 * 64 }, (_, at) => {
    const [row, column] = [Math.floor(at / 64), at % 64];
    return row === 0 ? 0 : column < 20 ? 3 : row < 50 ? 5 : 77;
  });
  const classes = {
    classes: [
      { value: 3, mask: null, name: 'evergreen_forest', colour: [0, 104, 55, 255] as const, count: 1260 },
      { value: 5, mask: null, name: 'open_water', colour: [70, 107, 159, 255] as const, count: 2156 },
    ],
    others: 616,
  };
  return preview(path, indices, values(chunkValues('|u1', [64, 64], data.buffer, data, { nodata: '0', classes })));
}

/** One band of several, each with numbers of its own: band b has 100 (b + 1) more in every column, from 1000 (b + 1). */
function sceneChunk(path: string, indices: readonly number[]): ShownChunk {
  const band = (indices[0] ?? 0) + 1;
  const data = Uint16Array.from({ length: 64 * 64 }, (_, at) => 1000 * band + 100 * band * (at % 64));
  if (band === 1 && indices[1] === 1) {
    return preview(path, indices, failed('fetch-failed', 'The server answered 503 Service Unavailable.'));
  }
  return preview(path, indices, values(chunkValues('<u2', [1, 64, 64], data.buffer, data)));
}

function hoursChunk(path: string, indices: readonly number[]): ShownChunk {
  const data = BigInt64Array.from({ length: 48 }, (_, at) => BigInt(1_051_896 + at));
  const unit = 'hours since 1900-01-01';
  const texts = Array.from({ length: 48 }, (_, at) => new Date(Date.UTC(2020, 0, 1, at)).toISOString().slice(0, 16));
  return preview(path, indices, values(chunkValues('<i8', [48], data.buffer, Array.from(data, Number), { unit })), {
    coordinates: [{ axis: 0, name: 'hours', unit: null, texts }],
  });
}

/** As many values as a table has to scroll over: 7 times the row and the column, modulo 2^16; of the second chunk every 2nd row and column was sent. */
function wideChunk(path: string, indices: readonly number[]): ShownChunk {
  if (indices[1] === 1) {
    const sent = Uint16Array.from({ length: 2048 * 2048 }, (_, at) => at % 2048);
    const thin = chunkValues('<u2', [2048, 2048], sent.buffer, sent);
    return preview(path, indices, values({ ...thin, step: 2, inside: [4096, 4096] }));
  }
  const length = 4096;
  const data = Uint16Array.from({ length: length * length }, (_, at) => Math.floor(at / length) * 7 + (at % length));
  const shown = chunkValues('<u2', [length, length], data.buffer, [0, 32_760]);
  return preview(path, indices, values({ ...shown, inside: [length, length] }));
}
