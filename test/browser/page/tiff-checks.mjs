import assert from 'node:assert/strict';
import { picture } from './harness.mjs';
import { becomes } from './soon.mjs';
import { host, lastSent, openChunk, sentOf } from './steps.mjs';

/** @typedef {import('./steps.mjs').WithPage} WithPage */

/** The host says that its arrays are those of a TIFF that is shown itself. */
async function showTiff(/** @type {import('./steps.mjs').Page} */ page) {
  await host(page, (all) => {
    all.tiff = {
      container: 'BigTIFF, big-endian',
      size: 12_345_678_901,
      ifds: 7,
      compression: 'LERC (34887)',
      samples: '3 bands of floating-point numbers of 32 bits',
      refusal: null,
      overviewsRefusal: null,
    };
    all.revision += 1;
    all.sendDocument();
  });
  await page.getByText('This is the TIFF itself.').waitFor();
}

export async function checkTiffItself(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await showTiff(page);
    await page.getByText('BigTIFF, big-endian · 11 GiB · 7 IFDs · LERC (34887) · 3 bands of').waitFor();
    await page.getByText('References can hold it too.').waitFor();
    await page.getByRole('button', { name: 'Generate Kerchunk' }).click();
    await lastSent(page, 'generate');
    await host(page, (all) => {
      all.tiff = { ...all.tiff, overviewsRefusal: 'a.tif (overview 1): its last strip has 4 rows.' };
      all.sendDocument();
    });
    await page.getByText('Not with overviews: a.tif (overview 1): its last strip has 4 rows.').waitFor();
    await openChunk(page, []);
    await page.locator('chunk-picture').first().waitFor();
    // There is no text to lead to, and nothing for xarray to open.
    for (const name of ['Show in Text', 'Open Text', 'Copy xarray Code', /errors?|Checking|No findings/u]) {
      await becomes(() => page.getByRole('button', { name }).count(), 0, String(name));
    }
    await becomes(() => page.getByText('Open it with xarray').count(), 0);
    assert.equal((await sentOf(page, 'showText')).length, 0);
  });
}

export async function checkTiffThatReferencesCannotHold(/** @type {WithPage} */ withPage) {
  for (const theme of /** @type {const} */ (['light', 'dark'])) {
    await withPage({ theme }, async (page) => {
      await showTiff(page);
      await host(page, (all) => {
        all.tiff = { ...all.tiff, refusal: 'a.tif: its LERC keeps NaN in a mask that imagecodecs drops. Rewrite it.' };
        all.sendDocument();
      });
      await page.getByText('References cannot hold it, and only this viewer shows its pixels.').waitFor();
      await page.getByText('a mask that imagecodecs drops. Rewrite it.').waitFor();
      await becomes(() => page.getByRole('button', { name: 'Generate Kerchunk' }).count(), 0);
      await picture(page, `tiff-refused-${theme}`);
    });
  }
}

export async function checkTiffThatFails(/** @type {WithPage} */ withPage) {
  await withPage({}, async (page) => {
    await host(page, (all) => {
      const error = { code: 'not-expressible', message: 'a.tif: it is compressed with CCITT Group 4 (4).' };
      all.document = { kind: 'failed', name: 'a.tif', error, range: null, tiff: true };
      all.revision += 1;
      all.sendDocument();
    });
    await page
      .getByRole('heading', { name: 'a. tif cannot be shown' })
      .or(page.getByRole('heading', { name: 'a.tif cannot be shown' }))
      .waitFor();
    await page.getByText('it is compressed with CCITT Group 4 (4).').waitFor();
    await becomes(() => page.getByRole('button', { name: 'Open Text' }).count(), 0);
  });
}
