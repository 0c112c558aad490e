import type { ColumnMetaData, DecodedArray, FileMetaData, SchemaTree } from 'hyparquet';
import { readColumn } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { parquetMetadata } from 'hyparquet/src/metadata.js';
import { KerchunkError } from '../../errors';
import { decompressPage } from './decompress';
import type { FolderFile } from './folder';
import { PageGuard } from './page-guard';
import { type ColumnFault, readRecordSchema, type RecordColumn } from './record-schema';

/** Bytes of the footer, which has about 1,000 for a row group. */
const MAX_FOOTER_BYTES = 2 ** 17;
/** Bytes of a column chunk as it is stored. */
const MAX_CHUNK_BYTES = 2 ** 28;
/** Rows of a record file; fsspec and kerchunk write 10,000 and 100,000 unless told otherwise. */
const MAX_ROWS = 10_000_000;
/** What a Parquet file begins and ends with: PAR1. */
const MAGIC = 0x31524150;

/** Values of a column by row; missing ones are null or undefined. */
type Values<T> = ArrayLike<T | null | undefined>;

/** The references of one record file, by row from 0. A column that the file does not have is undefined. */
export interface RecordRows {
  readonly count: number;
  readonly path: Values<string> | undefined;
  readonly offset: Values<number | bigint> | undefined;
  readonly size: Values<number | bigint> | undefined;
  /** Bytes; strings where the column is text. */
  readonly raw: Values<Uint8Array | string> | undefined;
  /** Columns of Arrow's type for columns without any value. */
  readonly nullTyped: readonly RecordColumn[];
  /** What is wrong with the columns. */
  readonly faults: readonly ColumnFault[];
  /** Whether the columns are such that rows can be read. */
  readonly isReadable: boolean;
}

/**
 * Reads a record file of a reference set in parquet, whole: its four columns, of which the file may lack some.
 * @throws KerchunkError `malformed-reference` where it is no Parquet file or damaged, `limit-exceeded` where it is larger than is read here,
 * `unsupported-codec` for a compression that is not read here. Their messages are clauses without a capital letter or full stop.
 */
export async function readRecordFile(file: FolderFile): Promise<RecordRows> {
  try {
    const metadata = await readFooter(file);
    const { columns, nullTyped, faults } = readRecordSchema(metadata);
    const count = countRows(metadata);
    const read = new Map<RecordColumn, ArrayLike<unknown>>();
    const isReadable = faults.every(({ kind }) => kind === 'raw-text');
    if (isReadable) {
      for (const [name, column] of columns) read.set(name, await readWholeColumn(file, metadata, column));
    }
    // What the values are follows from the types of the columns, which have no fault.
    return { ...(Object.fromEntries(read) as Pick<RecordRows, RecordColumn>), count, nullTyped, faults, isReadable };
  } catch (error) {
    if (error instanceof KerchunkError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new KerchunkError('malformed-reference', `it is damaged: ${reason}`, { cause: error });
  }
}

async function readFooter(file: FolderFile): Promise<FileMetaData> {
  const { size } = file;
  if (size === 0) throw new KerchunkError('malformed-reference', 'it is empty');
  if (size < 12) throw noParquet();
  const end = viewOf(await file.read(size - 8, 8));
  const start = viewOf(await file.read(0, 4));
  if (start.getUint32(0, true) !== MAGIC) throw noParquet();
  if (end.getUint32(4, true) !== MAGIC) {
    throw new KerchunkError('malformed-reference', 'its end is missing (it does not end with PAR1); it was cut off');
  }
  const length = end.getUint32(0, true);
  if (length > size - 12) throw new Error('its footer is longer than the file');
  if (length > MAX_FOOTER_BYTES) throw tooLarge(`its footer has ${length} bytes`, `${MAX_FOOTER_BYTES}`);
  return parquetMetadata(await file.read(size - 8 - length, length + 8), { geoparquet: false });
}

function countRows({ row_groups: groups, num_rows: rows }: FileMetaData): number {
  const count = groups.reduce((sum, group) => sum + Number(group.num_rows), 0);
  if (!(count >= 0) || groups.some((group) => !(group.num_rows >= 0n)) || count !== Number(rows)) {
    throw new Error('its row groups have another number of rows than the file');
  }
  if (count > MAX_ROWS) throw tooLarge(`it has ${count} rows`, `${MAX_ROWS}`);
  return count;
}

async function readWholeColumn(
  file: FolderFile,
  metadata: FileMetaData,
  column: SchemaTree,
): Promise<ArrayLike<unknown>> {
  const parts: DecodedArray[] = [];
  const root: SchemaTree = { children: [column], count: 2, element: metadata.schema[0] ?? { name: '' }, path: [] };
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    if (rows === 0) continue;
    const chunk = group.columns.find(
      ({ meta_data: found }) => found?.path_in_schema[0] === column.element.name,
    )?.meta_data;
    if (chunk === undefined) throw new Error(`the column "${column.element.name}" is not in all of its row groups`);
    parts.push(...decode(await readChunk(file, chunk), chunk, [root, column], rows));
  }
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : parts.flatMap((part) => Array.from<unknown>(part));
}

async function readChunk(file: FolderFile, chunk: ColumnMetaData): Promise<Uint8Array> {
  const { dictionary_page_offset: dictionary, data_page_offset: data, total_compressed_size: size } = chunk;
  // Some writers leave the place of the dictionary at 0, where no page can be.
  const start = Number(dictionary !== undefined && dictionary > 0n && dictionary < data ? dictionary : data);
  const length = Number(size);
  if (!(start >= 4) || !(length > 0) || start + length > file.size) {
    throw new Error(`the column "${chunk.path_in_schema.join('.')}" lies outside the file`);
  }
  if (length > MAX_CHUNK_BYTES) throw tooLarge(`one of its columns has ${length} bytes`, `${MAX_CHUNK_BYTES}`);
  return file.read(start, length);
}

function decode(bytes: Uint8Array, chunk: ColumnMetaData, schemaPath: SchemaTree[], rows: number): DecodedArray[] {
  const { type, codec, path_in_schema: pathInSchema } = chunk;
  const element = schemaPath[1]?.element ?? { name: '' };
  const guard = new PageGuard(bytes, chunk, rows, element.repetition_type !== 'REQUIRED');
  const decompress = (input: Uint8Array, size: number): Uint8Array => {
    const page = decompressPage(input, size, codec);
    guard.checkDecompressed(input, page);
    return page;
  };
  const column = {
    pathInSchema,
    type,
    element,
    schemaPath,
    codec,
    parsers: DEFAULT_PARSERS,
    // Else hyparquet takes binary for text, and destroys it.
    utf8: false,
    compressors: { [codec]: decompress },
  };
  const { data } = readColumn(
    { view: viewOf(bytes), offset: 0 },
    { groupStart: 0, selectStart: 0, selectEnd: rows, groupRows: rows },
    column,
  );
  const count = data.reduce((sum, part) => sum + part.length, 0);
  if (count !== rows)
    throw new Error(`the column "${element.name}" has ${count} values in a row group of ${rows} rows`);
  return data;
}

function viewOf(bytes: Uint8Array): DataView<ArrayBuffer> {
  return new DataView(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength);
}

function noParquet(): KerchunkError {
  return new KerchunkError('malformed-reference', 'it is no Parquet file (it does not begin with PAR1)');
}

function tooLarge(what: string, most: string): KerchunkError {
  return new KerchunkError('limit-exceeded', `${what}; at most ${most} are read here`);
}
