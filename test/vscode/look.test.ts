import { assert } from 'chai';
import { forEachTest, makeReferences, type Services } from './viewing';

describe('What the viewer is told of a chunk', () => {
  let services: Services;
  forEachTest((fresh) => {
    services = fresh;
  });

  it('has exact statistics and stretch, the rule for nodata, and the CRS', async () => {
    const use = services.documents.use(await makeReferences('look'));
    const { outcome, crs, coordinates } = await use.document.ask('chunk', { path: 'red', indices: [0, 0] });
    if (outcome.kind !== 'values') assert.fail(JSON.stringify(outcome));
    const { statistics, stretch, nodata, nodataSource, classes } = outcome.values;
    // rasterio and numpy on the same tile: std, and percentile of 2 and 98.
    assert.closeTo(Number(statistics.standardDeviation), 519.3500637370406, 1e-9);
    assert.closeTo(stretch?.low ?? NaN, 1168, 1e-9);
    assert.closeTo(stretch?.high ?? NaN, 2740.8, 1e-9);
    assert.deepEqual([nodata, nodataSource, classes], ['0', 'fill_value', null]);
    assert.equal(crs, 'WGS 84 / UTM zone 10N (EPSG:32610)');
    assert.deepEqual(
      coordinates.map(({ name }) => name),
      ['y', 'x'],
    );
    use.dispose();
  });
});
