import * as vscode from 'vscode';
import { describeError } from '../errors';
import { type GenerateCommandParts, generateFrom } from './generate-command';
import { commandIds, contextKeys, linkCommandIds } from './ids';
import { inputOfUri, targetOfInput } from './inputs';
import type { LocalPermission } from './local-permission';
import { openAsText, openInViewer, openPixels } from './open-editors';
import type { ReferenceDocuments } from './reference-documents';
import type { ReferenceEditor } from './reference-editor';
import { sampleChunk, sampleReferences, writeSample } from './sample';
import { showResults } from './show-results';

/** The fault that the walkthrough finds and mends. */
const FAULT = 'tiff/delta-over-rows';
/** Beside the walkthrough, which stands in the first column. */
const BESIDE_IT = vscode.ViewColumn.Two;
/** How long the text's check may take before the walkthrough goes on without its place. */
const CHECK_MILLISECONDS = 10_000;
/** Where the sample is, as long as the workspace is known. */
const KEPT = 'kerchunk.sample';

export interface SampleParts extends GenerateCommandParts {
  extensionUri: vscode.Uri;
  kept: vscode.Memento;
  editor: ReferenceEditor;
  permission: LocalPermission;
  documents: ReferenceDocuments;
}

type Step = 'sample' | 'generate' | 'open' | 'find' | 'see' | 'mend';

/**
 * `Open Sample`, and what the buttons of the walkthrough do. Each works on its own: what an earlier one would have written is written first.
 * A step is done, which its context key tells, where it came to its end.
 */
export function registerSampleCommands(parts: SampleParts): vscode.Disposable {
  const steps: Record<Step, () => Promise<boolean>> = {
    sample: () => openSample(parts, BESIDE_IT),
    generate: async () => (await generate(parts)) !== undefined,
    open: () => onReferences(parts, (uri) => openInViewer(uri, BESIDE_IT)),
    find: () => onReferences(parts, showFault),
    see: () =>
      onReferences(parts, async (uri) => {
        // The Problems panel, which an earlier step opened, would leave no room for the chunk.
        await vscode.commands.executeCommand('workbench.action.closePanel');
        await openInViewer(uri, BESIDE_IT);
        await parts.editor.show(uri, sampleChunk);
      }),
    mend: async () => {
      await onReferences(parts, offerFix);
      // It is mended when the text says so.
      return false;
    },
  };
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      parts.log.error(error instanceof Error ? error : String(error));
      void vscode.window.showErrorMessage(describeError(error, 'write-failed').message);
    }
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(commandIds.openSample, () =>
      run(() => openSample(parts, vscode.ViewColumn.Active)),
    ),
    vscode.commands.registerCommand(linkCommandIds.sampleStep, (name: unknown) =>
      run(async () => {
        if (!isStep(name, steps)) return;
        if (await steps[name]()) await finish(name);
      }),
    ),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      const isSample = document.uri.toString() === parts.kept.get<string>(KEPT);
      if (isSample && document.getText().includes('imagecodecs_delta')) void finish('mend');
    }),
  );
}

function isStep(name: unknown, steps: Record<Step, unknown>): name is Step {
  return typeof name === 'string' && Object.hasOwn(steps, name);
}

async function finish(step: Step): Promise<void> {
  await vscode.commands.executeCommand('setContext', `${contextKeys.sampleStep}.${step}`, true);
}

async function openSample(parts: SampleParts, column: vscode.ViewColumn): Promise<boolean> {
  const tiff = await sampleTiff(parts);
  if (tiff !== undefined) await openPixels(tiff, column);
  return tiff !== undefined;
}

/** The sample in the workspace, or where the user wants it; undefined where the user gives up. */
async function sampleTiff({ ask, extensionUri }: SampleParts): Promise<vscode.Uri | undefined> {
  const hasFolders = (vscode.workspace.workspaceFolders ?? []).length > 0;
  const parent = hasFolders ? await ask.folder() : await chooseFolder();
  return parent && writeSample(extensionUri, parent);
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Write the Sample Here'),
    title: vscode.l10n.t('The folder that takes the sample, in a folder of its own'),
  });
  return chosen?.[0];
}

