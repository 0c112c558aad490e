import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, sampleFolder } from '../host/paths.mjs';
import { importSources } from '../support/import-sources.mjs';

const run = promisify(execFile);

/** TIFFs of five kinds: from the project's own fixtures, and other people's where a folder with them stands beside the project. */
const fixtures = join(root, 'test', 'fixtures', 'tiffs');
const corpus = join(root, '..', 'shared', 'corpus', 'tiff');

/**
 * A folder with reference files of many kinds: the notebook's and the portable one of the same COG on a server, one of a local file, one
 * whose chunks fail in every way, and one of each of `tiffs`.
 *
 * @param {Record<string, string>} tiffs names of TIFFs, by the names that they get here
 */
export async function makeViewerScene(tiffs) {
  const servers = await importSources("export * from './test/browser/viewer-servers';");
  const parent = await mkdtemp(join(tmpdir(), 'kerchunk-'));
  const folder = join(parent, 'scene');
  await mkdir(folder);
  const present = Object.entries(tiffs).filter(([, from]) => existsSync(find(from)));
  if (present.length < Object.keys(tiffs).length)
    console.log(`Left out: other people's TIFFs, which are not in ${corpus}.`);
  const served = Object.fromEntries(
    await Promise.all(present.map(async ([name, from]) => [name, await readFile(find(from))])),
  );
  const server = await servers.serveViewerScene(served);
  await copyFile(join(sampleFolder, 'red.tif'), join(folder, 'red.tif'));
  const generate = async (/** @type {string[]} */ ...options) => {
    await run(process.execPath, [join(root, 'dist', 'cli.js'), 'generate', ...options], { cwd: folder });
  };
  await generate('red.tif');
  await generate(`${server.url}/B04.tif`, '-o', 'portable.kerchunk.json', '--name', 'red');
  for (const name of Object.keys(served)) await generate(`${server.url}/${name}`, '-o', folder);
  await writeFile(join(folder, 'notebook.kerchunk.json'), servers.notebookText(`${server.url}/B04.tif`));
  await writeFile(join(folder, 'wrecks.refs.json'), servers.wrecksText(server.url));
  return {
    folder,
    server,
    /** What the reference files of `tiffs` are called, without their ending. */
    kinds: present.map(([name]) => name.replace(/\.tif$/u, '')),
    names: await readdir(folder),
    failures: servers.failures,
    hesitations: servers.hesitations,
    /** Workspace settings, which VS Code takes over as soon as they are written. */
    async settings(/** @type {Record<string, unknown>} */ values) {
      await mkdir(join(folder, '.vscode'), { recursive: true });
      await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(values));
    },
    async remove() {
      await server.close();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

/** @param {string} name of a TIFF of the fixtures or of the corpus */
function find(name) {
  const own = join(fixtures, name);
  return existsSync(own) ? own : join(corpus, name);
}
