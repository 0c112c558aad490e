// Prints every rule with its severity, its source and its examples, as JSON: the documents of broken_documents.py, beside its own.
import { importSources } from '../support/import-sources.mjs';

const { rules } = await importSources("export { rules } from './src/validate/rules';");
process.stdout.write(JSON.stringify(rules));
