import * as vscode from 'vscode';
import { virtualScheme } from './ids';
import { describeError } from '../errors';
import type { ReferenceDocuments } from './reference-documents';
import { documentUriOf } from './virtual-uris';

/** Gives VS Code the texts of reference files that stand in no file system, or are compressed there; nothing can be written. */
export class VirtualFiles implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** When each text was last another one, by its address. */
  readonly #times = new Map<string, number>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeFile = this.#changed.event;

  constructor(private readonly documents: ReferenceDocuments) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerFileSystemProvider(virtualScheme, this, { isReadonly: true, isCaseSensitive: true }),
      documents.onDidChange(({ uri, document, what }) => {
        const text = documents.textUriOf(uri);
        if (what !== 'state' || text.scheme !== virtualScheme || document.state.kind === 'loading') return;
        this.#times.set(text.toString(), Date.now());
        this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri: text }]);
      }),
    );
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const state = this.documents.find(documentUriOf(uri))?.state;
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: this.#times.get(uri.toString()) ?? 0,
      size: state?.kind === 'outline' ? state.outline.bytes : 0,
      permissions: vscode.FilePermission.Readonly,
    };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const use = this.documents.use(uri);
    try {
      return new Uint8Array(await use.document.text());
    } catch (error) {
      const { code, message } = describeError(error, 'fetch-failed');
      if (code === 'restricted-mode') throw vscode.FileSystemError.NoPermissions(message);
      throw vscode.FileSystemError.Unavailable(message);
    } finally {
      use.dispose();
    }
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
