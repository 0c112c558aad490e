/** JSON schema of `zarr.json` (zarr v3 core specification, "Metadata"), strict as far as the core goes. */

const extension = (description, names) => ({
  description,
  anyOf: [
    { type: 'string', minLength: 1 },
    {
      type: 'object',
      required: ['name'],
      properties: {
        name: {
          type: 'string',
          description: 'Name of the extension, as the specification or the registry of zarr-extensions has it.',
          anyOf: [{ enum: names }, {}],
        },
        configuration: { type: 'object', description: 'What the extension needs to know.' },
        must_understand: { type: 'boolean', description: 'false: a reader that does not know the name may go on.' },
      },
    },
  ],
});

const dataTypes = [
  'bool',
  ...['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'],
  ...['float16', 'float32', 'float64', 'complex64', 'complex128', 'string', 'bytes'],
];

const codecs = [
  'bytes',
  ...['transpose', 'sharding_indexed', 'gzip', 'zstd', 'blosc', 'crc32c', 'vlen-utf8', 'vlen-bytes'],
  ...['numcodecs.zlib', 'numcodecs.shuffle', 'numcodecs.delta', 'numcodecs.fixedscaleoffset'],
];

const shared = {
  zarr_format: { const: 3, description: 'The version of the zarr format: 3.' },
  node_type: { enum: ['array', 'group'], description: 'What stands at this path.' },
  attributes: { type: 'object', description: 'Attributes, for people and for conventions.' },
};

const array = {
  required: ['shape', 'data_type', 'chunk_grid', 'chunk_key_encoding', 'fill_value', 'codecs'],
  properties: {
    shape: {
      type: 'array',
      items: { type: 'integer', minimum: 0 },
      description: 'Elements along each dimension. [] is a scalar.',
    },
    data_type: extension('Data type of an element. The byte order is the codec "bytes" to say.', dataTypes),
    chunk_grid: {
      ...extension('How the array is cut into chunks.', ['regular']),
      defaultSnippets: [{ label: 'regular', body: { name: 'regular', configuration: { chunk_shape: ['^$1'] } } }],
    },
    chunk_key_encoding: {
      ...extension('How the key of a chunk is made of its indices: "default" gives c/0/0, "v2" gives 0.0.', [
        'default',
        'v2',
      ]),
      defaultSnippets: [
        { label: 'default', body: { name: 'default', configuration: { separator: '/' } } },
        { label: 'v2', body: { name: 'v2', configuration: { separator: '.' } } },
      ],
    },
    fill_value: {
      not: { type: 'null' },
      description:
        'What an absent chunk reads as; null is not allowed. Floats beyond JSON are "NaN", "Infinity", "-Infinity", or bits as "0x7fc00000".',
    },
    codecs: {
      type: 'array',
      minItems: 1,
      description:
        'Codecs in the order in which they are applied when a chunk is written: array to array, exactly one array to bytes, bytes to bytes.',
      items: extension('A codec.', codecs),
    },
    dimension_names: {
      type: 'array',
      items: { type: ['string', 'null'] },
      description: 'Names of the dimensions, as many as the shape has. xarray needs all of them.',
    },
    storage_transformers: { type: 'array', description: 'Absent, or []: hardly any reader has one.' },
  },
};

const group = {
  properties: {
    consolidated_metadata: {
      type: ['object', 'null'],
      description: 'The documents of the whole hierarchy below, so that a reader need not look for them.',
      properties: {
        kind: { const: 'inline' },
        must_understand: { const: false },
        metadata: { type: 'object', description: 'The documents, by path.' },
      },
    },
  },
};

export const zarrJson = {
  title: 'zarr.json of zarr v3',
  description: 'An array or a group of zarr v3.',
  type: 'object',
  required: ['zarr_format', 'node_type'],
  properties: shared,
  if: { properties: { node_type: { const: 'array' } } },
  then: array,
  else: group,
  defaultSnippets: [
    {
      label: 'array',
      body: {
        zarr_format: 3,
        node_type: 'array',
        shape: ['^$1'],
        data_type: '$2',
        chunk_grid: { name: 'regular', configuration: { chunk_shape: ['^$3'] } },
        chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
        fill_value: '^$4',
        codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
      },
    },
    { label: 'group', body: { zarr_format: 3, node_type: 'group', attributes: {} } },
  ],
};
