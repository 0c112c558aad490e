import type { WorkerChannel, WorkerListener, WorkerScript } from './channel';
import type { FromWorker } from './messages';

/**
 * Starts the worker from a blob of its script: VS Code's web host starts no worker from the address of an extension's file, and a
 * browser none from another origin.
 */
export async function startWorker(script: WorkerScript, listener: WorkerListener): Promise<WorkerChannel> {
  const address = URL.createObjectURL(new Blob([await script.text()], { type: 'text/javascript' }));
  const worker = new Worker(address, { name: 'kerchunk' });
  worker.onmessage = (event: MessageEvent<FromWorker>) => {
    listener.message(event.data);
  };
  worker.onerror = (event) => {
    listener.ended(event.message || 'its script did not start');
  };
  return {
    post: (message, transfer = []) => {
      worker.postMessage(message, transfer);
    },
    stop: () => {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
  };
}
