/** Writes docs/rules.md from the rules: npm run docs. */
import { writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const entry = new URL('../src/validate/rules/document.ts', import.meta.url).pathname;
const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false });
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { rulesDocument } = await import(`data:text/javascript;base64,${code}`);
await writeFile(new URL('rules.md', import.meta.url), rulesDocument());
