// The built command line, many commands in one process: `node batch.mjs`. Each line of standard input is a JSON list of arguments; each
// line of standard output answers one, {exitCode, stdout, stderr}. A command gets a module of its own, so that none sees what another left.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const filename = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const source = readFileSync(filename, 'utf8').replace(/^#![^\n]*/u, '');
const script = new vm.Script(`(function (exports, require, module, process, __dirname, __filename) {${source}\n})`, {
  filename,
});
const requireReal = createRequire(filename);
const fs = requireReal('node:fs');

/** Runs one command to the `process.exit` that ends it. */
function run(args) {
  return new Promise((resolve) => {
    const written = { 1: [], 2: [] };
    const writeSync = (descriptor, bytes, start = 0) => {
      written[descriptor].push(Buffer.from(bytes.subarray(start)));
      return bytes.length - start;
    };
    const requireHere = (name) => (/^(node:)?fs$/u.test(name) ? { ...fs, writeSync } : requireReal(name));
    const exit = (exitCode) => {
      const [stdout, stderr] = [written[1], written[2]].map((parts) => Buffer.concat(parts).toString('utf8'));
      resolve({ exitCode, stdout, stderr });
    };
    const own = { argv: [process.argv[0], filename, ...args], exit, once: () => own };
    const processHere = new Proxy(process, { get: (target, key) => own[key] ?? target[key] });
    const module = { exports: {} };
    script.runInThisContext()(module.exports, requireHere, module, processHere, path.dirname(filename), filename);
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await run(JSON.parse(line))));
}
