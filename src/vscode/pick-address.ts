import * as vscode from 'vscode';
import { describeError } from '../errors';
import { inputOfAddress, type TiffInput } from './inputs';
import { mayFetch } from './trust';

/** Asks for the address of a TIFF; undefined where the user gives up, or where nothing may be fetched, which is said. */
export async function askAddress(): Promise<TiffInput | undefined> {
  if (!mayFetch()) return undefined;
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Generate Kerchunk'),
    prompt: vscode.l10n.t('Address of a TIFF: https, http, or s3, gs, az of a public bucket'),
    placeHolder: 'https://data.example.org/scenes/red.tif',
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? undefined : problemOf(value)),
  });
  return text === undefined || text.trim() === '' ? undefined : inputOfAddress(text);
}

function problemOf(text: string): string | undefined {
  try {
    inputOfAddress(text);
    return undefined;
  } catch (error) {
    return describeError(error, 'invalid-argument').message;
  }
}
