import type { Severity } from '../validate/types';
import type { Encoding } from './encoding-text';
import type { ChunkOutcome, DecodingStep, StageSummary } from './types';

/* What a viewer is told of encodings; plain data, as in `types.ts`. */

/** Where in an encoding: a member, or a codec by its position; null for the metadata as a whole. */
export type EncodingPlace = 'dtype' | 'order' | 'fillValue' | number | null;

/** What is wrong with a changed encoding. */
export interface EncodingFault {
  place: EncodingPlace;
  severity: Severity;
  message: string;
}

/** A chunk as another encoding of its array would decode it. */
export interface WhatIf {
  faults: EncodingFault[];
  /** Null where the metadata would describe no array, which the faults say. */
  result: { stages: StageSummary[]; stopped: DecodingStep | null; outcome: ChunkOutcome } | null;
}

/** A chunk, decoded as the file says or, where there is one, by another encoding. */
export interface ChunkInEncoding {
  path: string;
  indices: readonly number[];
  encoding: Encoding | null;
}

/** An encoding that an array's chunks may have in truth. */
export interface Repair {
  title: string;
  /** What speaks for it, in one line. */
  why: string;
  encoding: Encoding;
}

/** A codec that can be put into an encoding, with a configuration that suits the array. */
export interface CodecChoice {
  id: string;
  text: string;
  /** Whether it is given an array and gives one; else it makes bytes, or is given them. */
  isArrayCodec: boolean;
}

/** What of an array's encoding can be changed to see what then comes out. */
export interface EncodingDetails {
  /** The metadata document's. */
  key: string;
  zarrFormat: 2 | 3;
  encoding: Encoding;
  repairs: Repair[];
  choices: CodecChoice[];
  /** Why a changed encoding cannot be written to the file; null where it can. */
  notWritable: string | null;
}
