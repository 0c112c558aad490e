import { references } from './examples';
import { type Rule, ZARR_V3_SPEC } from './types';

/** zarr v3 metadata and chunk keys. */
export const zarr3Rules = {
  'zarr3/not-checked': {
    severity: 'info',
    title: 'An array is zarr v3, which is not yet checked.',
    explanation: 'Nothing is said about this array, good or bad.',
    source: ZARR_V3_SPEC,
    examples: {
      breaks: '{"zarr.json": "{\\"node_type\\": \\"group\\"}", "a/zarr.json": "{\\"node_type\\": \\"array\\"}"}',
      good: references({}),
    },
  },
} as const satisfies Record<string, Rule>;
