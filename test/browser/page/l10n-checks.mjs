/*
 * The page in a language that is none: every message is framed by « », what is put into it by ‹ ›, and it is longer by a third. Whatever the
 * page shows or says in letters outside « » is then either data, which the host has sent, or a word that nobody can translate.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { bundleFile } from '../../../l10n/strings.mjs';
import { scenes } from './accessibility.mjs';
import { picture } from './harness.mjs';
import { openMap } from './map-checks.mjs';
import { host, select, tell } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */
/** @typedef {import('playwright-core').Page} Page */

/** @type {Record<string, string>} */
const bundle = JSON.parse(await readFile(bundleFile, 'utf8'));
const messages = Object.fromEntries(Object.keys(bundle).map((message) => [message, pseudo(message)]));

/** `{0} of {1}`: `«‹{0}› of ‹{1}› øø»`. */
function pseudo(/** @type {string} */ message) {
  const filler = 'øøøøø '.repeat(Math.ceil(message.length / 18)).slice(0, Math.ceil(message.length / 3));
  return `«${message.replace(/\{\d\}/gu, '‹$&›')} ${filler.trim()}»`;
}

/** Names and signs that are the same in every language. */
const signs = [
  /\bbytes=\d*-\d*/gu,
  /\b0x[\da-f]*/gu,
  /\b(?=[a-f]*\d)[\da-f]{4,8}\b/gu,
  /\b\d[\d,.]*(?:e[+-]?\d+)?\b/gu,
  /\b[KMGTP]iB\b/gu,
  // A key of the keyboard.
  /^[A-Z]$/gu,
  /-?\b(?:NaN|Infinity|NaT|inf)\b/gu,
  /\b(?:TIFF|GeoTIFF|PNG|CSV|npy|CRS|RMS)\b/gu,
];
/** Keys of messages whose texts are kinds of things, which the page has words for. */
const kinds = ['type', 'kind', 'slot', 'severity', 'reads', 'from', 'reference', 'by', 'status'];

/** All that a page shows or says in letters that are neither in a message nor data. */
async function foreign(/** @type {Page} */ page) {
  const runs = await page.evaluate(runsOutside);
  const data = await page.evaluate(textsSent, kinds);
  const known = data.sort((one, other) => other.length - one.length);
  return [...new Set(runs)].filter((run) => {
    // A long value is shown by its beginning.
    if (run.endsWith('…') && known.some((text) => text.startsWith(run.slice(0, -1)))) return false;
    let rest = run;
    for (const text of known) {
      if (rest.includes(text))
        rest = rest.replaceAll(new RegExp(`(?<![\\p{L}\\d])${escaped(text)}(?![\\p{L}\\d])`, 'gu'), ' ');
    }
    for (const sign of signs) rest = rest.replaceAll(sign, ' ');
    return /\p{L}/u.test(rest);
  });
}

function escaped(/** @type {string} */ text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

/** Runs in the page: texts in which letters stand outside messages, in parts of an element and in what is said of it. */
function runsOutside() {
  // No page shows it: it stands where a message begins or ends.
  const end = '\u0000';
  const attributes = [
    'aria-label',
    'aria-roledescription',
    'aria-valuetext',
    'aria-description',
    'title',
    'placeholder',
  ];
  /** @type {string[]} */
  const runs = [];
  /** @type {string[]} */
  const open = [];
  const take = (/** @type {string} */ text) => {
    let run = '';
    for (const letter of text) {
      if (letter === '»' || letter === '›') open.pop();
      if (open.at(-1) !== '«' && !'«»‹›'.includes(letter)) run += letter;
      else run += end;
      if (letter === '«' || letter === '‹') open.push(letter);
    }
    return run;
  };
  const walker = globalThis.document.createTreeWalker(globalThis.document.body, 5);
  let joined = '';
  let parent = null;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.nodeType === 1) {
      if (node.matches('script, style')) continue;
      for (const name of attributes) {
        const text = node.getAttribute(name);
        if (text === null) continue;
        const before = open.splice(0);
        runs.push(...take(text).split(end));
        if (open.length > 0) runs.push(`unfinished: ${text}`);
        open.splice(0, open.length, ...before);
      }
    } else if (!node.parentElement.closest('script, style, pre')) {
      // Long names are cut into several texts, at which they may break.
      if (node.parentElement !== parent) {
        runs.push(...joined.split(end));
        joined = '';
      }
      parent = node.parentElement;
      joined += take(node.data);
    }
  }
  runs.push(...joined.split(end));
  if (open.length > 0) runs.push(`unfinished: ${open.join('')}`);
  return runs.map((run) => run.replace(/\s+/gu, ' ').trim()).filter((run) => run !== '');
}

