import { withArray, zarray } from './examples';
import { type Rule, ZARR_V2_SPEC } from './types';
import { zarr2FieldRules } from './zarr2-fields';
import { zarr2FillValueRules } from './zarr2-fill-values';
import { zarr2HierarchyRules } from './zarr2-hierarchy';
import { zarr2TypeRules } from './zarr2-types';

const METADATA = `${ZARR_V2_SPEC}, "Metadata"`;
const good = withArray(zarray());

/** zarr v2 metadata and chunk keys. */
export const zarr2Rules = {
  ...zarr2FieldRules,
  ...zarr2TypeRules,
  ...zarr2FillValueRules,
  'zarr2/codec-unknown': {
    severity: 'error',
    title: 'No known package registers this codec.',
    explanation:
      'Readers look a codec up by its id and fail on the array where nothing is registered under it. Look for a misspelling; imagecodecs registers its codecs as imagecodecs_….',
    source: `${METADATA}; numcodecs registry`,
    examples: {
      breaks: withArray(zarray({ compressor: { id: 'zlip' } })),
      good: withArray(zarray({ compressor: { id: 'zlib' } })),
    },
  },
  'zarr2/codec-not-decoded-here': {
    severity: 'info',
    title: 'The codec exists, and is not decoded here.',
    explanation: 'Python decodes it where its package is installed. Chunks of this array are shown as bytes.',
    source: 'The codec registries of numcodecs, imagecodecs and kerchunk',
    examples: {
      breaks: withArray(zarray({ compressor: { id: 'grib' } })),
      good: withArray(zarray({ compressor: { id: 'zlib' } })),
    },
  },
  ...zarr2HierarchyRules,
  'zarr2/metadata-elsewhere': {
    severity: 'info',
    title: 'The metadata of an array stand in a file of their own.',
    explanation: 'That is allowed and unusual. The file is not read, so that this array is not checked.',
    source: 'kerchunk specification, version 0',
    examples: { breaks: withArray('["https://example.org/a/.zarray"]'), good },
  },
} as const satisfies Record<string, Rule>;
