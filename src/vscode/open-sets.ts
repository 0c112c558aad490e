import type * as vscode from 'vscode';
import { describeError, KerchunkError } from '../errors';
import type { WorkerClient } from '../worker/client';
import type { SetFacts } from '../worker/set-messages';
import { machinePath } from './target-address';
import { pathToFileUrl } from '../bytes/file-url';
import type { LocalPermission } from './local-permission';
import { nameOfSet } from './parquet-metadata';
import { readDocument } from './read-document';
import { addressOf, isParquetSet } from './reference-documents';

/** What opening sets works with. */
export interface OpenSetsParts {
  worker: WorkerClient;
  permission: LocalPermission;
}

/** A reference set that the worker holds for a command, apart from those that editors show. */
export interface OpenSet {
  uri: vscode.Uri;
  /** As people call it. */
  name: string;
  /** As the worker calls it. */
  document: string;
}

export interface DescribedSet extends OpenSet {
  facts: SetFacts;
}

/**
 * Opens reference sets, texts with edits that are not saved included; files at web addresses are fetched. Nothing stays open where one cannot
 * be opened.
 * @param uris files; of a set in parquet its `.zmetadata`.
 * @throws KerchunkError what reading and parsing throw, naming the set; `cancelled`.
 */
export async function openSets(
  { worker, permission }: OpenSetsParts,
  uris: readonly vscode.Uri[],
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<OpenSet[]> {
  const opened: OpenSet[] = [];
  try {
    for (const uri of uris) {
      const name = nameOfSet(uri);
      const tellOfIt = (message: string): void => {
        tell(`${name}: ${message}`);
      };
      tell(name);
      const set = { uri, name, document: `set ${crypto.randomUUID()}` };
      opened.push(set);
      await openOne(worker, permission, set, signal, tellOfIt);
    }
    return opened;
  } catch (error) {
    closeSets(worker, opened);
    throw error;
  }
}

/** As `openSets`, with what is asked about them. @throws as it, and KerchunkError `malformed-reference` for a file without arrays. */
export async function describeSets(
  parts: OpenSetsParts,
  uris: readonly vscode.Uri[],
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<DescribedSet[]> {
  const sets = await openSets(parts, uris, signal, tell);
  try {
    const described: DescribedSet[] = [];
    for (const set of sets) {
      const facts = await named(set.name, parts.worker.request('factsOfSet', { document: set.document }, { signal }));
      if (facts.arrays === 0) {
        throw new KerchunkError('malformed-reference', `${set.name} holds no array; it is no reference set.`);
      }
      described.push({ ...set, facts });
    }
    return described;
  } catch (error) {
    closeSets(parts.worker, sets);
    throw error;
  }
}

/** Lets the worker go of sets. */
export function closeSets(worker: WorkerClient, sets: readonly OpenSet[]): void {
  // A worker that does not answer has ended, and holds nothing.
  for (const { document } of sets) worker.request('close', { document }).catch(() => undefined);
}

async function openOne(
  worker: WorkerClient,
  permission: LocalPermission,
  { uri, name, document }: OpenSet,
  signal: AbortSignal,
  tell: (message: string) => void,
): Promise<void> {
  const url = addressOf(uri);
  const isParquet = isParquetSet(uri) && url !== null;
  const path = machinePath(uri);
  // The files beside it are read by their addresses; outside the workspace the user is asked.
  if (isParquet && path !== undefined) await permission.ask(pathToFileUrl(path), uri);
  const text = await readDocument(uri, signal, tell);
  const options = { transfer: [text], signal };
  await named(
    name,
    isParquet
      ? worker.request('openParquet', { document, text, url }, options)
      : worker.request('open', { document, text, url }, { ...options, onProgress: tell }),
  );
}

/** Failures of the worker do not say of which set they are. */
async function named<Result>(name: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const { code, message } = describeError(error, 'malformed-reference');
    if (code === 'cancelled') throw error;
    throw new KerchunkError(code, `${name}: ${message}`, { cause: error });
  }
}
