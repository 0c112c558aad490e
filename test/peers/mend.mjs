// What the quick fixes of a reference file make of it: `node mend.mjs`. Each line of standard input is the JSON of a text; each line of standard
// output answers one: the text once the first fix of every finding that has one is made, until none has.
import { createInterface } from 'node:readline';
import { importSources } from '../support/import-sources.mjs';

const { applyEdits, fixesOf, parseReferences, validateText } = await importSources(`
  export { applyEdits } from './src/validate/fixes/apply';
  export { fixesOf } from './src/validate/fixes/fixes';
  export { parseReferences } from './src/references/parse';
  export { validateText } from './src/validate/validate';`);

/** More faults than a document of these tests has. */
const MOST = 10;

async function mended(text) {
  let bytes = Buffer.from(text);
  for (let round = 0; round < MOST; round++) {
    const set = parseReferences(bytes);
    const findings = await validateText(bytes);
    const [fix] = findings.flatMap((finding) => fixesOf(finding, set, bytes));
    if (fix === undefined) break;
    bytes = applyEdits(bytes, fix.edits);
  }
  return Buffer.from(bytes).toString();
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await mended(JSON.parse(line)))}\n`);
}
