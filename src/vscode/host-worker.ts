import * as vscode from 'vscode';
import type { StoredStrip } from '../generate/last-strip';
import type { GenerateOptions, GeneratedReferences } from '../generate/types';
import { tightCopy } from '../tight';
import type { TiffDescription } from '../tiff/types';
import type { Drift } from '../validate/drift';
import { WorkerClient } from '../worker/client';
import { startWorker } from '../worker/start';
import type { ZarrArray } from '../zarr/types';
import type { ByteService } from './byte-service';
import { tiffDocumentName } from './tiff-names';

/** The one worker of this host; it starts when something is first asked of it. `bytes`: what references point at, for those that it holds. */
export function createWorker(extensionUri: vscode.Uri, bytes?: ByteService): WorkerClient {
  const script = (name: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'dist', name);
  return new WorkerClient(
    (listener) =>
      startWorker(
        {
          path: script('worker.js').fsPath,
          text: async () => new TextDecoder().decode(await vscode.workspace.fs.readFile(script('worker.web.js'))),
        },
        listener,
      ),
    async (name) => vscode.workspace.fs.readFile(script(`assets/${name}`)),
    bytes === undefined
      ? {}
      : {
          openSource: (document, url, afresh) =>
            bytes.open(url, { opened: document === tiffDocumentName(url), afresh }),
        },
  );
}

/** The work of generating that takes long, done in the worker. */
export interface WorkerWork {
  /** References of a TIFF; their account's code opens `file`, whatever file it is asked for. */
  generate: (
    tiff: TiffDescription,
    options: GenerateOptions,
    strips: readonly StoredStrip[],
    file: string,
    signal: AbortSignal,
  ) => Promise<GeneratedReferences>;
  /** Whether the pixels of a TIFF are decoded here. */
  canShow: (tiff: TiffDescription, signal: AbortSignal) => Promise<boolean>;
  /** Decodes one chunk in both ways. */
  measureDrift: (stored: Uint8Array, array: ZarrArray, signal: AbortSignal) => Promise<Drift>;
}

export function workIn(worker: WorkerClient): WorkerWork {
  return {
    generate: async (tiff, options, strips, file, signal) => {
      const sent = strips.map(({ offset, bytes }) => ({ offset, bytes: tightCopy(bytes) }));
      const transfer = sent.map(({ bytes }) => bytes);
      const payload = { tiff, options, strips: sent, file };
      const { text, account, code } = await worker.request('generate', payload, { transfer, signal });
      return { text, account: { ...account, xarrayCode: () => code } };
    },
    canShow: (tiff, signal) => worker.request('canShow', { tiff }, { signal }),
    measureDrift: (stored, array, signal) => {
      const bytes = tightCopy(stored);
      return worker.request('measureDrift', { stored: bytes, array }, { transfer: [bytes], signal });
    },
  };
}
