import * as vscode from 'vscode';
import { withoutCompressionEnding } from '../compression';
import { describeError } from '../errors';
import type { TakenFile } from '../preview/types';
import type { Taken } from '../webview/editor-messages';
import { locationOfUri, nameOfUri } from './inputs';
import type { OpenDocument } from './open-document';
import { writeThroughTemporary } from './write-file';

/** What taking a file away asks of the user and tells them; tests answer for the user. */
export interface TakeDialogs {
  /** Where the file is to be written; undefined where the user gives up. */
  choose(options: vscode.SaveDialogOptions): Thenable<vscode.Uri | undefined>;
  /** Runs with progress that can be cancelled. */
  during<Result>(title: string, run: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  tell(message: string): void;
}

const FORMATS: Record<Taken['format'], { extension: string; name: string }> = {
  npy: { extension: 'npy', name: 'NumPy' },
  csv: { extension: 'csv', name: 'CSV' },
  tiff: { extension: 'tif', name: 'GeoTIFF' },
  png: { extension: 'png', name: 'PNG' },
  stored: { extension: 'bin', name: vscode.l10n.t('Stored bytes') },
};

/**
 * Writes what the page asks for as a file that the user chooses; nothing where they give up or cancel.
 * @throws KerchunkError what reading the values and writing the file throw.
 */
export async function takeAway(
  uri: vscode.Uri,
  document: Pick<OpenDocument, 'ask'>,
  taken: Taken,
  dialogs: TakeDialogs = windowDialogs,
): Promise<void> {
  const { extension, name } = FORMATS[taken.format];
  const folder = vscode.Uri.joinPath(uri, '..');
  const stem = withoutCompressionEnding(nameOfUri(uri)).replace(/(\.(kerchunk|refs?|zarr))?\.json$|\.tiff?$/iu, '');
  const target = await dialogs.choose({
    defaultUri: vscode.Uri.joinPath(folder, `${stem}.${fileName(taken.name)}.${extension}`),
    filters: { [name]: [extension] },
    title: vscode.l10n.t('Take {0} Away', taken.name),
  });
  if (target === undefined) return;
  try {
    const note = await dialogs.during(vscode.l10n.t('Taking {0} away', taken.name), async (signal) => {
      const file = await fileOf(document, taken, signal);
      await writeThroughTemporary(target, new Uint8Array(file.bytes), { replace: true, signal });
      return file.note;
    });
    dialogs.tell([vscode.l10n.t('{0} was written.', locationOfUri(target)), note].filter(Boolean).join(' '));
  } catch (error) {
    if (describeError(error, 'write-failed').code !== 'cancelled') throw error;
  }
}

async function fileOf(document: Pick<OpenDocument, 'ask'>, taken: Taken, signal: AbortSignal): Promise<TakenFile> {
  switch (taken.format) {
    case 'png':
      return { bytes: taken.png, note: null };
    case 'stored':
      return document.ask('takeStored', { path: taken.path, indices: taken.indices }, signal);
    case 'npy':
    case 'csv':
    case 'tiff':
      return document.ask('take', { path: taken.path, slices: taken.slices, format: taken.format }, signal);
  }
}

/** What every file system takes for a name. */
function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').slice(0, 100);
}

const windowDialogs: TakeDialogs = {
  choose: (options) => vscode.window.showSaveDialog(options),
  during: async (title, run) =>
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (_, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => {
          stop.abort();
        });
        return run(stop.signal);
      },
    ),
  tell: (message) => {
    void vscode.window.showInformationMessage(message);
  },
};
