/*
 * The viewer and the hovers as a user sees them, in VS Code's Node host and its web worker host, with a picture of each step: those for
 * the README in media/screenshots/, the others in .vscode-test/screenshots/. Every step waits for what must be on the screen and fails
 * without it.
 *
 *   npm run package && npm run screenshots
 *   node test/browser/view.mjs [node|web|restricted|fixes|web-fixes|looking|web-looking|tiff|web-tiff|walkthrough|web-walkthrough]...
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root, screenshots } from '../host/paths.mjs';
import { openWorkbench } from '../host/ui.mjs';
import { showFailures } from './view-failures.mjs';
import { showFixes } from './view-fixes.mjs';
import { showHovers } from './view-hovers.mjs';
import { showKeyboard } from './view-keyboard.mjs';
import { showLooking } from './view-looking.mjs';
import { showNotebook } from './view-notebook.mjs';
import { showRestrictedMode } from './view-restricted.mjs';
import { showText } from './view-text.mjs';
import { showTiffs } from './view-tiff.mjs';
import { showWalkthrough } from './view-walkthrough.mjs';
import { Viewer } from './viewer.mjs';
import { makeViewerScene } from './viewer-scene.mjs';

/** One of each kind of TIFF; those with a long name are other people's, and left out where they are not at hand. */
const tiffs = {
  'elevation.tif': 'openlayers__test__rendering__data__raster__elevation-i16.tif',
  'scale.tif': 'rio-tiler__fixtures__cog_scale_epsg4326.tif',
  'bigendian.tif': 'cogeotiff__packages__core__data__be_cog.tiff',
  'float64.tif': 'libtiff.net__TestCase__tiger-minisblack-float-tile-64.tif',
  'signed.tif': 'async-tiff__fixtures__image-tiff__tiled-oversize-gray-i8.tif',
  'rgb.tif': 'cog-jpeg-u8-3band-overviews-mask.tif',
  'float.tif': 'cog-zstd-p3-f32-overviews-bigtiff.tif',
  'planar.tif': 'deflate-p2-u16-3band-planar-tiled-sparse.tif',
};
const parts = {
  node: () => showViewer('node'),
  web: () => showViewer('web'),
  restricted: showRestrictedMode,
  fixes: () => showViewer('node', showFixes),
  'web-fixes': () => showViewer('web', showFixes),
  looking: () => showViewer('node', showLooking),
  'web-looking': () => showViewer('web', showLooking),
  tiff: () => showViewer('node', showTiffs),
  'web-tiff': () => showViewer('web', showTiffs),
  walkthrough: () => showWalkthrough('node'),
  'web-walkthrough': () => showWalkthrough('web'),
};

for (const folder of [join(root, 'media', 'screenshots'), screenshots]) await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
for (const [name, show] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  await show();
}

/**
 * @param {'node' | 'web'} host
 * @param {(viewer: Viewer) => Promise<void>} show
 */
async function showViewer(host, show = showReferences) {
  const scene = await makeViewerScene(tiffs);
  const bench = await openWorkbench({
    folder: scene.folder,
    theme: 'light',
    host,
    size: { width: 1440, height: 1100 },
  });
  const viewer = new Viewer(bench, scene, host === 'node' ? '' : 'web-');
  try {
    await viewer.ready();
    await show(viewer);
  } catch (error) {
    await viewer.picture('view-failed');
    throw error;
  } finally {
    await bench.close();
    await scene.remove();
  }
}

/** @param {Viewer} viewer */
async function showReferences(viewer) {
  await showNotebook(viewer);
  for (const name of viewer.scene.kinds) await showKind(viewer, name);
  await showText(viewer);
  await showHovers(viewer);
  await showFailures(viewer);
  await showKeyboard(viewer);
}

/**
 * Opens the references of one TIFF and its first chunk that is there, in all themes.
 *
 * @param {Viewer} viewer
 * @param {string} name
 */
async function showKind(viewer, name) {
  await viewer.open(`${name}.kerchunk.json`);
  await viewer.choose();
  await viewer.openFirstPresent();
  await viewer.chunk().getByRole('heading', { name: 'Pipeline' }).waitFor();
  await viewer.checkAccessibility();
  await viewer.pictureInThemes(`view-${name}`);
}
