import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureServer } from './install-server.mjs';
import { endWithUs, removeLeftovers } from './lifetime.mjs';
import { cache, logs } from './paths.mjs';

const ANSWER_WITHIN = 60_000;

/**
 * @typedef {object} RunningServer
 * @property {string} address `http://127.0.0.1:port`, without a slash at its end
 * @property {string} authority `127.0.0.1:port`, the authority of `vscode-remote:` addresses
 * @property {string} extensions the folder installed extensions stand in
 * @property {string} log the file the server's output goes to
 * @property {() => Promise<void>} stop ends the server and removes its data
 */

/**
 * Starts VS Code's server on a free port of 127.0.0.1 with fresh data, installing it first where it is missing.
 *
 * @param {{ name?: string, trust?: boolean, settings?: Record<string, unknown>, prepare?: (extensions: string) => Promise<void>, port?: number, development?: boolean }} [options]
 *   `name`: of the log file.
 *   `trust`: false asks before a folder is trusted, as for a user (Restricted Mode); true (default) trusts everything.
 *   `development`: true (default) takes an extension under development and its tests; false shows notifications as a user gets them.
 *   `settings`: user settings. `prepare`: puts extensions into their folder before the server reads it.
 * @returns {Promise<RunningServer>}
 * @throws {Error} where the server ends early or does not answer within a minute
 */
export async function startServer({
  name = 'server',
  trust = true,
  settings = {},
  prepare,
  port,
  development = true,
} = {}) {
  const { node, main } = await ensureServer();
  const runs = join(cache, 'runs');
  await mkdir(runs, { recursive: true });
  await removeLeftovers(runs, /^(\d+)-/u);
  const folder = await mkdtemp(join(runs, `${process.pid}-`));
  const extensions = join(folder, 'extensions');
  await mkdir(join(folder, 'data', 'data', 'User'), { recursive: true });
  await mkdir(extensions);
  await writeFile(join(folder, 'data', 'data', 'User', 'settings.json'), JSON.stringify(settings));
  await prepare?.(extensions);

  const chosen = port ?? (await freePort());
  const log = join(logs, `${name}.log`);
  await mkdir(logs, { recursive: true });
  const child = spawn(node, [main, ...serverArguments(chosen, folder, { trust, development })], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithUs(child);
  const output = createWriteStream(log);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const address = `http://127.0.0.1:${chosen}`;
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    // Its extension hosts get a moment; then it ends in any case.
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
    output.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    await untilItAnswers(address, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, authority: `127.0.0.1:${chosen}`, extensions, log, stop };
}

/**
 * @param {number} port
 * @param {string} folder
 * @param {{ trust: boolean, development: boolean }} options
 */
function serverArguments(port, folder, { trust, development }) {
  return [
    ...['--host', '127.0.0.1', '--port', `${port}`, '--without-connection-token', '--accept-server-license-terms'],
    // Without it a released workbench ignores an extension under development and its tests; with it, it shows no notifications.
    ...(development ? ['--enable-smoke-test-driver'] : []),
    ...(trust ? ['--disable-workspace-trust'] : []),
    ...['--server-data-dir', join(folder, 'data'), '--extensions-dir', join(folder, 'extensions')],
    ...['--telemetry-level', 'off'],
  ];
}

/**
 * @param {string} address
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} log
 */
async function untilItAnswers(address, child, log) {
  const end = Date.now() + ANSWER_WITHIN;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`VS Code's server ended with code ${child.exitCode}; see ${log}.`);
    if (await answers(address)) return;
    await sleep(200);
  }
  throw new Error(`VS Code's server did not answer within ${ANSWER_WITHIN / 1000} s; see ${log}.`);
}

/** @param {string} address */
async function answers(address) {
  try {
    return (await fetch(`${address}/version`)).ok;
  } catch {
    return false;
  }
}

/** @returns {Promise<number>} a port nothing listens on */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
