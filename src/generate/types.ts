import type { ReferenceWriterVersion } from '../references/types';

export type Preset = 'portable' | 'notebook';

export interface GenerateOptions {
  preset: Preset;
  /** Array name; by default the only band's description where it is an identifier, else `band_data`. `notebook` uses it too. */
  name?: string;
  /** kerchunk version of the output; by default 1 for `portable`, 0 for `notebook`. */
  refsVersion?: ReferenceWriterVersion;
  /** The address that references carry. */
  targetUrl: string;
  overviews: boolean;
  coordinates: boolean;
  /**
   * The rows of a compressed last strip that is shorter than the others: by default the strip is written anew and inlined, or refused where
   * that cannot be; `cut` leaves the rows out of every image where it cannot be. The preset notebook refuses such a strip in any case.
   */
  lastStrip?: 'cut';
  /**
   * For our own viewer and command line alone: codecs that no other reader has (`kerchunk_tiff_…`) are allowed, so that pixels are seen
   * which references cannot express. What is generated so is never written to a file.
   */
  preview?: boolean;
}

/** What the chunks and codecs of an image depend on beside itself. */
export type CodecChoice = Pick<GenerateOptions, 'preview' | 'lastStrip'>;

/** A reader of reference files, and whether it opens this one. */
export interface ReaderVerdict {
  reader: string;
  opens: boolean;
  /** It opens the file, and the values it gives are wrong. */
  wrongValues?: true;
  /** Chunks that no reader can read, where there are any: their bytes lie beyond the end of the file. */
  unreadableChunks?: number;
  reason: string;
}

/** One level of the pyramid as it was written. */
export interface LevelAccount {
  /** Path of the array in the reference set. */
  path: string;
  shape: readonly number[];
  chunkShape: readonly number[];
  /** Chunks of the grid, of which `sparse` have no bytes in the file and no reference. */
  chunks: number;
  sparse: number;
  /** Chunks whose bytes lie beyond the end of the file, in whole or in part. */
  unreadable: number;
  /** The short last strips, where there were any to write anew. */
  rewritten?: RewrittenStrips;
}

/** Short last strips that stand inline as whole chunks. */
export interface RewrittenStrips {
  /** How many: one for each plane that has one with bytes. */
  strips: number;
  /** Rows of each, and of a chunk: zeros fill them up. */
  rows: number;
  chunkRows: number;
  /** Bytes of all together as the TIFF stores them, and of the texts that stand for them. */
  storedBytes: number;
  inlineBytes: number;
}

/** What was written and what a reader must know; requests, bytes and time are added by who did the reading. */
export interface GenerateAccount {
  preset: Preset;
  levels: LevelAccount[];
  /** Overviews that the file has and the output does not, by option. */
  overviewsLeftOut: number;
  masksLeftOut: number;
  pagesLeftOut: number;
  /** The first of them: the place in the chain of IFDs, from 0, and the size. */
  pages: { ifd: number; width: number; height: number }[];
  readers: ReaderVerdict[];
  /** Plain sentences: what the reader of the file should know or do. */
  warnings: string[];
  /** Python that opens exactly this file with xarray. `file` names the reference file. */
  xarrayCode: (file: string) => string;
}

export interface GeneratedReferences {
  /** The reference file, as JSON text. */
  text: string;
  account: GenerateAccount;
}
