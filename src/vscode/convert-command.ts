import * as vscode from 'vscode';
import { forms, type OutputForm } from '../manifest/forms';
import { stemOf } from '../references/file-names';
import type { SetFacts } from '../worker/set-messages';
import { makeSetCommand, type SetCommandParts, type SetOutcome } from './make-set-command';
import { folderOfSet, nameOfSet } from './parquet-metadata';
import { activeSet, filesOfMenu, pickSets } from './pick-sets';
import { askOutput, checkedOutput } from './set-output';

/** What is written, as a key or another extension says it (`form`, `gzip`, `zarr`, `output`), so that nothing is asked. */
interface ConvertOptions {
  form: OutputForm;
  zarr?: 2 | 3;
  output: vscode.Uri;
}

/** A form to choose, and what the file is called by default. */
interface FormChoice extends vscode.QuickPickItem {
  form: OutputForm;
  zarr: 2 | 3 | null;
  /** Before `.kerchunk.json`, or in place of it. */
  ending: string;
}

/** `Convert References…`: a reference set in another form, under another name. Returns what became of it; undefined where the user gave up. */
export async function convertCommand(
  parts: SetCommandParts,
  clicked?: unknown,
  _selected?: unknown,
  given?: unknown,
): Promise<SetOutcome | undefined> {
  const options = convertOptionsOf(given);
  const title = vscode.l10n.t('Convert References');
  const [uri] =
    filesOfMenu(clicked, undefined)?.slice(0, 1) ?? listOf(activeSet()) ?? (await pickSets(title, false)) ?? [];
  if (uri === undefined) return undefined;
  return makeSetCommand(title, parts, [uri], async ([set]) => {
    if (set === undefined) return undefined;
    const { facts } = set;
    const choice = options ?? (await pickForm(title, set.name, facts));
    if (choice === undefined) return undefined;
    const judged = { sets: [set], ask: parts.ask };
    const output =
      options === undefined
        ? await askOutput(suggested(uri, choice as FormChoice), choice.form, judged)
        : await checkedOutput(options.output, options.form, judged);
    return (
      output && {
        output,
        operation: { kind: 'keep' },
        addresses: [],
        zarr: choice.zarr ?? null,
        nested: false,
        recordSize: facts.recordSize,
      }
    );
  });
}

function listOf(uri: vscode.Uri | undefined): vscode.Uri[] | undefined {
  return uri === undefined ? undefined : [uri];
}

function convertOptionsOf(value: unknown): ConvertOptions | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { form, gzip, zarr, output } = value as Record<string, unknown>;
  const known = forms.find((one) => one === form);
  if (known === undefined || !(output instanceof vscode.Uri)) return undefined;
  return {
    form: { form: known, gzip: gzip === true },
    output,
    ...(zarr === 2 || zarr === 3 ? { zarr } : {}),
  };
}

async function pickForm(title: string, name: string, facts: SetFacts): Promise<FormChoice | undefined> {
  return vscode.window.showQuickPick(formChoices(facts), {
    title,
    placeHolder: vscode.l10n.t('The form in which {0} is written', name),
    matchOnDescription: true,
  });
}

/** The forms to choose from, of version of zarr the one that the set has not. */
function formChoices({ zarr }: SetFacts): FormChoice[] {
  const json = (form: 'json0' | 'json1', gzip = false): OutputForm => ({ form, gzip });
  return [
    {
      label: vscode.l10n.t('JSON, version 1'),
      description: '.json',
      detail: vscode.l10n.t('What most readers expect: metadata as text, under "refs".'),
      form: json('json1'),
      zarr: null,
      ending: '.kerchunk.json',
    },
    {
      label: vscode.l10n.t('JSON, version 1, compressed'),
      description: '.json.gz',
      detail: vscode.l10n.t('The same as gzip, often a tenth of the size; readers are told that it is compressed.'),
      form: json('json1', true),
      zarr: null,
      ending: '.kerchunk.json.gz',
    },
    {
      label: vscode.l10n.t('JSON, version 0'),
      description: '.json',
      detail: vscode.l10n.t('The bare map of references, for older readers.'),
      form: json('json0'),
      zarr: null,
      ending: '-v0.kerchunk.json',
    },
    {
      label: vscode.l10n.t('Parquet'),
      description: zarr === 3 ? vscode.l10n.t('a folder, .parq, as zarr v2') : vscode.l10n.t('a folder, .parq'),
      detail: vscode.l10n.t('For many references: fsspec reads of them only what is asked for.'),
      form: { form: 'parquet', gzip: false },
      // Readers of sets in parquet know zarr v2 alone.
      zarr: zarr === 3 ? 2 : null,
      ending: '.parq',
    },
    zarr === 3
      ? {
          label: vscode.l10n.t('JSON with metadata of zarr v2'),
          description: '.json',
          detail: vscode.l10n.t('For zarr-python 2 and the readers that know no other.'),
          form: json('json1'),
          zarr: 2,
          ending: '-zarr2.kerchunk.json',
        }
      : {
          label: vscode.l10n.t('JSON with metadata of zarr v3'),
          description: '.json',
          detail: vscode.l10n.t('For zarr-python 3, zarrita and stores of zarr v3.'),
          form: json('json1'),
          zarr: 3,
          ending: '-zarr3.kerchunk.json',
        },
  ];
}

/** The name that the output has by default: the set's own, with the ending of the form, and never the same. */
function suggested(uri: vscode.Uri, { ending }: FormChoice): vscode.Uri {
  const folder = folderOfSet(uri);
  const name = nameOfSet(uri);
  const stem = stemOf(name);
  const wanted = `${stem}${ending}`;
  return vscode.Uri.joinPath(folder, wanted === name ? `${stem}-v1${ending}` : wanted);
}
