import { Worker } from 'node:worker_threads';
import type { WorkerChannel, WorkerListener, WorkerScript } from './channel';
import type { FromWorker } from './messages';

/** Starts the worker as a thread of this process. */
export function startWorker(script: WorkerScript, listener: WorkerListener): Promise<WorkerChannel> {
  const worker = new Worker(script.path);
  worker.on('message', (message: FromWorker) => {
    listener.message(message);
  });
  worker.on('error', (error) => {
    listener.ended(error.message);
  });
  worker.on('exit', (code) => {
    listener.ended(`it ended with code ${code}`);
  });
  // An idle worker keeps no process alive.
  worker.unref();
  return Promise.resolve({
    post: (message, transfer) => {
      worker.postMessage(message, transfer);
    },
    stop: () => {
      void worker.terminate();
    },
  });
}
