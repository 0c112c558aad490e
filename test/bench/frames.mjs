// What the measurements of frame times share: the page at 1400 x 900 in Chromium that renders by software, its host in a process of its own, and how
// frames are counted.
import { fork } from 'node:child_process';
import { loadavg } from 'node:os';
import path from 'node:path';
import { launchBrowser } from '../host/browser.mjs';

/** Milliseconds, the targets. */
const targets = { frames: 33, loop: 50 };

/** Opens a reference file's page; `url` is the file's own address. Needs `npm run build`. */
export async function openPage(references, url = '') {
  const host = fork(path.join(import.meta.dirname, 'page-host.mjs'), [references, url].filter(Boolean));
  const { address } = await new Promise((resolve, reject) => {
    host.once('message', resolve);
    host.once('exit', () => reject(new Error('The host has ended.')));
  });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(120_000);
  await page.goto(address);
  await page.getByRole('tree').waitFor();
  return {
    page,
    /** The delay of the host's event loop since it was asked for last. */
    delay: () =>
      new Promise((resolve) => {
        host.once('message', resolve);
        host.send('delay');
      }),
    close: async () => {
      await browser.close();
      host.send('end');
    },
  };
}

/** The milliseconds between frames while something is done. */
export async function framesDuring(page, act) {
  await page.evaluate(() => {
    globalThis.frames = [];
    let last = globalThis.performance.now();
    const frame = (now) => {
      globalThis.frames.push(now - last);
      last = now;
      globalThis.going = globalThis.requestAnimationFrame(frame);
    };
    globalThis.going = globalThis.requestAnimationFrame(frame);
  });
  await act();
  return page.evaluate(() => {
    globalThis.cancelAnimationFrame(globalThis.going);
    return globalThis.frames.slice(1);
  });
}

/** Drags from `from` by each of `ways` and back. */
export async function drag(page, from, ways) {
  for (const [dx, dy] of [...ways, ...ways.map(([a, b]) => [-a, -b])]) {
    await page.mouse.move(from.x - dx / 2, from.y - dy / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + dx / 2, from.y + dy / 2, { steps: 40 });
    await page.mouse.up();
  }
}

const percentile = (values, part) => values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1];

/** Tells frame times of the second time, beside those of the first. */
export function reportFrames(what, warm, cold) {
  report(`${what}: between frames, 95th percentile of ${warm.length}`, percentile(warm, 0.95), targets.frames);
  console.log(
    `  median ${percentile(warm, 0.5).toFixed(1)} ms, longest ${Math.max(...warm).toFixed(1)} ms; ` +
      `cold: ${percentile(cold, 0.95).toFixed(1)} ms (95th percentile of ${cold.length})`,
  );
}

/** Tells how the host's event loop was held up. */
export function reportDelay({ p99, max }, more = '') {
  report('event loop delay of the host meanwhile, 99th percentile', p99, targets.loop);
  console.log(`  the longest ${max.toFixed(1)} ms;${more} load ${loadavg()[0].toFixed(1)}`);
}

function report(what, milliseconds, target) {
  const missed = milliseconds >= target;
  if (missed) process.exitCode = 1;
  console.log(
    `${what.padEnd(70)} ${milliseconds.toFixed(1).padStart(7)} ms   target ${target} ms${missed ? '   MISSED' : ''}`,
  );
}
