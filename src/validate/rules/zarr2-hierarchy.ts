import { CHUNK, references, withArray, zarray } from './examples';
import { type Rule, ZARR_V2_SPEC } from './types';

const GROUPS = `${ZARR_V2_SPEC}, "Groups"`;
const CHUNKS = `${ZARR_V2_SPEC}, "Chunks"`;
/** A chunk that stands behind the first. */
const NEXT = '["https://example.org/a.tif", 16, 8]';
const group = '{"zarr_format": 2}';

/** Groups, paths and chunk keys. */
export const zarr2HierarchyRules = {
  'zarr2/zgroup': {
    severity: 'error',
    title: '.zgroup holds something other than the version.',
    explanation:
      'It is {"zarr_format": 2}, and no other key may be in it; attributes stand in .zattrs. zarr-python refuses a group whose zarr_format is ' +
      'missing, in quotes or another; of one with more keys it reads none of them.',
    source: GROUPS,
    fix: 'Add the missing version',
    examples: {
      breaks: references({ 'g/.zgroup': '{}' }),
      good: references({ 'g/.zgroup': group, 'g/.zattrs': '{"title": "x"}' }),
    },
  },
  'zarr2/root-group-missing': {
    severity: 'error',
    title: 'There is no .zgroup at the root.',
    explanation:
      'Arrays and groups below the root make it a group, which has a .zgroup. Without it neither xarray nor zarr-python finds a group when ' +
      'the file is opened.',
    source: GROUPS,
    examples: {
      breaks: `{"a/.zarray": ${zarray()}, "a/0.0": ${CHUNK}}`,
      good: withArray(zarray()),
    },
  },
  'zarr2/group-missing': {
    severity: 'warning',
    title: 'A path above an array or group has no .zgroup.',
    explanation:
      'A group must be there at every path above. zarr-python reads the array all the same where its path is named; xarray cannot open the ' +
      'group, and no reader lists what is in it.',
    source: GROUPS,
    examples: {
      breaks: references({ 'g/a/.zarray': zarray(), 'g/a/0.0': CHUNK }),
      good: references({ 'g/.zgroup': group, 'g/a/.zarray': zarray(), 'g/a/0.0': CHUNK }),
    },
  },
  'zarr2/group-and-array': {
    severity: 'warning',
    title: 'A path is both an array and a group.',
    explanation:
      'zarr-python and xarray take it for the array, and nothing below it can be reached as members of a group; other readers may choose the ' +
      'group. Leave one of the two out.',
    source: `${GROUPS}; zarr-python 3, zarr/core/array.py, get_array_metadata`,
    examples: {
      breaks: withArray(zarray(), { 'a/.zgroup': group, 'a/0.0': CHUNK }),
      good: withArray(zarray(), { 'b/.zgroup': group, 'a/0.0': CHUNK }),
    },
  },
  'zarr2/array-in-array': {
    severity: 'error',
    title: 'An array or group lies below an array.',
    explanation:
      'Arrays have no members: xarray and VirtualiZarr fail on the array above as a group, and zarr-python finds what is below by its whole path alone.',
    source: `${GROUPS}; zarr-python 3, zarr/core/group.py`,
    examples: {
      breaks: references({
        'a/.zarray': zarray({ fill_value: 0 }),
        'a/b/.zarray': zarray({ fill_value: 0 }),
        'a/b/0.0': CHUNK,
      }),
      good: references({ 'a/.zgroup': group, 'a/b/.zarray': zarray({ fill_value: 0 }), 'a/b/0.0': CHUNK }),
    },
  },
  'zarr2/chunk-key-form': {
    severity: 'error',
    title: 'A key below an array is no chunk key of it.',
    explanation:
      'A chunk key has an index for each dimension, in plain decimals, joined by the separator of the array (a dot unless dimension_separator ' +
      'says otherwise); an array without dimensions has the key 0. No reader asks for any other key, so that the chunk reads as the fill value.',
    source: CHUNKS,
    examples: {
      breaks: withArray(zarray(), { 'a/00.1': CHUNK }),
      good: withArray(zarray({ dimension_separator: '/' }), { 'a/0/1': CHUNK }),
    },
  },
  'zarr2/chunk-key-separator': {
    severity: 'error',
    title: 'Chunk keys have another separator than the array.',
    explanation:
      'Between the indices stands what dimension_separator says, a dot where it says nothing. Readers ask for no other key: all these chunks ' +
      'read as the fill value, without a word. Most often dimension_separator was left out.',
    source: `${ZARR_V2_SPEC}, "Metadata" and "Chunks"`,
    fix: 'State the separator of the keys',
    examples: {
      breaks: withArray(zarray(), { 'a/0/0': CHUNK, 'a/0/1': NEXT }),
      good: withArray(zarray({ dimension_separator: '/' }), { 'a/0/0': CHUNK, 'a/0/1': NEXT }),
    },
  },
  'zarr2/chunk-key-grid': {
    severity: 'warning',
    title: 'A chunk lies beyond the grid.',
    explanation:
      'No reader asks for it. The shape or the chunk size is likely wrong, or the key belongs to another array.',
    source: CHUNKS,
    examples: { breaks: withArray(zarray(), { 'a/2.0': CHUNK }), good: withArray(zarray(), { 'a/1.0': CHUNK }) },
  },
} as const satisfies Record<string, Rule>;
