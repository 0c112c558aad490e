import * as vscode from 'vscode';
import { describeError, KerchunkError } from '../errors';
import { referenceFileName } from '../generate/from-source';
import { isTiffName } from '../tiff/file-names';
import type { GeneratedItem, ReportItem } from '../webview/messages';
import { during } from './during';
import type { GenerateCommandParts } from './generate-command';
import { generateSet, type GenerateSetParts, type SetJob } from './generate-set';
import { locationOfUri, nameOfUri } from './inputs';
import type { LocalPermission } from './local-permission';
import { offerWayOn } from './offer-way-on';
import { replacesReferences } from './output-checks';
import { filesOfChoice, nameOfChoice, type SetFiles } from './set-files';
import type { SetChoices, SetKind } from './set-kinds';
import { showResults } from './show-results';
import { dialogEndings } from './tiff-names';
import { mayFetch } from './trust';

/** What the commands work with. */
export interface SetGenerationParts extends GenerateCommandParts, Pick<GenerateSetParts, 'bytes' | 'journals'> {
  permission: LocalPermission;
}

/**
 * `Generate Scene References`, and its like of a stack and of a mosaic: several TIFFs, or what STAC or a list names, as one reference set; from menus
 * with the file clicked on and all that are selected, from the palette by a dialog. `given` leaves out questions. Returns what became of it; undefined
 * where the user gave up.
 */
export async function generateSetCommand(
  kind: SetKind,
  parts: SetGenerationParts,
  clicked?: unknown,
  selected?: unknown,
  given: SetChoices = {},
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
    const replace = await replacesReferences(output);
    if (replace && (await parts.ask.replace([output])) !== 'replace') return undefined;
    const item = await generateOnceSettled(
      { kind, name: nameOfChoice(uris), first, found, choices, output, replace },
      parts,
    );
    await show(item, parts);
    return item;
  } catch (error) {
    const { code, message } = describeError(error, 'fetch-failed');
    if (code === 'cancelled') return undefined;
    parts.log.error(error instanceof Error ? error : message);
    void vscode.window.showErrorMessage(`${kind.title}: ${message}`);
    return { kind: 'refused', source: nameOfUri(first), sourceLocation: locationOfUri(first), code, message };
  }
}

/** Generates, and again where a failure is one that the user can settle: what was read is not read again. */
async function generateOnceSettled(job: SetJob, parts: SetGenerationParts): Promise<GeneratedItem> {
  for (let { choices } = job; ;) {
    try {
      return await during(job.kind.title, (signal, tell) => generateSet({ ...job, choices }, parts, signal, tell));
    } catch (error) {
      const other = await offerWayOn(job.kind, job.found, choices, error);
      if (other === undefined) throw error;
      choices = other;
    }
  }
}

/** The set was written, whatever becomes of showing it. */
async function show(item: GeneratedItem, { panel, log }: SetGenerationParts): Promise<void> {
  try {
    await showResults([item], panel, log, () => undefined);
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
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
function refuseOthers(uris: readonly vscode.Uri[], { name }: SetKind): void {
  const others = uris.filter(({ path }) => !isTiffName(path) && !/\.(?:json|geojson|txt|list)$/iu.test(path));
  const [other] = others;
  if (other !== undefined) {
    throw new KerchunkError(
      'invalid-argument',
      vscode.l10n.t(
        '{0} is no TIFF, no STAC (.json, .geojson) and no list of files (.txt, .list). Leave it out.',
        nameOfUri(other),
      ),
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

function outputOf(uris: readonly vscode.Uri[], first: vscode.Uri, { name }: SetKind): vscode.Uri {
  const own = nameOfUri(first).replace(/\.(?:geojson|json|txt|list)$/iu, '');
  const file = uris.length === 1 ? referenceFileName(own) : `${name}.kerchunk.json`;
  return vscode.Uri.joinPath(first, '..', file);
}

/** The files of a menu, all that are selected in their order. */
function chosen(clicked: unknown, selected: unknown): vscode.Uri[] | undefined {
  if (!(clicked instanceof vscode.Uri)) return undefined;
  const all = Array.isArray(selected) ? selected.filter((uri) => uri instanceof vscode.Uri) : [];
  return all.length > 1 ? all : [clicked];
}

async function pickFiles({ dialog, takesItems }: SetKind): Promise<vscode.Uri[] | undefined> {
  const others = takesItems ? ['json', 'geojson', 'txt'] : ['txt'];
  const name = takesItems ? vscode.l10n.t('TIFFs, STAC and lists') : vscode.l10n.t('TIFFs and lists');
  return vscode.window.showOpenDialog({
    canSelectMany: true,
    title: dialog,
    filters: { [name]: [...dialogEndings, ...others] },
  });
}
