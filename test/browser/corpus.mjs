/*
 * Clicks through other people's files in the page of the editor, before the real worker: opens each, chooses its arrays, of each the first chunk
 * that is there and its picture, and tells what came: shown, why not, or neither, which is a fault like an error of the page or more than ten
 * seconds, or three minutes while a server is waited for. Ends with 1 where there is a fault. After `npm run build`:
 *
 *   node test/browser/corpus.mjs [folder] [part of a file's name]
 *
 * The folder (else KERCHUNK_CORPUS, else ../shared/corpus beside the repository) holds `refs`, reference files in JSON, `parquet`, folders of sets in
 * parquet, and `tiff`, TIFFs. A web address whose file's name stands beside the references is read from there.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../host/browser.mjs';
import { root } from '../host/paths.mjs';
import { servePage } from './page-server.mjs';

/** Arrays of a file that are chosen, from its first. */
const mostArrays = 40;
/** Milliseconds for anything to come. */
const patience = 10_000;
/** Milliseconds while an answer of a server is awaited, or that there is none. */
const patienceWithServers = 180_000;

const [, , given, only = ''] = process.argv;
const corpus = path.resolve(given || process.env['KERCHUNK_CORPUS'] || path.join(root, '../shared/corpus'));
const refs = path.join(corpus, 'refs');
const sets = path.join(corpus, 'parquet');
const tiffs = path.join(corpus, 'tiff');
if (![refs, sets, tiffs].some((folder) => existsSync(folder))) {
  console.log(`Other people's files are not at ${corpus}: nothing is clicked through.`);
  process.exit(0);
}

const server = await servePage(({ createOpener }) => {
  const opener = createOpener();
  return (url) => {
    const name = /([^/?]+)(\?[^/]*)?$/u.exec(url)?.[1];
    const beside = name === undefined || url.startsWith('file:') ? undefined : path.join(refs, name);
    if (beside !== undefined && existsSync(beside)) return opener.open(pathToFileURL(beside).href);
    return url.startsWith('file:') ? opener.open(url) : counted(opener.open(url));
  };
});
const browser = await launchBrowser();
/** @type {Record<string, number>} */
const counts = {};
/** @type {Map<string, number>} sentences, and how often they were told */
const sentences = new Map();
const faults = [];
/** Reads that servers have not answered yet. */
let awaited = 0;

try {
  for (const { name, what } of await filesOf()) {
    if (name.includes(only)) await clickThrough(name, what);
  }
} finally {
  await browser.close();
  await server.close();
}
console.log(
  `\n${Object.entries(counts)
    .map(([kind, count]) => `${kind}: ${count}`)
    .join(', ')}`,
);
console.log('\nWhy not, and how often:');
for (const [sentence, count] of [...sentences].sort(([, a], [, b]) => b - a))
  console.log(`${String(count).padStart(4)}  ${sentence}`);
