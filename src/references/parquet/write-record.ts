import { parquetWriteBuffer } from 'hyparquet-writer/src/write.js';
import { encodeBase64 } from '../../zarr/base64';
import type { ChunkReference } from '../types';
import { recordColumns } from './record-schema';

/**
 * What pandas would note of the columns: without it fastparquet, by which fsspec opens sets, takes integers for floats where a file has no
 * statistics.
 */
const PANDAS = JSON.stringify({
  index_columns: [],
  column_indexes: [],
  columns: [
    ['path', 'unicode', 'object'],
    ['offset', 'int64', 'int64'],
    ['size', 'int64', 'int64'],
    ['raw', 'bytes', 'object'],
  ].map(([name, pandas, numpy]) => ({
    name,
    field_name: name,
    pandas_type: pandas,
    numpy_type: numpy,
    metadata: null,
  })),
  pandas_version: '2.0.0',
});
const BASE64 = new TextEncoder().encode('base64:');

/** The rows of one record file, which are filled one after another and used again for the next. */
export class RecordBuilder {
  private readonly path: (string | null)[];
  private readonly raw: (Uint8Array | null)[];
  private readonly offset: BigInt64Array;
  private readonly size: BigInt64Array;
  /** Rows that hold a reference. */
  filled = 0;

  constructor(recordSize: number) {
    this.path = new Array<string | null>(recordSize).fill(null);
    this.raw = new Array<Uint8Array | null>(recordSize).fill(null);
    this.offset = new BigInt64Array(recordSize);
    this.size = new BigInt64Array(recordSize);
  }

  /** Sets the row `row`, from 0. A range has at least one byte: none stands for the whole file. */
  set(row: number, reference: Exclude<ChunkReference, { kind: 'absent' }>): void {
    this.filled++;
    if (reference.kind === 'inline') {
      this.raw[row] = storedBytes(reference.bytes);
      return;
    }
    this.path[row] = reference.url;
    if (reference.kind === 'file') return;
    this.offset[row] = BigInt(reference.offset);
    this.size[row] = BigInt(reference.length);
  }

  /** A Parquet file of the rows, as fsspec's LazyReferenceMapper writes it, but in Snappy; then all rows are empty again. */
  take(): Uint8Array {
    const { path, offset, size, raw } = this;
    const data = { path, offset, size, raw };
    const file = parquetWriteBuffer({
      schema: [
        { name: 'schema', num_children: recordColumns.length },
        { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
        { name: 'offset', type: 'INT64', repetition_type: 'REQUIRED' },
        { name: 'size', type: 'INT64', repetition_type: 'REQUIRED' },
        { name: 'raw', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
      ],
      columnData: recordColumns.map((name) => ({
        name,
        data: data[name],
        // Of a dictionary fastparquet reads missing addresses as None, as fsspec expects them, else as NaN.
        encoding: name === 'path' ? 'RLE_DICTIONARY' : 'PLAIN',
        offsetIndex: false,
      })),
      kvMetadata: [{ key: 'pandas', value: PANDAS }],
      statistics: false,
      rowGroupSize: path.length,
    });
    path.fill(null);
    raw.fill(null);
    offset.fill(0n);
    size.fill(0n);
    this.filled = 0;
    return new Uint8Array(file);
  }
}

/** Bytes that begin with `base64:` would be taken for base64 by readers (fsspec, ReferenceFileSystem._cat_common): they are made that. */
function storedBytes(bytes: Uint8Array): Uint8Array {
  const isMarked = BASE64.every((byte, index) => bytes[index] === byte);
  return isMarked ? new TextEncoder().encode(`base64:${encodeBase64(bytes)}`) : bytes;
}
