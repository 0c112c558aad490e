import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { getL10nJson } from '@vscode/l10n-dev';

const root = new URL('../', import.meta.url);

/** The file that translators start from; `bundle.l10n.de.json` beside it would hold them in German. */
export const bundleFile = new URL('l10n/bundle.l10n.json', root);

/** What makes `vscode.l10n` and `l10n` those of VS Code for the search of strings. */
const IMPORT = "import * as vscode from 'vscode';\n";
const OWN_IMPORT = /^import .* from 'vscode';$/gmu;
/** A call of the `t` of `src/webview/l10n.ts`; the search knows `l10n.t` only. */
const PAGE_CALL = /(?<![\w$.])t\(/gu;

/**
 * @returns {Promise<string>} every string that `src/vscode` gives to `l10n.t` and `src/webview` to `t`, as `l10n/bundle.l10n.json` has them,
 *   sorted
 */
export async function makeBundle() {
  const [host, pages] = await Promise.all([textsOf('src/vscode/'), textsOf('src/webview/')]);
  // Each import of VS Code takes the search a while of its own, however short the text: all texts are one, with one import.
  const texts = [
    ...host.map((text) => text.replaceAll(OWN_IMPORT, '')),
    ...pages.map((text) => text.replaceAll(PAGE_CALL, 'l10n.t(')),
  ];
  const found = await getL10nJson([{ extension: '.ts', contents: IMPORT + texts.join('\n') }]);
  const sorted = Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}

/** @returns {Promise<string[]>} the modules in a folder and below it */
async function textsOf(/** @type {string} */ path) {
  const folder = fileURLToPath(new URL(path, root));
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
}
