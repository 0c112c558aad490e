// The extension host's part of the measurements of frame times, in a process of its own: it holds the worker, answers the page, and
// measures how long its event loop is held up.
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { servePage } from '../browser/page-server.mjs';

const [, , references, url] = process.argv;
const pages = await servePage(({ createOpener }) => {
  const opener = createOpener();
  return (address) => opener.open(address);
});
const state = await pages.open('bench.kerchunk.json', { text: await readFile(references), url: url ?? null });
if (state.kind !== 'outline') throw new Error(state.error.message);
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
process.on('message', async (message) => {
  if (message === 'delay') {
    process.send({ p99: delays.percentile(99) / 1e6, max: delays.max / 1e6 });
    delays.reset();
    return;
  }
  await pages.close();
  process.disconnect();
});
process.send({ address: pages.address('bench.kerchunk.json') });
