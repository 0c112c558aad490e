import type { GeneratedItem, Report } from '../../../src/webview/messages';

const source = {
  source: 'elevation.tif',
  sourceLocation: '/data/elevation.tif',
  sourceUri: 'file:///data/elevation.tif',
};

const generated: GeneratedItem = {
  kind: 'generated',
  ...source,
  output: 'elevation.kerchunk.json',
  outputLocation: '/data/elevation.kerchunk.json',
  outputUri: 'file:///data/elevation.kerchunk.json',
  outputBytes: 12_345,
  target: 's3://bucket/elevation.tif',
  code: 'import xarray as xr\n',
  requests: 3,
  bytes: 65_536,
  milliseconds: 120,
  preset: 'portable',
  levels: [
    {
      path: 'elevation',
      shape: [1500, 1000],
      chunkShape: [256, 256],
      chunks: 24,
      sparse: 2,
      unreadable: 0,
    },
  ],
  overviewsLeftOut: 2,
  masksLeftOut: 1,
  pagesLeftOut: 3,
  pages: [{ ifd: 4, width: 100, height: 200 }],
  readers: [
    { reader: 'xarray', opens: true, reason: 'With imagecodecs beside it.' },
    { reader: 'zarrita', opens: true, unreadableChunks: 1, reason: 'It reads what it can.' },
    { reader: 'GDAL', opens: false, reason: 'It has no such codec.' },
  ],
  warnings: ['The last rows are of another day.'],
};

/** One file of each outcome, and of one with wrong values. */
export const report: Report = {
  format: 1,
  items: [
    generated,
    {
      ...generated,
      output: 'wrong.kerchunk.json',
      preset: 'notebook',
      readers: [
        { reader: 'xarray', opens: true, wrongValues: true, unreadableChunks: 3, reason: 'It reads the deltas.' },
      ],
      warnings: [],
    },
    {
      kind: 'refused',
      ...source,
      source: 'strips.tif',
      code: 'unsupported-layout',
      message: 'Its last strip is shorter than the others.',
      shown: true,
    },
    { kind: 'skipped', ...source, source: 'kept.tif', message: 'The file that was there was kept.' },
  ],
};
