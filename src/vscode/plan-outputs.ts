import * as vscode from 'vscode';
import { referenceFileName } from '../generate/from-source';
import type { Ask } from './ask';
import { fileErrorInWords } from './file-errors';
import { nameOfInput, type TiffInput } from './inputs';

/** What is to be done with one input: written to `output`, or left with a reason. */
export type Plan =
  | { kind: 'write'; input: TiffInput; output: vscode.Uri; replace: boolean }
  | { kind: 'refuse'; input: TiffInput; message: string }
  | { kind: 'skip'; input: TiffInput; message: string };

/** Settles where everything goes, and asks what must be asked, before anything is read; undefined where the user gives up. */
export async function planOutputs(inputs: readonly TiffInput[], ask: Ask): Promise<Plan[] | undefined> {
  const plans: Plan[] = [];
  const taken = new Map<string, string>();
  for (const input of inputs) {
    const plan = await planOutput(input, ask, taken);
    if (plan === undefined) return undefined;
    plans.push(plan);
  }
  const existing = plans.flatMap((plan) => (plan.kind === 'write' && plan.replace ? [plan.output] : []));
  const unasked = existing.filter((output) => taken.get(output.toString()) !== fromDialog);
  if (unasked.length === 0) return plans;
  const answer = await ask.replace(unasked);
  if (answer === undefined) return undefined;
  return answer === 'replace' ? plans : plans.map((plan) => keepExisting(plan, unasked));
}

/** Stands for an output that the user chose in a dialog, which asks about replacing itself. */
const fromDialog = '';

async function planOutput(input: TiffInput, ask: Ask, taken: Map<string, string>): Promise<Plan | undefined> {
  const name = nameOfInput(input);
  const file = referenceFileName(name);
  const noFolder = input.kind === 'url' && (vscode.workspace.workspaceFolders ?? []).length === 0;
  const folder = input.kind === 'url' ? await ask.folder() : vscode.Uri.joinPath(input.uri, '..');
  const output = noFolder ? await ask.outputFile(file) : folder && vscode.Uri.joinPath(folder, file);
  if (output === undefined) return undefined;
  const key = output.toString();
  const other = taken.get(key);
  if (other !== undefined) {
    const message = `Its references would go to ${file}, which takes those of ${other}. Rename one of the two, or move it.`;
    return { kind: 'refuse', input, message };
  }
  taken.set(key, noFolder ? fromDialog : name);
  try {
    const { type } = await vscode.workspace.fs.stat(output);
    if ((type & vscode.FileType.Directory) === 0) return { kind: 'write', input, output, replace: true };
    return { kind: 'refuse', input, message: `${output.path} is a folder. Rename it, or move the TIFF.` };
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return { kind: 'write', input, output, replace: false };
    }
    return { kind: 'refuse', input, message: `${output.path} can't be looked at: ${fileErrorInWords(error)}.` };
  }
}

function keepExisting(plan: Plan, existing: readonly vscode.Uri[]): Plan {
  if (plan.kind !== 'write' || !existing.includes(plan.output)) return plan;
  return { kind: 'skip', input: plan.input, message: `${plan.output.path} exists already and was kept.` };
}
