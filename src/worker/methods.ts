import { generateReferences } from '../generate/generate';
import { describeArray } from '../preview/array-details';
import { previewChunk } from '../preview/chunk-preview';
import { gridCells } from '../preview/grid-cells';
import { hoverAt } from '../preview/hover';
import { outlineOf } from '../preview/outline';
import { canShow, openTiff } from '../preview/tiff';
import { measureDrift } from '../validate/drift';
import { checkDocument } from './check-document';
import { Documents } from './documents';
import { fixDocument } from './fix-document';
import type { HostBytes } from './host-source';
import type { WorkerMethod, WorkerMethods } from './messages';
import { validateDocument } from './validate-document';

/** What the worker does for each request; `tell` says how far it is. */
export type Methods = {
  [Method in WorkerMethod]: (
    payload: WorkerMethods[Method]['payload'],
    signal: AbortSignal,
    tell: (message: string) => void,
  ) => WorkerMethods[Method]['result'] | Promise<WorkerMethods[Method]['result']>;
};

/** The methods of one worker, which share the reference files that it holds. */
export function createMethods(hostBytes: HostBytes): Methods {
  const documents = new Documents(hostBytes);
  return {
    generate: async ({ tiff, options, strips, file }, signal) => {
      const stored = strips.map(({ offset, bytes }) => ({ offset, bytes: new Uint8Array(bytes) }));
      const { text, account } = await generateReferences(tiff, options, stored, signal);
      const { xarrayCode, ...plain } = account;
      return { text, account: plain, code: xarrayCode(file) };
    },
    measureDrift: ({ stored, array }) => measureDrift(new Uint8Array(stored), array),
    open: ({ document, text, url }) => outlineOf(documents.open(document, new Uint8Array(text), url ?? undefined)),
    openTiff: async ({ document, url }, signal) => {
      const { text, tiff } = await openTiff(hostBytes.opener(document).open(url), signal);
      return { ...outlineOf(documents.open(document, text, url)), tiff };
    },
    canShow: ({ tiff }) => canShow(tiff),
    close: ({ document }) => {
      documents.close(document);
      return null;
    },
    describeArray: ({ document, path }) => describeArray(documents.get(document), path),
    grid: ({ document, window }) => gridCells(documents.get(document).set, window),
    chunk: ({ document, path, indices }, signal) => previewChunk(documents.get(document), path, indices, signal),
    hover: ({ document, line, column }, signal) => hoverAt(documents.get(document), line, column, signal),
    validate: (payload, signal) => validateDocument(documents, hostBytes, payload, signal),
    fixes: (payload, signal) => fixDocument(documents, hostBytes, payload, signal),
    checkSource: ({ document }, signal, tell) => checkDocument(documents.get(document), signal, tell),
  };
}