/** Runs in the page: all texts that the host has sent, but for those that name kinds of things; of addresses and sentences their parts too. */
function textsSent(/** @type {readonly string[]} */ kinds) {
  const texts = new Set();
  const add = (/** @type {any} */ value) => {
    if (typeof value === 'string') {
      const origin = /^\w+:\/\/[^/]+\//u.exec(value)?.[0] ?? '';
      for (const text of [value, origin, ...value.split(/(?<=\/)|(?<=\.)\s+/u)])
        texts.add(text.replace(/\s+/gu, ' ').trim());
    } else if (Array.isArray(value)) value.forEach(add);
    else if (
      value !== null &&
      typeof value === 'object' &&
      !ArrayBuffer.isView(value) &&
      !(value instanceof ArrayBuffer)
    ) {
      for (const [key, part] of Object.entries(value)) {
        if (key === 'nodes') add(JSON.parse(new globalThis.TextDecoder().decode(part)));
        else if (!kinds.includes(key) || typeof part !== 'string') add(part);
      }
    }
  };
  add(globalThis.host.sentByHost);
  texts.delete('');
  return [...texts];
}

/** Shows a chunk of an array, as a hover's link does. */
function chunkOf(/** @type {string} */ path, /** @type {readonly number[]} */ indices, /** @type {string} */ selector) {
  return async (/** @type {Page} */ page) => {
    await tell(page, { type: 'show', path, indices });
    await page.locator(selector).first().waitFor();
  };
}

/** Shows another document. */
function documentOf(/** @type {unknown} */ state, /** @type {string} */ selector) {
  return async (/** @type {Page} */ page) => {
    await page.evaluate((shown) => {
      globalThis.host.document = shown;
      globalThis.host.revision += 1;
      globalThis.host.sendDocument();
    }, state);
    await page.locator(selector).first().waitFor();
  };
}

/** Shows the arrays as those of a TIFF that is shown itself. */
function tiffOf(/** @type {string | null} */ refusal, /** @type {string | null} */ overviewsRefusal) {
  return async (/** @type {Page} */ page) => {
    await page.evaluate(
      (tiff) => {
        globalThis.host.document = undefined;
        globalThis.host.tiff = tiff;
        globalThis.host.revision += 1;
        globalThis.host.sendDocument();
      },
      {
        container: 'BigTIFF, big-endian',
        size: 12_345_678_901,
        ifds: 7,
        compression: 'LERC (34887)',
        samples: '3 bands of floating-point numbers of 32 bits',
        refusal,
        overviewsRefusal,
      },
    );
    await page.locator('.banner').waitFor();
    await page.getByRole('tree').waitFor();
  };
}

const error = { code: 'fetch-failed', message: 'No worker answered.' };

