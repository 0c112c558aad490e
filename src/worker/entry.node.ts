import { parentPort } from 'node:worker_threads';
import type { ToWorker } from './messages';
import { serve } from './serve';

const port = parentPort;
if (port === null) throw new Error('This script is started as a worker thread.');
serve({
  post: (message, transfer) => {
    port.postMessage(message, transfer);
  },
  listen: (handler) => {
    port.on('message', (message: ToWorker) => {
      handler(message);
    });
  },
});
