import { resolveTarget } from '../bytes/address';
import type { SourceOpener } from '../bytes/source';
import { describeArray } from '../preview/array-details';
import { previewChunk } from '../preview/chunk-preview';
import { compareWindows } from '../preview/compare';
import { coordinatesAlong } from '../preview/coordinates';
import { costOf } from '../preview/cost';
import type { PreviewDocument } from '../preview/document';
import { glanceAt } from '../preview/glance';
import { gridCells } from '../preview/grid-cells';
import { describeEncoding } from '../preview/encoding-details';
import { hoverAt } from '../preview/hover';
import { rewriteEncoding } from '../preview/rewrite';
import { stageBytes, whatIf } from '../preview/what-if';
import { placeCoordinates } from '../preview/place-coordinates';
import { pyramidOf } from '../preview/pyramid';
import { windowValues } from '../preview/window';
import { takeStored, takeWindow } from '../preview/take';
import { checkDocument, checkReachOf } from './check-document';
import type { DocumentMethods } from '../preview/methods';
import { readTargetBytes } from '../preview/target-bytes';
import { listTargets } from '../preview/target-list';
import { checkTarget, mapTarget } from '../preview/target-map';
import { runInSlices } from '../steps';
import { tightCopy } from '../tight';
import { inForm } from './fix-document';
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
  text: ({ text }) => ({ text: tightCopy(text) }),
  glance: (document, { path }, signal) => glanceAt(document, path, signal),
  describeArray: (document, { path }) => describeArray(document, path),
  grid: ({ set }, { window }) => gridCells(set, window),
  axes: (document, { path, indices, axes }, signal) => coordinatesAlong(document, path, indices, axes, signal),
  chunk: (document, { path, indices }, signal) => previewChunk(document, path, indices, signal),
  encoding: (document, { path, indices }, signal) => describeEncoding(document, path, indices, signal),
  whatIf: (document, payload, signal) => whatIf(document, payload, signal),
  stageBytes: async (document, payload, signal) => ({ bytes: await stageBytes(document, payload, signal) }),
  rewrite: async (document, { path, encoding, form }, signal) =>
    inForm({ ...(await rewriteEncoding(document, path, encoding, signal)), count: 1 }, document, form),
  take: (document, { path, slices, format }, signal) => takeWindow(document, path, slices, format, signal),
  takeStored: (document, { path, indices }, signal) => takeStored(document, path, indices, signal),
  hover: (document, { line, column }, signal) => hoverAt(document, line, column, signal),
  pyramid: (document, { path }, signal) => pyramidOf(document, path, signal),
  window: windowValues,
  coordinates: (document, { path, slices }, signal) => placeCoordinates(document, path, slices, signal),
  checkSource: (document, _, signal, tell, afresh) => checkDocument(document, afresh, signal, tell),
  checkReach: (document, _, signal, tell, afresh) => checkReachOf(document, afresh, signal, tell),
  targets: (document, { search }, signal) => listTargets(document, search, signal),
  targetMap: (document, { place, read }, signal) => mapTarget(document, place, read, signal),
  targetBytes: (document, { target, offset }, signal) => readTargetBytes(document, target, offset, signal),
  targetAddress: (document, { target }) => {
    checkTarget(document, target);
    return resolveTarget(document.set.address(target), document.set.url);
  },
  compare: compareWindows,
  cost: ({ set }, { path, slices }, signal) => runInSlices(costOf(set, path, slices), signal),
};