/** What is looked at besides the scenes of every theme; the last ones show other documents. */
const more = {
  absent: chunkOf('elevation', [5, 0], '.outcome-absent'),
  broken: chunkOf('elevation', [0, 5], '.outcome'),
  fill: chunkOf('constant', [0, 0], '.outcome-fill'),
  pixels: chunkOf('pixels', [0, 0, 0], 'chunk-picture'),
  times: chunkOf('series', [3], '.curve-box'),
  scalar: chunkOf('spatial_ref', [], '.scalar'),
  many: chunkOf('big', [0, 0], 'chunk-picture'),
  'not-fetched': chunkOf('failures', [0, 0], '.outcome-fetch-failed'),
  'not-decoded': chunkOf('failures', [0, 2], '.outcome'),
  loading: async (/** @type {Page} */ page) => {
    await host(page, (all) => {
      all.delay = Number.POSITIVE_INFINITY;
    });
    await tell(page, { type: 'show', path: 'elevation', indices: [1, 1] });
    await page.locator('.outcome-loading').waitFor();
  },
  loaded: async (/** @type {Page} */ page) => {
    await host(page, (all) => {
      all.delay = 0;
      all.answerLate();
    });
    await page.locator('chunk-picture').press('ArrowDown');
    await page.locator('.take summary').first().click();
  },
  box: async (/** @type {Page} */ page) => {
    const grid = page.locator('chunk-grid');
    await grid.press('Home');
    for (const key of ['Shift+ArrowRight', 'Shift+ArrowDown']) await grid.press(key);
    for (const by of ['size', 'target']) {
      await page.getByLabel('Colour by').selectOption(by);
      await page.waitForTimeout(100);
    }
  },
  typed: async (/** @type {Page} */ page) => {
    if ((await page.getByLabel('Part of the array').count()) === 0) await page.getByText('What reading costs').click();
    await page.getByLabel('Part of the array').selectOption('typed');
    await page.locator('.slice').first().waitFor();
  },
  empty: async (/** @type {Page} */ page) => {
    await select(page, /^none/u);
    await page.locator('.array-head').filter({ hasText: 'none' }).waitFor();
  },
  vast: async (/** @type {Page} */ page) => {
    await select(page, /^vast/u);
    await page.locator('chunk-grid').press('End');
  },
  'map-failures': async (/** @type {Page} */ page) => {
    await openMap(page, /^elevation/u);
    const map = page.locator('array-map');
    await map.focus();
    for (const key of ['+', '+']) await map.press(key);
    for (let times = 0; times < 6; times += 1) for (const key of ['ArrowRight', 'ArrowUp']) await map.press(key);
    await page.locator('.map-failures').waitFor();
  },
  help: async (/** @type {Page} */ page) => {
    await page.getByRole('tab').first().press('?');
    await page.locator('.help-outcomes').waitFor();
  },
  'help-closed': async (/** @type {Page} */ page) => {
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('nothing of this name');
  },
  searched: async (/** @type {Page} */ page) => {
    await page.getByRole('searchbox').fill('');
    await host(page, (all) => {
      all.trusted = false;
      all.sendDocument();
    });
    await page.locator('.banner').waitFor();
  },
  'not-checked': async (/** @type {Page} */ page) => {
    await tell(page, { type: 'notChecked', revision: 1, error });
    await page.locator('.findings-button').click();
  },
  tiff: tiffOf(null, 'a.tif (overview 1): its last strip has 4 rows.'),
  'tiff-refused': tiffOf('a.tif: its LERC keeps NaN in a mask that imagecodecs drops. Rewrite it.', null),
  reading: documentOf(
    { kind: 'loading', name: 'elevation.kerchunk.json', progress: { message: '12 % of 1.2 GiB', findings: [] } },
    '.busy',
  ),
  failed: documentOf(
    {
      kind: 'failed',
      name: 'elevation.kerchunk.json',
      error,
      range: { line: 7, column: 3, endLine: 7, endColumn: 4 },
    },
    '.outcome-failed',
  ),
};

/** @returns {Promise<Record<string, string[]>>} what is left in English, by where it stands */
async function leftIn(/** @type {Page} */ page, /** @type {Record<string, (page: Page) => Promise<void>>} */ shown) {
  /** @type {Record<string, string[]>} */
  const left = {};
  for (const [name, show] of Object.entries(shown)) {
    await show(page);
    await picture(page, `l10n-${name}`);
    const found = await foreign(page);
    if (found.length > 0) left[name] = found;
  }
  return left;
}

export async function checkEveryWordIsTranslated(/** @type {WithPage} */ withPage) {
  await withPage({ messages, size: { width: 1200, height: 1000 } }, async (page) => {
    assert.deepEqual(await leftIn(page, { ...scenes, ...more }), {});
  });
}

