import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { npm, plainEnvironment, run } from './commands.mjs';
import { removeLeftovers } from './lifetime.mjs';
import { serverFolder } from './paths.mjs';

/** The server is VS Code's own, as the npm package code-server carries it; it wants this major version of Node. */
const versions = { 'code-server': '4.139.1', node: '24.20.0' };
const STAMP = 'complete.json';
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'];

/**
 * Installs VS Code's server and a Node for it from the npm registry into `.vscode-test/server`, once. The install is made in a folder
 * beside it that takes its name when complete: an interrupted one leaves nothing that looks finished.
 *
 * @returns {Promise<{ node: string, main: string }>} the Node binary and the server's script
 */
export async function ensureServer() {
  if (!(await complete())) await install();
  return {
    node: nodeBinary(serverFolder),
    main: join(vscodeFolder(serverFolder), 'out', 'server-main.js'),
  };
}

async function install() {
  const partial = `${serverFolder}.${process.pid}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await removeLeftovers(dirname(serverFolder), /^server\.(\d+)\.partial$/u);
  await writeFile(join(partial, 'package.json'), '{ "private": true }\n');
  console.log(
    `Installing VS Code's server (code-server ${versions['code-server']}, about 800 MB on disk) into .vscode-test/server.`,
  );
  const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
  // Install scripts stay off: the server's would compile native modules, which it does without.
  await npm(['install', ...QUIET, '--save-exact', ...packages], { cwd: partial });
  // The one script wanted: the package `node` fetches the binary for this system with it.
  await run(process.execPath, ['installArchSpecificPackage.js'], {
    cwd: join(partial, 'node_modules', 'node'),
    env: plainEnvironment(),
    capture: true,
  });
  await npm(['install', ...QUIET, '--omit=dev'], { cwd: vscodeFolder(partial) });
  await writeFile(join(partial, STAMP), `${JSON.stringify(versions)}\n`);
  await putInPlace(partial);
}

/** @param {string} partial a finished install */
async function putInPlace(partial) {
  // Another run may have finished the same install in the meantime.
  if (await complete()) {
    await rm(partial, { recursive: true, force: true });
    return;
  }
  await rm(serverFolder, { recursive: true, force: true });
  await rename(partial, serverFolder);
}

async function complete() {
  try {
    const found = JSON.parse(await readFile(join(serverFolder, STAMP), 'utf8'));
    await stat(nodeBinary(serverFolder));
    return Object.entries(versions).every(([name, version]) => found[name] === version);
  } catch {
    return false;
  }
}

/** @param {string} folder */
function nodeBinary(folder) {
  return join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** @param {string} folder */
function vscodeFolder(folder) {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}
