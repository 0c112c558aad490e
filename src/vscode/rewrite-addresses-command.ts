import * as vscode from 'vscode';
import { KerchunkError } from '../errors';
import { stemOf } from '../references/file-names';
import { countInWords, plural } from '../words';
import type { AddressChange, AddressCount } from '../worker/set-messages';
import { during } from './during';
import { makeSetCommand, type SetCommandParts, type SetOutcome } from './make-set-command';
import type { DescribedSet } from './open-sets';
import { folderOfSet } from './parquet-metadata';
import { activeSet, filesOfMenu, pickSets } from './pick-sets';
import { askOutput, outputInPlace, type SetOutput } from './set-output';

/**
 * `Rewrite Target Addresses…`: addresses that begin one way begin another way, once the user has seen how many change. `said` (`from`, `to`) leaves
 * out the questions, and the set is written in its place. Returns what became of it; undefined where the user gave up.
 */
export async function rewriteAddressesCommand(
  parts: SetCommandParts,
  clicked?: unknown,
  _selected?: unknown,
  said?: unknown,
): Promise<SetOutcome | undefined> {
  const change = changeOf(said);
  const title = vscode.l10n.t('Rewrite Target Addresses');
  const uri = filesOfMenu(clicked, undefined)?.[0] ?? activeSet() ?? (await pickSets(title, false))?.[0];
  if (uri === undefined) return undefined;
  return makeSetCommand(title, parts, [uri], async ([set]) => {
    if (set === undefined) return undefined;
    const wanted = change ?? (await askChange(title, set));
    if (wanted === undefined) return undefined;
    const payload = { document: set.document, changes: [wanted] };
    const count = await during(title, (signal) => parts.worker.request('countAddresses', payload, { signal }));
    if (count.changed === 0) throw nothingChanges(set, wanted, count);
    const output = change === undefined ? await confirm(set, count, parts) : await outputInPlace(set);
    const { nested, recordSize } = set.facts;
    return output && { output, operation: { kind: 'keep' }, addresses: [wanted], zarr: null, nested, recordSize };
  });
}

function changeOf(value: unknown): AddressChange | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { from, to } = value as Record<string, unknown>;
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : undefined;
}

async function askChange(title: string, { name, facts }: DescribedSet): Promise<AddressChange | undefined> {
  const from = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('What addresses of {0} begin with now', name),
    value: facts.addressStart,
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? vscode.l10n.t('Write what the addresses begin with.') : undefined),
  });
  if (from === undefined) return undefined;
  const to = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('What they are to begin with in place of {0}', from),
    value: from,
    placeHolder: 's3://bucket/scenes/',
    ignoreFocusOut: true,
    validateInput: (text) => (text === from ? vscode.l10n.t('This is what they begin with now.') : undefined),
  });
  return to === undefined ? undefined : { from, to };
}

function nothingChanges({ name }: DescribedSet, { from }: AddressChange, { addresses }: AddressCount): KerchunkError {
  return new KerchunkError(
    'invalid-argument',
    vscode.l10n.t(
      'None of the {0} of {1} would change: none begins with {2}, or they have been rewritten already.',
      plural(addresses, 'address', 'addresses'),
      name,
      from,
    ),
  );
}

/** Shows what would change, and asks where it goes; undefined where the user gives up. */
async function confirm(
  set: DescribedSet,
  { changed, addresses, chunks, first }: AddressCount,
  { ask }: SetCommandParts,
): Promise<SetOutput | undefined> {
  const { uri, name, facts } = set;
  const rewrite = vscode.l10n.t('Rewrite {0}', name);
  const saveAs = vscode.l10n.t('Save As…');
  const examples = first.map(([before, after]) => `${before}\n→ ${after}`);
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Change {0} of {1} in {2}? Chunks that point there: {3}.',
      countInWords(changed),
      plural(addresses, 'address', 'addresses'),
      name,
      countInWords(chunks),
    ),
    { modal: true, detail: examples.join('\n\n') },
    rewrite,
    saveAs,
  );
  if (answer === rewrite) return outputInPlace(set);
  if (answer !== saveAs) return undefined;
  const form = facts.form?.form === 'json0' ? 'json0' : 'json1';
  const output = vscode.Uri.joinPath(folderOfSet(uri), `${stemOf(name)}-moved.kerchunk.json`);
  return askOutput(output, { form, gzip: false }, { sets: [set], ask });
}
