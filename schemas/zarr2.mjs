/** JSON schemas of the documents of zarr v2 (zarr v2 specification, "Metadata"), strict. */

const codecIds = [
  ['zlib', 'Deflate with a zlib header'],
  ['gzip', 'Deflate with a gzip header'],
  ['zstd', 'Zstandard'],
  ['blosc', 'Blosc: shuffled blocks of lz4, zstd or zlib'],
  ['lz4', 'LZ4, behind the size of the data in 4 bytes'],
  ['bz2', 'bzip2'],
  ['lzma', 'LZMA and XZ'],
  ['shuffle', 'Bytes of equal rank of all elements together, as HDF5 does'],
  [
    'delta',
    'Differences of neighbours over the whole chunk, flattened: not the predictor of a TIFF, which starts every row anew',
  ],
  ['fixedscaleoffset', 'round((value - offset) * scale), stored as astype'],
  ['quantize', 'Floats rounded to a number of decimal digits'],
  ['bitround', 'Floats rounded to a number of bits of the mantissa'],
  ['astype', 'Elements stored as another dtype'],
  ['packbits', 'Eight booleans to a byte'],
  ['fletcher32', "HDF5's checksum, behind the data"],
  ['crc32', 'A checksum before the data'],
  ['vlen-utf8', 'Objects: texts of any length'],
  ['vlen-bytes', 'Objects: bytes of any length'],
  ['json2', 'Objects, as JSON'],
  ['imagecodecs_delta', "A TIFF's predictor 2: differences along an axis (package imagecodecs)"],
  ['imagecodecs_floatpred', "A TIFF's predictor 3, of floats (package imagecodecs)"],
  ['imagecodecs_lzw', "A TIFF's LZW (package imagecodecs)"],
  ['imagecodecs_packbits', "A TIFF's PackBits (package imagecodecs)"],
  ['imagecodecs_zstd', 'Zstandard, of frames without a size too (package imagecodecs)'],
  ['imagecodecs_jpeg', 'JPEG (package imagecodecs)'],
  ['imagecodecs_webp', 'WebP (package imagecodecs)'],
  ['imagecodecs_lerc', 'LERC (package imagecodecs)'],
  ['imagecodecs_jpeg2k', 'JPEG 2000 (package imagecodecs)'],
];

const codec = {
  type: 'object',
  description: 'A codec: its id, as numcodecs or a package beside it registers it, and its configuration.',
  required: ['id'],
  properties: {
    id: {
      type: 'string',
      minLength: 1,
      description: 'The id under which numcodecs, imagecodecs or kerchunk registers the codec.',
      anyOf: [{ enum: codecIds.map(([id]) => id), enumDescriptions: codecIds.map(([, what]) => what) }, {}],
    },
  },
};

const dtypes = [
  '|u1',
  '<u2',
  '<u4',
  '|i1',
  '<i2',
  '<i4',
  '<i8',
  '<f4',
  '<f8',
  '|b1',
  '<c8',
  '<M8[ns]',
  '|S1',
  '<U1',
  '|O',
];

const dtype = {
  description:
    'Data type as numpy writes it: byte order (< little, > big, | none), kind and size in bytes: "<f4". A structured type is a list of [name, dtype].',
  anyOf: [
    { type: 'string', enum: dtypes },
    {
      type: 'string',
      pattern:
        '^([<>|][biu]1|[<>]([iu][248]|f[248]|c(8|16)|[mM]8\\[[0-9]*(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\\]|U[0-9]+)|[<>|][SV][0-9]+|\\|O8?)$',
      patternErrorMessage: 'A dtype has a byte order, a kind and a size in bytes: "<f4", "|u1", "<M8[ns]".',
    },
    { type: 'array', minItems: 1, items: { type: 'array', minItems: 2, maxItems: 3 } },
  ],
};

const sides = (description, minimum) => ({
  type: 'array',
  description,
  items: { type: 'integer', minimum },
});

export const zgroup = {
  title: '.zgroup of zarr v2',
  description: 'A group of zarr v2: what stands below it belongs together.',
  type: 'object',
  required: ['zarr_format'],
  properties: { zarr_format: { const: 2, description: 'The version of the zarr format: 2.' } },
  additionalProperties: false,
  defaultSnippets: [{ label: 'group', body: { zarr_format: 2 } }],
};

