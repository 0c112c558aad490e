import * as vscode from 'vscode';
import { displayAddress, publicAddress } from '../bytes/address';
import { RangeCache } from '../bytes/cache';
import { createOpener } from '../bytes/open';
import type { ByteSource, RequestTrace } from '../bytes/source';
import { describeError } from '../errors';
import type { ReadBytes } from '../worker/client';
import { BoundedMap } from './bounded-map';
import { openRanges } from './local-files';
import type { LocalPermission } from './local-permission';
import { restricted } from './trust';
import { WorkspaceSource } from './workspace-source';
import { checkVirtual, uriOfPath, virtualUri } from './workspace-uris';

/** Sources that are kept; each knows the size and version of its file. */
const MOST_SOURCES = 200;
/** Bytes of files that are held whole; the last one is held whatever its size. */
const MOST_WHOLE_BYTES = 2 ** 29;
/** What a source costs beside its bytes, roughly. */
const SOURCE_COST = 1024;

/** How a range is read. */
export interface ReadRangeOptions {
  signal?: AbortSignal;
  /** The user opened this very file, so that a local one is read without asking, wherever it stands. */
  opened?: boolean;
}

/** The bytes that references point at, for the worker: nothing in Restricted Mode, and of local files those that may be read. */
export class ByteService {
  readonly #cache = new RangeCache();
  readonly #sources = new BoundedMap<string, ByteSource>(MOST_SOURCES);
  readonly #wholeFiles = new BoundedMap<string, ByteSource>(
    MOST_WHOLE_BYTES,
    (source) => SOURCE_COST + (source.size() ?? 0),
  );

  constructor(
    private readonly permission: LocalPermission,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /**
   * The half-open byte range [offset, offset + length) of `url`. A read that fails is forgotten: the next one starts afresh, also with a
   * file that has changed since.
   * @throws KerchunkError what ByteSource.read throws; `restricted-mode`, `needs-permission`; `invalid-argument` for an address that
   * nothing here reads.
   */
  async read(
    url: string,
    offset: number,
    length: number,
    { signal, opened = false }: ReadRangeOptions = {},
  ): Promise<ReadBytes> {
    const { source, kept } = await this.#open(url, opened);
    try {
      const bytes = await source.read(offset, length, signal);
      // Its size is known now.
      kept.set(url, source);
      return { bytes, size: source.size(), validator: source.validator() };
    } catch (error) {
      const { code, message } = describeError(error, 'fetch-failed');
      if (code !== 'cancelled') {
        kept.delete(url);
        this.log.warn(`${displayAddress(url)} bytes ${offset}-${offset + length - 1}: ${code}. ${message}`);
      }
      throw error;
    }
  }

  /** Lets go of what is known of a local file, which may have changed since. */
  forget(url: string): void {
    this.#sources.delete(url);
    this.#wholeFiles.delete(url);
  }

  async #open(url: string, opened: boolean): Promise<{ source: ByteSource; kept: BoundedMap<string, ByteSource> }> {
    const virtual = virtualUri(url);
    if (virtual !== undefined) {
      if (!opened) await checkVirtual(virtual);
      return keptIn(this.#wholeFiles, url, () => new WorkspaceSource(virtual, this.#trace));
    }
    const address = publicAddress(url);
    const local = address.startsWith('file:');
    if (!local && !vscode.workspace.isTrusted) throw restricted(displayAddress(url));
    if (local && !opened) await this.permission.check(url);
    return keptIn(local && openRanges === undefined ? this.#wholeFiles : this.#sources, url, () =>
      // An opener keeps its sources for good; this one is asked for a single source.
      createOpener({ onRequest: this.#trace, openLocal, cache: this.#cache }).open(url),
    );
  }

  readonly #trace = ({ url, start, end, bytes, milliseconds }: RequestTrace): void => {
    this.log.trace(`${displayAddress(url)} bytes ${start}-${end}: ${bytes} in ${milliseconds.toFixed(0)} ms`);
  };
}

function keptIn(kept: BoundedMap<string, ByteSource>, url: string, open: () => ByteSource) {
  const source = kept.get(url) ?? open();
  kept.set(url, source);
  return { source, kept };
}

/** Reads by ranges from the host's own disk; in the browser whole, through VS Code. */
const openLocal: NonNullable<typeof openRanges> = (path, url, onRequest) =>
  openRanges === undefined ? new WorkspaceSource(uriOfPath(path), onRequest) : openRanges(path, url, onRequest);
