import * as vscode from 'vscode';
import type { OutputForm } from '../manifest/forms';
import { listInWords, plural } from '../words';
import type { SetFacts, SetOperation } from '../worker/set-messages';
import { makeSetCommand, type SetCommandParts, type SetOutcome } from './make-set-command';
import type { DescribedSet } from './open-sets';
import { refuseLoss } from './output-checks';
import { folderOfSet, nameOfSet } from './parquet-metadata';
import { activeSet, filesOfMenu, inOrderOfNames, pickSets } from './pick-sets';
import { askOutput, checkedOutput, outputInPlace } from './set-output';

/** What is made, as a key or another extension says it (`dimension`, or none to merge; `output`), so that nothing is asked. */
interface CombineOptions {
  operation: SetOperation;
  output: vscode.Uri;
}

/** As CombineOptions, of `Append References…`. */
interface AppendOptions {
  files: vscode.Uri[];
  dimension: string;
}

const JSON1: OutputForm = { form: 'json1', gzip: false };

/** `Combine References…`: several reference sets as one. Returns what became of it; undefined where the user gave up. */
export async function combineCommand(
  parts: SetCommandParts,
  clicked?: unknown,
  selected?: unknown,
  given?: unknown,
): Promise<SetOutcome | undefined> {
  const options = combineOptionsOf(given);
  const title = vscode.l10n.t('Combine References');
  const uris = await setsToCombine(title, clicked, selected);
  const [first] = uris ?? [];
  if (uris === undefined || first === undefined) return undefined;
  return makeSetCommand(title, parts, uris, async (sets) => {
    const operation = options?.operation ?? (await askOperation(title, sets, true));
    if (operation === undefined) return undefined;
    const judged = { sets, ask: parts.ask };
    const output =
      options === undefined
        ? await askOutput(vscode.Uri.joinPath(folderOfSet(first), 'combined.kerchunk.json'), JSON1, judged)
        : await checkedOutput(options.output, JSON1, judged);
    return output && { output, operation, addresses: [], zarr: null, nested: false, recordSize: null };
  });
}

function combineOptionsOf(value: unknown): CombineOptions | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { dimension, output } = value as Record<string, unknown>;
  if (!(output instanceof vscode.Uri)) return undefined;
  return { operation: typeof dimension === 'string' ? { kind: 'concatenate', dimension } : { kind: 'merge' }, output };
}

function appendOptionsOf(value: unknown): AppendOptions | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { dimension, files } = value as Record<string, unknown>;
  if (typeof dimension !== 'string' || !Array.isArray(files)) return undefined;
  return { dimension, files: files.filter((file) => file instanceof vscode.Uri) };
}

/** One file alone is not combined: the others are asked for. */
async function setsToCombine(title: string, clicked: unknown, selected: unknown): Promise<vscode.Uri[] | undefined> {
  const given = filesOfMenu(clicked, selected);
  if (given !== undefined && given.length > 1) return inOrderOfNames(given);
  const [first] = given ?? [];
  const chosen = await pickSets(
    first === undefined ? title : vscode.l10n.t('Combine {0} with', nameOfSet(first)),
    true,
    first ?? activeSet(),
  );
  if (chosen === undefined) return undefined;
  const all = [...(first === undefined ? [] : [first]), ...chosen];
  return inOrderOfNames([...new Map(all.map((uri) => [uri.toString(), uri])).values()]);
}

/**
 * `Append References…`: a set with others behind it, in its place and in the form that it has; of it no chunk is read. Returns what became of
 * it; undefined where the user gave up.
 */
