// How long reading a reference file takes, beside JSON.parse of the same text: `node test/bench/scan.mjs [references]`.
// JSON.parse gets the text as a string already made, which a file of bytes would first have to become; and it keeps no places, finds
// no duplicate keys and makes no index. The bundle is measured, as it ships: unbundled modules read every constant through a getter.
import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { TextDecoder } from 'node:util';
import { kinds, referenceText } from './reference-texts.mjs';

const count = Number(process.argv[2] ?? 1_000_000);
const rounds = 5;
const side = Math.round(Math.sqrt(count));

const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-bench-'));
const outfile = path.join(folder, 'parse.mjs');
await build({
  entryPoints: [path.resolve(import.meta.dirname, '../../src/references/parse.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  resolveExtensions: ['.node.ts', '.ts', '.mjs', '.js'],
  outfile,
  logLevel: 'warning',
});
const { parseReferences } = await import(pathToFileURL(outfile).href);
await rm(folder, { recursive: true });

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
const time = (run) => {
  const start = performance.now();
  run();
  return performance.now() - start;
};

console.log(`${side * side} references, median of ${rounds} rounds`);
for (const [name, entry] of Object.entries(kinds)) {
  const text = Buffer.concat([...referenceText(count, entry)]);
  const string = new TextDecoder().decode(text);
  const ours = [];
  const theirs = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(time(() => parseReferences(text)));
    theirs.push(time(() => JSON.parse(string)));
  }
  const [a, b] = [median(ours), median(theirs)];
  console.log(
    `${name.padEnd(22)} ${(text.length / 1e6).toFixed(1).padStart(6)} MB   scan ${a.toFixed(0).padStart(5)} ms   JSON.parse ${b.toFixed(0).padStart(5)} ms   ratio ${(a / b).toFixed(2)}`,
  );
}
