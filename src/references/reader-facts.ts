/** Readers of reference files whose limits are known. */
export type ReaderId = 'zarr3' | 'zarr2' | 'xarray' | 'virtualizarr' | 'gdal' | 'zarrita';

/** A reader, as it was tried. */
export interface ReaderFacts {
  name: string;
  /** The versions that were run; what others do may differ. */
  tried: string;
  /** Codecs of zarr v2 that it has as compressor and as filter; undefined: those that Python packages register. */
  codecs?: { compressors: ReadonlySet<string>; filters: ReadonlySet<string> };
  /** Names of the codecs and data types of zarr v3 that it has; undefined: those of zarr-python 3, or none at all. */
  zarr3?: { codecs: ReadonlySet<string>; types: ReadonlySet<string> };
}

const namedWidths = 'bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64'.split(' ');

const inZarrita = new Set([
  'zlib',
  'gzip',
  'zstd',
  'lz4',
  'blosc',
  'shuffle',
  'delta',
  'bitround',
  'fixedscaleoffset',
  'vlen-utf8',
  'json2',
]);

/**
 * The readers, and what was run of each: test/peers/broken.py gives them several hundred documents, and docs/readers.md has what came of it.
 * GDAL's lz4 is from its source (port/cpl_compressor.cpp), not run: no build of it comes in a Python package. Its zstd, lzma and blosc were run
 * with the GDAL 3.12.2 of rasterio 1.5.2, which needs a newer Python than the tests have. In zarr v3 it knows zstd and blosc by name, and the
 * build that was run lacks them. The codecs of imagecodecs-zarr are from its source (imagecodecs/zarr.py of 2026), not run.
 */
export const readerFacts: Record<ReaderId, ReaderFacts> = {
  zarr3: {
    name: 'fsspec + zarr-python 3',
    tried: 'fsspec 2026.9.0, zarr-python 3.1.6, kerchunk 0.2.10, imagecodecs 2026.3.6',
  },
  zarr2: { name: 'fsspec + zarr-python 2', tried: 'fsspec 2024.12.0, zarr-python 2.18.3, imagecodecs 2025.3.30' },
  xarray: { name: 'xarray engine="kerchunk"', tried: 'xarray 2026.9.0, kerchunk 0.2.10, zarr-python 3.1.6' },
  virtualizarr: {
    name: 'VirtualiZarr',
    tried: 'VirtualiZarr 2.5.1, KerchunkJSONParser',
    codecs: {
      compressors: new Set(),
      filters: new Set([
        'zlib',
        'gzip',
        'bz2',
        'lzma',
        'lz4',
        'zstd',
        'blosc',
        'shuffle',
        'delta',
        'fixedscaleoffset',
        'quantize',
        'bitround',
        'astype',
        'packbits',
        'crc32',
        'crc32c',
        'adler32',
        'fletcher32',
      ]),
    },
  },
  gdal: {
    name: 'GDAL',
    tried: 'GDAL 3.12.4',
    codecs: {
      compressors: new Set(['zlib', 'gzip', 'zstd', 'lz4', 'lzma', 'blosc']),
      filters: new Set(['zlib', 'gzip', 'delta', 'shuffle', 'quantize', 'fixedscaleoffset']),
    },
    zarr3: {
      codecs: new Set(['bytes', 'transpose', 'gzip', 'zstd', 'blosc']),
      types: new Set([...namedWidths, 'float16', 'complex64', 'complex128']),
    },
  },
  zarrita: {
    name: 'zarrita',
    tried: 'zarrita 0.7.5, ReferenceStore of @zarrita/storage 0.2.0',
    codecs: { compressors: inZarrita, filters: inZarrita },
    zarr3: {
      codecs: new Set([
        ...['bytes', 'transpose', 'gzip', 'zstd', 'blosc', 'crc32c', 'sharding_indexed', 'vlen-utf8'],
        ...['zlib', 'gzip', 'zstd', 'lz4', 'blosc', 'shuffle', 'delta', 'bitround'].map((name) => `numcodecs.${name}`),
      ]),
      types: new Set([...namedWidths, 'string']),
    },
  },
};

export const readerIds = Object.keys(readerFacts) as ReaderId[];

/** Readers by what they rest on: what stops zarr-python 3 stops xarray, too. */
const PYTHON: readonly ReaderId[] = ['zarr3', 'zarr2', 'xarray'];
const THREE: readonly ReaderId[] = ['zarr3', 'xarray'];
const OTHERS: readonly ReaderId[] = ['virtualizarr', 'gdal', 'zarrita'];
const ALL: readonly ReaderId[] = [...PYTHON, ...OTHERS];

