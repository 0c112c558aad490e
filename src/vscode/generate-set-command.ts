import * as vscode from 'vscode';
import { displayAddress } from '../bytes/address';
import { createOpener } from '../bytes/open';
import { MemorySink } from '../bytes/sink';
import type { ByteSource, RequestTrace } from '../bytes/source';
import { describeError, KerchunkError } from '../errors';
import { writeJson } from '../manifest/write-json';
import type { SetAccount } from '../stack/account';
import { buildSet } from '../stack/build';
import type { ReadFile } from '../stack/groups';
import { withPattern } from '../stack/inputs';
import { mosaicOf } from '../stack/mosaic';
import { NamePattern, suggestPattern } from '../stack/pattern';
import type { PartAsked } from '../stack/read-parts';
import { sceneOf } from '../stack/scene';
import { stackOf } from '../stack/stack';
import type { CombinedSet } from '../stack/types';
import { isTiffName } from '../tiff/file-names';
import { tightCopy } from '../tight';
import type { GeneratedItem, ReportItem } from '../webview/messages';
import { durationInWords, plural } from '../words';
import type { WorkerClient } from '../worker/client';
import type { ByteService } from './byte-service';
import { during } from './during';
import type { GenerateCommandParts } from './generate-command';
import { referenceFileName } from '../generate/from-source';
import { locationOfUri, nameOfUri, openInput } from './inputs';
import { KeptJournals } from './kept-journals';
import type { LocalPermission } from './local-permission';
import { filesOfChoice, nameOfChoice, type SetFiles } from './set-files';
import { readConcurrency } from './settings';
import { showResults } from './show-results';
import { machinePath } from './target-address';
import { dialogEndings } from './tiff-names';
import { mayFetch } from './trust';
import { writeThroughTemporary } from './write-file';

/** What the commands work with. */
export interface SetGenerationParts extends GenerateCommandParts {
  bytes: Pick<ByteService, 'open'>;
  permission: LocalPermission;
  journals: KeptJournals;
}

/** What the user, or a key, says of how files lie to one another; what is not said is asked where it must be, or an error. */
export interface StackChoices {
  /** Of names, see NamePattern; null: the dates of STAC or of the TIFFs themselves. */
  pattern?: string | null;
  duplicates?: 'first' | 'last';
  differing?: 'leave-out' | 'group';
}

/** One of the three commands. */
interface Kind {
  title: string;
  dialog: string;
  /** The name of the output of several files, without its ending. */
  name: string;
  takesItems: boolean;
  /** Asks what must be known; undefined where the user gives up. @throws KerchunkError `invalid-argument` for files that cannot be such a set. */
  ask(found: SetFiles, choices: StackChoices): Promise<StackChoices | undefined>;
  combine(files: readonly ReadFile[], choices: StackChoices): Promise<CombinedSet>;
}

/**
 * `Generate Scene References`: several TIFFs, or a STAC Item, as one reference set; from menus with the file clicked on and all that are selected,
 * from the palette by a dialog. Returns what became of it; undefined where the user gave up.
 */
export function generateSceneCommand(
  parts: SetGenerationParts,
  clicked?: unknown,
  selected?: unknown,
): Promise<ReportItem | undefined> {
  return generateSetCommand(
    {
      title: vscode.l10n.t('Generate Scene References'),
      dialog: vscode.l10n.t('The TIFFs of a scene, or its STAC Item'),
      name: 'scene',
      takesItems: true,
      ask: ({ items }, choices) => {
        if (items <= 1) return Promise.resolve(choices);
        throw new KerchunkError(
          'invalid-argument',
          vscode.l10n.t(
            'There are {0} STAC items, and a scene is one. Generate Stack References puts several behind one another.',
            items,
          ),
        );
      },
      combine: sceneOf,
    },
    parts,
    clicked,
    selected,
    {},
  );
}

/**
 * `Generate Stack References`: scenes along a new dimension, of TIFFs, STAC items or a list of files; as `generateSceneCommand`. `choices` leaves out
 * the questions.
 */
export function generateStackCommand(
  parts: SetGenerationParts,
  clicked?: unknown,
  selected?: unknown,
  choices?: unknown,
): Promise<ReportItem | undefined> {
  const title = vscode.l10n.t('Generate Stack References');
  return generateSetCommand(
    {
      title,
      dialog: vscode.l10n.t('The TIFFs of a stack, its STAC Items, or a list of files'),
      name: 'stack',
      takesItems: true,
      ask: (found, given) => askPlaces(title, found, given),
      combine: (files, { pattern, duplicates, differing }) => {
        const dimension = typeof pattern === 'string' ? new NamePattern(pattern).dimension : undefined;
        return stackOf(files, {
          dimension: dimension ?? 'time',
          placesFrom: dimension === undefined ? 'STAC datetime' : `the pattern ${pattern ?? ''}`,
          differing: differing ?? 'stop',
          ...(duplicates === undefined ? {} : { duplicates }),
        });
      },
    },
    parts,
    clicked,
    selected,
    choicesOf(choices),
  );
}

