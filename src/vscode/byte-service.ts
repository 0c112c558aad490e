import * as vscode from 'vscode';
import { displayAddress, publicAddress } from '../bytes/address';
import { RangeCache } from '../bytes/cache';
import { createOpener } from '../bytes/open';
import type { ByteSource, RequestTrace } from '../bytes/source';
import { describeError, KerchunkError } from '../errors';
import type { ReadBytes } from '../worker/client';
import { BoundedMap } from './bounded-map';
import { openRanges } from './local-files';
import type { LocalPermission } from './local-permission';
import { machinePath } from './target-address';
import { restricted } from './trust';
import { WorkspaceSource } from './workspace-source';

/** Sources that are kept; each knows the size and version of its file. */
const MOST_SOURCES = 200;
/** Sources that hold their whole file in memory. */
const MOST_WHOLE_FILES = 4;

/** The bytes that references point at, for the worker: nothing in Restricted Mode, and of local files those that may be read. */
export class ByteService {
  readonly #cache = new RangeCache();
  readonly #sources = new BoundedMap<string, ByteSource>(MOST_SOURCES);
  readonly #wholeFiles = new BoundedMap<string, ByteSource>(MOST_WHOLE_FILES);

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
  async read(url: string, offset: number, length: number, signal?: AbortSignal): Promise<ReadBytes> {
    const source = await this.#open(url);
    try {
      const bytes = await source.read(offset, length, signal);
      return { bytes, size: source.size(), validator: source.validator() };
    } catch (error) {
      const { code, message } = describeError(error, 'fetch-failed');
      if (code !== 'cancelled') {
        this.#sources.delete(url);
        this.#wholeFiles.delete(url);
        this.log.warn(`${displayAddress(url)} bytes ${offset}-${offset + length - 1}: ${code}. ${message}`);
      }
      throw error;
    }
  }

  async #open(url: string): Promise<ByteSource> {
    const workspaceUri = inWorkspaceFileSystem(url);
    if (workspaceUri !== undefined) return this.#openWhole(url, workspaceUri);
    const address = publicAddress(url);
    if (address.startsWith('file:')) await this.permission.check(url);
    else if (!vscode.workspace.isTrusted) throw restricted(displayAddress(url));
    const whole = address.startsWith('file:') && openRanges === undefined;
    const kept = whole ? this.#wholeFiles : this.#sources;
    let source = kept.get(url);
    if (source === undefined) {
      // An opener keeps its sources for good; this one is asked for a single source.
      source = createOpener({ onRequest: this.#trace, openLocal, cache: this.#cache }).open(url);
      kept.set(url, source);
    }
    return source;
  }

  /** A file of a virtual workspace. */
  #openWhole(url: string, uri: vscode.Uri): ByteSource {
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined) {
      throw new KerchunkError(
        'needs-permission',
        vscode.l10n.t('{0} stands outside the workspace. Add its folder to the workspace to read it.', url),
      );
    }
    let source = this.#wholeFiles.get(url);
    if (source === undefined) {
      source = new WorkspaceSource(uri, this.#trace);
      this.#wholeFiles.set(url, source);
    }
    return source;
  }

  readonly #trace = ({ url, start, end, bytes, milliseconds }: RequestTrace): void => {
    this.log.trace(`${displayAddress(url)} bytes ${start}-${end}: ${bytes} in ${milliseconds.toFixed(0)} ms`);
  };
}

/** Reads by ranges from the host's own disk; in the browser whole, through VS Code. */
const openLocal: NonNullable<typeof openRanges> = (path, url, onRequest) =>
  openRanges === undefined ? new WorkspaceSource(uriOfPath(path), onRequest) : openRanges(path, url, onRequest);

/** VS Code's address of a path on the machine of the workspace, which in a browser need not be a file: address. */
function uriOfPath(path: string): vscode.Uri {
  const uri = vscode.Uri.file(path);
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => machinePath(folder.uri) !== undefined);
  return folders[0]?.uri.with({ path: uri.path }) ?? uri;
}

/** VS Code's address of a file in the file system of a virtual workspace; undefined for web addresses and paths of a machine. */
function inWorkspaceFileSystem(url: string): vscode.Uri | undefined {
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]+):\/\//iu.exec(url) ?? [];
  if (scheme === '' || /^(?:file|https?)$/iu.test(scheme)) return undefined;
  const known = (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => uri.scheme === scheme);
  return known ? vscode.Uri.parse(url, true) : undefined;
}
