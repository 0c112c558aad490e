import * as vscode from 'vscode';
import { describeError } from '../errors';
import type { Preset } from '../generate/types';
import type { ReportItem } from '../webview/messages';
import type { WorkerClient } from '../worker/client';
import type { Ask } from './ask';
import { generateAll } from './generate-all';
import type { GenerateServices } from './generate-one';
import { workIn } from './host-worker';
import { inputOfUri, type TiffInput } from './inputs';
import { showResults } from './show-results';
import { pickInputs } from './pick-inputs';
import { type Plan, planOutputs } from './plan-outputs';
import type { ReportPanel } from './report-panel';
import { readSettings } from './settings';
import { isTiffName } from '../tiff/file-names';
import { mayFetch } from './trust';

/** What the command works with. */
export interface GenerateCommandParts {
  ask: Ask;
  log: vscode.LogOutputChannel;
  worker: WorkerClient;
  panel: ReportPanel;
}

/**
 * `Generate Kerchunk`: from the palette without arguments; from menus with the file clicked on and all that are selected.
 * Returns what became of each TIFF; undefined where the user gave up.
 */
export async function generateCommand(
  parts: GenerateCommandParts,
  clicked?: unknown,
  selected?: unknown,
): Promise<ReportItem[] | undefined> {
  try {
    const chosen = chosenInMenu(clicked, selected) ?? (await pickInputs(readSettings(undefined).preset, parts.log));
    if (chosen === undefined || chosen.inputs.length === 0) return undefined;
    if (chosen.inputs.some((input) => input.kind === 'url') && !mayFetch()) return undefined;
    const plans = await plansOf(chosen, parts);
    if (plans === undefined) return undefined;
    return await follow(plans, chosen, parts);
  } catch (error) {
    tellFailure(error, parts.log);
    return undefined;
  }
}

/** Generates without showing what became of it, under a notification of how far it is; undefined where the user gave up. */
export async function generateFrom(chosen: Chosen, parts: GenerateCommandParts): Promise<ReportItem[] | undefined> {
  const plans = await plansOf(chosen, parts);
  return plans && generateWithProgress(plans, chosen, parts);
}

async function plansOf({ inputs }: Chosen, { worker, ask }: GenerateCommandParts): Promise<Plan[] | undefined> {
  worker.prepare();
  return planOutputs(inputs, ask);
}

/** Follows the plans and shows what became of them; a refusal may offer to follow its plan again without the rows of the last strip. */
async function follow(plans: readonly Plan[], chosen: Chosen, parts: GenerateCommandParts): Promise<ReportItem[]> {
  const items = await generateWithProgress(plans, chosen, parts);
  await showResults(items, parts.panel, parts.log, (index) => {
    const again = plans.slice(index, index + 1);
    follow(again, { ...chosen, lastStrip: 'cut' }, parts).catch((error: unknown) => {
      tellFailure(error, parts.log);
    });
  });
  return items;
}

function tellFailure(error: unknown, log: GenerateCommandParts['log']): void {
  log.error(error instanceof Error ? error : String(error));
  const { message } = describeError(error, 'invalid-argument');
  void vscode.window.showErrorMessage(vscode.l10n.t('Generate Kerchunk: {0}', message));
}

/** What to generate from, and what the user chose for this time. */
interface Chosen {
  inputs: TiffInput[];
  preset?: Preset;
  lastStrip?: 'cut';
  /** As the setting; where it is absent, the setting holds. */
  urlPrefix?: string;
}

/** The TIFFs of a menu's arguments. A selection may hold other files too: the menu stands on the TIFF that was clicked. */
function chosenInMenu(clicked: unknown, selected: unknown): Chosen | undefined {
  if (!(clicked instanceof vscode.Uri)) return undefined;
  const all = Array.isArray(selected) ? selected.filter((uri) => uri instanceof vscode.Uri) : [];
  const uris = all.length > 1 ? all.filter((uri) => isTiffName(uri.path)) : [clicked];
  return { inputs: uris.map(inputOfUri) };
}

/** Follows the plans under a notification that shows how far they are and can cancel them. */
async function generateWithProgress(
  plans: readonly Plan[],
  chosen: Chosen,
  { log, worker }: GenerateCommandParts,
): Promise<ReportItem[]> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Generate Kerchunk'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => {
      cancel.abort();
    });
    const services: GenerateServices = {
      settingsFor: (input) => {
        const settings = readSettings(input.kind === 'file' ? input.uri : undefined);
        return {
          ...settings,
          ...(chosen.preset === undefined ? {} : { preset: chosen.preset }),
          ...(chosen.lastStrip === undefined ? {} : { lastStrip: chosen.lastStrip }),
          ...(chosen.urlPrefix === undefined ? {} : { urlPrefix: chosen.urlPrefix }),
        };
      },
      work: workIn(worker),
      log,
      say: (message) => {
        progress.report({ message });
      },
      signal: cancel.signal,
    };
    return generateAll(plans, services, (part) => {
      if (plans.length > 1) progress.report({ increment: part * 100 });
    });
  });
}
