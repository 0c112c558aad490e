import * as vscode from 'vscode';
import type { SourceCheck } from '../preview/types';
import { bytesInWords, plural } from '../words';
import { checkFiles, type CheckParts, type FileCheck } from './check-command';

/** `Check Against Source`: compares references with the TIFFs behind them, as `checkFiles`. */
export function checkSourceCommand(parts: CheckParts, file: unknown): Promise<SourceCheck | undefined> {
  const check: FileCheck<SourceCheck> = {
    title: vscode.l10n.t('Check Against Source'),
    progressTitle: (name) => vscode.l10n.t('Check {0} Against Source', name),
    run: (document, signal, tell) => document.checkSource(signal, tell),
    nothingFound: vscode.l10n.t('nothing differs'),
    summary,
  };
  return checkFiles(check, parts, file);
}

/** How far the check went, and what it cost: `36 chunks of 1 array compared, 4 decoded both ways; 5 reads, 66 KiB`. */
function summary({ arrays, compared, decoded, reads, bytes }: SourceCheck): string {
  return (
    `${plural(compared, 'chunk')} of ${plural(arrays, 'array')} compared with the file, ${decoded} decoded both ways; ` +
    `${plural(reads, 'read')}, ${bytesInWords(bytes)}`
  );
}
