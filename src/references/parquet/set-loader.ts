import { KerchunkError } from '../../errors';
import { turns } from '../../steps';
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
/** Record files of a set that are asked for by name where its folder cannot be listed: as many rows as are held, in files of 1,000. */
const MAX_ASKED = 20_000;
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
  private askable = MAX_ASKED;
  private readonly giveWay: () => Promise<void>;

  /** `metadata` is the set without chunks that `source` makes. */
  constructor(
    private readonly folder: ReferenceFolder,
    private readonly source: Zmetadata,
    private readonly metadata: ReferenceSet,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.giveWay = turns(signal);
  }

  /** With all references, or with those of the record files that hold some ranges of chunks, of which an array has one at most. */
  async load(ranges: readonly ChunkRange[] | undefined): Promise<ReferenceSet> {
    const { parts, problems, recordSize } = this.source;
    for (const problem of layoutProblems(this.metadata)) problems.addLazily(problem.code, () => problem);
    const wanted = ranges ?? this.metadata.arrayPaths().map((path) => ({ path, first: 0, end: Infinity }));
    for (const range of wanted) {
      const { path } = range;
      const total = recordedChunks(this.metadata, path);
      if (total === undefined || recordSize === undefined) continue;
      const key = keyBelow(path, '.zarray');
      // No reader looks for its record files, and ".." would lead out of the folder.
      if (whyUnreachable(key) !== undefined) continue;
      const place = this.metadata.entrySpan(key) ?? NOWHERE;
      const array: RecordedArray = { path, total, recordSize, key, place, runs: [] };
      await this.loadArray(array, range, ranges !== undefined);
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

  private async loadArray(array: RecordedArray, range: ChunkRange, isPart: boolean): Promise<void> {
    const { total, recordSize, path } = array;
    const end = Math.ceil(Math.min(range.end, total) / recordSize);
    const first = Math.floor(Math.max(0, range.first) / recordSize);
    await this.giveWay();
    const found = await this.folder.list(path);
    if (found === 'unknown') {
      await this.loadByName(array, first, end, isPart);
      return;
    }
    const names = sortNames(found ?? []);
    if (!isPart) for (const fault of nameFaults(array, names)) this.note(array, fault);
    for (const number of names.numbers) {
      if (number >= end) break;
      if (number >= first) await this.loadRecord(array, number, true);
    }
  }

  /** Asks for the record files [first, end), of which nobody knows which are there; of a whole set for no more than MAX_ASKED. */
  private async loadByName(array: RecordedArray, first: number, end: number, isPart: boolean): Promise<void> {
    const askable = Math.min(end, first + this.askable);
    if (isPart && askable < end) {
      const asked = `${countInWords(end - first)} record files of "${array.path}", whose folder cannot be listed`;
      throw new KerchunkError(
        'limit-exceeded',
        `These chunks stand in up to ${asked}; at most ${countInWords(MAX_ASKED)} are read. Read a smaller part.`,
      );
    }
    for (let number = first; number < askable; number++) await this.loadRecord(array, number, false);
    this.askable -= Math.max(0, askable - first);
    if (askable >= end) return;
    const file = `${array.path}/${recordName(askable)}`;
    const reason = `the folder cannot be listed, and of the set's record files ${countInWords(MAX_ASKED)} are asked for at most`;
    const message = `This record file and those after it, up to ${countInWords(end - askable)}, are not read: ${reason}.`;
    this.note(array, { code: 'parquet/record-not-read', message, file });
    const unread = askable * array.recordSize;
    this.pushBroken(array, file, unread, array.total - unread);
  }

  /** `isListed`: the file is known to be there; else a file that is not there holds no references, as readers take it. */
  private async loadRecord(array: RecordedArray, number: number, isListed: boolean): Promise<void> {
    await this.giveWay();
    const first = number * array.recordSize;
    const count = Math.min(array.recordSize, array.total - first);
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
      const found = await this.folder.open(file, this.signal);
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

const codeOfFault = {
  missing: 'parquet/columns',
  type: 'parquet/column-type',
  'raw-text': 'parquet/raw-text',
} as const;
