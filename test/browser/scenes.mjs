import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleFolder, root } from '../host/paths.mjs';

/** A folder as a user may have it: bands of a scene, and one file that references cannot express. */
export async function makeScene() {
  const parent = await mkdtemp(join(tmpdir(), 'kerchunk-'));
  const folder = join(parent, 'scene');
  await mkdir(folder);
  for (const name of ['nir.tif', 'red.tif', 'swir.tif']) await cp(join(sampleFolder, 'red.tif'), join(folder, name));
  await cp(join(root, 'test', 'fixtures', 'tiffs', 'refused-ccittfax4-1bit.tif'), join(folder, 'camera.tif'));
  return {
    folder,
    names: () => readdir(folder),
    /** Workspace settings, which VS Code takes over as soon as they are written. */
    async settings(/** @type {Record<string, unknown>} */ values) {
      await mkdir(join(folder, '.vscode'), { recursive: true });
      await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(values));
    },
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}

/**
 * Serves the sample by ranges, each answer after `delay` ms.
 *
 * @param {number} delay
 */
export async function serveSlowly(delay) {
  const bytes = await readFile(join(sampleFolder, 'red.tif'));
  const server = createServer((request, response) => {
    const [, start = '0', end = ''] = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? '') ?? [];
    const last = Math.min(Number(end), bytes.length - 1);
    setTimeout(() => {
      response.writeHead(206, { 'Content-Range': `bytes ${start}-${last}/${bytes.length}` });
      response.end(bytes.subarray(Number(start), last + 1));
    }, delay);
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}
