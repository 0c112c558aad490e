import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from './paths.mjs';

/**
 * Copies an extension so that VS Code can run it in a web worker only: without `main`. What would say so in the address of the workbench,
 * `extensionDevelopmentKind`, has no effect in VS Code 1.139, which then runs the extension on the server.
 *
 * @param {string} extension its folder
 * @param {string} name of the copy
 * @returns {Promise<string>} absolute path. Tests must lie below it to run in the same host as the extension.
 */
export async function copyForWebHost(extension, name) {
  const folder = join(cache, 'web-extension', name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(extension)) {
    if (['dist', 'docs', 'media', 'package.nls.json', 'schemas'].includes(entry))
      await cp(join(extension, entry), join(folder, entry), { recursive: true });
  }
  const manifest = JSON.parse(await readFile(join(extension, 'package.json'), 'utf8'));
  delete manifest.main;
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