/** Writes references of the sample as the notebook does, and shows them; undefined where that came to nothing. */
async function generate(parts: SampleParts): Promise<vscode.Uri | undefined> {
  const tiff = await sampleTiff(parts);
  if (tiff === undefined) return undefined;
  // The sample is published nowhere, wherever the user's own files are.
  const urlPrefix = '';
  const input = inputOfUri(tiff);
  const items = await generateFrom({ inputs: [input], preset: 'notebook', urlPrefix }, parts);
  const [item] = items ?? [];
  if (items === undefined || item === undefined) return undefined;
  if (item.kind === 'refused') {
    await showResults(items, parts.panel, parts.log, () => undefined);
    return undefined;
  }
  // Where the file was kept, it is there as well.
  const uri = item.kind === 'generated' ? vscode.Uri.parse(item.outputUri, true) : sampleReferences(tiff);
  if (!(await exists(uri))) return undefined;
  await parts.kept.update(KEPT, uri.toString());
  // In a folder outside the workspace nothing of it could be shown.
  if (vscode.workspace.getWorkspaceFolder(tiff) === undefined) {
    if (await parts.permission.ask(targetOfInput(input, urlPrefix), uri)) parts.documents.refresh();
  }
  await openInViewer(uri, BESIDE_IT);
  return uri;
}

/** Does something with the references of the sample, which are made where there are none; whether it came to that. */
async function onReferences(parts: SampleParts, work: (uri: vscode.Uri) => Promise<void>): Promise<boolean> {
  const kept = parts.kept.get<string>(KEPT);
  const known = kept === undefined ? undefined : vscode.Uri.parse(kept, true);
  const uri = known !== undefined && (await exists(known)) ? known : await generate(parts);
  if (uri === undefined) return false;
  await work(uri);
  return true;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** Shows the fault in the text, and the Problems panel. */
async function showFault(uri: vscode.Uri): Promise<void> {
  await openAsText(uri, BESIDE_IT);
  await selectFault(uri);
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

/** Puts the cursor on the fault in the text, and opens the quick fixes there. */
async function offerFix(uri: vscode.Uri): Promise<void> {
  await openAsText(uri, BESIDE_IT);
  if (await selectFault(uri)) {
    // VS Code's list closes when it has to wait and the editor changes meanwhile: what it asks for is worked out before.
    const start = vscode.window.activeTextEditor?.selection ?? new vscode.Range(0, 0, 0, 0);
    await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, start);
    await vscode.commands.executeCommand('editor.action.quickFix');
    return;
  }
  const message = vscode.l10n.t(
    'The fault is not in the file: it is mended already, or the file is no longer the sample’s.',
  );
  void vscode.window.showInformationMessage(message);
}

/** Selects where the fault is found in the text; false where it is not found in time. */
async function selectFault(uri: vscode.Uri): Promise<boolean> {
  const finding = await faultOf(uri);
  if (finding === undefined) return false;
  const selection = new vscode.Selection(finding.range.start, finding.range.start);
  const editor = await vscode.window.showTextDocument(uri, { viewColumn: BESIDE_IT, preview: false, selection });
  editor.revealRange(finding.range, vscode.TextEditorRevealType.InCenter);
  return true;
}

/** The finding, as soon as the text has been checked. */
function faultOf(uri: vscode.Uri): Promise<vscode.Diagnostic | undefined> {
  const find = (): vscode.Diagnostic | undefined =>
    vscode.languages.getDiagnostics(uri).find(({ code }) => (typeof code === 'object' ? code.value : code) === FAULT);
  const found = find();
  if (found !== undefined) return Promise.resolve(found);
  return new Promise((resolve) => {
    const end = (result: vscode.Diagnostic | undefined): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve(result);
    };
    const timer = setTimeout(() => {
      end(undefined);
    }, CHECK_MILLISECONDS);
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      const now = find();
      if (now !== undefined) end(now);
    });
  });
}