/** `Generate Mosaic References`: adjacent tiles as one array; as `generateSceneCommand`. */
export function generateMosaicCommand(
  parts: SetGenerationParts,
  clicked?: unknown,
  selected?: unknown,
): Promise<ReportItem | undefined> {
  return generateSetCommand(
    {
      title: vscode.l10n.t('Generate Mosaic References'),
      dialog: vscode.l10n.t('The tiles of a mosaic, or a list of them'),
      name: 'mosaic',
      takesItems: false,
      ask: (_, choices) => Promise.resolve(choices),
      combine: (files, { duplicates, differing }) =>
        mosaicOf(files, {
          differing: differing === undefined ? 'stop' : 'leave-out',
          ...(duplicates === undefined ? {} : { overlaps: duplicates }),
        }),
    },
    parts,
    clicked,
    selected,
    {},
  );
}

async function generateSetCommand(
  kind: Kind,
  parts: SetGenerationParts,
  clicked: unknown,
  selected: unknown,
  given: StackChoices,
): Promise<ReportItem | undefined> {
  const uris = chosen(clicked, selected) ?? (await pickFiles(kind));
  const [first] = uris ?? [];
  if (uris === undefined || first === undefined) return undefined;
  try {
    refuseOthers(uris, kind);
    const found = await during(kind.title, (signal) => filesOfChoice(parts.worker, uris, signal));
    if (found.files.some(({ url }) => /^https?:/iu.test(url)) && !mayFetch()) return undefined;
    await askForFiles(found, parts.permission);
    const choices = await kind.ask(found, given);
    if (choices === undefined) return undefined;
    const output = outputOf(uris, first, kind);
    const replace = await exists(output);
    if (replace && (await parts.ask.replace([output])) !== 'replace') return undefined;
    return await follow({ kind, name: nameOfChoice(uris), first, found, choices, output }, replace, parts);
  } catch (error) {
    const { code, message } = describeError(error, 'fetch-failed');
    if (code === 'cancelled') return undefined;
    parts.log.error(error instanceof Error ? error : message);
    void vscode.window.showErrorMessage(`${kind.title}: ${message}`);
    return { kind: 'refused', source: nameOfUri(first), sourceLocation: locationOfUri(first), code, message };
  }
}

/** A set that is to be generated. */
interface Job {
  kind: Kind;
  name: string;
  first: vscode.Uri;
  found: SetFiles;
  choices: StackChoices;
  output: vscode.Uri;
}

/** Generates, and again where a failure is one that the user can settle: what was read is not read again. */
async function follow(job: Job, replace: boolean, parts: SetGenerationParts): Promise<ReportItem> {
  for (let { choices } = job; ;) {
    try {
      const item = await during(job.kind.title, (signal, tell) =>
        generate({ ...job, choices }, replace, parts, signal, tell),
      );
      await showResults([item], parts.panel, parts.log, () => undefined);
      return item;
    } catch (error) {
      const other = await offerWayOn(job, choices, error);
      if (other === undefined) throw error;
      choices = other;
    }
  }
}

/** @throws KerchunkError what reading, combining and writing throw; then nothing is written. */
async function generate(
  { kind, name, first, found, choices, output }: Job,
  replace: boolean,
  { worker, bytes, log, journals }: SetGenerationParts,
  signal: AbortSignal,
  tell: (message: string, increment?: number) => void,
): Promise<GeneratedItem> {
  worker.prepare();
  const open = (url: string, onRequest: (trace: RequestTrace) => void): ByteSource => {
    const input = found.inputs.get(url);
    if (input !== undefined) return openInput(input, onRequest);
    return url.startsWith('file:') ? bytes.open(url) : createOpener({ onRequest }).open(url);
  };
  const { pattern } = choices;
  const files = typeof pattern === 'string' ? withPattern(found.files, new NamePattern(pattern)) : found.files;
  const journal = await journals.open(output);
  const { manifest, account } = await buildSet(
    files,
    {
      open,
      concurrency: readConcurrency(first),
      signal,
      journal,
      make: partsIn(worker),
      onProgress: ({ done, total, failed, secondsLeft }) => {
        const left =
          secondsLeft === undefined || done === total
            ? ''
            : vscode.l10n.t(', about {0} left', durationInWords(secondsLeft));
        const failures = failed === 0 ? '' : vscode.l10n.t(', {0} failed', failed);
        tell(vscode.l10n.t('{0} of {1} files read{2}', done, total, `${failures}${left}`), 100 / total);
      },
    },
    (read) => kind.combine(read, choices),
    found.warnings,
  );
  const text = new MemorySink();
  await writeJson(manifest, text, { version: 1, signal });
  const content = text.take();
  await writeThroughTemporary(output, content, { replace, signal });
  // Those that failed are tried again by the same command, and no others.
  if (account.failures.length === 0) await journal.remove();
  log.info(`${name} -> ${locationOfUri(output)}: ${account.used} of ${account.files} files`);
  return itemOf(account, { name, uri: first, output, size: content.length, target: files[0]?.target ?? '' });
}

