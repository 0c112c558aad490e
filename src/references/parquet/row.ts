import { decodeBase64Bytes } from '../../zarr/base64';
import type { RecordRows } from './record-file';
import type { ChunkReference, ReferenceProblemCode } from '../types';

/** Something wrong with one row of a record file. */
export interface RowFault {
  code: Extract<ReferenceProblemCode, `parquet/${string}`>;
  message: string;
}

/** What one row of a record file says. Without a reference the row is malformed. */
export interface RowReading {
  reference?: ChunkReference;
  fault?: RowFault;
}

type Integer = number | bigint;

const ABSENT: RowReading = { reference: { kind: 'absent' } };
const BASE64 = new TextEncoder().encode('base64:');

/**
 * Reads the row `row`, from 0 (kerchunk specification, "Parquet references"): `raw`, where it is not null, is the data; else `path` is the
 * whole file where offset and size are 0, and `size` bytes from `offset` on else; where both are null there is no such chunk.
 */
export function readRow(rows: RecordRows, row: number): RowReading {
  const raw = rows.raw?.[row] ?? undefined;
  const path = rows.path?.[row] ?? undefined;
  if (raw !== undefined) {
    const reference: ChunkReference = { kind: 'inline', bytes: bytesOf(raw) };
    if (path === undefined) return { reference };
    const message =
      'Both "path" and "raw" are set; readers take "raw" and never look into the file. Set one of them to null.';
    return { reference, fault: { code: 'parquet/path-and-raw', message } };
  }
  if (path === undefined) return ABSENT;
  if (path === '' || path === 'nan' || path === 'None') {
    const message = `"path" is "${path}", which readers take for the name of a file. A missing chunk has a path of null.`;
    return { fault: { code: 'parquet/path-empty', message } };
  }
  return readRange(path, rows.offset?.[row] ?? undefined, rows.size?.[row] ?? undefined);
}

function readRange(url: string, offset: Integer | undefined, size: Integer | undefined): RowReading {
  if (offset === undefined && size === undefined) return { reference: { kind: 'file', url } };
  if (offset === undefined || size === undefined) return {};
  const [start, length] = [Number(offset), Number(size)];
  if (!isCount(start)) return { fault: { code: 'parquet/offset', message: wrongCount('offset', offset) } };
  if (!isCount(length)) return { fault: { code: 'parquet/size', message: wrongCount('size', size) } };
  if (length > 0) return { reference: { kind: 'range', url, offset: start, length } };
  if (start === 0) return { reference: { kind: 'file', url } };
  const message = `"size" is 0 and "offset" ${start}: the specification reads that as the whole file, fsspec as no bytes at all. Write the size.`;
  return { fault: { code: 'parquet/size-zero', message } };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function wrongCount(name: string, value: Integer): string {
  return `"${name}" is ${value}; it must be 0 to 2^53 - 1.`;
}

/** Inline data as fsspec reads it: text as UTF-8, and what begins with `base64:` decoded (ReferenceFileSystem._cat_common). */
function bytesOf(raw: Uint8Array | string): Uint8Array {
  const bytes = raw instanceof Uint8Array ? raw : new TextEncoder().encode(raw);
  if (!BASE64.every((byte, index) => bytes[index] === byte)) return bytes;
  const decoded = decodeBase64Bytes(bytes.subarray(BASE64.length));
  return typeof decoded === 'string' ? bytes : decoded;
}
