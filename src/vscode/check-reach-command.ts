import * as vscode from 'vscode';
import type { ReachCheck } from '../preview/types';
import { plural } from '../words';
import { checkFiles, type CheckParts, type FileCheck } from './check-command';

/** `Check Reachability`: asks every file that references point at for a byte, as `checkFiles`. */
export function checkReachCommand(parts: CheckParts, file: unknown): Promise<ReachCheck | undefined> {
  const check: FileCheck<ReachCheck> = {
    title: vscode.l10n.t('Check Reachability'),
    progressTitle: (name) => vscode.l10n.t('Check Whether the Files Behind {0} Can Be Reached', name),
    run: (document, signal, tell) => document.checkReach(signal, tell),
    nothingFound: vscode.l10n.t('nothing is out of reach'),
    summary,
  };
  return checkFiles(check, parts, file);
}

/** How far the check went: `2 of 3 files reached`. */
function summary({ files, reached }: ReachCheck): string {
  return files === 0 ? vscode.l10n.t('It points at no files') : `${reached} of ${plural(files, 'file')} reached`;
}
