import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();

/**
 * Ends a child process when this one ends, also where that happens by a signal.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function endWithUs(child) {
  if (children.size === 0) listen();
  children.add(child);
  child.once('close', () => children.delete(child));
}

function listen() {
  process.once('exit', endAll);
  const codes = /** @type {const} */ ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 });
  for (const [signal, code] of Object.entries(codes)) process.once(signal, () => process.exit(code));
}

function endAll() {
  for (const child of children) child.kill('SIGTERM');
}

/**
 * Removes the folders that processes which are gone have left.
 *
 * @param {string} parent the folder they stand in
 * @param {RegExp} pattern matches their names, with the process id as its first group
 */
export async function removeLeftovers(parent, pattern) {
  for (const name of await readdir(parent)) {
    const [, pid] = pattern.exec(name) ?? [];
    if (pid !== undefined && !alive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
