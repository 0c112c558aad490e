import { KerchunkError } from '../../errors';
import { countInWords, plural } from '../../words';
import { keyBelow } from '../../zarr/grid';
import { Kind, WHOLE } from '../columns';
import { ReferenceSet } from '../reference-set';
import type { ReferenceProblemCode, TextSpan } from '../types';
import { AddressTable } from './address-table';
import { recordedChunks, targetBelowSet } from './array-folder';
import type { ReferenceFolder } from './folder';
import { layoutProblems } from './layout';
import { readRecordFile, type RecordRows } from './record-file';
import { recordName, sortNames } from './record-names';
import { RecordIndex, type RecordRun } from './record-runs';
import { readRow } from './row';
import type { Zmetadata } from './zmetadata';

/** Rows of all record files together that are held. */
const MAX_ROWS = 20_000_000;
/** Chunks that one run of malformed ones may have. */
const MAX_BROKEN = 10_000_000;
const NOWHERE: TextSpan = { offset: 0, length: 0 };

/** Chunks [first, end), in C order, of the array at `path`. */
export interface ChunkRange {
  path: string;
  first: number;
  end: number;
}

/** An array whose chunks stand in record files. */
interface RecordedArray {
  path: string;
  total: number;
  recordSize: number;
  /** Key of its metadata, and their place. */
  key: string;
  place: TextSpan;
  runs: RecordRun[];
}

/** Reads the record files of a set, one at a time, into the columns of a ReferenceSet. */
export class SetLoader {
  private readonly runs: RecordRun[] = [];
  private readonly raw: Uint8Array[] = [];
  private readonly addresses = new AddressTable();
  private readonly indexes = new Map<string, RecordIndex>();
  private left = MAX_ROWS;

