import assert from 'node:assert/strict';

/** What a user must reach by the keyboard alone, in the order of reading; parts of their names. */
const stops = ['Search groups', 'red', 'Chunk grid', 'Copy xarray Code', 'Copy Key', 'of chunk red'];

/**
 * Everything of the page is reached with Tab and shows that it has the focus.
 *
 * @param {import('./viewer.mjs').Viewer} viewer
 */
export async function showKeyboard(viewer) {
  const { bench } = viewer;
  await viewer.open('red.kerchunk.json');
  await viewer.choose('red');
  await viewer.openChunk(1, 1);
  await viewer.chunk().getByRole('heading', { name: 'Pipeline' }).waitFor();
  await viewer.page().getByRole('heading', { level: 1 }).click();
  const reached = [];
  for (let step = 0; step < 60; step += 1) {
    await bench.page.keyboard.press('Tab');
    const focused = viewer.page().locator(':focus');
    if ((await focused.count()) === 0) break;
    reached.push(
      await focused.evaluate((element) => {
        const { outlineStyle, boxShadow, borderColor } = globalThis.getComputedStyle(element);
        const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
        return { name: name.trim().slice(0, 60), seen: outlineStyle !== 'none' || boxShadow !== 'none', borderColor };
      }),
    );
    if (step === 2) await viewer.picture('view-focus');
  }
  const names = reached.map(({ name }) => name);
  for (const stop of stops) {
    assert.ok(
      names.some((name) => name.includes(stop)),
      `Tab does not reach ${stop}: ${names.join(' | ')}`,
    );
  }
  for (const { name, seen } of reached) assert.ok(seen, `${name} shows no focus`);
  // The neighbour of the chunk, from its picture.
  await viewer.chunk().getByRole('application').first().focus();
  await bench.page.keyboard.press('Alt+ArrowRight');
  await viewer.chunk().getByRole('heading', { name: /1\.2/u, level: 3 }).waitFor();
  await viewer.closeEditors();
}
