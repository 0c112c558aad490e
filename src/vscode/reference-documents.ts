import * as vscode from 'vscode';
import { virtualScheme } from './ids';
import { pathToFileUrl } from '../bytes/file-url';
import type { Compression } from '../compression';
import { isParquetAddress, zmetadataAddress } from '../read/folder-at-address';
import type { WorkerClient } from '../worker/client';
import { type DocumentChange, type DocumentSource, OpenDocument } from './open-document';
import { versionOf } from './file-version';
import { isMetadataName } from './parquet-metadata';
import { readDocument, textDocumentOf } from './read-document';
import { machinePath } from './target-address';
import { tiffDocumentName } from './tiff-names';
import { addressOfUri, documentUriOf, textUriOf } from './virtual-uris';
import { watchSet } from './watch-set';

/** After an edit or a change on disk, so long passes before the text is read again, in ms. */
const DELAY = 200;
/** A document that nobody uses any more stays in the worker for a while: a tab is often closed only to be opened another way. */
const GRACE = 5000;

/** A use of a document; what is used is followed and checked until it is disposed of. */
export interface DocumentUse {
  readonly document: OpenDocument;
  dispose(): void;
}

/** What has changed of a document in use. */
export interface ReferenceChange {
  uri: vscode.Uri;
  document: OpenDocument;
  what: DocumentChange;
}

interface Entry {
  uri: vscode.Uri;
  document: OpenDocument;
  users: number;
  /** Ends the entry where nobody uses it in time. */
  grace: ReturnType<typeof setTimeout> | undefined;
  watcher: { dispose(): unknown } | undefined;
  /** What was read last may have been an edit that was never saved. */
  unsaved: boolean;
  /** The version of the file that was read last; undefined where that was an open text. */
  version: string | undefined;
}

