import * as vscode from 'vscode';
import type { OutlineNode } from '../../src/preview/types';
import { ByteService } from '../../src/vscode/byte-service';
import { createWorker } from '../../src/vscode/host-worker';
import { type AskToRead, LocalPermission } from '../../src/vscode/local-permission';
import type { OpenDocument } from '../../src/vscode/open-document';
import { ReferenceDocuments } from '../../src/vscode/reference-documents';
import type { WorkerClient } from '../../src/worker/client';
import type { WorkerMethod } from '../../src/worker/messages';
import { extensionFolder, file, generate, makeFolder, readText, writeText } from './generating';

/** A folder with the sample and its references, under a name that no editor is the default for unless `name` says otherwise. */
export async function makeReferences(
  folderName: string,
  name = 'red.json',
  settings: Parameters<typeof generate>[1] = {},
): Promise<vscode.Uri> {
  const folder = await makeFolder(folderName, 'red.tif');
  const [item] = (await generate([file(folder, 'red.tif')], settings)) ?? [];
  if (item?.kind !== 'generated') throw new Error(JSON.stringify(item));
  const uri = vscode.Uri.joinPath(folder, name);
  await writeText(uri, await readText(vscode.Uri.parse(item.outputUri, true)));
  return uri;
}

/** The address that the references of `uri` point at, in place of the sample's own. */
export async function pointAt(uri: vscode.Uri, address: string): Promise<void> {
  const target = `file://${vscode.Uri.joinPath(uri, '../red.tif').path}`;
  await writeText(uri, (await readText(uri)).replaceAll(target, address));
}

/** What a viewer works with, apart from the extension's own, and what was asked of its worker. */
export class Services {
  readonly asked: WorkerMethod[] = [];
  readonly permission: LocalPermission;
  readonly log = vscode.window.createOutputChannel('Kerchunk, tested', { log: true });
  readonly worker: WorkerClient;
  readonly documents: ReferenceDocuments;

  /** `confirm` answers in the user's place whether a file outside the workspace may be read. */
  constructor(confirm: AskToRead = () => Promise.reject(new Error('It asked whether a file may be read.'))) {
    this.permission = new LocalPermission(confirm);
    const bytes = new ByteService(this.permission, this.log);
    this.worker = createWorker(extensionFolder(), bytes);
    const request = this.worker.request.bind(this.worker);
    this.worker.request = (type, payload, options) => {
      this.asked.push(type);
      return request(type, payload, options);
    };
    this.documents = new ReferenceDocuments(this.worker, this.log, (url) => {
      bytes.forget(url);
    });
  }

  dispose(): void {
    this.documents.dispose();
    this.worker.dispose();
    this.log.dispose();
  }
}

/** Opens a file as text, in an editor of its own, which lets go of it when it is closed. */
export async function openText(uri: vscode.Uri): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('vscode.openWith', uri, 'default');
  return until(`${uri.path} is open as text`, () => {
    const document = vscode.window.activeTextEditor?.document;
    return document?.uri.toString() === uri.toString() ? document : undefined;
  });
}

export async function closeEverything(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Replaces a piece of an open text, without saving it. */
export async function editText(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = document.getText().indexOf(from);
  if (start < 0) throw new Error(`${from} does not stand in the text.`);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
  edit.replace(document.uri, range, to);
  await vscode.workspace.applyEdit(edit);
}

/** Waits until `look` gives something. */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  within = 10_000,
): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Not within ${within} ms: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The codes of the findings that the Problems panel has of a file. */
export function findingsOf(uri: vscode.Uri): string[] {
  const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'kerchunk');
  return found.map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

/** Paths of the arrays that a document's outline names; undefined where it has none. */
export function arraysOf(document: OpenDocument): string[] | undefined {
  if (document.state.kind !== 'outline') return undefined;
  const nodes = JSON.parse(new TextDecoder().decode(document.state.outline.nodes)) as OutlineNode[];
  return nodes.flatMap((node) => (node.kind === 'array' ? [node.path] : []));
}

/** Gives each test of a suite services of its own, and takes them and all editors away behind it. */
export function forEachTest(use: (services: Services) => void): void {
  let services: Services;
  beforeEach(() => {
    services = new Services();
    use(services);
  });
  afterEach(async () => {
    services.dispose();
    await closeEverything();
  });
}
