// Reference files of any size for the benches, written piece by piece: a version 1 file with one array of side x side chunks.
import { open } from 'node:fs/promises';
import { TextEncoder } from 'node:util';

const url = 's3://bucket/some/long/path/to/a/file';

/** How one reference is written, by the kind of file: its row and column in the grid, its offset and length, and the side of the grid. */
export const kinds = {
  'one target': (i, j, offset, length) => `"a/${i}.${j}":["${url}.nc",${offset},${length}]`,
  '24 targets in turn': (i, j, offset, length) => `"a/${i}.${j}":["${url}_${j % 24}.nc",${offset},${length}]`,
  'every target another': (i, j, offset, length, side) =>
    `"a/${i}.${j}":["${url}_${i * side + j}.nc",${offset},${length}]`,
  'every target another, in no order': (i, j, offset, length, side) =>
    // 7919 is prime, so that with the side no multiple of it every number comes once.
    `"a/${i}.${j}":["${url}_${((i * side + j) * 7919) % (side * side)}.nc",${offset},${length}]`,
  'slashes escaped': (i, j, offset, length) =>
    `"a\\/${i}.${j}":["${url.replaceAll('/', '\\/')}.nc",${offset},${length}]`,
  indented: (i, j, offset, length) =>
    `\n    "a/${i}.${j}": [\n      "${url}.nc",\n      ${offset},\n      ${length}\n    ]`,
  'chunks beyond the grid': (i, j, offset, length, side) => `"a/${i + side}.${j}":["${url}.nc",${offset},${length}]`,
  'keys of no array': (i, j, offset, length) => `"b/${i}.${j}":["${url}.nc",${offset},${length}]`,
};

/** Pieces of the text of about `count` references (the next square), as bytes. */
export function* referenceText(count, entry) {
  const side = Math.round(Math.sqrt(count));
  const zarray = JSON.stringify({
    zarr_format: 2,
    shape: [side * 10, side * 10],
    chunks: [10, 10],
    dtype: '<u2',
    compressor: { id: 'zlib', level: 6 },
    filters: null,
    fill_value: 0,
    order: 'C',
  });
  const encoder = new TextEncoder();
  yield encoder.encode(`{"version":1,"refs":{".zgroup":"{\\"zarr_format\\":2}","a/.zarray":${JSON.stringify(zarray)}`);
  let offset = 1000;
  for (let i = 0; i < side; i++) {
    const row = [];
    for (let j = 0; j < side; j++) {
      const length = 1000 + ((i * 31 + j * 17) % 5000);
      row.push(`,${entry(i, j, offset, length, side)}`);
      offset += length;
    }
    yield encoder.encode(row.join(''));
  }
  yield encoder.encode('}}');
}

/** Writes such a file and gives its size in bytes. */
export async function writeReferenceText(path, count, entry) {
  const file = await open(path, 'w');
  let size = 0;
  try {
    for (const piece of referenceText(count, entry)) {
      await file.write(piece);
      size += piece.length;
    }
  } finally {
    await file.close();
  }
  return size;
}
