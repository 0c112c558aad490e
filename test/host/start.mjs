// `npm start`: sets up, generates references for the sample COG, and opens VS Code on the folder with both. `npm start -- --check` ends
// when VS Code answers. Only Node's own modules are imported before the dependencies are installed.
import { spawn } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { npm, run } from './commands.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { cache, root, sampleFolder, unpackedExtension } from './paths.mjs';

const options = process.argv.slice(2);
if (options.some((option) => option !== '--check')) {
  console.error('npm start takes one option, after --: --check, which ends when VS Code answers.');
  process.exit(1);
}
const check = options.includes('--check');
const demo = join(cache, 'demo');

await ensureDependencies();
await npm(['run', 'build'], { cwd: root });
console.log('\nGenerating references for the sample COG:\n');
await rm(demo, { recursive: true, force: true });
await mkdir(demo, { recursive: true });
await cp(join(sampleFolder, 'red.tif'), join(demo, 'red.tif'));
await run(process.execPath, [join(root, 'dist', 'cli.js'), 'generate', join(demo, 'red.tif')]);

const { findOnPath } = await import('./chromium.mjs');
const { packageExtension } = await import('./vsix.mjs');
await packageExtension();
const code = process.platform === 'win32' ? undefined : await findOnPath(['code']);
if (code !== undefined && !check) {
  console.log(`\nOpening ${demo} in VS Code (${code}).`);
  spawn(code, ['--new-window', `--extensionDevelopmentPath=${unpackedExtension}`, demo], {
    stdio: 'ignore',
    detached: true,
  }).unref();
} else {
  await serve();
}

async function serve() {
  const { startServer } = await import('./server.mjs');
  const server = await startServer({
    name: 'start',
    // A panel for chats would take the room that the references need.
    settings: { 'workbench.startupEditor': 'none', 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
    prepare: (extensions) =>
      cp(unpackedExtension, join(extensions, 'kerchunk-tools.vscode-kerchunk-0.1.0'), { recursive: true }),
  });
  const address = `${server.address}/?folder=${encodeURI(demo)}`;
  if (check) {
    await server.stop();
    console.log(`\nVS Code ran at ${address} and was stopped; npm start leaves it running.`);
    return;
  }
  console.log(
    `\nVS Code runs at ${address}\nOpen it in a browser: red.kerchunk.json holds the references; a right click on red.tif offers Generate Kerchunk. Ctrl+C ends it.`,
  );
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.stop();
}