if (faults.length > 0) console.log(`\nFaults:\n${faults.join('\n')}`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** Counts the reads that a server has not answered yet. */
function counted(source) {
  return {
    url: source.url,
    size: () => source.size(),
    validator: () => source.validator(),
    ignoresRanges: () => source.ignoresRanges?.(),
    async read(offset, length, signal) {
      awaited += 1;
      try {
        return await source.read(offset, length, signal);
      } finally {
        awaited -= 1;
      }
    },
  };
}

async function filesOf() {
  const namesIn = async (/** @type {string} */ folder, /** @type {RegExp} */ ending) =>
    existsSync(folder) ? (await readdir(folder)).filter((name) => ending.test(name)).sort() : [];
  const files = [];
  for (const name of await namesIn(refs, /\.json$/u)) {
    const file = path.join(refs, name);
    files.push({ name, what: { text: await readFile(file), url: pathToFileURL(file).href } });
  }
  for (const name of await namesIn(sets, /^/u)) {
    const file = path.join(sets, name, '.zmetadata');
    if (!existsSync(file)) continue;
    files.push({ name, what: { text: await readFile(file), url: pathToFileURL(file).href, isParquet: true } });
  }
  for (const name of await namesIn(tiffs, /\.tiff?$/iu)) {
    files.push({ name, what: { tiff: pathToFileURL(path.join(tiffs, name)).href } });
  }
  return files;
}

function tell(kind, what, sentence = '') {
  counts[kind] = (counts[kind] ?? 0) + 1;
  if (kind === 'says why not') sentences.set(sentence, (sentences.get(sentence) ?? 0) + 1);
  if (kind === 'fault') faults.push(`${what}: ${sentence}`);
  console.log(`${kind.padEnd(14)} ${what}${sentence === '' ? '' : `: ${sentence}`}`);
}

async function clickThrough(name, what) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  page.setDefaultTimeout(patience);
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  try {
    const started = Date.now();
    const state = await server.open(name, what);
    await page.goto(server.address(name));
    if (Date.now() - started > patience) tell('fault', name, `opening took ${Date.now() - started} ms`);
    if (state.kind === 'failed') {
      await page.getByRole('heading', { name: /cannot be shown/u }).waitFor();
      const words = page.locator('main p').filter({ hasText: state.error.message.slice(0, 60) });
      const sentence = await words.first().innerText();
      tell('says why not', name, inOneLine(sentence));
      return;
    }
    await page.getByRole('tree').waitFor();
    const nodes = JSON.parse(Buffer.from(state.outline.nodes).toString());
    const arrays = nodes.filter(({ kind }) => kind !== 'group');
    if (arrays.length > mostArrays) console.log(`${name}: the first ${mostArrays} of ${arrays.length} arrays`);
    for (const node of arrays.slice(0, mostArrays)) await clickArray(page, name, node);
  } catch (error) {
    tell('fault', name, inOneLine(String(error)));
  } finally {
    for (const problem of problems) tell('fault', name, `the page reports ${inOneLine(problem)}`);
    await page.close();
  }
}

async function clickArray(page, name, { kind, path: array, message }) {
  const what = `${name} /${array}`;
  const row = page.locator(`[role=treeitem][data-path=${JSON.stringify(array)}]`);
  await row.click();
  if (kind === 'unreadable') {
    await page.getByText(message.slice(0, 60)).first().waitFor();
    tell('says why not', what, inOneLine(message));
    return;
  }
  const { grid, coverage, codecs } = await server.ask('describeArray', { document: name, path: array });
  for (const { words } of codecs.filter(({ known }) => !known)) {
    await page.getByText(words).first().waitFor();
    tell(
      'says why not',
      `${what}, its codec`,
      inOneLine(await page.getByText('Not known here').first().innerText()) + `: ${words}`,
    );
  }
  const place = await firstChunk(name, array, grid, coverage.present);
  if (place === undefined) {
    await page.locator('.grid').or(page.getByText('no chunks')).first().waitFor();
    tell('shown', `${what} (it has no chunk)`);
    return;
  }
  const chunk = place.join('.') || '0';
  const started = Date.now();
  await page.evaluate((sent) => globalThis.postMessage({ type: 'show', ...sent }, '*'), {
    path: array,
    indices: place,
  });
  await toldInTime(page, `${what} chunk ${chunk}`, started, () => outcomeOf(page, chunk));
  const tab = page.getByRole('tab', { name: 'Picture' });
  if ((await tab.count()) === 0) return;
  await tab.click();
  const clicked = Date.now();
  await rest(page);
  await toldInTime(page, `${what} as a picture`, clicked, () => pictureOf(page));
  await page.getByRole('tab', { name: 'Chunks' }).click();
}

