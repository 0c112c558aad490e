import { provideAssets } from '../assets';
import { describeError, KerchunkError } from '../errors';
import { generateReferences } from '../generate/generate';
import { measureDrift } from '../validate/drift';
import type { FromWorker, ToWorker, WorkerMethods, WorkerRequest } from './messages';

/** The worker's end of the channel to its host. */
export interface WorkerPort {
  post(message: FromWorker): void;
  listen(handler: (message: ToWorker) => void): void;
}

interface AssetWaiter {
  resolve: (bytes: Uint8Array) => void;
  reject: (error: KerchunkError) => void;
}

/** Answers the host's requests until the worker ends; wasm and tables are asked of the host when a decoder needs them. */
export function serve(port: WorkerPort): void {
  const waiting = new Map<string, AssetWaiter>();
  const running = new Set<number>();
  provideAssets(
    (name) =>
      new Promise((resolve, reject) => {
        waiting.set(name, { resolve, reject });
        port.post({ type: 'wantAsset', name });
      }),
  );
  port.listen((message) => {
    switch (message.type) {
      case 'cancel':
        running.delete(message.id);
        break;
      case 'asset':
        takeAsset(waiting, message);
        break;
      case 'generate':
      case 'measureDrift':
        running.add(message.id);
        void answer(message).then((reply) => {
          // A cancelled request is answered on the host's side already.
          if (running.delete(message.id)) port.post(reply);
        });
        break;
    }
  });
}

function takeAsset(waiting: Map<string, AssetWaiter>, message: Extract<ToWorker, { type: 'asset' }>): void {
  const waiter = waiting.get(message.name);
  waiting.delete(message.name);
  if (message.ok) waiter?.resolve(new Uint8Array(message.bytes));
  else waiter?.reject(new KerchunkError(message.error.code, message.error.message));
}

async function answer(request: WorkerRequest): Promise<FromWorker> {
  try {
    return { type: 'reply', id: request.id, ok: true, result: await run(request) };
  } catch (error) {
    return { type: 'reply', id: request.id, ok: false, error: describeError(error, 'decode-failed') };
  }
}

async function run(request: WorkerRequest): Promise<WorkerMethods[WorkerRequest['type']]['result']> {
  switch (request.type) {
    case 'generate': {
      const { tiff, options, file } = request.payload;
      const { text, account } = await generateReferences(tiff, options);
      const { xarrayCode, ...plain } = account;
      return { text, account: plain, code: xarrayCode(file) };
    }
    case 'measureDrift': {
      const { stored, array } = request.payload;
      return measureDrift(new Uint8Array(stored), array);
    }
  }
}