/** The reference files that are open in the worker, each once, whoever uses them: editors, texts with their hovers, diagnostics. */
export class ReferenceDocuments implements vscode.Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new vscode.EventEmitter<ReferenceChange>();
  readonly #released = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: { dispose(): unknown }[];

  /** A document in use has another state, its findings are known, or they could not be found. */
  readonly onDidChange = this.#changed.event;
  /** Nobody uses the document of this address any more. */
  readonly onDidRelease = this.#released.event;

  constructor(
    private readonly worker: WorkerClient,
    private readonly log: vscode.LogOutputChannel,
    /** Lets go of what is known of a file, which may have changed since. */
    private readonly forget: (url: string) => void = () => undefined,
  ) {
    this.#subscriptions = [
      this.#changed,
      this.#released,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#reload(document.uri.toString(), true);
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        // Edits of an earlier session that were not saved.
        if (document.isDirty) this.#reload(document.uri.toString(), true);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        const key = uri.toString();
        if (this.#entries.get(key)?.unsaved === true) this.#reload(key, false);
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        for (const { document } of this.#entries.values()) document.refresh();
      }),
    ];
  }

  /** Opens a reference file, or a TIFF that is shown itself, or takes part in it where it is open. */
  use(opened: vscode.Uri, source: DocumentSource = 'references'): DocumentUse {
    const uri = documentUriOf(opened);
    const key = keyOf(uri, source);
    const entry = this.#entries.get(key) ?? this.#add(uri, source);
    clearTimeout(entry.grace);
    entry.users += 1;
    if (entry.users === 1 && entry.document.findings !== undefined) {
      // They were taken from sight when the last user left.
      this.#changed.fire({ uri, document: entry.document, what: 'findings' });
    }
    let used = true;
    return {
      document: entry.document,
      dispose: () => {
        if (used) this.#release(key, entry);
        used = false;
      },
    };
  }

  /** The document of an address, where somebody uses it. */
  find(uri: vscode.Uri): OpenDocument | undefined {
    const entry = this.#entries.get(documentUriOf(uri).toString());
    return entry === undefined || entry.users === 0 ? undefined : entry.document;
  }

  /** Where the text of a reference file stands: in the file itself, or decompressed in one that cannot be written to. */
  textUriOf(uri: vscode.Uri): vscode.Uri {
    const file = documentUriOf(uri);
    const document = this.#entries.get(file.toString())?.document;
    return document?.compression === undefined || addressOfUri(file) !== undefined ? file : textUriOf(file);
  }

  /** What may be read has changed, for every document alike. */
  refresh(): void {
    for (const { document } of this.#entries.values()) document.refresh();
  }

  dispose(): void {
    for (const [key, entry] of this.#entries) this.#end(key, entry);
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  #add(uri: vscode.Uri, source: DocumentSource): Entry {
    const key = keyOf(uri, source);
    const url = addressOf(uri);
    const document: OpenDocument = new OpenDocument({
      worker: this.worker,
      name: key,
      url,
      source,
      isParquet: source === 'references' && isParquetSet(uri),
      opening: () => {
        if (url !== null) this.forget(url);
        void versionOf(uri).then((version) => {
          entry.version = version;
        });
      },
      read: async (signal, tell) => {
        const text = textDocumentOf(uri);
        entry.unsaved = text?.isDirty === true;
        entry.version = text === undefined ? await versionOf(uri) : undefined;
        return readDocument(uri, signal, tell);
      },
      readOnly: (compression) => whyNotWritable(uri, compression),
      mayFetch: () => vscode.workspace.isTrusted,
      changed: (what) => {
        if (entry.users > 0) this.#changed.fire({ uri, document, what });
      },
      failed: (error) => {
        this.log.error(
          `${uri.toString(true)}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      },
      delay: DELAY,
    });
    const entry: Entry = {
      uri,
      document,
      users: 0,
      grace: undefined,
      watcher: undefined,
      unsaved: false,
      version: undefined,
    };
    entry.watcher = this.#watch(entry, key);
    this.#entries.set(key, entry);
    void document.load();
    return entry;
  }

  /** Follows the file while no text document of it is open, which follows it itself; of a set in parquet its record files too. */
  #watch(entry: Entry, key: string): vscode.Disposable | undefined {
    const { uri } = entry;
    if (uri.scheme === 'untitled' || uri.scheme === virtualScheme) return undefined;
    return watchSet(uri, (changed) => {
      if (changed.toString() === uri.toString()) void this.#reloadWhereNew(entry, key);
      else entry.document.loadSoon();
    });
  }

  async #reloadWhereNew(entry: Entry, key: string): Promise<void> {
    if (textDocumentOf(entry.uri) !== undefined) return;
    const version = await versionOf(entry.uri);
    // Events come late: it may be the change that was read already, or meanwhile.
    if (version === undefined || version !== entry.version) this.#reload(key, false);
  }

  #reload(key: string, unsaved: boolean): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.unsaved = unsaved;
    entry.document.loadSoon();
  }

  #release(key: string, entry: Entry): void {
    entry.users -= 1;
    if (entry.users > 0) return;
    entry.grace = setTimeout(() => {
      this.#end(key, entry);
    }, GRACE);
    this.#released.fire(entry.uri);
  }

  #end(key: string, entry: Entry): void {
    clearTimeout(entry.grace);
    this.#entries.delete(key);
    entry.watcher?.dispose();
    entry.document.dispose();
  }
}

/** What the worker calls a document, and what it is found by here. */
function keyOf(uri: vscode.Uri, source: DocumentSource): string {
  return source === 'tiff' ? tiffDocumentName(addressOf(uri) ?? uri.toString()) : uri.toString();
}

/** The address that relative targets resolve against; none for a text that was never saved. */
export function addressOf(uri: vscode.Uri): string | null {
  if (uri.scheme === 'untitled') return null;
  const address = addressOfUri(uri);
  if (address !== undefined) return isParquetSet(uri) ? zmetadataAddress(address) : address;
  const path = machinePath(uri);
  return path === undefined ? uri.toString() : pathToFileUrl(path);
}

/** Whether a document is the `.zmetadata` of a reference set in parquet, by its name; or such a set at an address. */
export function isParquetSet(uri: vscode.Uri): boolean {
  const address = addressOfUri(uri);
  return address === undefined ? isMetadataName(uri.path) : isParquetAddress(address) === true;
}

/** Why a file that is read here cannot be written to; null for one that can. */
function whyNotWritable(uri: vscode.Uri, compression: Compression | undefined): string | null {
  if (addressOfUri(uri) !== undefined)
    return vscode.l10n.t('The file stands at a web address, which is only read. Save its text as a file to change it.');
  if (isParquetSet(uri)) return vscode.l10n.t('Reference sets in parquet are only read here.');
  return compression === undefined
    ? null
    : vscode.l10n.t('The file is compressed, and such files are only read. Save its text as a file to change it.');
}
