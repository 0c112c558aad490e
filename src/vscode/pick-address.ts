import * as vscode from 'vscode';
import { describeError } from '../errors';
import { inputOfAddress, type TiffInput } from './inputs';
import { mayFetch, mayOpenAddress } from './trust';

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

/** As `askAddress`, of references: as it is written, since targets resolve against it; s3, gs and az addresses stay what they are. */
export async function askReferenceAddress(): Promise<string | undefined> {
  if (!mayOpenAddress()) return undefined;
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Open Reference File from URL'),
    prompt: vscode.l10n.t('Address of a reference file: https, http, or s3, gs, az of a public bucket'),
    placeHolder: 'https://data.example.org/scenes/refs.json.zst',
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? undefined : problemOf(value)),
  });
  return text === undefined || text.trim() === '' ? undefined : checkedAddress(text);
}

/**
 * The address of a reference file as a user writes it.
 * @throws KerchunkError `invalid-argument` for anything that is no web address.
 */
export function checkedAddress(text: string): string {
  inputOfAddress(text);
  return text.trim();
}

function problemOf(text: string): string | undefined {
  try {
    inputOfAddress(text);
    return undefined;
  } catch (error) {
    return describeError(error, 'invalid-argument').message;
  }
}
