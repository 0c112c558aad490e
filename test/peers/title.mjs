// The title that a page gives itself in Chromium: `node title.mjs url`.
import { launchBrowser } from '../host/browser.mjs';

const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  await page.goto(process.argv[2]);
  await page.waitForFunction('document.title !== ""', undefined, { timeout: 60_000 });
  console.log(await page.title());
} finally {
  await browser.close();
}
