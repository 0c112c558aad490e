// Windows of arrays and of their overviews as the built worker reads them: `node windows.mjs`. Each line of standard input is a JSON list of a
// reference file, the path of an array, a folder and a list of [level, slices]; each line of standard output answers one, with the pyramid and the
// windows, whose values lie in the folder. Targets must be local files.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ask, worker } from './worker.mjs';

let files = 0;

async function windowsOf(document, array, folder, wanted) {
  const text = new Uint8Array(await readFile(document)).buffer;
  await ask('open', { document, text, url: `file://${path.resolve(document)}` });
  const pyramid = await ask('pyramid', { document, path: array });
  const windows = [];
  for (const [level, slices] of wanted) {
    const { data, ...window } = await ask('window', { document, path: array, level, slices });
    const file = path.join(folder, `window-${(files += 1)}.bin`);
    await writeFile(file, new Uint8Array(data));
    windows.push({ ...window, file });
  }
  await ask('close', { document });
  return { pyramid, windows };
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await windowsOf(...JSON.parse(line))));
}
await worker.terminate();