/** Waits until nothing has been asked for in a while, or the time is over. */
async function rest(page) {
  const end = Date.now() + (awaited > 0 ? patienceWithServers : patience);
  for (let quiet = 0; quiet < 4 && Date.now() < end; quiet += 1) {
    await page.waitForTimeout(100);
    const busy = await page.evaluate(
      () =>
        globalThis.waiting > 0 || globalThis.document.querySelector('array-map')?.getAttribute('aria-busy') === 'true',
    );
    if (busy) quiet = -1;
  }
}

/** Waits for what comes of it. */
async function toldInTime(page, what, started, read) {
  for (;;) {
    const outcome = await read();
    if (outcome !== undefined) {
      const kind = outcome === '' ? 'shown' : outcome.startsWith('Absent.') ? 'absent' : 'says why not';
      tell(kind, what, inOneLine(outcome));
      return;
    }
    if (Date.now() - started > (awaited > 0 ? patienceWithServers : patience)) break;
    await page.waitForTimeout(50);
  }
  tell('fault', what, `neither shown nor said why not in ${patience} ms`);
}

/** '' where the chunk's values are shown, else why not; undefined as long as neither is there. */
async function outcomeOf(page, chunk) {
  return page.evaluate((wanted) => {
    const all = globalThis.document.querySelector('section.chunk');
    const body = all?.querySelector('.chunk-body');
    const heading = all?.querySelector('h3')?.textContent.trim();
    if (heading !== `Chunk ${wanted}` || body === null || body.getAttribute('aria-busy') === 'true') return undefined;
    const outcome = body.querySelector('.outcome:not(.outcome-loading, .outcome-fill)');
    if (outcome !== null) {
      const [title, ...words] = [...outcome.querySelectorAll('h4, p:not(.actions)')].map((part) =>
        part.textContent.trim(),
      );
      return words.join(' ') === '' ? undefined : `${title}. ${words.join(' ')}`;
    }
    return body.querySelector('chunk-picture canvas, .values, .curve-box canvas, .curve-box svg, .scalar') === null
      ? undefined
      : '';
  }, chunk);
}

/** As `outcomeOf`, of the picture of the whole array. */
async function pictureOf(page) {
  return page.evaluate(() => {
    const map = globalThis.document.querySelector('array-map');
    const said = globalThis.document.querySelector('.map-failures, .map-held, [role=tabpanel] section.outcome-failed');
    if (said !== null && said.textContent.trim() !== '') return said.textContent;
    if (map === null || map.getAttribute('aria-busy') !== 'false') return undefined;
    return map.querySelector('canvas') === null ? undefined : '';
  });
}

/** Indices of the first chunk that is there, row by row; undefined where there is no chunk, the first where none is there. */
async function firstChunk(name, array, grid, present) {
  if (grid.some((count) => count === 0)) return undefined;
  const place = grid.map(() => 0);
  if (present === 0) return place;
  const [rows, columns] = [Math.max(0, grid.length - 2), grid.length - 1];
  for (let outer = 0; outer < Math.min(100, grid.length > 2 ? grid[0] : 1); outer += 1) {
    const at = grid.length > 2 ? [outer, ...place.slice(1)] : place;
    const axis = (/** @type {number} */ which) => ({ axis: which, start: 0, stop: grid[which] });
    const window = {
      path: array,
      at,
      rows: grid.length < 2 ? null : axis(rows),
      columns: grid.length === 0 ? null : axis(columns),
    };
    const { cells, width, step } = await server.ask('grid', { document: name, window });
    const found = new Uint8Array(cells).findIndex((state) => (state & ~4) !== 0);
    if (found < 0) continue;
    const first = [...at];
    if (grid.length === 1) first[0] = found * step.columns;
    else if (grid.length > 1) {
      first[rows] = Math.floor(found / width) * step.rows;
      first[columns] = (found % width) * step.columns;
    }
    return first;
  }
  return place;
}

function inOneLine(/** @type {string} */ text) {
  return text.replace(/\s+/gu, ' ').trim().slice(0, 400);
}
