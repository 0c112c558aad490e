import type { GenerateAccount } from '../generate/types';

/** What became of one TIFF, as the page shows it. All text is plain; nothing in it is markup. */
export type ReportItem = GeneratedItem | RefusedItem | SkippedItem;

/** The TIFF that an item is about. */
export interface SourceOfItem {
  /** The TIFF's file name. */
  source: string;
  /** Where it is: a path or an address without its secrets. */
  sourceLocation: string;
  /** The TIFF's address for VS Code; absent where the explorer cannot show it. */
  sourceUri?: string;
}

/** A reference file was written. */
export interface GeneratedItem extends SourceOfItem, Omit<GenerateAccount, 'xarrayCode'> {
  kind: 'generated';
  output: string;
  outputLocation: string;
  outputUri: string;
  /** Size of the reference file. */
  outputBytes: number;
  /** The address that the references carry. */
  target: string;
  /** Of several files those that could not be read, and without which the set was written; `files`: how many there were. */
  notRead?: { files: number; failures: { label: string; message: string }[] };
  /** Python that opens the file with xarray. */
  code: string;
  requests: number;
  /** Bytes read of the TIFF. */
  bytes: number;
  milliseconds: number;
}

/** Nothing was written, and `message` says why and what can be done. */
export interface RefusedItem extends SourceOfItem {
  kind: 'refused';
  /** Our own viewer shows its pixels all the same. */
  shown?: boolean;
  code: string;
  message: string;
  /** Rows of the last strip, where the file can be written without them. */
  rowsToCut?: number;
}

/** Nothing was tried: the user kept an existing file, or cancelled. */
export interface SkippedItem extends SourceOfItem {
  kind: 'skipped';
  message: string;
}

/** What the page shows, and keeps as its state. `format` changes when the shape does, so that an old state is not misread. */
export interface Report {
  format: 1;
  items: ReportItem[];
}

/** From the host to the page. */
export interface ToPage {
  type: 'show';
  report: Report;
}

/** From the page to the host. `item` is an index into the report's items. */
export type FromPage =
  | { type: 'ready' }
  | { type: 'openReference'; item: number }
  | { type: 'revealSource'; item: number }
  /** Shows the pixels of a refused TIFF. */
  | { type: 'showPixels'; item: number }
  | { type: 'copyCode'; item: number }
  | { type: 'cutLastStrip'; item: number }
  | { type: 'showLog' };
