import assert from 'node:assert/strict';
import { away, hover, openAsText, reveal } from './view-hovers.mjs';

const ends = /fill value|All fill|Not fetched|Not the bytes|not decoded|not known here|Pipeline/u;

/**
 * Chunks that fail, each in its own way, in the page and in the hover: nothing that failed looks like fill.
 *
 * @param {import('./viewer.mjs').Viewer} viewer
 */
export async function showFailures(viewer) {
  const { scene } = viewer;
  await viewer.open('wrecks.refs.json');
  /** @type {Map<string, string>} */
  const told = new Map();
  const failures = scene.failures.map((failure) => ({
    behaviour: failure.behaviour,
    patient: failure.patient === true,
    says: (viewer.inBrowser ? failure.inBrowser : undefined) ?? failure.says,
  }));
  for (const { behaviour, says } of failures) {
    await openOnly(viewer, behaviour);
    await viewer.chunk().getByText(says).first().waitFor({ timeout: 100_000 });
    assert.equal(
      await viewer
        .chunk()
        .getByText(/all fill|reads as the fill value/iu)
        .count(),
      0,
    );
    const words = await viewer.chunk().locator('.outcome').innerText();
    if (says !== 'does not say why') told.set(behaviour, words.replaceAll(behaviour, ''));
    await viewer.picture(`failed-${behaviour}`);
  }
  assert.equal(new Set(told.values()).size, told.size, 'Two failures are told in the same words.');
  for (const behaviour of scene.hesitations) {
    await openOnly(viewer, behaviour);
    await viewer.chunk().getByRole('heading', { name: 'Statistics' }).waitFor({ timeout: 100_000 });
  }
  for (const [array, says] of Object.entries({
    absent: /fill value/iu,
    'all-fill': /every value|all fill/iu,
    'not-zlib': 'Fetched, not decoded',
    'unknown-codec': 'mystery',
  })) {
    await openOnly(viewer, array);
    await viewer.chunk().getByText(says).first().waitFor();
    await viewer.picture(`outcome-${array}`);
  }
  await viewer.checkAccessibility();

  await openAsText(viewer, 'wrecks.refs.json');
  for (const { behaviour, says } of failures.filter(({ patient }) => !patient)) {
    await reveal(viewer.bench, `${behaviour}/0.0`);
    const shown = await hover(viewer.bench, `"${behaviour}/0.0"`);
    await shown.getByText(says).first().waitFor({ timeout: 100_000 });
    assert.equal(await shown.locator('img').count(), 0);
    if (behaviour === 'forbidden') await viewer.picture('hover-forbidden');
    await away(viewer.bench);
  }
  await viewer.closeEditors();
}

/**
 * @param {import('./viewer.mjs').Viewer} viewer
 * @param {string} array that has one chunk
 */
async function openOnly(viewer, array) {
  await viewer.choose(array);
  await viewer.openChunk();
  await viewer.chunk().getByText(ends).first().waitFor({ timeout: 100_000 });
}
