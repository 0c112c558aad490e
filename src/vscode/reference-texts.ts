import * as vscode from 'vscode';
import { looksLikeReferences, SNIFFED_CHARACTERS } from '../references/sniff';
import { contextKeys, virtualScheme } from './ids';
import { jsonLanguages } from './languages';
import type { DocumentUse, ReferenceDocuments } from './reference-documents';
import { isReferenceName } from '../references/file-names';

/** Lines that are looked at; together they may hold more characters than are looked at. */
const SNIFFED_LINES = 300;

/**
 * The open text documents that are reference files, by their names or what they begin with. Each is in use as long as it is open, and
 * `when` clauses know it.
 */
export class ReferenceTexts implements vscode.Disposable {
  readonly #uses = new Map<string, { uri: vscode.Uri; use: DocumentUse }>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(private readonly documents: ReferenceDocuments) {
    this.#subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#look(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#look(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#forget(uri);
      }),
    ];
    for (const document of vscode.workspace.textDocuments) this.#look(document);
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
    for (const { use } of this.#uses.values()) use.dispose();
    this.#uses.clear();
  }

  #look(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const known = this.#uses.has(key);
    if (isReferenceText(document) === known) return;
    if (known) {
      this.#forget(document.uri);
      return;
    }
    this.#uses.set(key, { uri: document.uri, use: this.documents.use(document.uri) });
    this.#tell();
  }

  #forget(uri: vscode.Uri): void {
    const key = uri.toString();
    const known = this.#uses.get(key);
    if (known === undefined) return;
    this.#uses.delete(key);
    known.use.dispose();
    this.#tell();
  }

  /** `resourcePath` is a path of the file system for some schemes and a plain one for others. */
  #tell(): void {
    const paths = [...this.#uses.values()].flatMap(({ uri }) => [uri.path, uri.fsPath]);
    void vscode.commands.executeCommand('setContext', contextKeys.referencePaths, [...new Set(paths)]);
  }
}

function isReferenceText(document: vscode.TextDocument): boolean {
  const { uri, languageId } = document;
  // Not the older side of a comparison, a terminal's output or the like.
  const isFile =
    uri.scheme === 'untitled' ||
    uri.scheme === virtualScheme ||
    vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true;
  if (!isFile || !jsonLanguages.includes(languageId)) return false;
  return isReferenceName(uri.path) || looksLikeReferences(beginningOf(document));
}

function beginningOf(document: vscode.TextDocument): string {
  return document.getText(new vscode.Range(0, 0, SNIFFED_LINES, 0)).slice(0, SNIFFED_CHARACTERS);
}
