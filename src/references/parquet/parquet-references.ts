import { KerchunkError } from '../../errors';
import { turns } from '../../steps';
import { chunkNumber, isInGrid, storeKey } from '../../zarr/grid';
import { ReferenceSet, ZMETADATA } from '../reference-set';
import type { ChunkReference } from '../types';
import { belowSet, recordedChunks } from './array-folder';
import { type FolderFile, readWhole, type ReferenceFolder } from './folder';
import { readRecordFile, type RecordRows } from './record-file';
import { recordName } from './record-names';
import { readRow } from './row';
import { type ChunkRange, SetLoader } from './set-loader';
import { parseZmetadata } from './zmetadata';

/** Record files whose rows are kept, so that neighbouring chunks read each once. */
const MAX_KEPT = 4;

/** A reference set in parquet (fsspec's LazyReferenceMapper): metadata at once, references record file by record file. */
export class ParquetReferences {
  private readonly kept = new Map<string, Promise<RecordRows | undefined>>();

  private constructor(
    private readonly folder: ReferenceFolder,
    private readonly text: Uint8Array,
    /** The metadata, as a set without chunks. */
    readonly metadata: ReferenceSet,
    /** References of each record file; undefined where the set does not say, which is a problem of `metadata`. */
    readonly recordSize: number | undefined,
  ) {}

  /**
   * Reads `.zmetadata`. `url` is its address, against which relative targets resolve.
   * @throws KerchunkError `fetch-failed` where there is none, `cancelled`; PlacedError `not-json`, `malformed-reference` where it is something else.
   */
  static async open(folder: ReferenceFolder, url?: string, signal?: AbortSignal): Promise<ParquetReferences> {
    await turns(signal)();
    const file = await folder.open(ZMETADATA, signal);
    if (file === undefined) {
      throw new KerchunkError(
        'fetch-failed',
        'There is no .zmetadata in the folder; it is no reference set in parquet.',
      );
    }
    return ParquetReferences.ofText(folder, await readWhole(file), url);
  }

  /** As `open`, with the text of `.zmetadata` at hand. */
  static ofText(folder: ReferenceFolder, text: Uint8Array, url?: string): ParquetReferences {
    const { parts, problems, recordSize } = parseZmetadata(text, url);
    const records = { recordSize, runs: [], raw: [] };
    const metadata = new ReferenceSet({ ...parts, problems: problems.list(), records });
    return new ParquetReferences(folder, text, metadata, recordSize);
  }

  /**
   * What is stored for a chunk, from its record file. A relative path, which stands for a file beside the record file (as GDAL takes it), is
   * given below the set's folder.
   * @throws KerchunkError as ReferenceSet's `chunk`; `malformed-reference` and others where the record file cannot be read.
   */
  async chunk(path: string, indices: readonly number[]): Promise<ChunkReference> {
    const array = this.metadata.array(path);
    if (!isInGrid(array, indices) || recordedChunks(this.metadata, path) === undefined) return { kind: 'absent' };
    const chunk = chunkNumber(array, indices);
    const size = this.sizeOrThrow();
    const file = `${path}/${recordName(Math.floor(chunk / size))}`;
    const rows = await this.rows(file);
    if (rows === undefined) return { kind: 'absent' };
    const { reference, fault } = rows.isReadable && chunk % size < rows.count ? readRow(rows, chunk % size) : {};
    if (reference !== undefined) return belowSet(reference, path);
    const reason = fault?.message ?? rows.faults[0]?.message ?? 'The row is missing, or its offset or size.';
    throw new KerchunkError(
      'malformed-reference',
      `"${storeKey(array, indices)}" (${file}, row ${(chunk % size) + 1}): ${reason}`,
    );
  }

  /**
   * The set with its references, all of them or those of the record files that hold `ranges` of chunks, one for an array; what is wrong
   * with the files and their rows are problems of it. Reads one record file at a time.
   * @throws KerchunkError `fetch-failed` where the folder cannot be read, `cancelled`; `limit-exceeded` where ranges stand in more than
   * 20,000 record files of a folder that cannot be listed. Of a whole set the files beyond are a problem, `parquet/record-not-read`.
   */
  load({ ranges, signal }: { ranges?: readonly ChunkRange[]; signal?: AbortSignal } = {}): Promise<ReferenceSet> {
    const loader = new SetLoader(this.folder, parseZmetadata(this.text, this.metadata.url), this.metadata, signal);
    return loader.load(ranges);
  }

  private sizeOrThrow(): number {
    if (this.recordSize !== undefined) return this.recordSize;
    throw new KerchunkError(
      'malformed-reference',
      '.zmetadata does not say how many references a record file holds ("record_size"), so none can be found.',
    );
  }

  private rows(file: string): Promise<RecordRows | undefined> {
    let rows = this.kept.get(file);
    if (rows !== undefined) return rows;
    rows = this.folder.open(file).then((found) => (found === undefined ? undefined : readNamed(found, file)));
    this.kept.set(file, rows);
    rows.catch(() => this.kept.delete(file));
    const [oldest] = this.kept.keys();
    if (this.kept.size > MAX_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return rows;
  }
}

async function readNamed(file: FolderFile, name: string): Promise<RecordRows> {
  try {
    return await readRecordFile(file);
  } catch (error) {
    if (!(error instanceof KerchunkError) || error.code === 'fetch-failed') throw error;
    throw new KerchunkError(error.code, `${name} cannot be read: ${error.message}.`, { cause: error });
  }
}
