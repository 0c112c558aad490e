/** A file of a folder, read in parts. */
export interface FolderFile {
  /** Its size in bytes. */
  readonly size: number;
  /** The bytes [offset, offset + length), which lie within the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** The folder of a reference set in parquet, wherever it stands. Paths are relative to it, with slashes; '' is the folder itself. */
export interface ReferenceFolder {
  /** Names of the files that stand in the folder at `path`; undefined where there is no such folder, 'unknown' where none can be listed. */
  list(path: string): Promise<string[] | 'unknown' | undefined>;
  /**
   * The file at `path`; undefined where there is none. `signal` stops reading it too.
   * @throws KerchunkError `fetch-failed` where it cannot be read, `cancelled`.
   */
  open(path: string, signal?: AbortSignal): Promise<FolderFile | undefined>;
}

/** The whole of a file. */
export function readWhole(file: FolderFile): Promise<Uint8Array> {
  return file.read(0, file.size);
}
