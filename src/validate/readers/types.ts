import type { ReaderId } from '../../references/reader-facts';
import type { TextSpan } from '../../references/types';

/** What stops a reader, and where. */
export interface ReaderObstacle {
  /** The array that it keeps the reader from; absent where it is the file. */
  path?: string;
  /** The reference key concerned; the name of a top-level member; '' for the file as a whole. */
  key: string;
  span: TextSpan;
  /** From 1; columns in UTF-16 units. */
  line: number;
  column: number;
  /** The end of a sentence: `it refuses templates`. */
  reason: string;
}

/** What a reader makes of a reference file. */
export interface ReaderReport {
  reader: ReaderId;
  name: string;
  /** The versions of the reader that were run. */
  tried: string;
  /** Whether it opens the file; arrays may be out of its reach all the same. */
  opens: boolean;
  /**
   * Whether it reads each array: all chunks that the file has, with the values that it means. In the order of the text. `wrong`: it reads the
   * array as its metadata say, and these are at fault, so that the values are others than are meant.
   */
  arrays: { path: string; reads: boolean; wrong?: true }[];
  /** What stops it, in the order of the text; the first 100. */
  obstacles: ReaderObstacle[];
}
