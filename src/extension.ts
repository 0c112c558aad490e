import * as vscode from 'vscode';
import { askUser } from './vscode/ask';
import { ByteService } from './vscode/byte-service';
import { checkReachCommand } from './vscode/check-reach-command';
import { checkSourceCommand } from './vscode/check-source-command';
import { copyText } from './vscode/clipboard';
import { generateCommand } from './vscode/generate-command';
import { FixPreview } from './vscode/fix-preview';
import { whyReadOnly } from './vscode/read-only';
import { createWorker } from './vscode/host-worker';
import { commandIds, viewTypes } from './vscode/ids';
import { appendCommand, combineCommand } from './vscode/combine-command';
import { compareReferencesCommand } from './vscode/compare-references-command';
import { convertCommand } from './vscode/convert-command';
import { DifferencesPanels } from './vscode/differences-panels';
import { rewriteAddressesCommand } from './vscode/rewrite-addresses-command';
import { generateSetCommand } from './vscode/generate-set-command';
import { jsonLanguages } from './vscode/languages';
import { KeptJournals } from './vscode/kept-journals';
import { LocalPermission } from './vscode/local-permission';
import { openAsText, openInViewer, openPixels, showTextBeside } from './vscode/open-editors';
import { showDiagnostics } from './vscode/reference-diagnostics';
import { ReferenceDocuments } from './vscode/reference-documents';
import { ReferenceEditor } from './vscode/reference-editor';
import { ReferenceHover } from './vscode/reference-hover';
import { ReferenceTexts } from './vscode/reference-texts';
import { QuickFixes } from './vscode/quick-fixes';
import { ReportPanel } from './vscode/report-panel';
import { RulePages } from './vscode/rule-pages';
import { registerSampleCommands } from './vscode/sample-commands';
import { choicesOf, mosaicKind, sceneKind, stackKind } from './vscode/set-kinds';
import { openReference } from './vscode/show-results';
import { takeAway } from './vscode/take-away';
import { manageTrust } from './vscode/trust';
import { Underlines } from './vscode/underlines';
import { VirtualFiles } from './vscode/virtual-files';
import { registerViewerCommands } from './vscode/viewer-commands';

/** What the extension contributes, a line each. */
export function activate({ extensionUri, subscriptions, workspaceState }: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Kerchunk', { log: true });
  const showLog = (): void => {
    log.show();
  };
  const permission = new LocalPermission();
  const bytes = new ByteService(permission, log);
  const worker = createWorker(extensionUri, bytes);
  const documents = new ReferenceDocuments(worker, log, (url) => {
    bytes.forget(url);
  });
  const fixes = new FixPreview();
  const editor = new ReferenceEditor(extensionUri, documents, {
    showText: (uri, range, from) => showTextBeside(documents.textUriOf(uri), range, from),
    openText: (uri, viewColumn) => openAsText(documents.textUriOf(uri), viewColumn),
    manageTrust,
    generate: async (uri) => {
      await vscode.commands.executeCommand(commandIds.generate, uri);
    },
    allowFile: async (url, uri) => {
      if (await permission.ask(url, uri)) documents.refresh();
    },
    copy: copyText,
    takeAway: (uri, document, taken) => takeAway(uri, document, taken),
    fix: (uri, document, code, path) => fixes.fix(uri, document, code, path),
    rewrite: (uri, document, path, encoding) => fixes.rewrite(uri, document, path, encoding),
    whyReadOnly,
    showLog,
    warn: (message) => {
      log.warn(message);
    },
  });
  const panel: ReportPanel = new ReportPanel(extensionUri, {
    openReference: (uri) => openReference(uri, panel.covers),
    reveal: async (uri) => {
      await vscode.commands.executeCommand('revealInExplorer', uri);
    },
    showPixels: (uri) => openPixels(uri, vscode.ViewColumn.One),
    showLog,
  });
  const checkParts = { documents, permission, log };
  const parts = { ask: askUser, log, worker, panel };
  const generation = { ...parts, bytes, permission, journals: new KeptJournals() };
  const setParts = { ask: askUser, log, worker, permission };
  const differences = new DifferencesPanels({
    extensionUri,
    worker,
    permission,
    open: (uri, place) => (place === undefined ? openInViewer(uri, vscode.ViewColumn.Beside) : editor.show(uri, place)),
    manageTrust,
    warn: (message) => {
      log.warn(message);
    },
  });
  subscriptions.push(
    log,
    worker,
    panel,
    documents,
    editor,
    fixes,
    showDiagnostics(documents),
    new ReferenceTexts(documents),
    new Underlines(documents),
    vscode.languages.registerHoverProvider(jsonLanguages, new ReferenceHover(documents, log)),
    vscode.languages.registerCodeActionsProvider(jsonLanguages, new QuickFixes(documents, log), QuickFixes.metadata),
    RulePages.register(extensionUri),
    new VirtualFiles(documents),
    registerViewerCommands(editor, documents, log),
    vscode.commands.registerCommand(commandIds.checkSource, (file: unknown) => checkSourceCommand(checkParts, file)),
    vscode.commands.registerCommand(commandIds.checkReach, (file: unknown) => checkReachCommand(checkParts, file)),
    vscode.commands.registerCommand(commandIds.generate, (...args: unknown[]) => generateCommand(parts, ...args)),
    vscode.commands.registerCommand(commandIds.generateScene, (clicked: unknown, selected: unknown) =>
      generateSetCommand(sceneKind(), generation, clicked, selected),
    ),
    vscode.commands.registerCommand(commandIds.generateStack, (clicked: unknown, selected: unknown, choices: unknown) =>
      generateSetCommand(stackKind(), generation, clicked, selected, choicesOf(choices)),
    ),
    vscode.commands.registerCommand(commandIds.generateMosaic, (clicked: unknown, selected: unknown) =>
      generateSetCommand(mosaicKind(), generation, clicked, selected),
    ),
    vscode.commands.registerCommand(commandIds.convert, (...args: unknown[]) => convertCommand(setParts, ...args)),
    vscode.commands.registerCommand(commandIds.combine, (...args: unknown[]) => combineCommand(setParts, ...args)),
    vscode.commands.registerCommand(commandIds.append, (...args: unknown[]) => appendCommand(setParts, ...args)),
    vscode.commands.registerCommand(commandIds.rewriteAddresses, (...args: unknown[]) =>
      rewriteAddressesCommand(setParts, ...args),
    ),
    vscode.commands.registerCommand(commandIds.compareReferences, (...args: unknown[]) =>
      compareReferencesCommand(differences, log, ...args),
    ),
    registerSampleCommands({ ...parts, extensionUri, kept: workspaceState, editor, permission, documents }),
    vscode.window.registerWebviewPanelSerializer(viewTypes.report, panel),
    vscode.window.registerWebviewPanelSerializer(viewTypes.differences, differences),
    differences,
  );
}