/** Makes parts in the worker. */
function partsIn(worker: WorkerClient) {
  return ({ tiff, options, strips, facts }: PartAsked, signal?: AbortSignal) => {
    const sent = strips.map(({ offset, bytes }) => ({ offset, bytes: tightCopy(bytes) }));
    const payload = { tiff, options, strips: sent, facts: facts ?? null };
    return worker.request('part', payload, {
      transfer: sent.map(({ bytes }) => bytes),
      ...(signal === undefined ? {} : { signal }),
    });
  };
}

/** A set as the report shows it: its variables where those of one TIFF have its levels. */
function itemOf(
  account: SetAccount,
  written: { name: string; uri: vscode.Uri; output: vscode.Uri; size: number; target: string },
): GeneratedItem {
  const { output } = written;
  const { failures, leftOut } = account;
  return {
    kind: 'generated',
    source: written.name,
    sourceLocation: locationOfUri(written.uri),
    sourceUri: written.uri.toString(),
    preset: 'portable',
    levels: account.variables.map(({ path, shape, chunkShape, chunks, present }) => ({
      path,
      shape,
      chunkShape,
      chunks,
      sparse: chunks - present,
      unreadable: 0,
    })),
    overviewsLeftOut: 0,
    masksLeftOut: 0,
    pagesLeftOut: 0,
    pages: [],
    readers: account.readers,
    ...(failures.length === 0
      ? {}
      : { notRead: { files: account.files, failures: failures.map(({ label, message }) => ({ label, message })) } }),
    warnings: [
      ...leftOut.map(({ label, reason }) => vscode.l10n.t('{0} was left out: {1}', label, reason)),
      ...account.warnings,
    ],
    output: nameOfUri(output),
    outputLocation: locationOfUri(output),
    outputUri: output.toString(),
    outputBytes: written.size,
    target: displayAddress(written.target),
    code: account.xarrayCode(machinePath(output) ?? nameOfUri(output)),
    requests: account.requests,
    bytes: account.bytes,
    milliseconds: account.milliseconds,
  };
}

/** A failure that a choice settles offers that choice; undefined for any other, and where the user gives up. */
async function offerWayOn(
  { kind, found }: Job,
  choices: StackChoices,
  error: unknown,
): Promise<StackChoices | undefined> {
  const { code, message } = describeError(error, 'fetch-failed');
  if (code !== 'invalid-argument') return undefined;
  const offers: [label: string, take: () => Promise<StackChoices | undefined>][] = [];
  const offer = (label: string, more: StackChoices): void => {
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

/** Where the places along the new dimension come from. */
async function askPlaces(title: string, found: SetFiles, given: StackChoices): Promise<StackChoices | undefined> {
  if (given.pattern !== undefined) return given;
  // STAC says when its items were taken.
  if (found.items > 0 && found.files.every(({ place }) => place !== undefined)) return { ...given, pattern: null };
  const own = vscode.l10n.t('The dates of the TIFFs themselves');
  const byName = vscode.l10n.t('A pattern of their names…');
  const items = [
    {
      label: byName,
      detail: vscode.l10n.t('As in *_{time:%Y%m%d}_{band}.tif, or any other dimension: *_{version}.tif'),
    },
    { label: own, detail: vscode.l10n.t('Tag DateTime, or what GDAL wrote as ACQUISITIONDATETIME') },
  ];
  const placeHolder = vscode.l10n.t(
    'Where each of the {0} stands along the new dimension',
    plural(found.files.length, 'file'),
  );
  const answer = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (answer === undefined) return undefined;
  if (answer.label === own) return { ...given, pattern: null };
  const pattern = await askPattern(title, found);
  return pattern === undefined ? undefined : { ...given, pattern };
}

/** Asks for a pattern of names, and says while it is written which names it fits. */
async function askPattern(title: string, { files }: SetFiles): Promise<string | undefined> {
  const names = files.map(({ url }) => fileName(url));
  const [first = ''] = names;
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('{name} takes text, {time:%Y%m%d} a date, {band} the variable, * what does not matter'),
    value: suggestPattern(first) ?? '*_{time:%Y%m%d}_*',
    ignoreFocusOut: true,
    validateInput: (text) => judgePattern(text, names),
  });
}

