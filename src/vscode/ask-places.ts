import * as vscode from 'vscode';
import { displayAddress } from '../bytes/address';
import { describeError, KerchunkError } from '../errors';
import { NamePattern, suggestPattern } from '../stack/pattern';
import { plural } from '../words';
import type { SetFiles } from './set-files';
import type { SetChoices } from './set-kinds';

/** Asks where the places along the new dimension come from; undefined where the user gives up. */
export async function askPlaces(title: string, found: SetFiles, given: SetChoices): Promise<SetChoices | undefined> {
  if (given.pattern !== undefined) return given;
  // STAC says when its items were taken.
  if (found.items > 0 && found.files.every(({ place }) => place !== undefined)) return { ...given, pattern: null };
  const own = vscode.l10n.t('The dates of the TIFFs themselves');
  const byName = vscode.l10n.t('A pattern of their names…');
  const items = [
    {
      label: byName,
      detail: vscode.l10n.t('As in *_{time:%Y%m%d}_{band}.tif, or any other dimension: *_{version}.tif'),
    },
    { label: own, detail: vscode.l10n.t('Tag DateTime, or what GDAL wrote as ACQUISITIONDATETIME') },
  ];
  const placeHolder = vscode.l10n.t(
    'Where each of the {0} stands along the new dimension',
    plural(found.files.length, 'file'),
  );
  const answer = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (answer === undefined) return undefined;
  if (answer.label === own) return { ...given, pattern: null };
  const pattern = await askPattern(title, found);
  return pattern === undefined ? undefined : { ...given, pattern };
}

/** Asks for a pattern of names, and says while it is written which names it fits. */
export async function askPattern(title: string, { files }: SetFiles): Promise<string | undefined> {
  const names = files.map(({ url }) => fileName(url));
  const [first = ''] = names;
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('{name} takes text, {time:%Y%m%d} a date, {band} the variable, * what does not matter'),
    value: suggestPattern(first) ?? '*_{time:%Y%m%d}_*',
    ignoreFocusOut: true,
    validateInput: (text) => judgePattern(text, names),
  });
}

function judgePattern(text: string, names: readonly string[]): vscode.InputBoxValidationMessage {
  try {
    const pattern = new NamePattern(text);
    const values = names.map((name) => pattern.match(name));
    const { dimension } = pattern;
    if (dimension === undefined) {
      throw new KerchunkError('invalid-argument', vscode.l10n.t('It names no dimension, only {0}.', '{band}'));
    }
    const count = new Set(values.map((found) => String(found.get(dimension)))).size;
    return {
      message: vscode.l10n.t(
        'It fits all {0}: {1} along {2}.',
        plural(names.length, 'name'),
        plural(count, 'step'),
        dimension,
      ),
      severity: vscode.InputBoxValidationSeverity.Info,
    };
  } catch (error) {
    return {
      message: describeError(error, 'invalid-argument').message,
      severity: vscode.InputBoxValidationSeverity.Error,
    };
  }
}

function fileName(url: string): string {
  const path = displayAddress(url).replace(/[?#].*$/u, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
