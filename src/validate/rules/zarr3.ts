import { type Rule, ZARR_V3_SPEC } from './types';
import { zarr3CodecRules } from './zarr3-codecs';
import { BYTES, withZarr3, zarr3References, zarrJson } from './zarr3-examples';
import { zarr3ValueRules } from './zarr3-values';

const ARRAY = `${ZARR_V3_SPEC}, "Array metadata"`;
const EXTENSIONS = `${ZARR_V3_SPEC}, "Extensions"`;
const good = withZarr3();
const copyOf = (shape: number[]) => ({
  consolidated_metadata: {
    kind: 'inline',
    must_understand: false,
    metadata: { a: JSON.parse(zarrJson({ shape })) as Record<string, never> },
  },
});

/** zarr v3 metadata and chunk keys. */
export const zarr3Rules = {
  'zarr3/zarr-format': {
    severity: 'error',
    title: 'zarr.json says another version than 3.',
    explanation:
      'zarr-python fails on the node, and on every group that lists it. Metadata of zarr v2 stand in .zarray and .zgroup. The specification wants ' +
      'an integer: 3.0 is none, though zarr-python takes it.',
    source: ARRAY,
    fix: 'Write it as the number 3',
    examples: { breaks: withZarr3({ zarr_format: '3' }), good },
  },
  'zarr3/node-type': {
    severity: 'error',
    title: 'zarr.json is of neither an array nor a group.',
    explanation: 'zarr-python fails on the node, and on every group that lists it.',
    source: ARRAY,
    fix: 'Write it in small letters',
    examples: { breaks: withZarr3({ node_type: 'Array' }), good },
  },
  'zarr3/field-missing': {
    severity: 'error',
    title: 'A member of zarr.json is missing.',
    explanation:
      'An array has zarr_format, node_type, shape, data_type, chunk_grid, chunk_key_encoding, fill_value and codecs; a group has the first two. ' +
      'zarr-python fails on an array without any of them, and xarray leaves the array out of the dataset without a word.',
    source: ARRAY,
    examples: { breaks: withZarr3({ fill_value: undefined }), good },
  },
  'zarr3/unknown-field': {
    severity: 'error',
    title: 'zarr.json has a member that is not known.',
    explanation:
      'Readers must fail on what they do not know, as zarr-python does, unless it is an object with "must_understand": false. Fields of zarr v2 ' +
      '(chunks, dtype, compressor, filters, order) have other names in v3; what is only told belongs into attributes.',
    source: EXTENSIONS,
    examples: {
      breaks: withZarr3({ title: 'red' }),
      good: withZarr3({ title: { value: 'red', must_understand: false } }),
    },
  },
  'zarr3/attributes': {
    severity: 'error',
    title: 'The attributes are no object.',
    explanation: 'xarray fails on the whole group.',
    source: ARRAY,
    examples: { breaks: withZarr3({ attributes: [] }), good: withZarr3({ attributes: {} }) },
  },
  'zarr3/shape': {
    severity: 'error',
    title: 'The shape is no list of integers from 0.',
    explanation: 'zarr-python fails on the array, also on 4.0 for 4.',
    source: ARRAY,
    examples: {
      breaks: withZarr3({ shape: [-4, 4] }),
      good: zarr3References({ 'a/zarr.json': zarrJson({ shape: [0, 4] }) }),
    },
  },
  'zarr3/extension-point': {
    severity: 'error',
    title: 'A data type, chunk grid, chunk key encoding or codec is not written as one.',
    explanation:
      'It is an object with a "name", which is a string, and perhaps a "configuration", which is an object; zarr v2 had "id" and all else beside ' +
      'it. zarr-python fails on the array. A further member (a warning) is passed over.',
    source: EXTENSIONS,
    examples: { breaks: withZarr3({ codecs: [{ id: 'bytes' }] }), good },
  },
  'zarr3/string-codec': {
    severity: 'error',
    title: 'A codec or chunk key encoding is a name alone.',
    explanation:
      'The specification allows the short form since version 3.1, where no configuration is needed. zarr-python 3.1 fails on it in codecs and ' +
      'chunk_key_encoding; the object with a name means the same and is read by all.',
    source: `${EXTENSIONS}; zarr-python 3.1.6, zarr/core/common.py, parse_named_configuration`,
    fix: 'Write the codec as an object',
    examples: {
      breaks: withZarr3({ chunk_key_encoding: 'default' }),
      good: withZarr3({ chunk_key_encoding: { name: 'default' } }),
    },
  },
  'zarr3/must-understand': {
    severity: 'error',
    title: '"must_understand" stands where it may not.',
    explanation:
      'Readers cannot pass over a data type, a chunk grid or a chunk key encoding, so that "must_understand": false is not allowed there, and it ' +
      'is true or false. In a codec (an info) it is allowed since version 3.1 of the specification.',
    source: EXTENSIONS,
    fix: 'Remove "must_understand"',
    examples: {
      breaks: withZarr3({ chunk_key_encoding: { name: 'default', must_understand: false } }),
      good: withZarr3({ chunk_key_encoding: { name: 'default', must_understand: true } }),
    },
  },
  'zarr3/extension-unsupported': {
    severity: 'error',
    title: 'zarr-python does not have this data type, chunk grid or codec.',
    explanation:
      'The name is in the specification, or in the registry zarr-extensions, and zarr-python 3.1 and with it xarray fail on the array. Other ' +
      'readers may have it.',
    source: `${EXTENSIONS}; zarr-python 3.1.6, zarr/core/dtype and zarr/codecs`,
    examples: { breaks: withZarr3({ data_type: 'bfloat16' }), good: withZarr3({ data_type: 'float16' }) },
  },
  'zarr3/data-type': {
    severity: 'error',
    title: 'The data type is none of zarr v3, or not written as it should be.',
    explanation:
      'Core data types are a string such as "uint16", without a byte order, which the codec bytes has. Others are a string or an object with the ' +
      'configuration that they need. zarr-python fails on the array.',
    source: `${ZARR_V3_SPEC}, "Data types"`,
    fix: 'Write the name of zarr v3',
    examples: { breaks: withZarr3({ data_type: '<u2' }), good },
  },
  'zarr3/chunk-grid': {
    severity: 'error',
    title: 'The chunk grid is not one that readers know.',
    explanation:
      'A regular grid has a "chunk_shape" with an integer from 1 for each dimension. zarr-python fails on the array when it is opened or read.',
    source: `${ZARR_V3_SPEC}, "Chunk grids"`,
    examples: {
      breaks: withZarr3({ chunk_grid: { name: 'regular', configuration: { chunk_shape: [2] } } }),
      good: withZarr3({ chunk_grid: { name: 'regular', configuration: { chunk_shape: [2, 8] } } }),
    },
  },
  'zarr3/chunk-key-encoding': {
    severity: 'error',
    title: 'The chunk key encoding is not one that readers know.',
    explanation:
      '"default" makes keys such as c/0/0 and "v2" such as 0.0; the "separator" in the configuration is a dot or a slash. zarr-python fails on the ' +
      'array for all else.',
    source: `${ZARR_V3_SPEC}, "Chunk key encoding"`,
    examples: {
      breaks: withZarr3({ chunk_key_encoding: { name: 'default', configuration: { separator: '-' } } }),
      good: withZarr3({ chunk_key_encoding: { name: 'default', configuration: { separator: '.' } } }, 'a/c.0.0'),
    },
  },
  'zarr3/chunk-key-form': {
    severity: 'error',
    title: 'Keys below an array are no chunk keys of it.',
    explanation:
      'A chunk key is what the chunk key encoding of the array makes: c/0/0 by default, c alone for an array without dimensions, 0.0 where the ' +
      'encoding is v2. No reader asks for any other key, so that the chunks read as the fill value. Told once for an array, with the number of ' +
      'such keys; what does not look like a chunk at all is a warning.',
    source: `${ZARR_V3_SPEC}, "Chunk key encoding"`,
    fix: 'Make keys and chunk key encoding agree',
    examples: {
      breaks: withZarr3({}, 'a/0/0'),
      good: withZarr3({ chunk_key_encoding: { name: 'v2', configuration: { separator: '/' } } }, 'a/0/0'),
    },
  },
  'zarr3/chunk-key-grid': {
    severity: 'warning',
    title: 'Chunks lie beyond the grid.',
    explanation:
      'No reader asks for them. The shape or the chunk shape is likely wrong, or the keys belong to another array. Told once for an array, with ' +
      'the number of such keys.',
    source: `${ZARR_V3_SPEC}, "Chunk grids"`,
    examples: { breaks: withZarr3({}, 'a/c/2/0'), good: withZarr3({}, 'a/c/1/0') },
  },
  'zarr3/uncompressed-length': {
    severity: 'error',
    title: 'A chunk without compression has another length than its shape and data type need.',
    explanation:
      'Every chunk holds the whole chunk shape, at the edges of the array too, where what lies beyond is padding. zarr-python fails on the chunk. The ' +
      'last strip of a TIFF is such a chunk; so are rows of an array whose chunk shape or data type is wrong.',
    source: `${ZARR_V3_SPEC}, "Chunk grids"`,
    examples: {
      breaks: withZarr3({}, 'a/c/0/0').replace('8, 8]', '8, 6]'),
      good: withZarr3({ codecs: [BYTES, { name: 'crc32c' }] }, 'a/c/0/0').replace('8, 8]', '8, 12]'),
    },
  },
  'zarr3/dimension-names': {
    severity: 'error',
    title: 'The dimension names are not one for each dimension.',
    explanation:
      'There is a string or null for each dimension; zarr-python fails on the array for any other number or kind. null, an empty ' +
      'string and one name for two dimensions are allowed; xarray opens the group, and can hardly work along such a dimension (warning).',
    source: ARRAY,
    fix: 'Remove "dimension_names"',
    examples: { breaks: withZarr3({ dimension_names: ['y'] }), good: withZarr3({ dimension_names: ['y', 'x'] }) },
  },
  'zarr3/dimension-names-missing': {
    severity: 'error',
    title: 'An array has no dimension names, and stands among arrays that have.',
    explanation:
      'zarr-python reads the array; xarray fails on the whole group. It does not look at _ARRAY_DIMENSIONS in zarr v3. Where no array of the group ' +
      'has dimension_names it is a warning, if the array has attributes, and else nothing is said.',
    source: 'xarray, xarray/backends/zarr.py, _get_zarr_dims_and_attrs',
    examples: {
      breaks: zarr3References({ 'a/zarr.json': zarrJson(), 'b/zarr.json': zarrJson({ dimension_names: undefined }) }),
      good: zarr3References({ 'b/zarr.json': zarrJson({ dimension_names: undefined }) }),
    },
  },
  'zarr3/storage-transformers': {
    severity: 'error',
    title: 'There are storage transformers.',
    explanation:
      'No reader has any: zarr-python passes them over, and reads what is stored as if nothing had transformed it.',
    source: `${ZARR_V3_SPEC}, "Storage transformers"`,
    examples: {
      breaks: withZarr3({ storage_transformers: [{ name: 'cache' }] }),
      good: withZarr3({ storage_transformers: [] }),
    },
  },
  'zarr3/node-name': {
    severity: 'error',
    title: 'An array or a group has a name that is not allowed.',
    explanation:
      'A name is not made of dots alone, does not begin with "__" and is not zarr.json. zarr-python fails on ".." and lists no node "zarr.json".',
    source: `${ZARR_V3_SPEC}, "Node names"`,
    examples: {
      breaks: zarr3References({ '__a/zarr.json': zarrJson() }),
      good: zarr3References({ '_a/zarr.json': zarrJson() }),
    },
  },
  'zarr3/group-missing': {
    severity: 'error',
    title: 'A group has no metadata.',
    explanation:
      'Every array but one at the root lies in groups, each with a zarr.json of its own. Without that of the root zarr-python and xarray fail; what ' +
      'lies in another such group is not listed.',
    source: `${ZARR_V3_SPEC}, change log, "Support for implicit groups was removed"`,
    examples: {
      breaks: zarr3References({ 'g/a/zarr.json': zarrJson() }),
      good: zarr3References({ 'g/zarr.json': '{"zarr_format": 3, "node_type": "group"}', 'g/a/zarr.json': zarrJson() }),
    },
  },
  'zarr3/consolidated': {
    severity: 'error',
    title: 'The consolidated metadata are not as zarr-python writes them.',
    explanation:
      'They are an object with "kind": "inline", "must_understand": false and "metadata", an object with a copy of each document below the group, ' +
      'by its path. zarr-python fails on another kind. The specification does not have them yet.',
    source: 'zarr-python 3.1.6, zarr/core/group.py, ConsolidatedMetadata',
    examples: {
      breaks: zarr3References({}, { consolidated_metadata: { kind: 'inline', metadata: {} } }),
      good: zarr3References({}, { consolidated_metadata: { kind: 'inline', must_understand: false, metadata: {} } }),
    },
  },
  'zarr3/consolidated-stale': {
    severity: 'error',
    title: 'The consolidated metadata differ from the documents.',
    explanation:
      'zarr-python and xarray read the consolidated copies where a group has them: an array then has another shape or other values than its own ' +
      'zarr.json says, or is not found. Write them anew, or remove them.',
    source: 'zarr-python 3.1.6, zarr/core/group.py, ConsolidatedMetadata',
    examples: {
      breaks: zarr3References({ 'a/zarr.json': zarrJson() }, copyOf([2, 4])),
      good: zarr3References({ 'a/zarr.json': zarrJson() }, copyOf([4, 4])),
    },
  },
  ...zarr3ValueRules,
  ...zarr3CodecRules,
} as const satisfies Record<string, Rule>;
