import * as vscode from 'vscode';
import { describeError } from '../errors';
import { Outputs, referenceFileName } from '../generate/from-source';
import type { Ask } from './ask';
import { nameOfInput, type TiffInput } from './inputs';
import { replacesReferences } from './output-checks';

/** What is to be done with one input: written to `output`, or left with a reason. */
export type Plan =
  | { kind: 'write'; input: TiffInput; output: vscode.Uri; replace: boolean }
  | { kind: 'refuse'; input: TiffInput; message: string }
  | { kind: 'skip'; input: TiffInput; message: string };

/** Settles where everything goes, and asks what must be asked, before anything is read; undefined where the user gives up. */
export async function planOutputs(inputs: readonly TiffInput[], ask: Ask): Promise<Plan[] | undefined> {
  const plans: Plan[] = [];
  const outputs = new Outputs();
  for (const input of inputs) {
    const plan = await planOutput(input, ask, outputs);
    if (plan === undefined) return undefined;
    plans.push(plan);
  }
  const unasked = plans.flatMap((plan) =>
    plan.kind === 'write' && plan.replace && !asksForFile(plan.input) ? [plan.output] : [],
  );
  if (unasked.length === 0) return plans;
  const answer = await ask.replace(unasked);
  if (answer === undefined) return undefined;
  return answer === 'replace' ? plans : plans.map((plan) => keepExisting(plan, unasked));
}

/** Whether the user chooses the output in a dialog, which asks about replacing itself: nothing is beside an address. */
function asksForFile(input: TiffInput): boolean {
  return input.kind === 'url' && (vscode.workspace.workspaceFolders ?? []).length === 0;
}

async function planOutput(input: TiffInput, ask: Ask, outputs: Outputs): Promise<Plan | undefined> {
  const name = nameOfInput(input);
  const output = await outputOf(input, referenceFileName(name), ask);
  if (output === undefined) return undefined;
  const message = outputs.claim(output.toString(true), name);
  if (message !== undefined) return { kind: 'refuse', input, message };
  try {
    return { kind: 'write', input, output, replace: await replacesReferences(output) };
  } catch (error) {
    return { kind: 'refuse', input, message: describeError(error, 'write-failed').message };
  }
}

async function outputOf(input: TiffInput, file: string, ask: Ask): Promise<vscode.Uri | undefined> {
  if (asksForFile(input)) return ask.outputFile(file);
  const folder = input.kind === 'url' ? await ask.folder() : vscode.Uri.joinPath(input.uri, '..');
  return folder && vscode.Uri.joinPath(folder, file);
}

function keepExisting(plan: Plan, existing: readonly vscode.Uri[]): Plan {
  if (plan.kind !== 'write' || !existing.includes(plan.output)) return plan;
  return {
    kind: 'skip',
    input: plan.input,
    message: vscode.l10n.t('{0} exists already and was kept.', plan.output.path),
  };
}
