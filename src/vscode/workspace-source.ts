import * as vscode from 'vscode';
import { throwIfCancelled } from '../bytes/cancel';
import { MemorySource } from '../bytes/memory';
import type { ByteSource, RequestTrace, Validator } from '../bytes/source';
import { ChangedFileError, KerchunkError, NotFoundError } from '../errors';
import { bytesInWords, plural } from '../words';
import { fileErrorInWords, isFileNotFound } from './file-errors';

/** The largest file that is read whole. */
const largest = 2 ** 30;

/**
 * A file of a file system that VS Code reads whole or not at all: everything in the browser, and virtual file systems everywhere.
 * It is read once, when first asked for; a file that has changed since is not read any more.
 */
export class WorkspaceSource implements ByteSource {
  readonly url: string;
  #whole: Promise<MemorySource> | undefined;
  #size: number | undefined;
  #first: vscode.FileStat | undefined;

  constructor(
    private readonly uri: vscode.Uri,
    private readonly onRequest?: (trace: RequestTrace) => void,
  ) {
    this.url = uri.toString();
  }

  async read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    throwIfCancelled(signal);
    try {
      await this.#look();
      this.#whole ??= this.#readWhole();
      return await (await this.#whole).read(offset, length, signal);
    } catch (error) {
      if (error instanceof KerchunkError) throw error;
      const message = `${this.uri.path} can't be read: ${fileErrorInWords(error)}.`;
      throw isFileNotFound(error)
        ? new NotFoundError(message, { cause: error })
        : new KerchunkError('fetch-failed', message, { cause: error });
    }
  }

  size(): number | undefined {
    return this.#size;
  }

  validator(): Validator | undefined {
    return this.#first === undefined ? undefined : { lastModified: new Date(this.#first.mtime).toUTCString() };
  }

  async #look(): Promise<vscode.FileStat> {
    const now = await vscode.workspace.fs.stat(this.uri);
    this.#first ??= now;
    if (now.size !== this.#first.size)
      throw this.#changed(`${plural(this.#first.size, 'byte')} then, ${plural(now.size, 'byte')} now`);
    if (now.mtime !== this.#first.mtime) throw this.#changed(`last modified ${new Date(now.mtime).toISOString()}`);
    return now;
  }

  async #readWhole(): Promise<MemorySource> {
    const begin = performance.now();
    const { size } = await this.#look();
    if (size > largest) throw tooLarge(this.uri, size);
    const bytes = await vscode.workspace.fs.readFile(this.uri);
    this.onRequest?.({
      url: this.url,
      start: 0,
      end: bytes.length - 1,
      bytes: bytes.length,
      milliseconds: performance.now() - begin,
      attempt: 1,
    });
    await this.#look();
    this.#size = bytes.length;
    return new MemorySource(this.url, bytes);
  }

  #changed(difference: string): ChangedFileError {
    return new ChangedFileError(
      `${this.uri.path} changed since it was first read: ${difference}. Reload it; references made for the older file may no longer fit.`,
    );
  }
}

function tooLarge(uri: vscode.Uri, size: number): KerchunkError {
  return new KerchunkError(
    'limit-exceeded',
    `${uri.path} has ${bytesInWords(size)}. Here a file can only be read whole, and more than ${bytesInWords(largest)} does not fit. ` +
      'Open its folder in desktop VS Code, which reads the headers alone, or generate from its web address.',
  );
}
