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