function judgePattern(text: string, names: readonly string[]): vscode.InputBoxValidationMessage {
  try {
    const pattern = new NamePattern(text);
    const values = names.map((name) => pattern.match(name));
    const { dimension } = pattern;
    if (dimension === undefined) {
      throw new KerchunkError('invalid-argument', vscode.l10n.t('It names no dimension, only {0}.', '{band}'));
    }
    const count = new Set(values.map((found) => String(found.get(dimension)))).size;
    return {
      message: vscode.l10n.t(
        'It fits all {0}: {1} along {2}.',
        plural(names.length, 'name'),
        plural(count, 'step'),
        dimension,
      ),
      severity: vscode.InputBoxValidationSeverity.Info,
    };
  } catch (error) {
    return {
      message: describeError(error, 'invalid-argument').message,
      severity: vscode.InputBoxValidationSeverity.Error,
    };
  }
}

function fileName(url: string): string {
  const path = displayAddress(url).replace(/[?#].*$/u, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Asks whether files outside the workspace may be read, until the user says no. */
async function askForFiles({ named }: SetFiles, permission: LocalPermission): Promise<void> {
  for (const { url, by } of named) {
    const isAllowed = await permission.check(url).then(
      () => true,
      () => false,
    );
    if (!isAllowed && !(await permission.ask(url, by))) return;
  }
}

/** @throws KerchunkError `invalid-argument` for one TIFF alone, and for files of other kinds among those chosen, which are named. */
function refuseOthers(uris: readonly vscode.Uri[], { name }: Kind): void {
  const others = uris.filter(({ path }) => !isTiffName(path) && !/\.(?:json|geojson|txt|list|csv)$/iu.test(path));
  const [other] = others;
  if (other !== undefined) {
    throw new KerchunkError(
      'invalid-argument',
      vscode.l10n.t('{0} is no TIFF, no STAC and no list of files. Leave it out.', nameOfUri(other)),
    );
  }
  const [first] = uris;
  if (uris.length !== 1 || first === undefined || !isTiffName(first.path)) return;
  throw new KerchunkError(
    'invalid-argument',
    vscode.l10n.t(
      '{0} is one TIFF. Select all TIFFs of the {1}; of one alone, Generate Kerchunk writes the references.',
      nameOfUri(first),
      name,
    ),
  );
}

function outputOf(uris: readonly vscode.Uri[], first: vscode.Uri, { name }: Kind): vscode.Uri {
  const own = nameOfUri(first).replace(/\.(?:geojson|json|txt|list|csv)$/iu, '');
  const file = uris.length === 1 ? referenceFileName(own) : `${name}.kerchunk.json`;
  return vscode.Uri.joinPath(first, '..', file);
}

/** The files of a menu, all that are selected in their order. */
function chosen(clicked: unknown, selected: unknown): vscode.Uri[] | undefined {
  if (!(clicked instanceof vscode.Uri)) return undefined;
  const all = Array.isArray(selected) ? selected.filter((uri) => uri instanceof vscode.Uri) : [];
  return all.length > 1 ? all : [clicked];
}

async function pickFiles({ dialog, takesItems }: Kind): Promise<vscode.Uri[] | undefined> {
  const others = takesItems ? ['json', 'geojson', 'txt'] : ['txt'];
  const name = takesItems ? vscode.l10n.t('TIFFs, STAC and lists') : vscode.l10n.t('TIFFs and lists');
  return vscode.window.showOpenDialog({
    canSelectMany: true,
    title: dialog,
    filters: { [name]: [...dialogEndings, ...others] },
  });
}

function choicesOf(value: unknown): StackChoices {
  if (typeof value !== 'object' || value === null) return {};
  const { pattern, duplicates, differing } = value as Record<string, unknown>;
  return {
    ...(typeof pattern === 'string' || pattern === null ? { pattern } : {}),
    ...(duplicates === 'first' || duplicates === 'last' ? { duplicates } : {}),
    ...(differing === 'leave-out' || differing === 'group' ? { differing } : {}),
  };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
