import type { SetDifferences } from '../../../src/preview/set-difference-types';
import type { ToDifferencesPage } from '../../../src/webview/differences-messages';

const url = 's3://bucket/sentinel-2-l2a-cogs/32/T/QM/2022/1/S2A_32TQM_20220125_0_L2A/B04.tif';

/** Two versions of a stack: one array lost, one added, four changed, five the same. */
const differences: SetDifferences = {
  groups: {
    lost: [],
    added: ['60m'],
    changed: [{ path: '', attributes: [{ property: 'attribute title', values: ['"January"', '"February"'] }] }],
  },
  lost: [{ path: '10m/blue', chunks: 36 }],
  added: [{ path: '60m/nir09', chunks: 0 }],
  changed: ['10m/red', '10m/green', '20m/swir16', 'time'].map((path, index) => ({
    path,
    metadata: index === 0 ? [{ property: 'shape', values: ['[3, 192, 192]', '[4, 192, 192]'] }] : [],
    attributes: [{ property: 'attribute scale_factor', values: ['0.0001', 'none'] }],
    moved: {
      count: 30,
      first: Array.from({ length: 20 }, (_, chunk) => ({
        key: `${path}/0.0.${chunk}`,
        indices: [0, 0, chunk],
        before: { kind: 'range', url, start: chunk * 4096, end: (chunk + 1) * 4096 },
        after: { kind: 'range', url, start: chunk * 8192, end: (chunk + 1) * 8192 },
      })),
    },
    added: {
      count: 1,
      first: [
        { key: `${path}/3.0.0`, indices: [3, 0, 0], before: null, after: { kind: 'range', url, start: 0, end: 17 } },
      ],
    },
    lost: {
      count: 1,
      first: [{ key: `${path}/2.5.5`, indices: [2, 5, 5], before: { kind: 'inline', length: 12 }, after: null }],
    },
    same: 76,
    values:
      path === 'time'
        ? { count: 5, first: [{ property: '[2]', values: ['2022-01-25T10:23:11', '2022-02-04T10:22:31'] }] }
        : null,
  })),
  same: 5,
};

/** What the host says of two sets. */
export function comparedSets(): ToDifferencesPage {
  return {
    type: 'compared',
    sets: {
      before: { name: 'january.kerchunk.json', location: '/home/user/scenes/january.kerchunk.json' },
      after: { name: 'february.kerchunk.json', location: '/home/user/scenes/february.kerchunk.json' },
    },
    files: { before: 'file:///scenes/january.kerchunk.json', after: 'file:///scenes/february.kerchunk.json' },
    differences,
  };
}
