import type { ToWorker } from './messages';
import { serve } from './serve';

serve({
  post: (message, transfer) => {
    postMessage(message, transfer);
  },
  listen: (handler) => {
    addEventListener('message', (event: MessageEvent<ToWorker>) => {
      handler(event.data);
    });
  },
});
