import { provideAssets } from '../assets';
import type { KerchunkError } from '../errors';
import { buffersIn } from './buffers';
import { errorOf, failureOf } from './failure';
import { HostBytes } from './host-source';
import type { FromWorker, ToWorker, WorkerRequest } from './messages';
import { createMethods, type Methods } from './methods';
import type { Tell } from './reading-progress';

/** The worker's end of the channel to its host. */
export interface WorkerPort {
  /** Buffers in `transfer` stand in `message` and move to the host. */
  post(message: FromWorker, transfer: ArrayBuffer[]): void;
  listen(handler: (message: ToWorker) => void): void;
}

interface AssetWaiter {
  resolve: (bytes: Uint8Array) => void;
  reject: (error: KerchunkError) => void;
}

/**
 * Answers the host's requests until the worker ends; wasm, tables and bytes of the files behind references are asked of the host when
 * they are needed.
 */
export function serve(port: WorkerPort): void {
  const assets = new Map<string, AssetWaiter>();
  const running = new Map<number, AbortController>();
  const hostBytes = new HostBytes((message) => {
    port.post(message, []);
  });
  const methods = createMethods(hostBytes);
  provideAssets(
    (name) =>
      new Promise((resolve, reject) => {
        assets.set(name, { resolve, reject });
        port.post({ type: 'wantAsset', name }, []);
      }),
  );
  port.listen((message) => {
    if (message.type === 'cancel') {
      running.get(message.id)?.abort();
      running.delete(message.id);
    } else if (message.type === 'asset') {
      takeAsset(assets, message);
    } else if (message.type === 'bytes') {
      hostBytes.take(message);
    } else {
      const controller = new AbortController();
      running.set(message.id, controller);
      const tell: Tell = (words, findings) => {
        const { id } = message;
        if (running.has(id))
          port.post({ type: 'progress', id, message: words, ...(findings === undefined ? {} : { findings }) }, []);
      };
      void answer(methods, message, controller.signal, tell).then((reply) => {
        // A cancelled request is answered on the host's side already.
        if (running.delete(message.id)) port.post(reply, buffersIn(reply));
      });
    }
  });
}

function takeAsset(waiting: Map<string, AssetWaiter>, message: Extract<ToWorker, { type: 'asset' }>): void {
  const waiter = waiting.get(message.name);
  waiting.delete(message.name);
  if (message.ok) waiter?.resolve(new Uint8Array(message.bytes));
  else waiter?.reject(errorOf(message.error));
}

async function answer(methods: Methods, request: WorkerRequest, signal: AbortSignal, tell: Tell): Promise<FromWorker> {
  try {
    return { type: 'reply', id: request.id, ok: true, result: await run(methods, request, signal, tell) };
  } catch (error) {
    return { type: 'reply', id: request.id, ok: false, error: failureOf(error, 'decode-failed') };
  }
}

/** The payload goes to the method of its own type; which pairs there are, the compiler does not follow through the union. */
function run<Request extends WorkerRequest>(methods: Methods, request: Request, signal: AbortSignal, tell: Tell) {
  const method = methods[request.type] as (
    payload: Request['payload'],
    signal: AbortSignal,
    tell: Tell,
  ) => ReturnType<Methods[Request['type']]>;
  return method(request.payload, signal, tell);
}
