/*
 * Draws media/icon.png, which the marketplace shows, from media/icon.svg: node test/browser/icon.mjs
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '../host/browser.mjs';
import { root } from '../host/paths.mjs';

const SIZE = 256;

const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
  const drawing = await readFile(join(root, 'media', 'icon.svg'), 'utf8');
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  await page.screenshot({ path: join(root, 'media', 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