/** Why a reader cannot read what it meets, as the end of a sentence: "GDAL: cannot, it refuses templates". */
type Limit = Partial<Record<ReaderId, string>>;

const stops = (readers: readonly ReaderId[], reason: string, others: Limit = {}): Limit => ({
  ...Object.fromEntries(readers.map((reader) => [reader, reason])),
  ...others,
});

/**
 * What stops which reader: by what a file has, the reason for each reader that cannot read it, gives other values, or leaves chunks out. A reader
 * that is not named reads it. Every line was seen in a run (docs/readers.md).
 */
export const limits = {
  // The text.
  'byte-order-mark': stops(ALL, 'it does not take a byte order mark'),
  'not-utf8': stops([...PYTHON, 'virtualizarr'], 'it reads UTF-8 only'),
  'bare-nan': { zarrita: 'it reads strict JSON only, which has no NaN' },
  // The layout.
  version: stops(PYTHON, 'it wants the version 1, or none', { gdal: 'it wants the version 1, or none' }),
  'version-spelling': { gdal: 'it wants the version written as 1' },
  'no-version': stops(
    [...PYTHON, 'gdal', 'zarrita'],
    'it takes a file without "version" for version 0, and finds nothing in it',
  ),
  'beside-version': stops(ALL, 'it looks for the references under "refs"'),
  'version-0': { virtualizarr: 'it wants "refs", which version 0 has not' },
  'nested-metadata': {
    zarrita: 'it takes metadata as strings only, and these are an object',
    virtualizarr: 'it takes metadata as strings only, and these are an object',
  },
  'nested-group': { virtualizarr: 'it takes metadata as strings only, and these are an object' },
  'metadata-base64': { virtualizarr: 'it takes no metadata as base64' },
  'metadata-elsewhere': { virtualizarr: 'it takes no metadata from another file' },
  'metadata-whole-file': { zarrita: 'it takes no metadata from another file without offset and length' },
  'metadata-not-json': stops(ALL, 'these metadata are no JSON object'),
  templates: { gdal: 'it refuses templates' },
  'templates-used': { virtualizarr: 'it does not substitute templates' },
  'template-undefined': stops([...PYTHON, 'virtualizarr', 'zarrita'], 'the template is not defined'),
  'template-shape': stops([...PYTHON, 'zarrita'], 'a template must be a string'),
  'template-beyond-names': stops(
    PYTHON,
    'it substitutes {{name}} only, unless it is opened with simple_templates=False',
  ),
  'template-brace': stops(PYTHON, 'it takes braces in an address with a template for one'),
  'template-filter': { zarrita: 'it evaluates names, calls and arithmetic only' },
  gen: { gdal: 'it refuses gen' },
  // fsspec 2024.12.0 makes it with zarr-python 2, and 2026.9.0 does not, with either; from 2026.6.0 by its source, filesystem_spec#2029.
  'gen-references': stops(
    PYTHON,
    'fsspec 2026.6.0 and later leaves out what gen makes, unless it is opened with simple_templates=False; versions before make it',
    { virtualizarr: 'it leaves out what gen makes' },
  ),
  'gen-malformed': { zarr2: 'it cannot evaluate this gen' },
  'template-literal': stops(ALL, 'the address has a template that is not substituted'),
  'gen-beyond': { zarrita: 'it does not evaluate this gen' },
  // The hierarchy.
  'no-root-group': stops(PYTHON, 'there is no group at the root', { gdal: 'there is no group at the root' }),
  'group-format': stops(PYTHON, 'zarr_format of the group is not 2'),
  'group-format-two': stops(['zarr2', 'xarray'], 'zarr_format of the group is not 2'),
  'root-array': {
    xarray: 'it wants arrays in a group, and this one is the root',
    virtualizarr: 'it wants arrays in a group, and this one is the root',
    gdal: 'it wants arrays in a group, and this one is the root',
  },
  'in-group': { xarray: 'this engine finds no array in a group below the root; engine="zarr" does' },
  'no-group': {
    xarray: 'the group of the array has no .zgroup',
    virtualizarr: 'the group of the array has no .zgroup',
    gdal: 'the group of the array has no .zgroup',
  },
  'group-and-array': { virtualizarr: 'the array is a group as well' },
  'array-in-array': { virtualizarr: 'an array lies inside the array' },
  scalar: { virtualizarr: 'it reads no array without axes' },
  'key-beside-arrays': { virtualizarr: 'it takes this key for that of an array' },
  'consolidated-empty': { zarr3: '.zmetadata has no metadata', gdal: '.zmetadata has no metadata' },
  'consolidated-stale': { gdal: 'it believes .zmetadata, which says otherwise than the metadata of the array' },
  // zarr v3.
  'zarr-v3': stops(['zarr2', 'xarray', 'virtualizarr'], 'it reads zarr v2 only'),
  'v3-no-essential': {
    gdal: 'shape, data_type, chunk_grid or chunk_key_encoding are missing',
    zarrita: 'shape, data_type, chunk_grid or chunk_key_encoding are missing',
  },
  'v3-no-codecs': { zarrita: '"node_type" or "codecs" is missing' },
  'v3-names': { gdal: 'dimension_names has another number of names than there are axes' },
  'v3-transformers': { gdal: 'it has no storage transformers' },
  'v3-chunk-grid': { gdal: 'it knows regular chunk grids only' },
  'v3-chunk-sizes': {
    gdal: 'the chunks have not one size above 0 for each axis',
    zarrita: 'the chunks have not one size above 0 for each axis',
  },
  'v3-separator': {
    gdal: 'the separator is neither . nor /',
    zarrita: 'it looks for chunks with another separator',
  },
  'v3-codec-text': {
    gdal: 'it takes no codec that is a name alone',
    zarrita: 'it takes no codec that is a name alone',
  },
  'v3-codec-order': { gdal: 'the codecs stand in no order that it takes' },
  'v3-gzip-level': { gdal: 'it takes levels of gzip from 0 to 9' },
  'codec-virtual-tiff': { zarr3: 'it has the codec only where the package virtual-tiff is installed, which brings' },
  'codec-imagecodecs-zarr': {
    zarr3: 'it has the codec only where the package imagecodecs-zarr is installed, which brings',
  },
  'type-gdal': { gdal: 'it has no data type' },
  'type-zarrita': { zarrita: 'it has no data type' },
  'zarr-v3-faulty': { zarr3: 'the metadata have an error' },
  'version-0-no-zgroup': { gdal: 'it wants a .zgroup in version 0' },
  'zarr-v3-no-group': { zarr3: 'there is no group at the root', gdal: 'there is no group at the root' },
  // .zarray.
  'no-zarr_format': stops([...PYTHON, 'virtualizarr', 'gdal'], '"zarr_format" is missing'),
  'no-essential': stops(ALL, 'shape, chunks or dtype are missing'),
  'no-codec-field': { zarr2: '"compressor" or "filters" is missing', gdal: '"compressor" or "filters" is missing' },
  'no-fill_value': stops([...PYTHON, 'virtualizarr'], '"fill_value" is missing'),
  'no-order': stops([...PYTHON, 'gdal'], '"order" is missing'),
  'format-text': stops(PYTHON, '"zarr_format" is a text'),
  'format-other': stops([...PYTHON, 'gdal'], '"zarr_format" is not 2'),
  'format-true': { virtualizarr: '"zarr_format" is not 2' },
  'shape-spelling': stops([...PYTHON, 'virtualizarr'], 'the sizes are no integers'),
  'chunks-number': stops(['zarr2', 'virtualizarr', 'gdal', 'zarrita'], '"chunks" is no list'),
  'chunks-text': stops([...PYTHON, 'virtualizarr', 'gdal'], '"chunks" is a text'),
  'format-spelling': { gdal: 'it wants "zarr_format" written as 2' },
  'shape-number': stops(['zarr2', ...OTHERS], '"shape" is no list'),
  'shape-broken': stops(ALL, 'the sizes are none'),
  'shape-zero': { gdal: 'it takes no axis of length 0', zarrita: 'it reads no array with an axis of length 0' },
  'chunk-zero': {
    zarr2: 'a chunk has no size of 0',
    gdal: 'a chunk has no size of 0',
    zarrita: 'a chunk has no size of 0',
  },
  'rank-fewer': stops(ALL, 'shape and chunks have different numbers of axes'),
  'rank-more': stops([...PYTHON, 'virtualizarr', 'gdal'], 'shape and chunks have different numbers of axes'),
  order: stops(PYTHON, '"order" is neither C nor F', { gdal: '"order" is neither C nor F' }),
  'order-tolerated': stops(THREE, '"order" is neither C nor F', { gdal: '"order" is neither C nor F' }),
  'order-f': { virtualizarr: 'it takes the order F for C' },
  separator: stops(THREE, 'dimension_separator is neither . nor /', {
    zarr2: 'it looks for chunks with another separator',
    gdal: 'dimension_separator is neither . nor /',
    zarrita: 'it looks for chunks with another separator',
  }),
  'separator-null': stops(THREE, 'dimension_separator is null'),
  'separator-slash': { virtualizarr: 'it wants chunk keys with dots' },
  compressor: stops(ALL, 'the compressor has no id'),
  'compressor-empty': stops([...PYTHON, 'gdal', 'zarrita'], 'the compressor has no id'),
  'compressor-any': { virtualizarr: 'it fails on every array with a compressor' },
  filters: stops(ALL, 'a filter has no id'),
  'codec-unknown': stops(PYTHON, 'no known package registers the codec'),
  'codec-gdal': { gdal: 'it has no codec' },
  'codec-zarrita': { zarrita: 'it has no codec' },
  'codec-virtualizarr': { virtualizarr: 'it has no codec' },
  'record-list': stops(PYTHON, 'numpy takes no list of lists for the dtype of record_member'),
  'delta-narrow': {
    gdal: 'its delta wants one type before and behind',
    zarrita: 'its delta takes the stored type for that of the array',
  },
  'delta-type': stops(
    [...PYTHON, 'gdal'],
    'delta has elements of another size than the array, and the values are wrong',
    {
      virtualizarr: 'delta has elements of another size than the array',
    },
  ),
  'chain-size': stops(
    [...PYTHON, 'gdal'],
    'a codec decodes to elements of another size, and chunks do not have their shape',
  ),
  'chain-size-quantize': stops(
    [...PYTHON, 'virtualizarr', 'gdal'],
    'a codec decodes to elements of another size, and chunks do not have their shape',
  ),
  'chain-size-behind': stops(ALL, 'a codec decodes to elements of another size, and chunks do not have their shape'),
  'chain-class': { gdal: 'its fixedscaleoffset wants the type of what it is given' },
  'chain-objects': stops(ALL, 'a codec of objects makes no numbers'),
  'chain-packed-bits': stops([...PYTHON, 'virtualizarr'], 'packbits makes booleans only'),
  'packed-24-little': {
    zarr2: 'imagecodecs 2025.3.30 turns the bytes of these integers of 24 bits round; 2026.3.6 reads them',
  },
  'packed-24-big': stops(
    THREE,
    'imagecodecs 2026.3.6 turns the bytes of these integers of 24 bits round; 2025.3.30 reads them',
  ),
  'delta-no-dtype': stops([...PYTHON, 'virtualizarr', 'gdal'], 'delta has no dtype'),
  'shuffle-text': stops([...PYTHON, 'virtualizarr'], 'elementsize is a text'),
  'scale-text': stops([...PYTHON, 'virtualizarr', 'zarrita'], 'a number is written as text'),
  'scale-zero': stops(ALL, 'a scale of 0 cannot be undone'),
  'dtype-unordered': stops(THREE, 'the dtype has no byte order', {
    gdal: 'the dtype has no byte order',
    zarrita: 'the dtype has no byte order',
  }),
  'dtype-native': stops(THREE, 'the dtype has no byte order', { zarrita: 'the dtype has no byte order' }),
  'dtype-mark': stops(THREE, 'the byte order is not as zarr-python 3 wants it for this size'),
  'dtype-unknown': stops(ALL, 'it knows no such dtype'),
  'dtype-half': { zarrita: 'it has no float16 in this JavaScript' },
  'dtype-complex': { zarrita: 'it has no complex numbers' },
  'dtype-time': { gdal: 'it has no times', zarrita: 'it has no times' },
  'dtype-void': { gdal: 'it has no such dtype', zarrita: 'it has no such dtype' },
  'dtype-records': { virtualizarr: 'it has no structured dtype', zarrita: 'it has no structured dtype' },
  'dtype-object': { virtualizarr: 'it has no dtype |O', gdal: 'it has no dtype |O' },
  'object-codec': stops(THREE, 'of codecs for objects it has vlen-utf8 and vlen-bytes only'),
  'object-bare': stops(ALL, 'objects need a codec such as vlen-utf8 as filter'),
  'object-compressor': { zarr2: 'the codec of objects is no filter' },
  'fill-spelling': { gdal: 'it does not take this fill_value' },
  'fill-none': stops([...PYTHON, 'virtualizarr', 'gdal'], 'fill_value is no value of the dtype'),
  'fill-list': stops([...THREE, 'virtualizarr'], 'fill_value is a list'),
  'fill-range': stops([...PYTHON, 'virtualizarr'], 'fill_value is out of the range of the dtype'),
  'fill-range-absent': {
    gdal: 'it puts another fill_value for absent chunks',
    zarrita: 'it puts another fill_value for absent chunks',
  },
  'fill-fraction': stops(THREE, 'fill_value is no integer', { gdal: 'it rounds fill_value' }),
  'fill-precision': { zarrita: 'it rounds this fill_value' },
  'fill-infinity': { zarrita: 'it reads this fill_value as NaN' },
  'fill-bytes-number': {
    zarr2: 'it takes the number of fill_value for its digits',
    zarrita: 'it takes the number of fill_value for its digits',
  },
  'fill-text': { gdal: 'it puts another fill_value for absent chunks' },
  'fill-time-text': stops(THREE, 'fill_value of a time is no integer'),
  'fill-bytes': stops(THREE, 'fill_value is not base64', {
    gdal: 'it puts another fill_value for absent chunks',
  }),
  'fill-base64': { zarrita: 'it takes base64 for text' },
  'fill-bytes-long': { gdal: 'it puts another fill_value for absent chunks' },
  'fill-bytes-zarrita': { zarrita: 'it takes no fill_value of this dtype' },
  'fill-complex': { gdal: 'it does not take this fill_value', virtualizarr: 'it does not take this fill_value' },
  'fill-complex-number': stops(PYTHON, 'fill_value of complex numbers is a list of two'),
  // Attributes.
  'no-dimensions': stops(['xarray', 'virtualizarr'], 'the array has no _ARRAY_DIMENSIONS'),
  'dimensions-rank': stops(
    ['xarray', 'virtualizarr'],
    '_ARRAY_DIMENSIONS has another number of names than there are axes',
  ),
  'dimensions-text': { xarray: '_ARRAY_DIMENSIONS is no list' },
  'dimensions-names': { virtualizarr: '_ARRAY_DIMENSIONS has a name that is no text' },
  'dimension-sizes': { xarray: 'two arrays of the group give a dimension different sizes' },
  'attributes-not-json': stops([...THREE, 'virtualizarr', 'zarrita'], 'the attributes are no JSON'),
  'attributes-no-object': stops(['xarray', 'virtualizarr'], 'the attributes are no object'),
  'attributes-undecodable': { xarray: 'it cannot decode this attribute (decode_cf=False leaves it)' },
  // Entries.
  malformed: stops(ALL, 'the reference is malformed'),
  'chunk-unreadable': stops(ALL, 'its chunks cannot be read, as was found'),
  'server-without-ranges': stops(
    [...PYTHON, 'virtualizarr'],
    'it takes the whole file, which the server sends, for a chunk',
  ),
  'null-entry': stops(ALL, 'the entry is null'),
  'whole-file': { zarrita: 'it takes no reference without offset and length' },
  inline: { virtualizarr: 'it takes no inline data' },
  'inline-nul': { gdal: 'it reads inline text to its first NUL only' },
  'inline-empty': stops([...PYTHON, 'gdal'], 'the inline data are empty'),
  'length-4gib': { gdal: 'it takes no length of 2^32 bytes and more' },
  'chunk-short': stops(ALL, 'the stored bytes are fewer than the chunk has'),
  'chunk-long': stops([...PYTHON, 'virtualizarr'], 'the stored bytes are more than the chunk has'),
  'filter-grown': { gdal: 'it undoes zlib as filter only where the stored bytes are no more than those of the chunk' },
  protocols: stops(PYTHON, 'it opens the protocol of the first reference only, unless it is given fs'),
  'not-http': { zarrita: 'it fetches web addresses only' },
  'address-space': { gdal: 'it does not encode the space in the address' },
  relative: { virtualizarr: 'it takes relative addresses with fs_root only' },
  'key-form': stops([...PYTHON, 'gdal', 'zarrita'], 'it never asks for this key, and reads fill values'),
  'key-form-v2': stops(['zarr2', 'xarray', 'zarrita'], 'it never asks for this key, and reads fill values'),
  'key-outside': { virtualizarr: 'it never asks for this key, and reads fill values' },
  'key-other': { virtualizarr: 'this is no chunk key' },
  'last-chunk-absent': { virtualizarr: 'it fails where the last chunks along an axis are absent' },
  'name-encoded': { zarrita: 'it finds no key with a space or a character beyond ASCII' },
} as const satisfies Record<string, Limit>;

/** What stops a reader, by its name in the table. */
export type LimitName = keyof typeof limits;

/** The codecs of zarr v2 with these ids that a reader lacks; none of a reader that has what Python packages register. */
export function codecsLacked(reader: ReaderId, ids: Iterable<string>): string[] {
  const { codecs } = readerFacts[reader];
  if (codecs === undefined) return [];
  return [...ids].filter((id) => !codecs.compressors.has(id) && !codecs.filters.has(id));
}
