// Runs damaged TIFFs and reference files through the whole core for some time: `npm run fuzz -- [seconds] [first seed]`.
// A case that throws anything but a KerchunkError, takes over 2 seconds or ends the process is a fault: its target and
// seed are printed. Put them into seeds.json, from where the unit tests run them for ever.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

const seconds = Number(process.argv[2] ?? 120);
let seed = Number(process.argv[3] ?? 1);
const slowMilliseconds = 2000;
const bundle = '.vscode-test/fuzz.cjs';
await build({
  entryPoints: ['test/fuzz/child.ts'],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
  resolveExtensions: ['.node.ts', '.ts', '.mjs', '.js', '.json'],
});

const end = Date.now() + seconds * 1000;
const faults = [];
let cases = 0;
while (Date.now() < end) seed = await runChild(seed);
console.log(`${cases} cases in ${seconds} s, ${faults.length} faults`);
for (const fault of faults) console.log(JSON.stringify(fault));
process.exitCode = faults.length > 0 ? 1 : 0;

/** Runs one child until the time is up or a case is stuck or fatal; resolves to the seed to go on from. */
function runChild(first) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--max-old-space-size=512', bundle, String(first)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let current = { target: 'start', seed: first, since: Date.now() + 20_000 };
    let stopped = false;
    const stop = () => {
      stopped = true;
      child.kill('SIGKILL');
    };
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [kind, target, seedText, ...rest] = line.split(' ');
      if (kind === 'case') {
        cases += 1;
        current = { target, seed: Number(seedText), since: Date.now() };
      } else if (kind === 'fault') {
        faults.push({ target, seed: Number(seedText), reason: JSON.parse(rest.join(' ')) });
      }
    });
    const watch = setInterval(() => {
      if (Date.now() - current.since > slowMilliseconds) {
        faults.push({ target: current.target, seed: current.seed, reason: `took over ${slowMilliseconds} ms` });
        stop();
      } else if (Date.now() > end) stop();
    }, 200);
    child.on('close', (code) => {
      clearInterval(watch);
      if (!stopped)
        faults.push({ target: current.target, seed: current.seed, reason: `ended the process (exit ${code})` });
      resolve(current.seed + 1);
    });
  });
}
