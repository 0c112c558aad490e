import type { Rule } from './types';

/** What the TIFF behind an array tells. */
export const tiffRules = {
  'tiff/delta-over-rows': {
    severity: 'error',
    readsWrong: true,
    title: '"delta" sums over the rows of a chunk, and predictor 2 starts each row anew.',
    explanation:
      'numcodecs delta is one running sum over the whole chunk. TIFF takes differences within a row. The first row of each chunk decodes right and every ' +
      'later one wrong, in every reader. imagecodecs_delta with the axis of the columns undoes predictor 2.',
    source: 'TIFF 6.0, section 14; numcodecs, delta.py',
    fix: 'Replace "delta" by "imagecodecs_delta"',
  },
  'tiff/delta-without-predictor': {
    severity: 'error',
    readsWrong: true,
    title: '"delta" undoes a difference that the TIFF does not have.',
    explanation: 'Every value after the first of a chunk decodes wrong. Remove the filter.',
    source: 'TIFF 6.0, section 14; numcodecs, delta.py',
    fix: 'Remove the filter',
  },
  'tiff/fill-value-domain': {
    severity: 'error',
    readsWrong: true,
    title: 'The fill value is a stored number, and is compared with scaled ones.',
    explanation:
      'fill_value is what a chunk that is not there decodes to, after all filters. With a scaling filter the stored nodata decodes to another number and is not masked, ' +
      'and an ordinary value may be. Keep the stored data type and scale by the attributes scale_factor and add_offset.',
    source: 'zarr v2 specification, "Metadata"; zarr-developers/VirtualiZarr#670',
    fix: 'Scale by attributes in place of the filter',
  },
} as const satisfies Record<string, Rule>;
