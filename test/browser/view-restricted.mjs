import assert from 'node:assert/strict';
import { openWorkbench } from '../host/ui.mjs';
import { hover, openAsText, reveal } from './view-hovers.mjs';
import { Viewer } from './viewer.mjs';
import { makeViewerScene } from './viewer-scene.mjs';

/** In Restricted Mode nothing is fetched: by opening, validating, clicking or hovering; the page and the hover say so and what to do. */
export async function showRestrictedMode() {
  const scene = await makeViewerScene({});
  const before = scene.server.requests.length;
  const bench = await openWorkbench({
    folder: scene.folder,
    theme: 'light',
    trusted: false,
    size: { width: 1440, height: 1000 },
  });
  const viewer = new Viewer(bench, scene, 'restricted-');
  try {
    await viewer.ready();
    await viewer.open('notebook.kerchunk.json');
    await viewer.choose('red');
    await viewer.openChunk(7);
    await viewer.chunk().getByText('Restricted Mode').first().waitFor();
    await viewer.chunk().getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    await viewer.checkAccessibility();
    await viewer.picture('page');
    await openAsText(viewer, 'notebook.kerchunk.json');
    await reveal(bench, 'red/7.0');
    const shown = await hover(bench, '"red/7.0"');
    await shown.getByText('Restricted Mode').first().waitFor();
    await shown.getByText('Manage Workspace Trust').waitFor();
    await viewer.picture('hover');
    assert.equal(scene.server.requests.length, before, 'Something was fetched.');
    // Files of the workspace are read in Restricted Mode too.
    await bench.page.keyboard.press('Escape');
    await viewer.open('red.kerchunk.json');
    await viewer.choose('red');
    await viewer.openChunk(1, 1);
    await viewer.chunk().getByRole('heading', { name: 'Statistics' }).waitFor();
  } catch (error) {
    await viewer.picture('failed');
    throw error;
  } finally {
    await bench.close();
    await scene.remove();
  }
}
