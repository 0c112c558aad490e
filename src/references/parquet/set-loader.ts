import { KerchunkError } from '../../errors';
import { countInWords } from '../../words';
import { keyBelow } from '../../zarr/grid';
import { Kind, WHOLE } from '../columns';
import { ReferenceSet } from '../reference-set';
import type { TextSpan } from '../types';
import { whyUnreachable } from '../unreachable';
import { AddressTable } from './address-table';
import { recordedChunks, targetBelowSet } from './array-folder';
import type { ReferenceFolder } from './folder';
import { layoutProblems } from './layout';
import { readRecordFile, type RecordRows } from './record-file';
import { nameFaults, type RecordFault, rowsFaults } from './record-faults';
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
      // No reader looks for its record files, and ".." would lead out of the folder.
      if (whyUnreachable(key) !== undefined) continue;
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
    const found = await this.folder.list(path);
    const names = found === 'unknown' ? undefined : sortNames(found ?? []);
    if (range === undefined && names !== undefined)
      for (const fault of nameFaults(array, names)) this.note(array, fault);
    for (const number of names?.numbers ?? upTo(records)) {
      if (number >= records) break;
      const first = number * recordSize;
      const count = Math.min(recordSize, total - first);
      if (range !== undefined && (first >= range.end || first + count <= range.first)) continue;
      await this.loadRecord(array, number, first, count, names !== undefined);
    }
  }

  /** `isListed`: the file is known to be there; else a file that is not there holds no references, as readers take it. */
  private async loadRecord(
    array: RecordedArray,
    number: number,
    first: number,
    count: number,
    isListed: boolean,
  ): Promise<void> {
    if (this.signal?.aborted === true) throw new KerchunkError('cancelled', 'Cancelled.');
    const file = `${array.path}/${recordName(number)}`;
    const rows = await this.readRecord(array, file, isListed);
    if (rows === 'absent') return;
    if (rows === undefined) {
      this.pushBroken(array, file, first, count);
      return;
    }
    for (const { kind, message } of rows.faults) this.note(array, { code: codeOfFault[kind], message, file });
    if (!rows.isReadable) {
      this.pushBroken(array, file, first, count);
      return;
    }
    const found = Math.min(rows.count, count);
    this.pushRows(array, file, first, rows, found);
    for (const fault of rowsFaults(rows, count)) this.note(array, { ...fault, file });
    if (found < count) this.pushBroken(array, file, first + found, count - found);
  }

  private async readRecord(
    array: RecordedArray,
    file: string,
    isListed: boolean,
  ): Promise<RecordRows | 'absent' | undefined> {
    try {
      const found = await this.folder.open(file);
      if (found === undefined && !isListed) return 'absent';
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
      this.note(array, { code: isDamaged ? 'parquet/record-damaged' : 'parquet/record-not-read', message, file });
      return undefined;
    }
  }

  private pushRows(array: RecordedArray, file: string, firstChunk: number, rows: RecordRows, count: number): void {
    const { columns } = this.source.parts;
    this.startRun(array, file, firstChunk, count, 0);
    this.left -= count;
    for (let row = 0; row < count; row++) {
      const { reference, fault } = readRow(rows, row);
      if (fault !== undefined) this.note(array, { ...fault, file, row: row + 1 });
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

  private note({ key, place }: RecordedArray, { code, ...fault }: RecordFault): void {
    this.source.problems.addLazily(code, () => ({ key, span: place, ...fault }));
  }
}

function* upTo(end: number): Iterable<number> {
  for (let number = 0; number < end; number++) yield number;
}

const codeOfFault = {
  missing: 'parquet/columns',
  type: 'parquet/column-type',
  'raw-text': 'parquet/raw-text',
} as const;
