/** Where something stands in the text of a reference file: byte offset of its first byte, and length in bytes. */
export interface TextSpan {
  offset: number;
  length: number;
}

/** What a reference set holds under a chunk key. */
export type ChunkReference =
  /** No such key: the chunk reads as the fill value. */
  | { kind: 'absent' }
  /** The stored bytes stand in the reference file itself, as text or base64. */
  | { kind: 'inline'; bytes: Uint8Array }
  /** The half-open byte range [offset, offset + length) of `url` (templates already substituted). */
  | { kind: 'range'; url: string; offset: number; length: number }
  /** The whole of `url`. */
  | { kind: 'file'; url: string };

/** kerchunk's version of the JSON layout: 0, the object itself is the map of references; 1, they stand under `refs`. */
export type ReferenceWriterVersion = 0 | 1;

/**
 * What reading a reference file can meet and go on after.
 * - `json/…`: faults of the JSON text: a byte order mark, bare NaN or Infinity, invalid UTF-8, half a surrogate pair.
 * - `kerchunk/…`: faults of the layout, of one entry or of `templates` and `gen`.
 * - `parquet/…`: faults of the layout of a set in parquet, of a record file or of one of its rows.
 */
export type ReferenceProblemCode =
  | 'json/byte-order-mark'
  | 'json/bare-nan'
  | 'json/utf8'
  | 'json/lone-surrogate'
  | 'kerchunk/version'
  | 'kerchunk/unknown-key'
  | 'kerchunk/duplicate-key'
  | 'kerchunk/metadata-json'
  | 'kerchunk/reference-shape'
  | 'kerchunk/null-value'
  | 'kerchunk/nested-in-version1'
  | 'kerchunk/key-unreachable'
  | 'kerchunk/inline-not-ascii'
  | 'kerchunk/url-null'
  | 'kerchunk/url-empty'
  | 'kerchunk/url-chained'
  | 'kerchunk/relative-target'
  | 'kerchunk/mixed-protocols'
  | 'kerchunk/offset'
  | 'kerchunk/length'
  | 'kerchunk/length-zero'
  | 'kerchunk/base64'
  | 'kerchunk/template-shape'
  | 'kerchunk/template-literal'
  | 'kerchunk/template-braces'
  | 'kerchunk/template-expression'
  | 'kerchunk/template-arguments'
  | 'kerchunk/template-collision'
  | 'kerchunk/template-undefined'
  | 'kerchunk/template-not-evaluated'
  | 'kerchunk/template-function'
  | 'kerchunk/gen-default-off'
  | 'kerchunk/gen-shape'
  | 'kerchunk/gen-not-evaluated'
  | 'kerchunk/gen-empty'
  | 'kerchunk/gen-collision'
  | 'kerchunk/gen-limit'
  | 'zarr2/metadata-elsewhere'
  | 'parquet/record-size'
  | 'parquet/metadata-text'
  | 'parquet/metadata-key'
  | 'parquet/separator'
  | 'parquet/zarr3'
  | 'parquet/root-array'
  | 'parquet/record-missing'
  | 'parquet/record-none'
  | 'parquet/record-name'
  | 'parquet/record-beyond-grid'
  | 'parquet/record-damaged'
  | 'parquet/record-not-read'
  | 'parquet/record-short'
  | 'parquet/columns'
  | 'parquet/column-type'
  | 'parquet/column-null-type'
  | 'parquet/raw-text'
  | 'parquet/row-beyond-grid'
  | 'parquet/null-range'
  | 'parquet/offset'
  | 'parquet/size'
  | 'parquet/size-zero'
  | 'parquet/path-empty'
  | 'parquet/path-and-raw';

/** Something wrong that was met while reading; the entry concerned is not usable unless the message says what it reads as. */
export interface ReferenceProblem {
  code: ReferenceProblemCode;
  /** The reference key concerned; '' for the file as a whole. */
  key: string;
  span: TextSpan;
  message: string;
  /** In a set in parquet: the record file, below the set's folder, and its row, from 1. */
  file?: string;
  row?: number;
}
