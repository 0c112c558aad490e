import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { getL10nJson } from '@vscode/l10n-dev';

const root = new URL('../', import.meta.url);

/** The file that translators start from; `bundle.l10n.de.json` beside it would hold them in German. */
export const bundleFile = new URL('l10n/bundle.l10n.json', root);

/** What makes a module's `l10n` VS Code's for the search of strings: some are given it, so that they can be tested without VS Code. */
const IMPORT = "import { l10n } from 'vscode';\n";
/** A call of the `t` of `src/webview/l10n.ts`; the search knows `l10n.t` only. */
const PAGE_CALL = /(?<![\w$.])t\(/gu;

/**
 * @returns {Promise<string>} every string that `src/vscode` gives to `l10n.t` and `src/webview` to `t`, as `l10n/bundle.l10n.json` has them,
 *   sorted
 */
export async function makeBundle() {
  const [host, pages] = await Promise.all([textsOf('src/vscode/'), textsOf('src/webview/')]);
  const found = await getL10nJson([
    ...host.map((text) => ({ extension: '.ts', contents: text.includes('* as vscode') ? text : IMPORT + text })),
    // Each text takes the search a while of its own, however short: those of the pages are one.
    { extension: '.ts', contents: IMPORT + pages.join('\n').replaceAll(PAGE_CALL, 'l10n.t(') },
  ]);
  const sorted = Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}

/** @returns {Promise<string[]>} the modules in a folder and below it */
async function textsOf(/** @type {string} */ path) {
  const folder = fileURLToPath(new URL(path, root));
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
}
