import type { OutputForm } from '../manifest/forms';

/** What the host asks about before a reference set that is open is changed or combined. */
export interface SetFacts {
  /** Arrays of the set. */
  arrays: number;
  /** Dimensions by name, each with its length, or null where arrays of several groups differ in it; in the order in which they are met. */
  dimensions: [name: string, length: number | null][];
  /** Null where the set holds no metadata. */
  zarr: 2 | 3 | null;
  /** The form that the set has; null where it is compressed as nothing is written. */
  form: OutputForm | null;
  /** Whether the JSON has its metadata as objects. */
  nested: boolean;
  /** References of each record file of a set in parquet. */
  recordSize: number | null;
  /** What its manifest has no place for, as a clause; null where there is nothing. */
  leftOut: string | null;
  /** What all addresses begin with, up to a slash; '' where they have nothing in common. */
  addressStart: string;
}

/** A set that takes part in making another. */
export interface SetInput {
  /** Its document. */
  document: string;
  /** As messages name it. */
  name: string;
  /** Whether the output stands in the same folder, so that relative addresses stay as they are. */
  beside: boolean;
}

/** How one set is made of those that are given. */
export type SetOperation = { kind: 'keep' } | { kind: 'merge' } | { kind: 'concatenate'; dimension: string };

/** Addresses that begin with `from` begin with `to` instead. */
export interface AddressChange {
  from: string;
  to: string;
}

export interface MakeSet {
  inputs: readonly SetInput[];
  operation: SetOperation;
  addresses: readonly AddressChange[];
  /** Version of zarr that the metadata are written in; null: as they are. */
  zarr: 2 | 3 | null;
  form: OutputForm;
  nested: boolean;
  recordSize: number | null;
}

/** A set as it is to be written. */
export interface MadeSet {
  /** One of JSON is one file, without a path; one in parquet the files of a folder, with slashes between the parts of their paths. */
  files: { path: string; bytes: ArrayBuffer }[];
  arrays: number;
  chunks: number;
  /** Of all files. */
  bytes: number;
  /** What is not kept of the inputs, in sentences. */
  notes: string[];
}

/** What a change of addresses does, before it is done. */
export interface AddressCount {
  /** Distinct addresses that change, of how many. */
  changed: number;
  addresses: number;
  /** Chunks that point at those that change. */
  chunks: number;
  /** The first that change, before and after. */
  first: [before: string, after: string][];
}
