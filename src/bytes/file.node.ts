import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { ChangedFileError, KerchunkError, NotFoundError } from '../errors';
import { countInWords, plural } from '../words';
import { throwIfCancelled } from './cancel';
import { literalPath } from './file-url';
import { clampLength } from './range';
import type { ByteSource, RequestTrace, Validator } from './source';

/** Bytes asked of the system at once, so that a cancelled read stops soon. */
const PIECE = 16 * 2 ** 20;

/**
 * The local file at `path`, which references and messages know as `url`. Nothing is opened before the first read, and no file is
 * held open between reads, so that it can be replaced or deleted at any time.
 */
export function openFile(path: string, url: string, onRequest?: (trace: RequestTrace) => void): ByteSource {
  return new FileSource(path, url, onRequest);
}

class FileSource implements ByteSource {
  #path: string;
  #first: { size: number; modified: number } | undefined;

  constructor(
    path: string,
    readonly url: string,
    private readonly onRequest: ((trace: RequestTrace) => void) | undefined,
  ) {
    this.#path = path;
  }

  size(): number | undefined {
    return this.#first?.size;
  }

  validator(): Validator | undefined {
    return this.#first === undefined ? undefined : { lastModified: new Date(this.#first.modified).toUTCString() };
  }

  async read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    clampLength({ offset, length: 0 }, undefined);
    throwIfCancelled(signal);
    const begin = performance.now();
    let bytes = new Uint8Array(0);
    const handle = await this.#open();
    try {
      const size = this.#remember(await handle.stat());
      bytes = await this.#fill(handle, offset, clampLength({ offset, length }, size), signal);
      return bytes;
    } catch (error) {
      throw this.#explain(error);
    } finally {
      await handle.close();
      this.onRequest?.({
        url: this.url,
        start: offset,
        end: offset + length - 1,
        bytes: bytes.length,
        milliseconds: performance.now() - begin,
        attempt: 1,
      });
    }
  }

  async #fill(
    handle: FileHandle,
    offset: number,
    length: number,
    signal?: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    let at = 0;
    while (at < length) {
      throwIfCancelled(signal);
      const { bytesRead } = await handle.read(bytes, at, Math.min(PIECE, length - at), offset + at);
      if (bytesRead === 0) throw this.#changed(`it ends at byte ${countInWords(offset + at)} now`);
      at += bytesRead;
    }
    return bytes;
  }

  async #open(): Promise<FileHandle> {
    try {
      await this.#findPath();
      return await open(this.#path, 'r');
    } catch (error) {
      throw this.#explain(error);
    }
  }

  /** Refuses what is no regular file before it is opened: opening a pipe waits for ever. */
  async #findPath(): Promise<void> {
    const found = await statOrAbsent(this.#path);
    const literal = found === undefined && this.url.startsWith('file:') ? literalPath(this.url) : undefined;
    if (literal !== undefined && (await statOrAbsent(literal)) !== undefined) {
      this.#path = literal;
      return;
    }
    if (found?.isDirectory() === true) {
      throw new KerchunkError('fetch-failed', `${this.#path} is a folder, not a file. Check the path.`);
    }
    if (found?.isFile() === false) throw new KerchunkError('fetch-failed', `${this.#path} is no regular file.`);
  }

  #remember(now: Stats): number {
    this.#first ??= { size: now.size, modified: now.mtimeMs };
    if (now.size !== this.#first.size)
      throw this.#changed(`${plural(this.#first.size, 'byte')} then, ${plural(now.size, 'byte')} now`);
    if (now.mtimeMs !== this.#first.modified) throw this.#changed(`last modified ${now.mtime.toISOString()}`);
    return now.size;
  }

  #changed(difference: string): ChangedFileError {
    return new ChangedFileError(
      `${this.#path} changed since it was first read: ${difference}. Reload it; references made for the older file may no longer fit.`,
    );
  }

  #explain(error: unknown): KerchunkError {
    if (error instanceof KerchunkError) return error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const reason = (typeof code === 'string' ? REASONS.get(code) : undefined) ?? String(error);
    const message = `Can't read ${this.#path}: ${reason}`;
    return code === 'ENOENT'
      ? new NotFoundError(message, { cause: error })
      : new KerchunkError('fetch-failed', message, { cause: error });
  }
}

const REASONS = new Map([
  ['ENOENT', 'there is no such file. Check the path, and whether the file was moved.'],
  ['ENOTDIR', 'a part of the path is a file, not a folder. Check the path.'],
  ['EACCES', 'no permission. Check who may read the file.'],
  ['EPERM', 'no permission. Check who may read the file.'],
  ['EMFILE', 'too many files are open. Close some and try again.'],
  ['ELOOP', 'its symbolic links lead in a circle.'],
  ['ENAMETOOLONG', 'the path is too long.'],
]);

/** What stands at `path`, undefined where nothing does. */
async function statOrAbsent(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
