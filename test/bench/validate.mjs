// What reading and validating a reference file takes, beside JSON.parse of the same file: `node test/bench/validate.mjs [references...]`.
//
// Every measurement has a process of its own, which does one thing once: this is what opening a file costs, before anything is warm.
// - floor: loads the bundle and does nothing; its peak memory is subtracted from that of the others.
// - ours: reads the file's bytes, then `validateText`, as the command line does.
// - JSON.parse: reads the file as UTF-8 text, then parses. "alone" is the time of JSON.parse itself, the string being there already.
// Peak memory is the largest resident set that the system saw (`resourceUsage().maxRSS`), so it holds the text too: bytes here, a string there.
// The time of ours that is compared with "alone" holds reading the file from disk; CPU time is of the whole process and all its threads: on a
// machine that does other work too, it says more than time.
// - latency: ours on a file whose first reference is malformed: when that is told, the longest time that nothing else got its turn, and in a
//   second run how long it takes from a cancel, half way, until the work has ended.
// With numbers as arguments: files of one target with so many references, to see how time and memory grow.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { bundleSources } from '../support/import-sources.mjs';
import { promisify } from 'node:util';
import { kinds, writeReferenceText } from './reference-texts.mjs';

/** The longest text that V8 holds as a string. */
const MOST_TEXT = 2 ** 29 - 24;
const [mode, bundle, file] = process.argv.slice(2);
if (mode === '--child') await measureHere(bundle, file, process.argv[5]);
else await main(process.argv.slice(2).map(Number));

/** Does what `work` names, once, and prints what it took. */
async function measureHere(bundlePath, textPath, work) {
  const { validateText } = await import(pathToFileURL(bundlePath).href);
  if (work === 'latency') {
    console.log(JSON.stringify(await measureLatency(bundlePath, await readFile(textPath))));
    return;
  }
  const cpu = process.cpuUsage();
  const start = performance.now();
  let alone = 0;
  let found = 0;
  if (work === 'ours') {
    found = (await validateText(await readFile(textPath))).length;
  } else if (work === 'json') {
    const text = await readFile(textPath, 'utf8');
    const parsing = performance.now();
    found = Object.keys(JSON.parse(text)).length;
    alone = performance.now() - parsing;
  }
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    JSON.stringify({ wall, alone, cpu: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1024, found }),
  );
}

/** When the first problem is told, the longest block, and the time that a cancel half way takes; all in ms. */
async function measureLatency(bundlePath, text) {
  const { validateText, parseReferencesInSlices } = await import(pathToFileURL(bundlePath).href);
  let first = 0;
  const start = performance.now();
  await parseReferencesInSlices(text, { onProblem: () => (first ||= performance.now() - start) });
  const blocks = monitorEventLoopDelay({ resolution: 1 });
  blocks.enable();
  const before = performance.now();
  await validateText(text);
  const whole = performance.now() - before;
  blocks.disable();
  const controller = new AbortController();
  let stopped = 0;
  setTimeout(() => {
    stopped = performance.now();
    controller.abort();
  }, whole / 2);
  await validateText(text, { signal: controller.signal }).catch((error) => error);
  return { first, block: blocks.max / 1e6, cancel: performance.now() - stopped };
}

async function main(counts) {
  const folder = await mkdtemp(path.join(tmpdir(), 'kerchunk-bench-'));
  try {
    const outfile = path.join(folder, 'validate.mjs');
    const contents = `
      export { validateText } from './src/validate/validate';
      export { parseReferencesInSlices } from './src/references/parse';`;
    await bundleSources(contents, outfile, { minify: true });
    if (counts.length === 0) {
      for (const name of Object.keys(kinds)) await compare(folder, outfile, name, 1_000_000);
      await compareLatency(folder, outfile, 1_000_000);
    }
    for (const count of counts) await compare(folder, outfile, 'one target', count);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function compare(folder, outfile, name, count) {
  const text = path.join(folder, 'references.json');
  const size = await writeReferenceText(text, count, kinds[name]);
  const works = size < MOST_TEXT ? ['floor', 'ours', 'json'] : ['floor', 'ours'];
  const results = Object.fromEntries(works.map((work) => [work, []]));
  const rounds = count > 2_000_000 ? 3 : 5;
  for (let round = 0; round < rounds; round++) {
    for (const work of works) results[work].push(await inChild(outfile, text, work));
  }
  const figure = (work, key) => median(results[work].map((result) => result[key]));
  const floor = figure('floor', 'memory');
  console.log(
    `\n${name}: ${count.toLocaleString('en-US')} references, ${(size / 1e6).toFixed(0)} MB; load ${loadavg()[0].toFixed(1)}`,
  );
  const line = (what, work, time = 'wall') =>
    `  ${what.padEnd(18)} ${ms(figure(work, time))}   CPU ${ms(figure(work, 'cpu'))}   ${mb(figure(work, 'memory') - floor)}`;
  console.log(line('read and validated', 'ours'));
  if (results.json === undefined) return;
  console.log(line('JSON.parse alone', 'json', 'alone'));
  console.log(line('read, JSON.parse', 'json'));
  const ratio = (a, b) => (a / b).toFixed(2);
  console.log(
    `  ratio: time ${ratio(figure('ours', 'wall'), figure('json', 'alone'))} of JSON.parse alone, CPU ${ratio(figure('ours', 'cpu'), figure('json', 'cpu'))}, ` +
      `memory ${ratio(figure('ours', 'memory') - floor, figure('json', 'memory') - floor)}`,
  );
}

async function compareLatency(folder, outfile, count) {
  const text = path.join(folder, 'references.json');
  const entry = (i, j, ...rest) => (i + j === 0 ? '"a/0.0":["u",1]' : kinds['one target'](i, j, ...rest));
  await writeReferenceText(text, count, entry);
  const { first, block, cancel } = await inChild(outfile, text, 'latency');
  console.log(
    `\nlatency: first finding after ${first.toFixed(0)} ms, longest block ${block.toFixed(0)} ms, ended ${cancel.toFixed(0)} ms after a cancel`,
  );
}

async function inChild(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, '--child', ...args]);
  return JSON.parse(stdout);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function ms(time) {
  return `${time.toFixed(0).padStart(6)} ms`;
}

function mb(size) {
  return `${size.toFixed(0).padStart(5)} MiB`;
}
