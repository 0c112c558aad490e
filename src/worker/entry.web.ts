import type { ToWorker } from './messages';
import { serve } from './serve';

serve({
  post: (message) => {
    postMessage(message);
  },
  listen: (handler) => {
    addEventListener('message', (event: MessageEvent<ToWorker>) => {
      handler(event.data);
    });
  },
});
