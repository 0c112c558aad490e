// `npm run l10n`: writes the strings of src/vscode and src/webview into l10n/bundle.l10n.json, for translators.
import { writeFile } from 'node:fs/promises';
import { bundleFile, makeBundle } from './strings.mjs';

await writeFile(bundleFile, await makeBundle());
