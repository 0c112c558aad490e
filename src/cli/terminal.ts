import type { ByteSink, FolderSink } from '../bytes/sink';
import type { ReferenceFolder } from '../references/parquet/folder';

/** What the commands need of the process they run in; `cli.ts` gives the real one, tests an own. */
export interface Terminal {
  /** Results, and nothing else. */
  print(text: string | Uint8Array): void;
  /** Progress, messages and traces. */
  tell(text: string): void;
  /** @throws KerchunkError `fetch-failed` naming the path, `cancelled`. */
  readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Writes through a temporary file beside `path`, then renames: `path` holds all of it or what it held before. */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  /** As `writeFile`, of what `fill` writes, a piece at a time. @throws what `fill` throws. */
  writeInPieces<T>(path: string, fill: (sink: ByteSink) => Promise<T>): Promise<T>;
  /** As `writeInPieces`, of a folder, which takes the place of the one that stands there. */
  writeFolder<T>(path: string, fill: (folder: FolderSink) => Promise<T>): Promise<T>;
  /**
   * Adds text at the end of a file of `at` bytes; of none, which is made where there is none.
   * @throws KerchunkError `write-failed` naming the path, also where the file has another size: somebody else writes it too.
   */
  appendFile(path: string, text: string, at: number): Promise<void>;
  /** Removes a file, if there is one. @throws KerchunkError `write-failed` naming the path. */
  removeFile(path: string): Promise<void>;
  isFolder(path: string): Promise<boolean>;
  /** What stands in the folder at `path`. */
  folder(path: string): ReferenceFolder;
  /** Whether a file stands at a `file:` address. */
  isFile(url: string): Promise<boolean>;
  /** Makes a folder and those that hold it; one that is there already stays. @throws KerchunkError `write-failed` naming the path. */
  createFolder(path: string): Promise<void>;
  /**
   * The first bytes, up to 4096, of the file at `path`; undefined where nothing stands there.
   * @throws KerchunkError `write-failed` for what is no regular file, and where it cannot be read.
   */
  startOf(path: string): Promise<Uint8Array | undefined>;
  /**
   * Whether two paths lead to one file or folder: by another spelling, through a link of either kind, or in other case where the file system
   * tells none. Of what is not there yet only the spelling counts.
   */
  isSame(one: string, other: string): Promise<boolean>;
  /** `path` made absolute against the working directory. */
  absolute(path: string): string;
  /** Joins a folder and names below it. */
  join(folder: string, ...names: string[]): string;
  /** The folder that holds `path`. */
  folderOf(path: string): string;
  /** The `file:` address of a path. */
  fileUrl(path: string): string;
  signal: AbortSignal;
}

/** Exit codes: what `validate` promises, and for the other commands 0 or 2; `cutOff`, as of other programs, where nobody takes the output. */
export const exitCodes = { ok: 0, errorsFound: 1, failed: 2, cancelled: 130, cutOff: 141 } as const;

/** Whether `text` is an address with a scheme; one letter is a Windows drive. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/iu.test(text);
}
