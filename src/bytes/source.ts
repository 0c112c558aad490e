/** What identifies one version of the bytes behind an address; a cache entry or a reference is stale when it changes. */
export interface Validator {
  etag?: string;
  lastModified?: string;
}

/** Bytes that can be read by range: a web address, a local file, or memory. */
export interface ByteSource {
  /** The address, as references carry it and messages name it. */
  readonly url: string;

  /**
   * The bytes of the half-open range [offset, offset + length) that exist: fewer than `length` only where the source ends
   * inside the range, none where it ends at or before `offset`.
   * @throws KerchunkError `fetch-failed`, `short-read` (a body cut off, a wrong Content-Range, 200 for a range), `cancelled`,
   * `invalid-argument` for a negative, fractional or too large offset or length, or `limit-exceeded` from 2 GiB.
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array>;

  /** Size in bytes, once a read has told it (Content-Range, or the file itself); never asked for by a request of its own. */
  size(): number | undefined;

  /** ETag and Last-Modified of the last answer; undefined before the first read and for memory. */
  validator(): Validator | undefined;

  /**
   * Whether the server answered a request for a range with the whole file; undefined before the first answer, and for what is no
   * server.
   */
  ignoresRanges?(): boolean | undefined;

  /** A copy of the bytes [offset, offset + length) where all of them are at hand without a request; only caches have this. */
  held?(offset: number, length: number): Uint8Array | undefined;
}

/** One request that went out, for `--trace`, counts and reports. `end` is inclusive, as in the Range header. */
export interface RequestTrace {
  url: string;
  start: number;
  end: number;
  /** HTTP status; undefined for a local file and for a connection that failed. */
  status?: number;
  /** Bytes of the body that arrived. */
  bytes: number;
  milliseconds: number;
  /** Counts from 1; above 1 for a retry. */
  attempt: number;
}

/** Opens the source behind an address; the same address gives the same source, so that caches are shared. */
export interface SourceOpener {
  /** @throws KerchunkError `invalid-argument` for an address that can't be read: relative, of an unknown scheme, malformed. */
  open(url: string): ByteSource;
}
