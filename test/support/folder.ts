import { readFile } from 'node:fs/promises';
import { type FolderSink, MemorySink } from '../../src/bytes/sink';
import type { ReferenceFolder } from '../../src/references/parquet/folder';
import { byteArray } from './zarray';

const fixtures = new URL('../fixtures/parquet/', import.meta.url);

/** The bytes of a file of test/fixtures/parquet, which make_parquet.py has written. */
export async function parquetFixture(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(name, fixtures)));
}

/** A folder in memory; `opened` lists the files that were opened, in order. */
export function memoryFolder(files: Record<string, Uint8Array | string>): ReferenceFolder & { opened: string[] } {
  const bytes = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  );
  const opened: string[] = [];
  return {
    opened,
    list: (path) => {
      const below = path === '' ? '' : `${path}/`;
      const names = [...bytes.keys()].filter((name) => name.startsWith(below)).map((name) => name.slice(below.length));
      return Promise.resolve(names.length === 0 ? undefined : names.filter((name) => !name.includes('/')));
    },
    open: (path) => {
      opened.push(path);
      const content = bytes.get(path);
      if (content === undefined) return Promise.resolve(undefined);
      const read = (offset: number, length: number): Promise<Uint8Array> =>
        Promise.resolve(content.slice(offset, offset + length));
      return Promise.resolve({ size: content.length, read });
    },
  };
}

/** A folder in memory that is written to, and what stands in it then. */
export function writtenFolder(): FolderSink & { files: Record<string, Uint8Array> } {
  const files: Record<string, Uint8Array> = {};
  return {
    files,
    file: async (path, fill) => {
      const sink = new MemorySink();
      await fill(sink);
      files[path] = sink.take();
    },
  };
}

const files = [
  '.zmetadata',
  'red/refs.0.parq',
  'red/refs.1.parq',
  'time/refs.0.parq',
  'deep/name/refs.0.parq',
  'crs/refs.0.parq',
];

/** A set of test/fixtures/parquet/sets in memory, with files replaced or (undefined) taken away. */
export async function fixtureSet(
  name: string,
  replaced: Record<string, Uint8Array | string | undefined> = {},
): Promise<ReturnType<typeof memoryFolder>> {
  const all: Record<string, Uint8Array | string | undefined> = {};
  for (const file of files) all[file] = await parquetFixture(`sets/${name}/${file}`);
  const entries = Object.entries({ ...all, ...replaced });
  return memoryFolder(
    Object.fromEntries(entries.flatMap(([file, content]) => (content === undefined ? [] : [[file, content]]))),
  );
}

/** `.zmetadata` of the array `x` of two chunks, both in one record file; documents and members replaced or (undefined) taken away. */
export function zmetadataOfX(documents: Record<string, unknown> = {}, members: Record<string, unknown> = {}): string {
  const array = byteArray([4], [2]);
  const metadata = { '.zgroup': { zarr_format: 2 }, 'x/.zarray': array, ...documents };
  return JSON.stringify({ metadata, record_size: 2, ...members }, null, 2);
}
