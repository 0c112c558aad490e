import * as vscode from 'vscode';
import { displayAddress } from '../bytes/address';
import { createOpener } from '../bytes/open';
import { MemorySink } from '../bytes/sink';
import type { ByteSource, RequestTrace } from '../bytes/source';
import { writeJson } from '../manifest/write-json';
import type { SetAccount } from '../stack/account';
import { buildSet } from '../stack/build';
import { withPattern } from '../stack/inputs';
import { NamePattern } from '../stack/pattern';
import type { PartAsked } from '../stack/read-parts';
import { tightCopy } from '../tight';
import type { GeneratedItem } from '../webview/messages';
import { durationInWords } from '../words';
import type { WorkerClient } from '../worker/client';
import type { ByteService } from './byte-service';
import { locationOfUri, nameOfUri, openInput } from './inputs';
import type { KeptJournals } from './kept-journals';
import type { SetFiles } from './set-files';
import type { SetChoices, SetKind } from './set-kinds';
import { readConcurrency } from './settings';
import { machinePath } from './target-address';
import { writeThroughTemporary } from './write-file';

/** What generating a set works with. */
export interface GenerateSetParts {
  worker: WorkerClient;
  bytes: Pick<ByteService, 'open'>;
  journals: KeptJournals;
  log: Pick<vscode.LogOutputChannel, 'info'>;
}

/** A set that is to be generated. */
export interface SetJob {
  kind: SetKind;
  /** What it is made of, as people call it. */
  name: string;
  /** The first file that was chosen, whose settings count. */
  first: vscode.Uri;
  found: SetFiles;
  choices: SetChoices;
  output: vscode.Uri;
  /** Whether references that stand at the output are replaced. */
  replace: boolean;
}

/**
 * Reads the TIFFs of a set and writes its references.
 * @throws KerchunkError what reading, combining and writing throw; then nothing is written.
 */
export async function generateSet(
  { kind, name, first, found, choices, output, replace }: SetJob,
  { worker, bytes, log, journals }: GenerateSetParts,
  signal: AbortSignal,
  tell: (message: string, increment?: number) => void,
): Promise<GeneratedItem> {
  worker.prepare();
  const { pattern } = choices;
  const files = typeof pattern === 'string' ? withPattern(found.files, new NamePattern(pattern)) : found.files;
  const journal = await journals.open(output);
  const { manifest, account } = await buildSet(
    files,
    {
      open: openerOf(found, bytes),
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

/**
 * Opens the files of a set as they are now: what is known of one from before, in the viewer or from an earlier run, would tell of another version.
 */
export function openerOf({ inputs }: Pick<SetFiles, 'inputs'>, bytes: Pick<ByteService, 'open'>) {
  return (url: string, onRequest: (trace: RequestTrace) => void): ByteSource => {
    const input = inputs.get(url);
    if (input !== undefined) return openInput(input, onRequest);
    return url.startsWith('file:') ? bytes.open(url, { afresh: true }) : createOpener({ onRequest }).open(url);
  };
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
