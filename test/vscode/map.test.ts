import { assert } from 'chai';
import * as vscode from 'vscode';
import { makeFolder } from './generating';
import { forEachTest, makeReferences, Services } from './viewing';

/** Half-open slices of a step. */
const slice = (start: number, stop: number, step = 1) => ({ start, stop, step });

/** Rows and columns of the sample and its overviews, by rasterio. */
const redLevels = [
  [1536, 1536],
  [768, 768],
  [384, 384],
  [192, 192],
] as const;

/** Rows, columns, a step, and the sum of every so many values of each of them, by rasterio and numpy. */
const redSums = [
  [1536, 1536, 3, 399186672],
  [768, 768, 1, 897675744],
  [384, 384, 3, 24849429],
  [192, 192, 1, 56269219],
] as const;

describe('The picture of a whole array', () => {
  let services: Services;
  forEachTest((fresh) => {
    services = fresh;
  });

  it('takes the overviews of the TIFF where the references hold none, and says so', async () => {
    const { document } = services.documents.use(await makeReferences('map'));
    await document.settled();
    const pyramid = await document.ask('pyramid', { path: 'red' });
    assert.deepEqual(
      pyramid.levels.map(({ from, shape }): unknown[] => [from, ...shape]),
      redLevels.map(([rows, columns], index) => [index === 0 ? 'references' : 'tiff', rows, columns]),
    );
    assert.include(pyramid.note ?? '', 'read from the TIFF itself, red.tif');
    assert.equal(pyramid.crs, 'WGS 84 / UTM zone 10N (EPSG:32610)');
  });

  it('reads windows of every level, thinned and whole, absent chunks as the fill value', async () => {
    const { document } = services.documents.use(await makeReferences('map windows'));
    await document.settled();
    for (const [level, [rows, columns, step, sum]] of redSums.entries()) {
      const slices = [slice(0, rows, step), slice(0, columns, step)];
      const window = await document.ask('window', { path: 'red', level, slices });
      assert.deepEqual(window.failures, []);
      assert.equal(
        new Uint16Array(window.data).reduce((total, value) => total + value, 0),
        sum,
        `level ${level}`,
      );
    }
  });

  it('takes the overviews of a TIFF that is shown itself from its references in memory', async () => {
    const folder = await makeFolder('map of a TIFF', 'red.tif');
    const { document } = services.documents.use(vscode.Uri.joinPath(folder, 'red.tif'), 'tiff');
    await document.settled();
    const { levels, note } = await document.ask('pyramid', { path: '0/red' });
    assert.deepEqual(
      levels.map(({ from, path }) => [from, path]),
      redLevels.map((_, index) => ['references', `${index}/red`]),
    );
    assert.isNull(note);
  });
});
