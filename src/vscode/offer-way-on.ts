import * as vscode from 'vscode';
import { describeError } from '../errors';
import { askPattern } from './ask-places';
import type { SetFiles } from './set-files';
import type { SetChoices, SetKind } from './set-kinds';

/** A failure that a choice settles offers that choice; undefined for any other, and where the user gives up. */
export async function offerWayOn(
  kind: SetKind,
  found: SetFiles,
  choices: SetChoices,
  error: unknown,
): Promise<SetChoices | undefined> {
  const { code, message } = describeError(error, 'fetch-failed');
  if (code !== 'invalid-argument') return undefined;
  const offers: [label: string, take: () => Promise<SetChoices | undefined>][] = [];
  const offer = (label: string, more: SetChoices): void => {
    offers.push([label, () => Promise.resolve({ ...choices, ...more })]);
  };
  if (message.includes('--duplicates') && choices.duplicates === undefined) {
    offer(vscode.l10n.t('Take the First'), { duplicates: 'first' });
    offer(vscode.l10n.t('Take the Last'), { duplicates: 'last' });
  }
  if (message.includes('--differing leave-out') && choices.differing === undefined) {
    offer(vscode.l10n.t('Leave Them Out'), { differing: 'leave-out' });
  }
  if (message.includes('--differing group') && choices.differing === undefined) {
    offer(vscode.l10n.t('In Groups of Their Own'), { differing: 'group' });
  }
  if (message.includes('--pattern') && kind.name === 'stack') {
    offers.push([
      vscode.l10n.t('Give a Pattern…'),
      async () => {
        const pattern = await askPattern(kind.title, found);
        return pattern === undefined ? undefined : { ...choices, pattern };
      },
    ]);
  }
  if (offers.length === 0) return undefined;
  const chosenLabel = await vscode.window.showErrorMessage(
    kind.title,
    { modal: true, detail: message },
    ...offers.map(([label]) => label),
  );
  return offers.find(([label]) => label === chosenLabel)?.[1]();
}
