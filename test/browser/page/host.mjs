/*
 * Stands in for VS Code and the extension in the page: `acquireVsCodeApi`, and a host that answers from made-up data. The tests steer it
 * through `globalThis.host`.
 */
import { arrayAt, cellsOf, findings, glanceOf, outline, readers } from './arrays';
import { chunkOf } from './chunks';
import { comparisonOf } from './comparisons';
import { costOf } from './costs';
import { comparedSets } from './differences';
import { bytesOf, targetMapOf, targetsOf } from './files';
import { height } from './landscape';
import { encodingAt, stageBytesOf, whatIfOf } from './pipeline';
import { coordinatesOf, pyramidOf, windowOf } from './maps';
import { report } from './reports';

const kept = 'kept';
/** Requests that are not answered yet. */
/** @type {any[]} */
const late = [];
/** Milliseconds longer for every answer, where the checks are run slowly. */
const thinks = globalThis.hostThinks ?? 0;
const host = {
  /** What the page has sent, but for `ready`. */
  /** @type {any[]} */
  messages: [],
  /** Milliseconds until a chunk is answered; with Infinity it is answered once `answerLate` is called. */
  delay: 0,
  answerLate: () => {
    for (const message of late.splice(0)) send(answer(message));
  },
  /** Milliseconds until a comparison is answered. */
  compareDelay: 2,
  /** Milliseconds until a part of a map is answered. */
  windowDelay: 2,
  revision: 1,
  trusted: true,
  /** @type {readonly string[]} */
  without: [],
  /** @type {any} what is said in place of the outline */
  document: undefined,
  /** @type {any} what the outline says of a TIFF that is shown itself; it has no findings */
  tiff: undefined,
  /** What the page that compares sets is told at first. */
  differences: comparedSets(),
  /** @type {string | null} why the file cannot be written to */
  notWritable: null,
  /** All that was sent: what of a page is data, and not its own words. */
  /** @type {any[]} */
  sentByHost: [],
  height,
  readers,
  send,
  sendDocument,
  /** @type {(type: string) => any[]} */
  sent: (type) => host.messages.filter((message) => message.type === type),
};
globalThis.host = host;

globalThis.acquireVsCodeApi = () => ({
  postMessage: receive,
  getState: () => JSON.parse(globalThis.sessionStorage.getItem(kept) ?? 'null') ?? undefined,
  setState: (/** @type {unknown} */ state) => globalThis.sessionStorage.setItem(kept, JSON.stringify(state)),
});

function send(/** @type {unknown} */ message) {
  host.sentByHost.push(message);
  globalThis.postMessage(message, '*');
}

function sendDocument() {
  const { revision, trusted } = host;
  const whole = { ...outline(host.without), ...(host.tiff === undefined ? {} : { tiff: host.tiff }) };
  const state = host.document ?? { kind: 'outline', name: 'elevation.kerchunk.json', outline: whole };
  send({ type: 'document', revision, state, trusted });
  if (host.tiff === undefined) send({ type: 'findings', revision, findings, readers });
}

function receive(/** @type {any} */ message) {
  const shown = globalThis.document.getElementById('page')?.dataset.page;
  if (message.type === 'ready' && (shown === 'differences' || shown === 'report')) {
    send(shown === 'report' ? { type: 'show', report } : host.differences);
    return;
  }
  if (message.type === 'ready') {
    const loading = { kind: 'loading', name: 'elevation.kerchunk.json' };
    send({ type: 'document', revision: 0, state: loading, trusted: true });
    setTimeout(sendDocument, 20);
    return;
  }
  host.messages.push(message);
  if (message.type !== 'request') return;
  const delay =
    { chunk: host.delay, window: host.windowDelay, compare: host.compareDelay }[
      /** @type {string} */ (message.method)
    ] ?? 2;
  if (delay === Infinity) late.push(message);
  else setTimeout(() => send(answer(message)), delay + thinks);
}

/** Days since the beginning of 2020, five to a chunk. */
function axisAt(/** @type {number} */ axis, /** @type {number} */ index) {
  const day = (/** @type {number} */ number) => new Date(Date.UTC(2020, 0, 1 + number)).toISOString().slice(0, 10);
  return { axis, name: 'time', unit: null, texts: [0, 1, 2, 3, 4].map((at) => day(5 * index + at)) };
}

function answer(/** @type {any} */ { id, method, payload }) {
  const results = {
    glance: () => glanceOf(payload.path),
    describeArray: () => arrayAt(payload.path),
    grid: () => cellsOf(payload.window),
    axes: () => payload.axes.map((/** @type {number} */ axis) => axisAt(axis, payload.indices[axis])),
    chunk: () => chunkOf(payload.path, payload.indices),
    targets: () => targetsOf(payload.search),
    targetMap: () => targetMapOf(payload.place, payload.read),
    cost: () => costOf(payload.path, payload.slices),
    compare: () => comparisonOf(payload),
    targetBytes: () => bytesOf(payload.target, payload.offset),
    encoding: () => ({ ...encodingAt(payload.path), notWritable: host.notWritable }),
    whatIf: () => whatIfOf(payload),
    stageBytes: () => stageBytesOf(payload),
    pyramid: () => pyramidOf(payload.path),
    window: () => windowOf(payload),
    coordinates: () => coordinatesOf(payload),
  };
  const result = results[/** @type {keyof results} */ (method)]();
  if (result !== undefined) return { type: 'reply', id, ok: true, result };
  return {
    type: 'reply',
    id,
    ok: false,
    error: { code: 'malformed-metadata', message: `${payload.path} has no metadata.` },
  };
}
