import { countInWords, listInWords, plural } from '../../words';
import type { ReferenceProblem } from '../types';
import type { RecordRows } from './record-file';
import { recordName, type RecordNames } from './record-names';
import { readRow } from './row';

/** Something wrong with the record files of an array, or with the rows of one; `file` is below the folder of the set. */
export type RecordFault = Pick<ReferenceProblem, 'code' | 'message' | 'file' | 'row'>;

/** How the chunks of an array are divided: `total` chunks, `recordSize` to a record file. */
interface Division {
  path: string;
  total: number;
  recordSize: number;
}

const SUSPICION = 'Are shape, chunks and record_size those that it was written with?';

/** What is wrong with the names of the files in the folder of an array: misnamed ones, ones that nobody asks for, missing ones. */
export function nameFaults(division: Division, { numbers, misnamed }: RecordNames): RecordFault[] {
  const records = Math.ceil(division.total / division.recordSize);
  const present = new Set(numbers.filter((number) => number < records));
  const faults: RecordFault[] = [];
  const [beyond, ...more] = numbers.slice(present.size);
  if (beyond !== undefined) faults.push(beyondGrid(division, records, beyond, more.length));
  for (const { name, number = 0 } of misnamed) {
    const isWanted = number < records && !present.has(number);
    // Its chunks are missing for this reason, which is told.
    if (isWanted) present.add(number);
    const effect = isWanted
      ? `and its chunks read as fill values. Rename it to ${recordName(number)}`
      : 'and it has no effect. Delete it';
    const message = `Readers ask for ${recordName(number)} and never for ${name}, ${effect}.`;
    faults.push({ code: 'parquet/record-name', message, file: `${division.path}/${name}` });
  }
  return present.size < records ? [...faults, missing(division, records, present)] : faults;
}

function beyondGrid(
  { path, total, recordSize }: Division,
  records: number,
  first: number,
  others: number,
): RecordFault {
  const more = others > 0 ? ` (and ${plural(others, 'more file')} like it)` : '';
  const needed =
    records === 0
      ? 'The array has no chunks'
      : `The array has ${plural(total, 'chunk')}, which fill ${plural(records, 'record file')} of ${countInWords(recordSize)}`;
  const message = `${needed}; no reader asks for ${recordName(first)}${more}. ${SUSPICION}`;
  return { code: 'parquet/record-beyond-grid', message, file: `${path}/${recordName(first)}` };
}

function missing({ path, total, recordSize }: Division, records: number, present: ReadonlySet<number>): RecordFault {
  if (present.size === 0) {
    const chunks = total === 1 ? 'the one chunk reads' : `all ${countInWords(total)} chunks read`;
    const message = `There is no ${path}/${recordName(0)}: ${chunks} as the fill value.`;
    return { code: 'parquet/record-none', message };
  }
  let first = 0;
  while (present.has(first)) first++;
  const last = Math.min(total, (first + 1) * recordSize) - 1;
  const others = records - present.size - 1;
  const more = others > 0 ? ` ${plural(others, 'more record file is', 'more record files are')} missing.` : '';
  const chunks = `chunks ${countInWords(first * recordSize)} to ${countInWords(last)} (in C order, from 0)`;
  const message = `There is no ${path}/${recordName(first)}: ${chunks} read as the fill value.${more}`;
  return { code: 'parquet/record-missing', message };
}

/** What is wrong with the rows of a record file together, which holds `count` chunks. */
export function* rowsFaults(rows: RecordRows, count: number): Iterable<RecordFault> {
  const nullRange = findNullRange(rows);
  if (nullRange !== undefined) yield nullRange;
  const nullType = findNullType(rows, count);
  if (nullType !== undefined) yield nullType;
  for (let row = count; row < rows.count; row++) {
    if (readRow(rows, row).reference?.kind === 'absent') continue;
    const message = `This row holds a reference, and the last chunk of this file is in row ${countInWords(count)}; no reader asks for it. ${SUSPICION}`;
    yield { code: 'parquet/row-beyond-grid', message, row: row + 1 };
    break;
  }
  if (rows.count >= count) return;
  const message = `The file has ${plural(rows.count, 'row')} for ${plural(count, 'chunk')}; fsspec fails on the others (IndexError). A missing chunk has a row of its own, with path and raw null.`;
  yield { code: 'parquet/record-short', message };
}

/** fsspec opens a set by fastparquet, which gives NaN for the values of Arrow's type of nulls, where None would mean that there are none. */
function findNullType(rows: RecordRows, count: number): RecordFault | undefined {
  const has = (column: ArrayLike<unknown> | undefined, row: number): boolean => (column?.[row] ?? null) !== null;
  const most = Math.min(count, rows.count);
  for (let row = 0; row < most; row++) {
    const [hasPath, hasRaw] = [has(rows.path, row), has(rows.raw, row)];
    if (hasPath && rows.nullTyped.includes('raw')) return nullType('raw', 'binary', 'references to files');
    if (!hasPath && !hasRaw && rows.nullTyped.includes('path')) return nullType('path', 'string', 'missing chunks');
  }
  return undefined;
}

function nullType(name: string, type: string, victims: string): RecordFault {
  const message = `The column "${name}" has no value and is of Arrow's type of nulls; fsspec (by fastparquet) reads NaN from it, and fails on ${victims}. Give it the type ${type}.`;
  return { code: 'parquet/column-null-type', message };
}

/** A null makes fsspec take the whole column for floats, also in a row that refers to nothing. */
function findNullRange(rows: RecordRows): RecordFault | undefined {
  const isNull = (column: ArrayLike<unknown> | undefined, row: number): boolean => (column?.[row] ?? null) === null;
  const lacksRange = (row: number): boolean => isNull(rows.offset, row) || isNull(rows.size, row);
  let [references, firstNull, firstReference] = [0, -1, -1];
  for (let row = 0; row < rows.count; row++) {
    const isReference = !isNull(rows.path, row) && isNull(rows.raw, row);
    if (isReference) references++;
    if (rows.offset === undefined || !lacksRange(row)) continue;
    if (firstNull < 0) firstNull = row;
    if (isReference && firstReference < 0) firstReference = row;
  }
  if (references === 0 || firstNull < 0) return undefined;
  const row = firstReference < 0 ? firstNull : firstReference;
  const names = (['offset', 'size'] as const).filter((name) => isNull(rows[name], row)).map((name) => `"${name}"`);
  const message =
    `${listInWords(names)} ${names.length === 1 ? 'is' : 'are'} null${firstReference < 0 ? '' : ' beside a path'}; fsspec then takes the column ` +
    `for floats, and fails on ${references === 1 ? 'the reference' : `all ${countInWords(references)} references`} of this file. Write 0.`;
  return { code: 'parquet/null-range', message, row: row + 1 };
}