export async function checkEveryWordOfReports(/** @type {WithPage} */ withPage) {
  await withPage({ messages, kind: 'report', size: { width: 1000, height: 1600 } }, async (page) => {
    for (const details of await page.locator('details').all()) {
      await details.evaluate((element) => element.setAttribute('open', ''));
    }
    assert.deepEqual(await leftIn(page, { report: () => Promise.resolve() }), {});
  });
}

export async function checkEveryWordOfDifferences(/** @type {WithPage} */ withPage) {
  await withPage({ messages, kind: 'differences', size: { width: 1000, height: 1600 } }, async (page) => {
    for (const details of await page.locator('details').all()) {
      await details.evaluate((element) => element.setAttribute('open', ''));
    }
    assert.deepEqual(await leftIn(page, { differences: () => Promise.resolve() }), {});
  });
}

/** That the check sees a word without a message, in a text and in what is said of an element. */
export async function checkWordWithoutMessage(/** @type {WithPage} */ withPage) {
  const without = ['Show in Text', 'Chunk below'];
  const others = Object.fromEntries(Object.entries(messages).filter(([message]) => !without.includes(message)));
  await withPage({ messages: others }, async (page) => {
    const { chunk } = await leftIn(page, { chunk: scenes.chunk });
    assert.deepEqual(chunk?.sort(), without.toSorted());
  });
}

/** Longer words leave nothing wider than a narrow page, and no text upon another. */
export async function checkLongerWords(/** @type {WithPage} */ withPage) {
  await withPage({ messages, size: { width: 480, height: 900 } }, async (page) => {
    /** @type {Record<string, string[]>} */
    const faults = {};
    for (const [name, show] of Object.entries({ ...scenes, ...more })) {
      await show(page);
      await page.waitForTimeout(150);
      await picture(page, `l10n-narrow-${name}`);
      const found = await page.evaluate(faultsOfLayout);
      if (found.length > 0) faults[name] = found;
    }
    assert.deepEqual(faults, {});
  });
}

/** Runs in the page: what is wider than the page, and texts that lie upon one another. */
function faultsOfLayout() {
  const { document, innerWidth, getComputedStyle } = globalThis;
  const wide = [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
    .filter(
      (element) =>
        !element.closest('pre, .tree, .unseen, dialog') && !scrolls(element.parentElement) && element.checkVisibility(),
    )
    .map((element) => `wide: ${element.outerHTML.slice(0, 120)}`);
  const boxes = [];
  const walker = document.createTreeWalker(document.querySelector('dialog[open]') ?? document.body, 4);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (node.data.trim() === '' || parent.closest('.unseen, script, style, option, value-table, canvas, .ol-viewport'))
      continue;
    if (!parent.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, top, right, bottom } of range.getClientRects()) {
      if (right - left > 2 && bottom - top > 2 && !scrolls(parent)) boxes.push({ left, top, right, bottom, node });
    }
  }
  const upon = boxes.flatMap((one, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (other) =>
          other.node !== one.node &&
          sticky(other.node) === sticky(one.node) &&
          Math.min(one.right, other.right) - Math.max(one.left, other.left) > 3 &&
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 5,
      )
      .map(
        (other) => `upon one another: ${one.node.data.trim().slice(0, 60)} / ${other.node.data.trim().slice(0, 60)}`,
      ),
  );
  return [...wide, ...new Set(upon)];

  /** What a text stands in that stays in sight, upon what passes below. */
  function sticky(/** @type {any} */ text) {
    for (let around = text.parentElement; around !== null; around = around.parentElement) {
      if (getComputedStyle(around).position === 'sticky') return around;
    }
    return null;
  }

  /** Whether an element stands in a part that scrolls by itself, or is cut. */
  function scrolls(/** @type {any} */ element) {
    for (let around = element; around !== null && around !== document.body; around = around.parentElement) {
      if (getComputedStyle(around).overflowX !== 'visible') return true;
    }
    return false;
  }
}
