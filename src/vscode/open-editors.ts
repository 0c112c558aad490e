import * as vscode from 'vscode';
import type { TextRange } from '../preview/types';
import { viewTypes } from './ids';
import { viewTypeFor } from './reference-names';

/** A range of a text as VS Code has it. */
export function vscodeRange({ line, column, endLine, endColumn }: TextRange): vscode.Range {
  return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1);
}

/** Opens a reference file in the viewer. Unlike `showTextDocument`, this opens files of any size. */
export async function openInViewer(uri: vscode.Uri, viewColumn: vscode.ViewColumn): Promise<void> {
  const options: vscode.TextDocumentShowOptions = { viewColumn, preview: false };
  await vscode.commands.executeCommand('vscode.openWith', uri, viewTypeFor(uri.path), options);
}

/** Opens a TIFF itself in the viewer. */
export async function openPixels(uri: vscode.Uri, viewColumn = vscode.ViewColumn.Active): Promise<void> {
  const options: vscode.TextDocumentShowOptions = { viewColumn, preview: false };
  await vscode.commands.executeCommand('vscode.openWith', uri, viewTypes.pixels, options);
}

/** Opens a file as text, files of any size, and selects a range. */
export async function openAsText(uri: vscode.Uri, viewColumn: vscode.ViewColumn, range?: TextRange): Promise<void> {
  const options: vscode.TextDocumentShowOptions = {
    viewColumn,
    preview: false,
    ...(range === undefined ? {} : { selection: vscodeRange(range) }),
  };
  await vscode.commands.executeCommand('vscode.openWith', uri, 'default', options);
}

/** Shows a range of the text beside the viewer: where the text is open already, else in a new editor. */
export async function showTextBeside(
  uri: vscode.Uri,
  range: TextRange,
  viewer: vscode.ViewColumn | undefined,
): Promise<void> {
  const open = vscode.window.tabGroups.all.find(
    ({ tabs, viewColumn }) => viewColumn !== viewer && tabs.some(({ input }) => isTextOf(input, uri)),
  );
  await openAsText(uri, open?.viewColumn ?? vscode.ViewColumn.Beside, range);
}

/** The file in the active tab, whatever editor shows it. */
export function activeFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}

function isTextOf(input: unknown, uri: vscode.Uri): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}
