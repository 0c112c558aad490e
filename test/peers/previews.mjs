// Chunks as the built worker previews them: `node previews.mjs`. Each line of standard input is a JSON list of a reference file and a folder;
// each line of standard output answers one, a JSON list with an entry for each chunk of each array. The values lie in the folder, one file
// for each chunk, and so do the drift's. Targets must be local files.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { TextDecoder } from 'node:util';
import { ask, worker } from './worker.mjs';

/** All places in a grid, the last axis fastest. */
function places(grid) {
  return grid.reduce((list, side) => list.flatMap((place) => [...Array(side).keys()].map((i) => [...place, i])), [[]]);
}

let files = 0;
async function keep(folder, buffer) {
  const name = path.join(folder, `${(files += 1)}.bin`);
  await writeFile(name, new Uint8Array(buffer));
  return name;
}

async function previewOf(document, array, indices, folder) {
  const preview = await ask('chunk', { document, path: array, indices });
  const { outcome, coordinates, coordinateProblem, drift } = preview;
  const values =
    outcome.kind === 'values' ? { ...outcome.values, data: await keep(folder, outcome.values.data) } : null;
  const perRow = drift && [...new Float64Array(drift.perRow)];
  const drifted = drift && { ...drift, truth: await keep(folder, drift.truth), perRow };
  return { path: array, indices, outcome: { ...outcome, values }, coordinates, coordinateProblem, drift: drifted };
}

async function previewsOf(references, folder) {
  const text = new Uint8Array(await readFile(references)).buffer;
  const outline = await ask('open', { document: references, text, url: `file://${path.resolve(references)}` });
  const nodes = JSON.parse(new TextDecoder().decode(outline.nodes));
  const found = [];
  for (const { path: array } of nodes.filter(({ kind }) => kind === 'array')) {
    const { grid } = await ask('describeArray', { document: references, path: array });
    for (const indices of places(grid)) found.push(await previewOf(references, array, indices, folder));
  }
  await ask('close', { document: references });
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await previewsOf(...JSON.parse(line))));
}
await worker.terminate();
