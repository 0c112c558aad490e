// The oracle tests: `npm run test:peers [-- pytest options]`. Makes two Python environments with pinned packages, once, and runs
// pytest in each: zarr-python 3 with all tests, zarr-python 2 with those that read references. `npm run test:peers -- --others` compares
// with others that write references, in a third environment, and validates what they write, instead.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.dirname(fileURLToPath(import.meta.url));
const repository = path.resolve(folder, '../..');
const windows = process.platform === 'win32';
const options = process.argv.slice(2);

/** Runs a command to its end, its output shown; ends this process where it fails. */
function run(command, args, extra = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', cwd: repository, ...extra });
  if (error !== undefined) console.error(`${command} cannot be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function findPython() {
  const candidates = [process.env.PYTHON, 'python3.11', 'python3', 'python'].filter(Boolean);
  for (const command of candidates) {
    const { stdout } = spawnSync(command, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
      encoding: 'utf8',
    });
    if (stdout?.trim() === '3.11') return command;
  }
  console.error(
    'The oracle tests need CPython 3.11, for which their packages are pinned. Install it, or name it in PYTHON.',
  );
  process.exit(1);
}

/** The Python of an environment that holds exactly the packages of a requirements file; nothing is installed twice. */
function environment(name) {
  const requirements = path.join(folder, `requirements-${name}.txt`);
  const home = path.join(repository, `.venv-${name}`);
  const python = path.join(home, windows ? 'Scripts/python.exe' : 'bin/python');
  const stamp = path.join(home, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    console.log(`Installing the packages of ${path.relative(repository, requirements)} ...`);
    run(findPython(), ['-m', 'venv', '--clear', home]);
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
    writeFileSync(stamp, wanted);
  }
  return python;
}

if (!existsSync(path.join(repository, 'node_modules'))) run('npm', ['ci'], { shell: windows });
run(process.execPath, ['esbuild.mjs']);
if (options.includes('--others')) {
  run(environment('others'), ['others.py'], { cwd: folder });
  run(environment('others'), ['others_valid.py'], { cwd: folder });
  process.exit(0);
}
// test_broken.py runs the readers of all environments.
for (const name of ['zarr3', 'zarr2', 'others']) environment(name);
for (const [name, tests] of [
  ['zarr3', ['.']],
  ['zarr2', ['test_zarr2.py', 'test_datatree.py']],
]) {
  const args = ['-m', 'pytest', '-p', 'no:cacheprovider', '-q', '-n', '2', ...tests, ...options];
  if (name === 'zarr3') args.push('--ignore=test_zarr2.py');
  run(environment(name), args, { cwd: folder });
}
