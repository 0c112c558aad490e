import type { Compression } from '../compression';
import type { KerchunkError } from '../errors';
import type { JsonValue } from '../json';
import type { ChunkIndex } from './chunk-index';
import type { EntryColumns } from './columns';
import type { MetadataDocument } from './documents';
import type { Generated } from './generated';
import type { RecordRun } from './parquet/record-runs';
import type { KnownArray } from './resolver';
import type { Strays } from './stray-keys';
import type { Addresses } from './targets';
import type { ReferenceProblem, ReferenceWriterVersion, TextSpan } from './types';

/** A metadata document as `lookup` gives it; `value` is undefined where it is not JSON. */
export interface DocumentReference {
  kind: 'document';
  value: JsonValue | undefined;
  span: TextSpan;
  nested: boolean;
}

/** How many chunks of an array's grid have which kind of entry; `broken` ones are malformed. The four add up to `total`. */
export interface Coverage {
  total: number;
  ranges: number;
  inline: number;
  absent: number;
  broken: number;
}

/** What `parseReferences` has found in a text; see there. */
export interface ReferenceSetParts {
  version: ReferenceWriterVersion;
  url: string | undefined;
  compression?: Compression | undefined;
  text: Uint8Array;
  columns: EntryColumns;
  addresses: Pick<Addresses, 'at' | 'count'>;
  problems: readonly ReferenceProblem[];
  documents: ReadonlyMap<string, MetadataDocument>;
  /** Arrays by path, in the order of the text, and why those without metadata cannot be read. */
  arrays: ReadonlyMap<string, KnownArray & { error: KerchunkError | undefined }>;
  groups: readonly string[];
  indexes: ReadonlyMap<string, ChunkIndex>;
  strays: ReadonlyMap<string | undefined, Strays>;
  generated: Generated;
  /** Members that stand at the top beside the references: `version`, `templates`, `gen` and `refs`; none in parquet. */
  members?: ReadonlyMap<string, { key: TextSpan; span: TextSpan }>;
  /** Of a set in parquet, whose text is its `.zmetadata`: where its chunks stand. */
  records?: ParquetRecords;
}

/** The chunks of a set in parquet, behind the rows of its text. */
export interface ParquetRecords {
  /** References of each record file; undefined where the set does not say. */
  recordSize: number | undefined;
  /** In the order of rows. */
  runs: readonly RecordRun[];
  /** The inline data, by their position among these. */
  raw: readonly Uint8Array[];
}

/** Place in a set in parquet: a file below its folder, and of a record file the row, from 1. */
export interface RecordPlace {
  file: string;
  row?: number;
}
