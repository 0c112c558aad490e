import { generateReferences } from '../generate/generate';
import { describeArray } from '../preview/array-details';
import { previewChunk } from '../preview/chunk-preview';
import { gridCells } from '../preview/grid-cells';
import { hoverAt } from '../preview/hover';
import { outlineOf } from '../preview/outline';
import { canShow, openTiff } from '../preview/tiff';
import { measureDrift } from '../validate/drift';
import { checkDocument, checkReachOf } from './check-document';
import { Documents } from './documents';
import { fixDocument } from './fix-document';
import type { HostBytes } from './host-source';
import type { WorkerMethod, WorkerMethods } from './messages';
import { readingProgress, type Tell } from './reading-progress';
import { validateDocument } from './validate-document';

/** What the worker does for each request; `tell` says how far it is, and what it has found so far. */
export type Methods = {
  [Method in WorkerMethod]: (
    payload: WorkerMethods[Method]['payload'],
    signal: AbortSignal,
    tell: Tell,
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
    open: async ({ document, text, url }, signal, tell) => {
      const bytes = new Uint8Array(text);
      const told = readingProgress(bytes, tell);
      return outlineOf(await documents.open(document, bytes, url ?? undefined, { signal, ...told }));
    },
    openTiff: async ({ document, url }, signal) => {
      const { text, tiff } = await openTiff(hostBytes.opener(document).open(url), signal);
      return { ...outlineOf(await documents.open(document, text, url, { signal })), tiff };
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
    checkSource: ({ document }, signal, tell) =>
      checkDocument(documents.get(document), hostBytes.openerAfresh(document), signal, tell),
    checkReach: ({ document }, signal, tell) =>
      checkReachOf(documents.get(document), hostBytes.openerAfresh(document), signal, tell),
  };
}
