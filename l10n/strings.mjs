import { readdir, readFile } from 'node:fs/promises';
import { URL } from 'node:url';
import { getL10nJson } from '@vscode/l10n-dev';

const root = new URL('../', import.meta.url);

/** The file that translators start from; `bundle.l10n.de.json` beside it would hold them in German. */
export const bundleFile = new URL('l10n/bundle.l10n.json', root);

/** What makes a module's `l10n` VS Code's for the search of strings: some are given it, so that they can be tested without VS Code. */
const IMPORT = "import { l10n } from 'vscode';\n";

/** @returns {Promise<string>} every string that `src/vscode` gives to `l10n.t`, as `l10n/bundle.l10n.json` has them, sorted */
export async function makeBundle() {
  const folder = new URL('src/vscode/', root);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  const found = await getL10nJson(
    texts.map((text) => ({ extension: '.ts', contents: text.includes('* as vscode') ? text : IMPORT + text })),
  );
  const sorted = Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}