export const zarray = {
  title: '.zarray of zarr v2',
  description: 'An array of zarr v2: its shape, its chunks, and how a chunk is decoded.',
  type: 'object',
  required: ['zarr_format', 'shape', 'chunks', 'dtype', 'compressor', 'fill_value', 'order', 'filters'],
  properties: {
    zarr_format: { const: 2, description: 'The version of the zarr format: 2.' },
    shape: sides('Elements along each dimension. [] is a scalar.', 0),
    chunks: sides(
      'Elements of a chunk along each dimension, as many numbers as the shape has. Every chunk decodes to this shape, at the edges too.',
      1,
    ),
    dtype,
    compressor: {
      description: 'The codec that is applied last when a chunk is written, and undone first; null for none.',
      anyOf: [{ type: 'null' }, codec],
    },
    fill_value: {
      description:
        'What an absent chunk reads as. null: not defined. Floats beyond JSON are "NaN", "Infinity", "-Infinity"; bytes and structured types are base64.',
      type: ['null', 'boolean', 'number', 'string', 'array'],
      anyOf: [{ enum: [null, 0, 'NaN', 'Infinity', '-Infinity', 'NaT'] }, {}],
    },
    order: {
      enum: ['C', 'F'],
      enumDescriptions: [
        'Row-major: the last dimension varies fastest',
        'Column-major: the first dimension varies fastest',
      ],
      description: 'Order of the elements inside a chunk.',
    },
    filters: {
      description:
        'Codecs in the order in which they are applied when a chunk is written, before the compressor; null for none.',
      anyOf: [{ type: 'null' }, { type: 'array', minItems: 1, items: codec }],
    },
    dimension_separator: {
      enum: ['.', '/'],
      description: 'What stands between the indices in the key of a chunk. Without it a dot.',
    },
  },
  additionalProperties: false,
  defaultSnippets: [
    {
      label: 'array',
      body: {
        zarr_format: 2,
        shape: ['^$1'],
        chunks: ['^$2'],
        dtype: '$3',
        compressor: null,
        fill_value: null,
        order: 'C',
        filters: null,
      },
    },
  ],
};

export const zattrs = {
  title: '.zattrs of zarr v2',
  description:
    'Attributes of an array or group. Those of CF and of xarray are known here; others may stand beside them.',
  type: 'object',
  properties: {
    _ARRAY_DIMENSIONS: {
      type: 'array',
      description: 'Names of the dimensions, as many as the shape has. xarray opens no array without it.',
      items: { type: 'string', minLength: 1 },
      uniqueItems: true,
    },
    scale_factor: {
      type: 'number',
      description: 'CF: what stored values are multiplied by, before add_offset is added.',
    },
    add_offset: { type: 'number', description: 'CF: what is added to stored values, after scale_factor.' },
    _FillValue: { description: 'CF: the stored value that means no data. In zarr v2 fill_value says the same.' },
    missing_value: { description: 'CF: a stored value, or a list, that means no data.' },
    units: { type: 'string', description: 'Unit of the values; of times as in "days since 2000-01-01".' },
    calendar: {
      type: 'string',
      description: 'CF: calendar of times.',
      anyOf: [
        { enum: ['standard', 'proleptic_gregorian', 'noleap', '365_day', 'all_leap', '366_day', '360_day', 'julian'] },
        {},
      ],
    },
    long_name: { type: 'string', description: 'What the values are, for people.' },
    standard_name: { type: 'string', description: 'What the values are, from the table of CF standard names.' },
    grid_mapping: { type: 'string', description: 'CF: name of the variable that holds the CRS, mostly spatial_ref.' },
    coordinates: {
      type: 'string',
      description: 'CF: names of the variables that are coordinates, separated by spaces.',
    },
  },
};

export const zmetadata = {
  title: '.zmetadata of zarr v2',
  description: 'Consolidated metadata: all documents of a hierarchy in one, by key.',
  type: 'object',
  required: ['zarr_consolidated_format', 'metadata'],
  properties: {
    zarr_consolidated_format: { const: 1, description: 'The version of consolidated metadata: 1.' },
    metadata: {
      type: 'object',
      description: 'The documents, by the key under which each stands in the store.',
      patternProperties: {
        '(^|/)\\.zgroup$': zgroup,
        '(^|/)\\.zarray$': zarray,
        '(^|/)\\.zattrs$': zattrs,
      },
    },
    record_size: { type: 'integer', minimum: 1, description: 'Of references in parquet: rows of a record file.' },
  },
};
