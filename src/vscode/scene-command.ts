import * as vscode from 'vscode';
import { displayAddress } from '../bytes/address';
import { fileUrlToPath } from '../bytes/file-url';
import { createOpener } from '../bytes/open';
import type { ByteSource, RequestTrace } from '../bytes/source';
import { describeError, KerchunkError } from '../errors';
import { referenceFileName } from '../generate/from-source';
import type { JsonValue } from '../json';
import { MemorySink } from '../bytes/sink';
import { writeJson } from '../manifest/write-json';
import type { SetAccount } from '../stack/account';
import { buildSet } from '../stack/build';
import { filesOfItems } from '../stack/inputs';
import type { PartAsked } from '../stack/read-parts';
import { sceneOf } from '../stack/scene';
import { readStac } from '../stack/stac';
import type { SetFile } from '../stack/types';
import { isTiffName } from '../tiff/file-names';
import { tightCopy } from '../tight';
import type { GeneratedItem, ReportItem } from '../webview/messages';
import type { WorkerClient } from '../worker/client';
import type { ByteService } from './byte-service';
import type { GenerateCommandParts } from './generate-command';
import { inputOfUri, locationOfUri, nameOfUri, openInput, type TiffInput, targetOfInput } from './inputs';
import { readSettings } from './settings';
import { showResults } from './show-results';
import { machinePath } from './target-address';
import { dialogEndings } from './tiff-names';
import { mayFetch } from './trust';
import { writeThroughTemporary } from './write-file';

/** What the command works with. */
export interface SceneCommandParts extends GenerateCommandParts {
  bytes: Pick<ByteService, 'open'>;
}

/** What a scene is made of. */
interface Scene {
  /** As reports name it. */
  name: string;
  uri: vscode.Uri;
  files: SetFile[];
  /** Files of the workspace among them, by their addresses. */
  inputs: ReadonlyMap<string, TiffInput>;
  output: vscode.Uri;
  warnings: string[];
}

/** Files that are read at once. */
const CONCURRENCY = 8;

/**
 * `Generate Scene References`: several TIFFs, or a STAC Item, as one reference set; from menus with the file clicked on and all that are selected,
 * from the palette by a dialog. Returns what became of it; undefined where the user gave up.
 */
export async function sceneCommand(
  parts: SceneCommandParts,
  clicked?: unknown,
  selected?: unknown,
): Promise<ReportItem | undefined> {
  const uris = chosen(clicked, selected) ?? (await pickFiles());
  const [first] = uris ?? [];
  if (uris === undefined || first === undefined) return undefined;
  try {
    const scene = await sceneOfChoice(uris, first);
    if (scene.files.some(({ url }) => /^https?:/iu.test(url)) && !mayFetch()) return undefined;
    const replace = await exists(scene.output);
    if (replace && (await parts.ask.replace([scene.output])) !== 'replace') return undefined;
    return await follow(scene, replace, parts);
  } catch (error) {
    const { code, message } = describeError(error, 'fetch-failed');
    if (code === 'cancelled') return undefined;
    parts.log.error(error instanceof Error ? error : message);
    void vscode.window.showErrorMessage(vscode.l10n.t('Generate Scene References: {0}', message));
    return { kind: 'refused', source: nameOfUri(first), sourceLocation: locationOfUri(first), code, message };
  }
}

async function follow(scene: Scene, replace: boolean, parts: SceneCommandParts): Promise<ReportItem> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Generate Scene References'),
    cancellable: true,
  };
  const item = await vscode.window.withProgress(options, (progress, token) => {
    const cancel = new AbortController();
    token.onCancellationRequested(() => {
      cancel.abort();
    });
    return generate(scene, replace, parts, cancel.signal, (message, increment) => {
      progress.report({ message, increment });
    });
  });
  await showResults([item], parts.panel, parts.log, () => undefined);
  return item;
}