export async function appendCommand(
  parts: SetCommandParts,
  clicked?: unknown,
  selected?: unknown,
  said?: unknown,
): Promise<SetOutcome | undefined> {
  const options = appendOptionsOf(said);
  const title = vscode.l10n.t('Append References');
  const chosen = filesOfMenu(clicked, selected);
  const set = chosen?.[0] ?? activeSet() ?? (await pickSets(title, false))?.[0];
  if (set === undefined) return undefined;
  const given = chosen?.slice(1) ?? [];
  const asked = vscode.l10n.t('What is appended to {0}', nameOfSet(set));
  const files = options?.files ?? (given.length > 0 ? given : await pickSets(asked, true, set));
  if (files === undefined || files.length === 0) return undefined;
  return makeSetCommand(title, parts, [set, ...inOrderOfNames(files)], async ([first, ...others]) => {
    if (first === undefined) return undefined;
    refuseLoss(first);
    const operation =
      options === undefined
        ? await askOperation(title, [first, ...others], false)
        : ({ kind: 'concatenate', dimension: options.dimension } as const);
    if (operation === undefined) return undefined;
    const output = await outputInPlace(first);
    if (options === undefined && !(await confirmAppend(first, others))) return undefined;
    const { nested, recordSize } = first.facts;
    return { output, operation, addresses: [], zarr: null, nested, recordSize };
  });
}

async function confirmAppend({ name }: DescribedSet, others: readonly DescribedSet[]): Promise<boolean> {
  const append = vscode.l10n.t('Append');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Append {0} to {1}?', listInWords(others.map((other) => other.name).slice(0, 10)), name),
    {
      modal: true,
      detail: vscode.l10n.t('{0} is replaced by the set with these behind it. What it has now stays as it is.', name),
    },
    append,
  );
  return answer === append;
}

interface OperationChoice extends vscode.QuickPickItem {
  operation?: SetOperation;
}

/** Asks how sets lie to one another; undefined where the user gives up. */
async function askOperation(
  title: string,
  sets: readonly DescribedSet[],
  mayMerge: boolean,
): Promise<SetOperation | undefined> {
  const names = sets.map(({ name }) => name);
  const chosen = await vscode.window.showQuickPick(operationChoices(sets, mayMerge), {
    title,
    placeHolder: vscode.l10n.t('{0}, in this order', shortList(names)),
    matchOnDetail: true,
  });
  if (chosen === undefined || chosen.operation !== undefined) return chosen?.operation;
  const dimension = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Name of the new dimension: each set is one step along it'),
    placeHolder: 'time',
    validateInput: (text) =>
      /^[A-Za-z_][\w.-]*$/u.test(text.trim())
        ? undefined
        : vscode.l10n.t('A name begins with a letter, and has no slash or space.'),
  });
  return dimension === undefined ? undefined : { kind: 'concatenate', dimension: dimension.trim() };
}

function operationChoices(sets: readonly DescribedSet[], mayMerge: boolean): OperationChoice[] {
  const along = dimensionsOf(sets.map(({ facts }) => facts)).map((dimension): OperationChoice => {
    const lengths = sets.map(({ name, facts }) => `${name}: ${lengthAlong(facts, dimension)}`);
    return {
      label: vscode.l10n.t('Concatenate along {0}', dimension),
      detail: shortList(lengths),
      operation: { kind: 'concatenate', dimension },
    };
  });
  return [
    ...along,
    {
      label: vscode.l10n.t('Concatenate along a new dimension…'),
      detail: vscode.l10n.t('Each set is one step along it.'),
    },
    ...(mayMerge
      ? [
          {
            label: vscode.l10n.t('Merge'),
            detail: vscode.l10n.t('Different variables of one grid, side by side.'),
            operation: { kind: 'merge' } as const,
          },
        ]
      : []),
  ];
}

/** Axes of a grid, along which sets are concatenated less often. */
const GRID = ['x', 'y', 'X', 'Y', 'lat', 'lon', 'latitude', 'longitude', 'band'];

/** The dimensions of sets, each once, those of the grid last. */
function dimensionsOf(facts: readonly SetFacts[]): string[] {
  const all = [...new Set(facts.flatMap(({ dimensions }) => dimensions.map(([name]) => name)))];
  return [...all.filter((name) => !GRID.includes(name)), ...all.filter((name) => GRID.includes(name))];
}

function lengthAlong({ dimensions }: SetFacts, dimension: string): string {
  const found = dimensions.find(([name]) => name === dimension);
  if (found === undefined) return vscode.l10n.t('one step');
  return found[1] === null ? vscode.l10n.t('several lengths') : String(found[1]);
}

function shortList(items: readonly string[]): string {
  const shown = items.slice(0, 4).join(', ');
  return items.length <= 4 ? shown : `${shown} ${vscode.l10n.t('and {0} more', plural(items.length - 4, 'set'))}`;
}
