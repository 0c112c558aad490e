import { throwIfCancelled } from '../bytes/cancel';
import type { FolderSink } from '../bytes/sink';
import { KerchunkError } from '../errors';
import type { JsonObject } from '../json';
import { recordName } from '../references/parquet/record-names';
import { RecordBuilder } from '../references/parquet/write-record';
import { ZMETADATA } from '../references/reference-set';
import { whyUnreachable } from '../references/unreachable';
import { formatJson } from '../references/write';
import { turns } from '../steps';
import { countInWords } from '../words';
import { chunkNames, keyBelow } from '../zarr/grid';
import { arrayDocuments, groupDocuments } from './to-entries';
import type { Manifest, ManifestArray, ManifestEntry } from './types';
import type { WrittenCount } from './write-json';

/** References of a record file where nothing else is asked for, as fsspec's LazyReferenceMapper has them. */
export const DEFAULT_RECORD_SIZE = 10_000;
/** Rows that are held at once. */
const MOST_ROWS = 1_000_000;

export interface WriteParquetOptions {
  /** References of each record file, from 1 to 1,000,000. */
  recordSize?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Told now and then how many chunks have been written. */
  onProgress?: (chunks: number) => void;
}

/**
 * Writes a reference set in parquet (kerchunk specification, "Parquet references"; fsspec, LazyReferenceMapper), a record file at a time: memory
 * grows with `recordSize` alone. As fsspec does, it writes no record file of which no chunk exists, and fills the last one up.
 * @throws KerchunkError `not-expressible` for what this layout cannot hold: zarr v3, an array at the root, relative addresses, ranges of 0 bytes;
 * `invalid-argument` for another record size; `cancelled`, and what the entries of the manifest and the folder throw.
 */
export async function writeParquet(
  manifest: Manifest,
  folder: FolderSink,
  { recordSize = DEFAULT_RECORD_SIZE, signal, onProgress }: WriteParquetOptions = {},
): Promise<WrittenCount> {
  throwIfCancelled(signal);
  checkRecordSize(recordSize);
  for (const array of manifest.arrays) checkArray(array);
  const giveWay = turns(signal);
  const written: WrittenCount = { chunks: 0, bytes: 0 };
  const write = async (path: string, bytes: Uint8Array): Promise<void> => {
    await folder.file(path, (sink) => sink.write(bytes));
    written.bytes += bytes.length;
    onProgress?.(written.chunks);
    await giveWay();
  };
  const builder = new RecordBuilder(recordSize);
  for (const { array, entries } of manifest.arrays) {
    const name = chunkNames(array);
    let record = 0;
    let last = -1;
    const finish = async (): Promise<void> => {
      if (builder.filled > 0) await write(`${array.path}/${recordName(record)}`, builder.take());
    };
    for (const [chunk, entry] of entries()) {
      if (chunk <= last) throw new Error(`Chunks of "${array.path}" do not come in ascending order.`);
      last = chunk;
      const its = Math.floor(chunk / recordSize);
      if (its !== record) await finish();
      record = its;
      checkEntry(entry, () => keyBelow(array.path, name(chunk)));
      builder.set(chunk % recordSize, entry);
      written.chunks++;
    }
    await finish();
  }
  const documents = [...manifest.groups.flatMap(groupDocuments), ...manifest.arrays.flatMap(arrayDocuments)];
  const metadata = Object.fromEntries(documents.map(([key, document]) => [key, withPoints(key, document)]));
  const text = formatJson({ metadata, record_size: recordSize }, 'bare');
  await write(ZMETADATA, new TextEncoder().encode(text));
  return written;
}

function checkRecordSize(recordSize: number): void {
  if (Number.isSafeInteger(recordSize) && recordSize >= 1 && recordSize <= MOST_ROWS) return;
  throw new KerchunkError(
    'invalid-argument',
    `A record file of ${countInWords(recordSize)} references is not written; give a record size from 1 to ${countInWords(MOST_ROWS)}.`,
  );
}

function checkArray({ array: { path, zarrFormat } }: ManifestArray): void {
  if (zarrFormat === 3) {
    throw refusal(
      `"${path}" is zarr v3, and readers of parquet sets find chunks by the .zarray of zarr v2 only. Convert it to zarr v2 (--zarr 2), or write JSON.`,
    );
  }
  if (path === '') {
    throw refusal('The array stands at the root, where readers of parquet sets look for no record files. Write JSON.');
  }
  const reason = whyUnreachable(keyBelow(path, '.zarray'));
  if (reason !== undefined) throw refusal(`No reader asks for the array "${path}": ${reason}. Rename it.`);
}

function checkEntry(entry: ManifestEntry, key: () => string): void {
  if (entry.kind === 'inline') return;
  if (!/^(?:[a-z][a-z0-9+.-]*:|[/\\])/iu.test(entry.url)) {
    throw refusal(
      `"${key()}" points at the relative address "${entry.url}", which readers of parquet sets look for in different folders. Make the addresses absolute first.`,
    );
  }
  if (entry.kind === 'file') return;
  if (entry.length < 1) {
    throw refusal(
      `"${key()}" is a range of ${entry.length} bytes, and in parquet a size of 0 stands for the whole file. Remove the entry, or give its size.`,
    );
  }
}

/** Readers of parquet sets find chunks by keys with points: fsspec by those only. */
function withPoints(key: string, document: JsonObject): JsonObject {
  return key.endsWith('.zarray') && document.dimension_separator === '/'
    ? { ...document, dimension_separator: '.' }
    : document;
}

function refusal(message: string): KerchunkError {
  return new KerchunkError('not-expressible', message);
}
