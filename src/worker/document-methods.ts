import type { SourceOpener } from '../bytes/source';
import { describeArray } from '../preview/array-details';
import { previewChunk } from '../preview/chunk-preview';
import { coordinatesAlong } from '../preview/coordinates';
import type { PreviewDocument } from '../preview/document';
import { glanceAt } from '../preview/glance';
import { gridCells } from '../preview/grid-cells';
import { hoverAt } from '../preview/hover';
import { takeStored, takeWindow } from '../preview/take';
import { checkDocument, checkReachOf } from './check-document';
import type { DocumentMethods } from '../preview/methods';
import type { Tell } from './reading-progress';

/**
 * What the worker does for each request about a document that it holds; `tell` says how far it is. `afresh` opens the files behind it as
 * they are now, whatever is kept of them.
 */
export type DocumentHandlers = {
  [Method in keyof DocumentMethods]: (
    document: PreviewDocument,
    payload: DocumentMethods[Method]['payload'],
    signal: AbortSignal,
    tell: Tell,
    afresh: SourceOpener,
  ) => DocumentMethods[Method]['result'] | Promise<DocumentMethods[Method]['result']>;
};

export const documentMethods: DocumentHandlers = {
  glance: (document, { path }, signal) => glanceAt(document, path, signal),
  describeArray: (document, { path }) => describeArray(document, path),
  grid: ({ set }, { window }) => gridCells(set, window),
  axes: (document, { path, indices, axes }, signal) => coordinatesAlong(document, path, indices, axes, signal),
  chunk: (document, { path, indices }, signal) => previewChunk(document, path, indices, signal),
  take: (document, { path, slices, format }, signal) => takeWindow(document, path, slices, format, signal),
  takeStored: (document, { path, indices }, signal) => takeStored(document, path, indices, signal),
  hover: (document, { line, column }, signal) => hoverAt(document, line, column, signal),
  checkSource: (document, _, signal, tell, afresh) => checkDocument(document, afresh, signal, tell),
  checkReach: (document, _, signal, tell, afresh) => checkReachOf(document, afresh, signal, tell),
};
