/** A property in which the sets differ: its value in the first and in the second, in words. */
export interface ValueDifference {
  property: string;
  values: [before: string, after: string];
}

/** Chunks of one kind: how many, and the first of them. */
export interface ChunkDifferences {
  count: number;
  first: ChunkDifference[];
}

/** Where the bytes of a chunk are: in a range of a file, half-open, in a whole file, or so many of them in the references themselves. */
export type ChunkPlace =
  | { kind: 'range'; url: string; start: number; end: number }
  | { kind: 'file'; url: string }
  | { kind: 'inline'; length: number };

/** One chunk, and where its bytes are in the first set and in the second; null where that set has it not. */
export interface ChunkDifference {
  key: string;
  /** One per axis. */
  indices: number[];
  before: ChunkPlace | null;
  after: ChunkPlace | null;
}

/** What two arrays of one path differ in. */
export interface ArrayDifferences {
  path: string;
  metadata: ValueDifference[];
  attributes: ValueDifference[];
  moved: ChunkDifferences;
  added: ChunkDifferences;
  lost: ChunkDifferences;
  /** Chunks that are in the same place in both. */
  same: number;
  /** Values that differ, by their indices, where all of them stand in the references; null otherwise. An empty text stands for no element. */
  values: { count: number; first: ValueDifference[] } | null;
}

/** What two reference sets differ in, as a page shows it: nothing that is bytes. */
export interface SetDifferences {
  groups: { lost: string[]; added: string[]; changed: { path: string; attributes: ValueDifference[] }[] };
  lost: { path: string; chunks: number }[];
  added: { path: string; chunks: number }[];
  changed: ArrayDifferences[];
  /** Arrays that are equal. */
  same: number;
}
