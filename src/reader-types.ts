/** How references are opened; all of it optional. */
export interface OpenOptions {
  /** In place of the global fetch, for the reference file and all that its references point at. */
  fetch?: typeof fetch;
  /** Stops opening; rejects with a KerchunkError `cancelled`. */
  signal?: AbortSignal;
  /** The address of references that are given as bytes, against which relative targets resolve. */
  url?: string;
  /** Told of every request over the web once it is over. `start` and `end` are the inclusive byte range asked for. */
  onRequest?: (request: { url: string; start: number; end: number; bytes: number; milliseconds: number }) => void;
  /**
   * Gives the wasm decoders (`blosc.wasm`, `zstd.wasm`, …) by name, where they do not stand in `assets/` beside the library's file, as in
   * an application that was bundled.
   */
  assets?: (name: string) => Promise<Uint8Array>;
}

/** An array as its zarr metadata describe it. */
export interface ArrayInfo {
  /** In the hierarchy, without leading or trailing slash. */
  readonly path: string;
  readonly shape: readonly number[];
  /** Of every chunk, those at the edges included. */
  readonly chunks: readonly number[];
  /** numpy's type string as JSON (`<u2`, `|S8`, a list for structured types); of zarr v3 the name of its type. */
  readonly dtype: unknown;
  /** `null` for an axis without a name; undefined where the metadata name none. */
  readonly dimensionNames: readonly (string | null)[] | undefined;
  /** What absent chunks read as; `null`: nothing is said. Bytes for fixed-length and structured types. */
  readonly fillValue: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A half-open range along an axis, `[start, stop)`; `null` for the whole axis. */
export type AxisSlice = readonly [start: number, stop: number] | null;

/** How a window is read; all of it optional. */
export interface ReadOptions {
  /** One for each axis, the first axis first; the whole array where it is left out. */
  slices?: readonly AxisSlice[];
  /** Stops reading; rejects with a KerchunkError `cancelled`. */
  signal?: AbortSignal;
  /** Told, whenever a chunk is in place, how many of the window's chunks are. */
  onProgress?: (done: number, total: number) => void;
}

/** Values that are numbers; 64-bit integers, datetimes and timedeltas as bigint. */
export type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** The values of a window in C order. */
export interface Window {
  readonly shape: readonly number[];
  readonly dtype: unknown;
  /**
   * Numbers in a typed array in the machine's own byte order: booleans as 0 and 1, float16 as float32, complex numbers as real and imaginary part
   * in turn, datetimes and timedeltas as int64 in the unit of the dtype. Strings as text, structured and void elements as bytes, in a list.
   */
  readonly data: NumberArray | readonly unknown[];
}

/** References that are open. */
export interface References {
  /** The address of the reference file; undefined for bytes without one. */
  readonly url: string | undefined;
  /** All arrays whose metadata can be read, in the order of the file. */
  arrays(): ArrayInfo[];
  /** The array at a path. @throws KerchunkError `invalid-argument` where there is none, `malformed-metadata` where it cannot be read. */
  array(path: string): ArrayInfo;
  /**
   * Reads a window. Chunks that lie together in a file are fetched in one request; chunks without a reference are fill values.
   * @throws KerchunkError `invalid-argument` for slices outside the array, `limit-exceeded` above 2 GiB, and where a chunk cannot be fetched or
   * decoded its error with the chunk's key: no value is invented.
   */
  read(path: string, options?: ReadOptions): Promise<Window>;
}
