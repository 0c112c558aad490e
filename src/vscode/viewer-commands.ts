import * as vscode from 'vscode';
import { describeError } from '../errors';
import type { ShownPlace } from './editor-panel';
import { commandIds, linkCommandIds } from './ids';
import { activeFile, openAsText, openInViewer, openPixels } from './open-editors';
import { metadataOf } from './parquet-metadata';
import { askReferenceAddress, checkedAddress } from './pick-address';
import type { ReferenceDocuments } from './reference-documents';
import type { ReferenceEditor } from './reference-editor';
import { isTiffName } from '../tiff/file-names';
import { mayOpenAddress } from './trust';
import { documentUriOf, uriOfAddress } from './virtual-uris';
import { dialogEndings } from './tiff-names';

/** The commands that lead from the text to the viewer and back, and the one of links in hovers. */
export function registerViewerCommands(
  editor: ReferenceEditor,
  documents: Pick<ReferenceDocuments, 'textUriOf'>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const register = (id: string, run: (...args: unknown[]) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        await run(...args);
      } catch (error) {
        log.error(error instanceof Error ? error : String(error));
        void vscode.window.showErrorMessage(describeError(error, 'invalid-argument').message);
      }
    });
  return vscode.Disposable.from(
    register(commandIds.openViewer, async (file) => {
      const uri = fileOf(file);
      if (uri !== undefined) await openInViewer(await metadataOf(documentUriOf(uri)), vscode.ViewColumn.Active);
    }),
    register(commandIds.openText, async (file) => {
      const uri = fileOf(file);
      if (uri !== undefined) await openAsText(documents.textUriOf(uri), vscode.ViewColumn.Active);
    }),
    register(commandIds.openUrl, async (address) => {
      const mayOpen = typeof address === 'string' && mayOpenAddress();
      const url = typeof address === 'string' ? mayOpen && checkedAddress(address) : await askReferenceAddress();
      if (typeof url === 'string') await openInViewer(uriOfAddress(url), vscode.ViewColumn.Active);
    }),
    register(commandIds.showPixels, async (file) => {
      const uri = await tiffOf(file);
      if (uri !== undefined) await openPixels(uri);
    }),
    register(linkCommandIds.showInViewer, async (uri, path, indices) => {
      const place = placeOf(path, indices);
      if (typeof uri === 'string' && place !== undefined) await editor.show(vscode.Uri.parse(uri, true), place);
    }),
  );
}

/** A menu gives the file it stands on, a key or the palette nothing. */
function fileOf(argument: unknown): vscode.Uri | undefined {
  const uri = argument instanceof vscode.Uri ? argument : activeFile();
  if (uri === undefined) void vscode.window.showInformationMessage(vscode.l10n.t('Open a JSON file first.'));
  return uri;
}

/** A menu gives the TIFF it stands on; else the one in the active tab, or one that the user chooses. */
async function tiffOf(argument: unknown): Promise<vscode.Uri | undefined> {
  const uri = argument instanceof vscode.Uri ? argument : activeFile();
  if (uri !== undefined && (argument !== undefined || isTiffName(uri.path))) return uri;
  const chosen = await vscode.window.showOpenDialog({
    filters: { TIFF: dialogEndings, [vscode.l10n.t('All files')]: ['*'] },
    openLabel: vscode.l10n.t('Show Pixels'),
  });
  return chosen?.[0];
}

function placeOf(path: unknown, indices: unknown): ShownPlace | undefined {
  if (typeof path !== 'string') return undefined;
  if (indices === null || indices === undefined) return { path, indices: null };
  const numbers = Array.isArray(indices) ? indices.filter((index) => typeof index === 'number') : [];
  return Array.isArray(indices) && numbers.length === indices.length ? { path, indices: numbers } : undefined;
}
