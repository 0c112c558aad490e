// How long reading a reference file takes, beside JSON.parse of the same text: `node test/bench/scan.mjs [references]`.
// JSON.parse gets the text as a string already made, which a file of bytes would first have to become; and it keeps no places, finds
// no duplicate keys and makes no index. The bundle is measured, as it ships: unbundled modules read every constant through a getter.
import { performance } from 'node:perf_hooks';
import { TextDecoder } from 'node:util';
import { importSources } from '../support/import-sources.mjs';
import { kinds, referenceText } from './reference-texts.mjs';

const count = Number(process.argv[2] ?? 1_000_000);
const rounds = 5;
const side = Math.round(Math.sqrt(count));

const { parseReferences } = await importSources("export { parseReferences } from './src/references/parse';");

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