/** @throws KerchunkError what reading, combining and writing throw; then nothing is written. */
async function generate(
  { name, uri, files, inputs, output, warnings }: Scene,
  replace: boolean,
  { worker, bytes, log }: SceneCommandParts,
  signal: AbortSignal,
  tell: (message: string, increment: number) => void,
): Promise<GeneratedItem> {
  worker.prepare();
  const open = (url: string, onRequest: (trace: RequestTrace) => void): ByteSource => {
    const input = inputs.get(url);
    if (input !== undefined) return openInput(input, onRequest);
    return url.startsWith('file:') ? bytes.open(url) : createOpener({ onRequest }).open(url);
  };
  const { manifest, account } = await buildSet(
    files,
    {
      open,
      concurrency: CONCURRENCY,
      signal,
      make: partsIn(worker),
      onProgress: ({ done, total, secondsLeft }) => {
        const left = secondsLeft === undefined || done === total ? '' : `, ${Math.ceil(secondsLeft)} s`;
        tell(vscode.l10n.t('{0} of {1} files read{2}', done, total, left), 100 / total);
      },
    },
    sceneOf,
    warnings,
  );
  const text = new MemorySink();
  await writeJson(manifest, text, { version: 1, signal });
  const content = text.take();
  await writeThroughTemporary(output, content, { replace, signal });
  log.info(`${name} -> ${locationOfUri(output)}: ${account.used} of ${account.files} files`);
  return itemOf(account, { name, uri, output, size: content.length, target: files[0]?.target ?? '' });
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
    warnings: [
      ...account.failures.map(
        ({ label, message }) => `${label} was not read, and the set was written without it: ${message}`,
      ),
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

function chosen(clicked: unknown, selected: unknown): vscode.Uri[] | undefined {
  if (!(clicked instanceof vscode.Uri)) return undefined;
  const all = Array.isArray(selected) ? selected.filter((uri) => uri instanceof vscode.Uri) : [];
  return all.length > 1 ? all : [clicked];
}

async function pickFiles(): Promise<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    canSelectMany: true,
    title: vscode.l10n.t('The TIFFs of a scene, or its STAC Item'),
    filters: { [vscode.l10n.t('TIFFs and STAC Items')]: [...dialogEndings, 'json', 'geojson'] },
  });
}

/** @throws KerchunkError `invalid-argument` for one TIFF alone, and for JSON that is no STAC Item. */
async function sceneOfChoice(uris: readonly vscode.Uri[], first: vscode.Uri): Promise<Scene> {
  const tiffs = uris.filter((uri) => isTiffName(uri.path));
  if (tiffs.length === 0) return sceneOfItem(first);
  if (tiffs.length === 1) {
    throw new KerchunkError(
      'invalid-argument',
      vscode.l10n.t(
        '{0} is one TIFF. Select all TIFFs of the scene; of one alone, Generate Kerchunk writes the references.',
        nameOfUri(first),
      ),
    );
  }
  const inputs = new Map<string, TiffInput>();
  const files = tiffs.map((uri): SetFile => {
    const input = inputOfUri(uri);
    inputs.set(uri.toString(), input);
    const target = targetOfInput(input, readSettings(uri).urlPrefix);
    return { url: uri.toString(), target, label: nameOfUri(uri), names: [] };
  });
  return {
    name: vscode.l10n.t('{0} TIFFs', tiffs.length),
    uri: first,
    files,
    inputs,
    output: vscode.Uri.joinPath(first, '..', 'scene.kerchunk.json'),
    warnings: [],
  };
}

async function sceneOfItem(uri: vscode.Uri): Promise<Scene> {
  const name = nameOfUri(uri);
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const { items, warnings } = readStac(parse(text, name), machinePath(uri) ?? uri.toString(true));
  if (items.length > 1) {
    throw new KerchunkError(
      'invalid-argument',
      vscode.l10n.t(
        '{0} holds {1} STAC items, and a scene is one. The command line stacks several: kerchunk stack {0}.',
        name,
        items.length,
      ),
    );
  }
  const inputs = new Map<string, TiffInput>();
  const files = filesOfItems(items).map((file) => {
    if (!file.url.startsWith('file:')) return file;
    const local = uri.with({ path: fileUrlToPath(file.url).replaceAll('\\', '/') });
    const input: TiffInput = { kind: 'file', uri: local };
    // Of files outside the workspace the user is asked.
    if (vscode.workspace.getWorkspaceFolder(local) !== undefined) inputs.set(file.url, input);
    return { ...file, target: targetOfInput(input, readSettings(local).urlPrefix) };
  });
  return {
    name,
    uri,
    files,
    inputs,
    output: vscode.Uri.joinPath(uri, '..', referenceFileName(name.replace(/\.(?:geo)?json$/iu, ''))),
    warnings,
  };
}

function parse(text: string, name: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new KerchunkError(
      'not-json',
      vscode.l10n.t('{0} is no JSON: {1}.', name, error instanceof Error ? error.message : ''),
      { cause: error },
    );
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
