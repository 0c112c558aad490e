import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './commands.mjs';
import { root } from './paths.mjs';

/**
 * Installs what package-lock.json lists where node_modules/ is missing or differs from it.
 *
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function ensureDependencies() {
  if (await installed()) return false;
  console.log('Installing the dependencies that package-lock.json lists (npm ci).');
  // npm's warnings are about what packages say of each other, nothing that somebody who starts this could act on.
  await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
  return true;
}

/** Whether node_modules/ holds every package of package-lock.json in its version. npm writes its own list last, so an interrupted install has none. */
async function installed() {
  const wanted = await readPackages(join(root, 'package-lock.json'));
  const found = await readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined)
    throw new Error('package-lock.json cannot be read; restore it with git checkout package-lock.json.');
  if (found === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    // The entry '' is this repository; packages for other systems are optional.
    return path === '' || found[path]?.version === version || (optional === true && found[path] === undefined);
  });
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, { version?: string, optional?: boolean }> | undefined>} undefined where the file cannot be read
 */
async function readPackages(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
