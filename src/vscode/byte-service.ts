import * as vscode from 'vscode';
import { displayAddress, publicAddress } from '../bytes/address';
import { RangeCache } from '../bytes/cache';
import { createOpener } from '../bytes/open';
import type { ByteRange } from '../bytes/range';
import type { ByteSource, RequestTrace } from '../bytes/source';
import { describeError } from '../errors';
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

/** How a file is opened. */
export interface OpenBytesOptions {
  /** The user opened this very file, so that a local one is read without asking, wherever it stands. */
  opened?: boolean;
  /** Lets go of what is known of the file before the first read, which is of the file as it is now. */
  afresh?: boolean;
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
   * The bytes of `url`. A read that fails is forgotten: the next one starts afresh, also with a file that has changed since. Reads throw
   * what those of any source do; `restricted-mode`, `needs-permission`; `invalid-argument` for an address that nothing here reads.
   */
  open(url: string, { opened = false, afresh = false }: OpenBytesOptions = {}): ByteSource {
    let last: ByteSource | undefined;
    let forgets = afresh;
    return {
      url,
      size: () => last?.size(),
      validator: () => last?.validator(),
      ignoresRanges: () => last?.ignoresRanges?.(),
      read: async (offset, length, signal) => {
        if (forgets) this.forget(url);
        forgets = false;
        const { source, kept } = await this.#open(url, opened);
        last = source;
        return this.#read(url, { source, kept }, { offset, length }, signal);
      },
    };
  }

  /** Lets go of what is known of a file, which may have changed since. */
  forget(url: string): void {
    this.#sources.delete(url);
    this.#wholeFiles.delete(url);
  }

  async #read(
    url: string,
    { source, kept }: KeptSource,
    { offset, length }: ByteRange,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array> {
    try {
      const bytes = await source.read(offset, length, signal);
      // Its size is known now.
      kept.set(url, source);
      return bytes;
    } catch (error) {
      const { code, message } = describeError(error, 'fetch-failed');
      if (code !== 'cancelled') {
        kept.delete(url);
        this.log.warn(`${displayAddress(url)} bytes ${offset}-${offset + length - 1}: ${code}. ${message}`);
      }
      throw error;
    }
  }

  async #open(url: string, opened: boolean): Promise<KeptSource> {
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

/** A source, and where it is kept by its address. */
interface KeptSource {
  source: ByteSource;
  kept: BoundedMap<string, ByteSource>;
}

function keptIn(kept: BoundedMap<string, ByteSource>, url: string, open: () => ByteSource): KeptSource {
  const source = kept.get(url) ?? open();
  kept.set(url, source);
  return { source, kept };
}

/** Reads by ranges from the host's own disk; in the browser whole, through VS Code. */
const openLocal: NonNullable<typeof openRanges> = (path, url, onRequest) =>
  openRanges === undefined ? new WorkspaceSource(uriOfPath(path), onRequest) : openRanges(path, url, onRequest);
