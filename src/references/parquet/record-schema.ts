import type { FileMetaData, SchemaTree } from 'hyparquet';
import { parquetSchema } from 'hyparquet/src/metadata.js';
import { listInWords } from '../../words';

/** The columns of a record file (kerchunk specification, "Parquet references"). */
export const recordColumns = ['path', 'offset', 'size', 'raw'] as const;

export type RecordColumn = (typeof recordColumns)[number];

/** Something wrong with the columns of a record file. `fatal`: no row can be read. */
export interface ColumnFault {
  kind: 'missing' | 'type' | 'raw-text';
  message: string;
}

/** Columns of a record file that can be read, and what is wrong with its columns. */
export interface RecordSchema {
  columns: Map<RecordColumn, SchemaTree>;
  /** Those of Arrow's type for columns without any value. */
  nullTyped: RecordColumn[];
  faults: ColumnFault[];
}

/**
 * The columns that make references: `raw` alone, `path`, `offset` and `size`, or all four (fsspec, LazyReferenceMapper). Others are ignored.
 * @throws Error where the schema is damaged.
 */
export function readRecordSchema(metadata: FileMetaData): RecordSchema {
  const tree = parquetSchema(metadata);
  const columns = new Map<RecordColumn, SchemaTree>();
  const nullTyped: RecordColumn[] = [];
  const faults: ColumnFault[] = [];
  for (const name of recordColumns) {
    const column = tree.children.find((child) => child.element.name === name);
    if (column === undefined) continue;
    const found = typeOf(column);
    if (found === 'nulls') nullTyped.push(name);
    else if (found !== expected[name].type) {
      const isText = name === 'raw' && found === 'text';
      const message = isText
        ? 'The column "raw" is text; it must be binary (BYTE_ARRAY without a logical type). Its text is read as UTF-8.'
        : `The column "${name}" is ${found}; it must be ${expected[name].words}.`;
      faults.push({ kind: isText ? 'raw-text' : 'type', message });
    }
    columns.set(name, column);
  }
  const missing = missingOf(columns);
  if (missing.length > 0) {
    const names = missing.map((name) => `no "${name}"`);
    const message = `The file has ${listInWords(names)}; a record file has path, offset and size, or raw, or all four.`;
    faults.push({ kind: 'missing', message });
  }
  return { columns, nullTyped, faults };
}

const expected: Record<RecordColumn, { type: string; words: string }> = {
  path: { type: 'text', words: 'text (BYTE_ARRAY, UTF8)' },
  offset: { type: 'integers', words: 'integers (INT64)' },
  size: { type: 'integers', words: 'integers (INT64)' },
  raw: { type: 'binary', words: 'binary (BYTE_ARRAY without a logical type)' },
};

/** The type of a column in words. */
function typeOf({ element, children }: SchemaTree): string {
  const { type, converted_type: converted, logical_type: logical, repetition_type: repetition } = element;
  if (children.length > 0 || type === undefined) return 'nested';
  if (repetition === 'REPEATED') return 'a list';
  const name = logical?.type ?? converted;
  // What Arrow writes for a column without values.
  if (name === 'NULL') return 'nulls';
  if (type === 'INT32' || type === 'INT64') {
    return name === undefined || name === 'INTEGER' || /^U?INT_/u.test(name) ? 'integers' : `${type} (${name})`;
  }
  if (type === 'FLOAT' || type === 'DOUBLE') return `floating point (${type})`;
  if (type !== 'BYTE_ARRAY') return type;
  if (name === undefined) return 'binary';
  return name === 'STRING' || name === 'UTF8' ? 'text' : `${type} (${name})`;
}

function missingOf(columns: ReadonlyMap<RecordColumn, unknown>): RecordColumn[] {
  const references: RecordColumn[] = ['path', 'offset', 'size'];
  const missing = references.filter((name) => !columns.has(name));
  return columns.has('raw') && !columns.has('path') ? [] : missing;
}
