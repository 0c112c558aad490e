// Files as the built worker maps them: `node target_maps.mjs`. Each line of standard input is the JSON path of a reference file; each line of
// standard output answers it with the map of its first target, its structure read, and a list of regions in place of the columns.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ask, worker } from './worker.mjs';

const kinds = ['header', 'ghost', 'ifd', 'values', 'table', 'frame', 'chunk', 'tile', 'gap'];

function listed({ regions: { count, ...columns }, images }) {
  const starts = new Float64Array(columns.starts);
  const lengths = new Float64Array(columns.lengths);
  const kindOf = new Uint8Array(columns.kinds);
  const imageOf = new Uint32Array(columns.images);
  const numbers = new Float64Array(columns.numbers);
  return Array.from({ length: count }, (_, i) => ({
    kind: kinds[kindOf[i]],
    start: starts[i],
    length: lengths[i],
    image: images[imageOf[i] - 1]?.name ?? null,
    number: numbers[i],
  }));
}

async function mapOf(references) {
  const text = new Uint8Array(await readFile(references)).buffer;
  await ask('open', { document: references, text, url: `file://${path.resolve(references)}` });
  const place = { kind: 'target', target: 0, part: 0 };
  const map = await ask('targetMap', { document: references, place, read: true });
  await ask('close', { document: references });
  return { ...map, regions: listed(map) };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await mapOf(JSON.parse(line))));
}
await worker.terminate();
