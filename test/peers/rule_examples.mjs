// Prints every rule with its severity, its source and its examples, as JSON: the documents of broken_documents.py, beside its own.
import { build } from 'esbuild';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '../..');
const { outputFiles } = await build({
  stdin: { contents: "export { rules } from './src/validate/rules';", resolveDir: repository },
  bundle: true,
  format: 'esm',
  write: false,
});
const code = Buffer.from(outputFiles[0].contents).toString('base64');
const { rules } = await import(`data:text/javascript;base64,${code}`);
process.stdout.write(JSON.stringify(rules));
