import type { Manifest } from '../manifest/types';
import type { InputFile } from './read-parts';

/** One file of a scene, a stack or a mosaic: where it is, and what is known of it before it is read. */
export interface SetFile extends InputFile {
  /** How messages name it: as the user gave it, or its place in a STAC item. */
  label: string;
  /** Names of its variable, best first, by a pattern or by STAC. */
  names: readonly string[];
  /** What makes files of several scenes one variable: the key of their asset. */
  asset?: string;
  /** Its place along the new dimension, by a pattern or by STAC. */
  place?: bigint | string;
}

/** A file that is not in the output, and why, in a sentence. */
export interface LeftOut {
  label: string;
  reason: string;
}

/** A group of the output and the grid of what stands in it. */
export interface GroupAccount {
  /** '' for the root. */
  path: string;
  width: number;
  height: number;
  resolution: string;
  crs: string;
}

/** A variable of the output. */
export interface VariableAccount {
  path: string;
  shape: readonly number[];
  chunkShape: readonly number[];
  /** Chunks of the grid, and how many of them have an entry. */
  chunks: number;
  present: number;
  files: number;
}

/** The new dimension of a stack. */
export interface DimensionAccount {
  name: string;
  length: number;
  first: string;
  last: string;
  /** Where its values come from: `STAC datetime`, `DateTime (tag 306)`, the pattern. */
  from: string;
}

/** A set made of many files, not written yet. */
export interface CombinedSet {
  manifest: Manifest;
  groups: GroupAccount[];
  variables: VariableAccount[];
  dimension?: DimensionAccount;
  leftOut: LeftOut[];
  warnings: string[];
}
