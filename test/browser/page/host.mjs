/*
 * Stands in for VS Code and the extension in the page: `acquireVsCodeApi`, and a host that answers from made-up data. The tests steer it
 * through `globalThis.host`.
 */
import { arrayAt, cellsOf, findings, glanceOf, outline, readers } from './arrays';
import { chunkOf } from './chunks';
import { height } from './landscape';

const kept = 'kept';
const host = {
  /** What the page has sent, but for `ready`. */
  /** @type {any[]} */
  messages: [],
  /** Milliseconds until a chunk is answered. */
  delay: 0,
  revision: 1,
  trusted: true,
  /** @type {readonly string[]} */
  without: [],
  /** @type {any} what is said in place of the outline */
  document: undefined,
  /** @type {any} what the outline says of a TIFF that is shown itself; it has no findings */
  tiff: undefined,
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
  if (message.type === 'ready') {
    const loading = { kind: 'loading', name: 'elevation.kerchunk.json' };
    send({ type: 'document', revision: 0, state: loading, trusted: true });
    setTimeout(sendDocument, 20);
    return;
  }
  host.messages.push(message);
  if (message.type !== 'request') return;
  const delay = message.method === 'chunk' ? host.delay : 2;
  setTimeout(() => send(answer(message)), delay);
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
