// zarrita as a reader of references, with the protocol of reader_worker.py: a line of JSON in, a line of JSON out.
import { ReferenceStore } from '@zarrita/storage';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import * as zarr from 'zarrita';

const DTYPES = {
  bool: '|b1',
  int8: '|i1',
  uint8: '|u1',
  int16: '<i2',
  uint16: '<u2',
  int32: '<i4',
  uint32: '<u4',
  int64: '<i8',
  uint64: '<u8',
  float16: '<f2',
  float32: '<f4',
  float64: '<f8',
};

/** The type and the first line of an error, that of its cause with it. */
function inShort(error) {
  const [told = ''] = `${error.name ?? 'Error'}: ${error.message}`.split('\n');
  const cause = error.cause?.message;
  return cause === undefined || told.includes(cause) ? told : `${told} (${cause.split('\n')[0]})`;
}

async function readArray(root, path) {
  const array = await zarr.open(path === '' ? root : root.resolve(path), { kind: 'array' });
  const read = await zarr.get(array, null);
  // An array without axes is read as a single value.
  const isChunk = typeof read === 'object' && read !== null && 'data' in read;
  const items = isChunk ? inOrder(elements(read.data), read) : [read];
  const dtype = DTYPES[array.dtype] ?? 'object';
  const shape = isChunk ? read.shape : [];
  return { dtype, shape, items: items.map((item) => (typeof item === 'bigint' ? item.toString() : printed(item))) };
}

/** zarrita's arrays of texts and of booleans are no typed arrays, and have `get`. */
function elements(data) {
  return typeof data.get === 'function' ? Array.from({ length: data.length }, (_, i) => data.get(i)) : Array.from(data);
}

/** Elements in C order, whatever order they were read in. */
function inOrder(items, { shape, stride }) {
  return items.map((_, number) => {
    let [rest, at] = [number, 0];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += (rest % shape[axis]) * stride[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return items[at];
  });
}

/** JSON has no NaN and no infinities. */
function printed(item) {
  if (typeof item !== 'number') return typeof item === 'boolean' ? Number(item) : String(item);
  return Number.isFinite(item) ? item : String(item).replace('Infinity', 'inf');
}

async function answer({ file, arrays: paths }) {
  const arrays = {};
  let root;
  try {
    const store = ReferenceStore.fromSpec(JSON.parse(await readFile(file, 'utf8')));
    root = zarr.root(store);
  } catch (error) {
    for (const path of paths) arrays[path] = { error: inShort(error) };
    return { error: inShort(error), arrays };
  }
  for (const path of paths) {
    try {
      arrays[path] = await readArray(root, path);
    } catch (error) {
      arrays[path] = { error: inShort(error) };
    }
  }
  return { arrays };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(JSON.parse(line))));
}