  /** `metadata` is the set without chunks that `source` makes. */
  constructor(
    private readonly folder: ReferenceFolder,
    private readonly source: Zmetadata,
    private readonly metadata: ReferenceSet,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async load(range: ChunkRange | undefined): Promise<ReferenceSet> {
    const { parts, problems, recordSize } = this.source;
    for (const problem of layoutProblems(this.metadata)) problems.addLazily(problem.code, () => problem);
    for (const path of range === undefined ? this.metadata.arrayPaths() : [range.path]) {
      const total = recordedChunks(this.metadata, path);
      if (total === undefined || recordSize === undefined) continue;
      const key = keyBelow(path, '.zarray');
      const place = this.metadata.entrySpan(key) ?? NOWHERE;
      const array: RecordedArray = { path, total, recordSize, key, place, runs: [] };
      await this.loadArray(array, range);
      this.indexes.set(path, new RecordIndex(array.runs));
    }
    return new ReferenceSet({
      ...parts,
      problems: problems.list(),
      addresses: this.addresses,
      indexes: this.indexes,
      records: { recordSize, runs: this.runs, raw: this.raw },
    });
  }

  private async loadArray(array: RecordedArray, range: ChunkRange | undefined): Promise<void> {
    const { total, recordSize, path } = array;
    const records = Math.ceil(total / recordSize);
    const { numbers, misnamed } = sortNames((await this.folder.list(path)) ?? []);
    const present = numbers.filter((number) => number < records);
    if (range === undefined) {
      this.noteBeyond(array, numbers.slice(present.length), records);
      const meant = this.noteMisnamed(array, misnamed, present, records);
      this.noteMissing(
        array,
        [...present, ...meant].sort((a, b) => a - b),
        records,
      );
    }
    for (const number of present) {
      const first = number * recordSize;
      const count = Math.min(recordSize, total - first);
      if (range !== undefined && (first >= range.end || first + count <= range.first)) continue;
      await this.loadRecord(array, number, first, count);
    }
  }

  /** Numbers of the missing record files that misnamed ones seem to be meant for. */
  private noteMisnamed(
    array: RecordedArray,
    misnamed: readonly { name: string; number: number | undefined }[],
    present: readonly number[],
    records: number,
  ): number[] {
    const named = new Set(present);
    const meant: number[] = [];
    for (const { name, number = 0 } of misnamed) {
      const isWanted = number < records && !named.has(number);
      if (isWanted) meant.push(number);
      named.add(number);
      const effect = isWanted
        ? `and its chunks read as fill values. Rename it to ${recordName(number)}`
        : 'and it has no effect. Delete it';
      const message = `Readers ask for ${recordName(number)} and never for ${name}, ${effect}.`;
      this.note(array, 'parquet/record-name', message, { file: `${array.path}/${name}` });
    }
    return meant;
  }

  private noteBeyond(array: RecordedArray, beyond: readonly number[], records: number): void {
    const [first] = beyond;
    if (first === undefined) return;
    const more = beyond.length > 1 ? ` (and ${plural(beyond.length - 1, 'more file')} like it)` : '';
    const { total, recordSize } = array;
    const needed =
      records === 0
        ? 'The array has no chunks'
        : `The array has ${plural(total, 'chunk')}, which fill ${plural(records, 'record file')} of ${countInWords(recordSize)}`;
    const message = `${needed}; no reader asks for ${recordName(first)}${more}. Are shape, chunks and record_size those that it was written with?`;
    this.note(array, 'parquet/record-beyond-grid', message, { file: `${array.path}/${recordName(first)}` });
  }

  private noteMissing(array: RecordedArray, present: readonly number[], records: number): void {
    const missing = records - present.length;
    if (missing <= 0) return;
    const { total, recordSize, path } = array;
    if (present.length === 0) {
      const message = `There is no ${path}/${recordName(0)}: ${total === 1 ? 'the one chunk reads' : `all ${countInWords(total)} chunks read`} as the fill value.`;
      this.note(array, 'parquet/record-none', message);
      return;
    }
    let first = 0;
    while (present[first] === first) first++;
    const last = Math.min(total, (first + 1) * recordSize) - 1;
    const others =
      missing > 1 ? ` ${plural(missing - 1, 'more record file is', 'more record files are')} missing.` : '';
    const message = `There is no ${path}/${recordName(first)}: chunks ${countInWords(first * recordSize)} to ${countInWords(last)} (in C order) read as the fill value.${others}`;
    this.note(array, 'parquet/record-missing', message);
  }

  private async loadRecord(array: RecordedArray, number: number, first: number, count: number): Promise<void> {
    if (this.signal?.aborted === true) throw new KerchunkError('cancelled', 'Cancelled.');
    const file = `${array.path}/${recordName(number)}`;
    const rows = await this.readRecord(array, file);
    if (rows === undefined) {
      this.pushBroken(array, file, first, count);
      return;
    }
    for (const { kind, message } of rows.faults) this.note(array, codeOfFault[kind], message, { file });
    if (rows.faults.some(({ kind }) => kind !== 'raw-text')) {
      this.pushBroken(array, file, first, count);
      return;
    }
    const found = Math.min(rows.count, count);
    this.pushRows(array, file, first, rows, found);
    this.noteRowsBeyond(array, file, rows, count);
    if (found < count) {
      const message = `The file has ${plural(rows.count, 'row')} for ${plural(count, 'chunk')}; fsspec fails on the others (IndexError). A missing chunk has a row of its own, with path and raw null.`;
      this.note(array, 'parquet/record-short', message, { file });
      this.pushBroken(array, file, first + found, count - found);
    }
  }

  private async readRecord(array: RecordedArray, file: string): Promise<RecordRows | undefined> {
    try {
      const found = await this.folder.open(file);
      if (found === undefined) throw new KerchunkError('malformed-reference', 'it is no file');
      if (this.left <= 0)
        throw new KerchunkError('limit-exceeded', `the set has more than ${countInWords(MAX_ROWS)} references`);
      return await readRecordFile(found);
    } catch (error) {
      if (!(error instanceof KerchunkError) || error.code === 'cancelled' || error.code === 'fetch-failed') throw error;
      const isDamaged = error.code === 'malformed-reference';
      const message = isDamaged
        ? `The record file cannot be read: ${error.message}. Its chunks fail, or read as fill values without a word.`
        : `The record file is not checked: ${error.message}.`;
      this.note(array, isDamaged ? 'parquet/record-damaged' : 'parquet/record-not-read', message, { file });
      return undefined;
    }
  }

  private pushRows(array: RecordedArray, file: string, firstChunk: number, rows: RecordRows, count: number): void {
    const { columns } = this.source.parts;
    this.startRun(array, file, firstChunk, count, 0);
    this.left -= count;
    let nulls = 0;
    let firstNull = 0;
    for (let row = 0; row < count; row++) {
      const { reference, fault } = readRow(rows, row);
      if (fault !== undefined) this.note(array, fault.code, fault.message, { file, row: row + 1 });
      else if (hasNullRange(rows, row) && nulls++ === 0) firstNull = row;
      const place = array.place.offset;
      if (reference === undefined) columns.push(place, Kind.broken, 0, 0);
      else if (reference.kind === 'absent') columns.push(place, Kind.none, 0, 0);
      else if (reference.kind === 'inline') {
        columns.push(place, Kind.raw, this.raw.push(reference.bytes) - 1, reference.bytes.length);
      } else {
        const target = this.addresses.number(targetBelowSet(reference.url, array.path));
        if (reference.kind === 'file') columns.push(place, target, WHOLE, 0);
        else columns.push(place, target, reference.offset, reference.length);
      }
    }
    if (nulls === 0) return;
    const message = `"offset" or "size" is null beside a path${nulls > 1 ? ` (in ${plural(nulls, 'row')} of this file)` : ''}; fsspec then reads both columns as floats, and fails. Write 0 and 0 for a whole file.`;
    this.note(array, 'parquet/null-range', message, { file, row: firstNull + 1 });
  }

  /** Chunks that are malformed for one reason, which is a problem already. */
  private pushBroken(array: RecordedArray, file: string, firstChunk: number, count: number): void {
    if (count === 0) return;
    this.startRun(array, file, firstChunk, Math.min(count, MAX_BROKEN), undefined);
    this.source.parts.columns.push(array.place.offset, Kind.broken, 0, 0);
  }

  private startRun(
    array: RecordedArray,
    file: string,
    firstChunk: number,
    count: number,
    firstInFile: 0 | undefined,
  ): void {
    if (count === 0) return;
    const { path, place } = array;
    const run = { file, path, firstChunk, count, firstRow: this.source.parts.columns.length, firstInFile, place };
    this.runs.push(run);
    array.runs.push(run);
  }

  private noteRowsBeyond(array: RecordedArray, file: string, rows: RecordRows, count: number): void {
    for (let row = count; row < rows.count; row++) {
      if (readRow(rows, row).reference?.kind === 'absent') continue;
      const message = `This row holds a reference, and the last chunk of this file is in row ${countInWords(count)}; no reader asks for it. Are shape, chunks and record_size those that it was written with?`;
      this.note(array, 'parquet/row-beyond-grid', message, { file, row: row + 1 });
      return;
    }
  }

  private note(
    { key, place }: RecordedArray,
    code: ReferenceProblemCode,
    message: string,
    where: { file?: string; row?: number } = {},
  ): void {
    this.source.problems.addLazily(code, () => ({ key, span: place, message, ...where }));
  }
}

const codeOfFault = {
  missing: 'parquet/columns',
  type: 'parquet/column-type',
  'raw-text': 'parquet/raw-text',
} as const;

/** Whether a row refers to a file and lacks offset or size. */
function hasNullRange(rows: RecordRows, row: number): boolean {
  const isNull = (column: ArrayLike<unknown> | undefined): boolean => (column?.[row] ?? undefined) === undefined;
  return isNull(rows.raw) && !isNull(rows.path) && (isNull(rows.offset) || isNull(rows.size));
}
