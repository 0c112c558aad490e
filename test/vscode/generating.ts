import * as vscode from 'vscode';
import type { Ask } from '../../src/vscode/ask';
import { generateAll } from '../../src/vscode/generate-all';
import type { GenerateServices } from '../../src/vscode/generate-one';
import { createWorker, workIn } from '../../src/vscode/host-worker';
import { extensionId } from '../../src/vscode/ids';
import type { TiffInput } from '../../src/vscode/inputs';
import { planOutputs } from '../../src/vscode/plan-outputs';
import type { GenerateSettings } from '../../src/vscode/settings';
import type { ReportItem } from '../../src/webview/messages';

/** A reference file as these tests look into it: version 1, no templates. */
export interface Written {
  version: number;
  refs: Record<string, unknown>;
}

/** The extension's folder. */
export function extensionFolder(): vscode.Uri {
  const extension = vscode.extensions.getExtension(extensionId);
  if (extension === undefined) throw new Error(`${extensionId} is not installed.`);
  return extension.extensionUri;
}

export function workspaceFolder(): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('The tests run with a folder open.');
  return folder.uri;
}

/** A folder of its own below the workspace with copies of the sample under the names given. */
export async function makeFolder(name: string, ...copies: string[]): Promise<vscode.Uri> {
  const folder = vscode.Uri.joinPath(workspaceFolder(), `test ${name}`);
  await vscode.workspace.fs.createDirectory(folder);
  for (const copy of copies) {
    await vscode.workspace.fs.copy(sample(), vscode.Uri.joinPath(folder, copy), { overwrite: true });
  }
  return folder;
}

/** The COG that the runner puts into the workspace. */
export function sample(): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder(), 'red.tif');
}

export async function namesIn(folder: vscode.Uri): Promise<string[]> {
  return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();
}

export async function readText(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

export async function readWritten(uri: vscode.Uri): Promise<Written> {
  return JSON.parse(await readText(uri)) as Written;
}

export async function writeText(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

export function file(folder: vscode.Uri, name: string): TiffInput {
  return { kind: 'file', uri: vscode.Uri.joinPath(folder, name) };
}

/** Answers that a test gives; a question without one fails the test. */
export function answering(answers: Partial<Ask> = {}): Ask {
  const unasked = (what: string) => (): Promise<never> => Promise.reject(new Error(`It asked ${what}.`));
  return {
    replace: unasked('whether to replace'),
    folder: () => Promise.resolve(workspaceFolder()),
    outputFile: unasked('for a file'),
    ...answers,
  };
}

const defaults: GenerateSettings = { preset: 'portable', urlPrefix: '', overviews: false, coordinates: true };

/** Plans and generates as the command does, with answers, settings and a progress listener of the test's own. */
export async function generate(
  inputs: TiffInput[],
  {
    ask = answering(),
    settings = {},
    say = () => undefined,
    signal = new AbortController().signal,
  }: {
    ask?: Ask;
    settings?: Partial<GenerateSettings>;
    say?: (message: string) => void;
    signal?: AbortSignal;
  } = {},
): Promise<ReportItem[] | undefined> {
  const plans = await planOutputs(inputs, ask);
  if (plans === undefined) return undefined;
  const worker = createWorker(extensionFolder());
  const quiet = (): undefined => undefined;
  const services: GenerateServices = {
    settingsFor: () => ({ ...defaults, ...settings }),
    work: workIn(worker),
    log: { info: quiet, warn: quiet, error: quiet, trace: quiet },
    say,
    signal,
  };
  try {
    return await generateAll(plans, services, quiet);
  } finally {
    worker.dispose();
  }
}
