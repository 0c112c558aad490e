// What the references of sets in parquet are: `node parquet.mjs`. Each line of standard input is the JSON of a folder; each line of standard
// output answers one: an object of every chunk of every array, read on its own and with the whole set. A chunk is null where it is missing,
// ["bytes", base64], [url], [url, offset, length], or ["error", message].
import { createInterface } from 'node:readline';
import { importSources } from '../support/import-sources.mjs';

const { folderOnDisk, ParquetReferences, chunkCount, chunkIndices, storeKey } = await importSources(`
  export { folderOnDisk } from './src/cli/folder';
  export { ParquetReferences } from './src/references/parquet/parquet-references';
  export { chunkCount, chunkIndices, storeKey } from './src/zarr/grid';`);

function asJson(reference) {
  if (reference.kind === 'absent') return null;
  if (reference.kind === 'inline') return ['bytes', Buffer.from(reference.bytes).toString('base64')];
  return reference.kind === 'file' ? [reference.url] : [reference.url, reference.offset, reference.length];
}

async function attempt(read) {
  try {
    return asJson(await read());
  } catch (error) {
    return ['error', error.message];
  }
}

async function chunksOf(folder) {
  const references = await ParquetReferences.open(folderOnDisk(folder));
  const whole = await references.load();
  const chunks = {};
  for (const array of whole.arrayPaths()) {
    const metadata = whole.array(array);
    for (let number = 0; number < chunkCount(metadata); number++) {
      const indices = chunkIndices(metadata, number);
      chunks[storeKey(metadata, indices)] = [
        await attempt(() => references.chunk(array, indices)),
        await attempt(() => whole.chunk(array, indices)),
      ];
    }
  }
  return chunks;
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await chunksOf(JSON.parse(line)))}\n`);
}
