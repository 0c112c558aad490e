// Bytes as our encoders write them: `node encode.mjs id input output` encodes the file `input` with the codec of that id.
import { readFile, writeFile } from 'node:fs/promises';
import { importSources } from '../support/import-sources.mjs';

const [id, input, output] = process.argv.slice(2);
const { encodeChunk } = await importSources("export { encodeChunk } from './src/codecs/encode';");
const data = new Uint8Array(await readFile(input));
const dataType = { kind: 'u', itemSize: 1, byteOrder: 'none' };
const codecs = [{ id, place: 'compressor', config: {} }];
await writeFile(
  output,
  await encodeChunk({ data, shape: [data.length], dataType }, { chunkShape: [data.length], codecs }),
);
