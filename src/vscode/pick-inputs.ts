import * as vscode from 'vscode';
import type { Preset } from '../generate/types';
import { inputOfUri, nameOfUri, type TiffInput } from './inputs';
import { askAddress } from './pick-address';
import { presetTexts } from './preset-texts';
import { isTiffName } from '../tiff/file-names';
import { dialogEndings, tiffGlob } from './tiff-names';

/** What the user chose in the palette; the preset holds for this run only. */
export interface Picked {
  inputs: TiffInput[];
  preset: Preset;
}

interface SourceItem extends vscode.QuickPickItem {
  choice?: { kind: 'file'; uri: vscode.Uri } | { kind: 'dialog' } | { kind: 'address' } | { kind: 'preset' };
}

/** More files than anyone scrolls through; the filter of the picker works on what was found. */
const mostFiles = 1000;

/** Offers the TIFFs of the workspace, a file dialog, an address, and the preset; undefined where the user gives up. */
export async function pickInputs(preset: Preset, log: vscode.LogOutputChannel): Promise<Picked | undefined> {
  const choice = await pickSource(preset, log);
  switch (choice?.kind) {
    case undefined:
      return undefined;
    case 'file':
      return { inputs: [inputOfUri(choice.uri)], preset };
    case 'dialog': {
      const files = await chooseFiles();
      return files && { inputs: files.map(inputOfUri), preset };
    }
    case 'address': {
      const input = await askAddress();
      return input && { inputs: [input], preset };
    }
    case 'preset':
      return pickInputs((await pickPreset(preset)) ?? preset, log);
  }
}

/** Opens at once and fills in the workspace's TIFFs as they are found. */
function pickSource(preset: Preset, log: vscode.LogOutputChannel): Promise<SourceItem['choice']> {
  const picker = vscode.window.createQuickPick<SourceItem>();
  const search = new vscode.CancellationTokenSource();
  picker.title = vscode.l10n.t('Generate Kerchunk');
  picker.placeholder = vscode.l10n.t('The TIFF to generate references for');
  picker.matchOnDescription = true;
  picker.items = sourceItems([], preset);
  picker.busy = true;
  picker.show();
  findTiffs(search.token).then(
    (files) => {
      const active = picker.activeItems[0];
      const untouched = active === picker.items.find((item) => item.choice !== undefined);
      picker.items = sourceItems(files, preset);
      // The list grows above what is there already; an entry that the user has moved to stays the active one.
      if (!untouched) picker.activeItems = picker.items.filter((item) => item.label === active?.label);
      picker.busy = false;
    },
    (error: unknown) => {
      picker.busy = false;
      log.warn(`The workspace could not be searched for TIFFs: ${String(error)}`);
    },
  );
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.choice);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      search.cancel();
      search.dispose();
      picker.dispose();
    });
  });
}

function sourceItems(files: readonly vscode.Uri[], preset: Preset): SourceItem[] {
  const separator = (label: string): SourceItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const workspace = files.map((uri): SourceItem => {
    const path = vscode.workspace.asRelativePath(uri);
    const folder = path.slice(0, Math.max(0, path.length - nameOfUri(uri).length - 1));
    return {
      label: nameOfUri(uri),
      description: folder,
      iconPath: new vscode.ThemeIcon('file-media'),
      choice: { kind: 'file', uri },
    };
  });
  const heading =
    files.length < mostFiles
      ? vscode.l10n.t('TIFFs of the workspace')
      : vscode.l10n.t('the first {0} TIFFs of the workspace', mostFiles);
  return [
    ...(workspace.length === 0 ? [] : [separator(heading), ...workspace]),
    separator(vscode.l10n.t('elsewhere')),
    {
      label: vscode.l10n.t('Choose Files…'),
      iconPath: new vscode.ThemeIcon('folder-opened'),
      choice: { kind: 'dialog' },
    },
    {
      label: vscode.l10n.t('Enter an Address…'),
      iconPath: new vscode.ThemeIcon('globe'),
      description: vscode.workspace.isTrusted
        ? 'https, http, s3, gs, az'
        : vscode.l10n.t('not in Restricted Mode, in which nothing is fetched'),
      choice: { kind: 'address' },
    },
    separator(vscode.l10n.t('how')),
    {
      label: vscode.l10n.t('Preset: {0}', preset),
      iconPath: new vscode.ThemeIcon('settings'),
      ...presetTexts()[preset],
      choice: { kind: 'preset' },
    },
  ];
}

/** The workspace's TIFFs by path, the one in the active editor first. */
async function findTiffs(token: vscode.CancellationToken): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(tiffGlob, undefined, mostFiles, token);
  const sorted = found.sort((a, b) => a.path.localeCompare(b.path, undefined, { numeric: true }));
  const active = activeTiff();
  return active === undefined ? sorted : [active, ...sorted.filter((uri) => uri.toString() !== active.toString())];
}

function activeTiff(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const shown = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
  return shown !== undefined && isTiffName(shown.path) ? shown : undefined;
}

async function chooseFiles(): Promise<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    canSelectMany: true,
    filters: { TIFF: dialogEndings, [vscode.l10n.t('All files')]: ['*'] },
    openLabel: vscode.l10n.t('Generate'),
    title: vscode.l10n.t('Generate Kerchunk'),
  });
}

async function pickPreset(current: Preset): Promise<Preset | undefined> {
  const texts = presetTexts();
  const items = (['portable', 'notebook'] as const).map((preset) => ({
    label: preset,
    ...texts[preset],
    picked: preset === current,
  }));
  const title = vscode.l10n.t('Generate Kerchunk');
  const placeHolder = vscode.l10n.t('The preset for this time; the settings hold the default');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.label;
}
