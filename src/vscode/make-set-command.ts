import * as vscode from 'vscode';
import { describeError, KerchunkError } from '../errors';
import { bytesInWords, plural } from '../words';
import type { MakeSet } from '../worker/set-messages';
import type { Ask } from './ask';
import { during } from './during';
import { versionOfSet } from './file-version';
import { locationOfUri } from './inputs';
import { openInViewer } from './open-editors';
import { closeSets, type DescribedSet, describeSets, type OpenSetsParts } from './open-sets';
import { refuseUnsaved } from './output-checks';
import { metadataOf, nameOfSet } from './parquet-metadata';
import { isSamePlace } from './same-place';
import { type SetOutput, writeSet } from './set-output';

/** What commands that write reference sets work with. */
export interface SetCommandParts extends OpenSetsParts {
  ask: Ask;
  log: vscode.LogOutputChannel;
}

/** What is made of the sets that were opened, and where it goes. */
export interface SetPlan extends Pick<MakeSet, 'operation' | 'addresses' | 'zarr' | 'nested' | 'recordSize'> {
  output: SetOutput;
}

/** What became of it. */
export type SetOutcome =
  | { kind: 'written'; output: string; arrays: number; chunks: number; bytes: number; notes: string[] }
  | { kind: 'refused'; code: string; message: string };

/**
 * Opens sets, asks what is to become of them, and writes that; nothing is written where the user gives up or cancels, or something fails.
 * @param plan asks; undefined where the user gives up.
 */
export async function makeSetCommand(
  title: string,
  parts: SetCommandParts,
  uris: readonly vscode.Uri[],
  plan: (sets: readonly DescribedSet[]) => Promise<SetPlan | undefined>,
): Promise<SetOutcome | undefined> {
  try {
    const files = await Promise.all(uris.map(metadataOf));
    const versions = await Promise.all(files.map(versionOfSet));
    const sets = await during(title, (signal, tell) => describeSets(parts, files, signal, tell));
    try {
      const planned = await plan(sets);
      if (planned === undefined) return undefined;
      return await follow(
        title,
        parts,
        sets.map((set, index) => ({ ...set, version: versions[index] })),
        planned,
      );
    } finally {
      closeSets(parts.worker, sets);
    }
  } catch (error) {
    const { code, message } = describeError(error, 'write-failed');
    if (code === 'cancelled') return undefined;
    parts.log.error(error instanceof Error ? error : message);
    void vscode.window.showErrorMessage(`${title}: ${message}`);
    return { kind: 'refused', code, message };
  }
}

/** A set, and the version of its files from before they were read. */
interface ReadSet extends DescribedSet {
  version: string | undefined;
}

async function follow(
  title: string,
  { worker, log }: SetCommandParts,
  sets: readonly ReadSet[],
  { output, ...making }: SetPlan,
): Promise<SetOutcome> {
  const inputs = sets.map(({ uri, name, document }) => ({ document, name, beside: isBeside(uri, output.uri) }));
  const { files, ...made } = await during(title, async (signal, tell) => {
    const onProgress = (message: string): void => {
      tell(message);
    };
    const set = await worker.request('makeSet', { inputs, ...making, form: output.form }, { signal, onProgress });
    for (const one of sets) await refuseChanged(one, output.uri);
    const notes = await writeSet(output, set, signal);
    return { ...set, notes: [...notes, ...set.notes] };
  });
  log.info(`${title}: ${sets.map(({ name }) => name).join(', ')} -> ${locationOfUri(output.uri)}`);
  for (const note of made.notes) log.warn(note);
  const opening = metadataOf(output.uri).then((uri) => openInViewer(uri, vscode.ViewColumn.Active));
  // The set was written, whatever becomes of showing it.
  await Promise.resolve(opening).catch((error: unknown) => {
    log.error(error instanceof Error ? error : String(error));
  });
  void tellWritten(nameOfSet(output.uri), { ...made, files: files.length }, log);
  return { kind: 'written', output: output.uri.toString(), ...made };
}

/** @throws KerchunkError `write-failed` where a set that is replaced is no longer the one that was read. */
async function refuseChanged({ uri, name, version }: ReadSet, output: vscode.Uri): Promise<void> {
  if (!(await isSamePlace(uri, output))) return;
  refuseUnsaved(uri);
  if ((await versionOfSet(uri)) === version) return;
  throw new KerchunkError(
    'write-failed',
    vscode.l10n.t(
      '{0} was changed by another program since it was read, and is left as it is now. Run the command again.',
      name,
    ),
  );
}

async function tellWritten(
  name: string,
  made: { arrays: number; chunks: number; bytes: number; files: number; notes: readonly string[] },
  log: vscode.LogOutputChannel,
): Promise<void> {
  const parts = [plural(made.arrays, 'array'), plural(made.chunks, 'chunk'), bytesInWords(made.bytes)];
  const text = vscode.l10n.t('{0} was written: {1}.', name, parts.join(', '));
  const [note, ...others] = made.notes;
  if (note === undefined) {
    void vscode.window.showInformationMessage(text);
    return;
  }
  const showLog = vscode.l10n.t('Show Log');
  const more = others.length === 0 ? '' : ` ${vscode.l10n.t('{0} more in the log.', plural(others.length, 'note'))}`;
  if ((await vscode.window.showWarningMessage(`${text} ${note}${more}`, showLog)) === showLog) log.show();
}

/** Whether two files, or folders of sets in parquet, stand in one folder. */
function isBeside(a: vscode.Uri, b: vscode.Uri): boolean {
  return vscode.Uri.joinPath(a, '..').toString() === vscode.Uri.joinPath(b, '..').toString();
}
