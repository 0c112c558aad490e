import { zarray } from './examples';
import { KERCHUNK_SPEC, type Rule } from './types';

const LAYOUT = `${KERCHUNK_SPEC}, parquet references`;
const MAPPER = 'fsspec, fsspec/implementations/reference.py, LazyReferenceMapper';

/** `.zmetadata` of a set with the root group; `metadata` are more documents by key, as JSON text. */
function zmetadata(metadata: Record<string, string>, recordSize = '10000'): string {
  const lines = Object.entries(metadata).map(([key, value]) => `    ${JSON.stringify(key)}: ${value}`);
  return `{\n  "metadata": {\n${lines.join(',\n')}\n  },\n  "record_size": ${recordSize}\n}`;
}

const group = { '.zgroup': '{"zarr_format": 2}' };
/** An array without chunks, which needs no record file. */
const array = zarray({ shape: [0, 4] });
const good = zmetadata({ ...group, 'a/.zarray': array });

/** Reference sets in parquet: a folder with `.zmetadata`, and record files in a folder for each array. Examples are of `.zmetadata`. */
export const parquetRules = {
  'parquet/zmetadata': {
    severity: 'error',
    title: 'The .zmetadata of the folder is none of a reference set in parquet.',
    explanation:
      'It must be a JSON object with "metadata", the zarr documents of all groups and arrays by key, and "record_size". No reader opens the set ' +
      'without. The .zmetadata of an ordinary zarr store (consolidated metadata) has no "record_size", and no record files beside it.',
    source: `${LAYOUT}; ${MAPPER}.setup`,
    examples: { breaks: '{"record_size": 10000}', good },
  },
  'parquet/record-size': {
    severity: 'error',
    title: '"record_size" is missing, or no integer from 1 on.',
    explanation:
      'A chunk stands in the record file floor(number / record_size), in the row number mod record_size. fsspec and GDAL do not open a set ' +
      'without it; with a fraction, 0 or a text fsspec fails or finds no chunk. It must be the number that the files were written with: with ' +
      'another, chunks are swapped without a word.',
    source: `${LAYOUT}; ${MAPPER}.setup and _key_to_record`,
    examples: { breaks: zmetadata(group, '"10000"'), good: zmetadata(group, '1') },
  },
  'parquet/metadata-text': {
    severity: 'error',
    title: 'A document stands in .zmetadata as a string.',
    explanation:
      'In JSON references documents may be strings; here they must be objects, as in consolidated metadata. fsspec takes the string for the ' +
      'document and fails on the array; GDAL refuses the whole set. Replace the string by the object that it holds.',
    source: `${MAPPER}._get_chunk_sizes; GDAL, frmts/zarr/vsikerchunk_parquet_ref.cpp, Load`,
    examples: { breaks: zmetadata({ '.zgroup': JSON.stringify(group['.zgroup']) }), good: zmetadata(group) },
  },
  'parquet/metadata-key': {
    severity: 'error',
    title: 'An entry of .zmetadata is no zarr document.',
    explanation:
      'Only .zgroup, .zarray and .zattrs belong under "metadata", as objects. fsspec answers for any other key with the JSON text of its value: a ' +
      'chunk that is put there reads as these characters. Chunks stand in record files.',
    source: `${LAYOUT}; ${MAPPER}._load_one_key`,
    examples: {
      breaks: zmetadata({ ...group, 'a/.zarray': array, 'a/0.0': '"base64:AAEC"' }),
      good,
    },
  },
  'parquet/separator': {
    severity: 'error',
    title: 'The chunk keys of an array are separated by "/".',
    explanation:
      'Record files are found by the numbers between the points of a chunk key. With "dimension_separator": "/" fsspec finds none of the chunks of ' +
      'an array with two or more dimensions, and all of it reads as the fill value. The record files need no change: take the separator away.',
    source: `${MAPPER}._key_to_record`,
    examples: {
      breaks: zmetadata({ ...group, 'a/.zarray': zarray({ shape: [0, 4], dimension_separator: '/' }) }),
      good: zmetadata({ ...group, 'a/.zarray': zarray({ shape: [0], chunks: [2], dimension_separator: '/' }) }),
    },
  },
  'parquet/zarr3': {
    severity: 'error',
    title: 'The set is zarr v3.',
    explanation:
      'The readers of parquet sets know the .zarray of zarr v2 alone: they divide its shape by its chunks to find a record file. Write the ' +
      'metadata as zarr v2, or the references as JSON.',
    source: `${MAPPER}._get_chunk_sizes`,
    examples: {
      breaks: zmetadata({ 'zarr.json': '{"zarr_format": 3, "node_type": "group"}' }),
      good: zmetadata(group),
    },
  },
  'parquet/root-array': {
    severity: 'error',
    title: 'An array stands at the root of the set.',
    explanation:
      'Readers look for chunks only under a key with a slash; those of an array at the root are never found and read as the fill value. Put the ' +
      'array into the root group, under a name.',
    source: `${MAPPER}._load_one_key`,
    examples: { breaks: zmetadata({ '.zarray': array }), good },
  },
  'parquet/record-none': {
    severity: 'info',
    title: 'An array has no record file.',
    explanation:
      'All of its chunks read as the fill value. That is as it should be for an array that only carries attributes (a grid mapping); for any other the ' +
      'folder was not copied whole.',
    source: `${LAYOUT}; ${MAPPER}._load_one_key`,
  },
  'parquet/record-missing': {
    severity: 'warning',
    title: 'A record file is missing.',
    explanation:
      'Its chunks read as fill values and nobody is told. fsspec writes no file for chunks of which none exists; else the folder was not copied ' +
      'whole, or writing was interrupted before flush().',
    source: `${MAPPER}._load_one_key`,
  },
  'parquet/record-name': {
    severity: 'error',
    title: 'A record file has a name that no reader asks for.',
    explanation:
      'Record files are named refs.0.parq, refs.1.parq and so on. Under any other name (refs.0.parquet, refs.00.parq) a file is never looked at, and its ' +
      'chunks read as fill values. The text of the specification once has refs.2.parquet; no reader follows it.',
    source: `${MAPPER}.__init__ (url); GDAL, frmts/zarr/vsikerchunk_parquet_ref.cpp, GetChunkInfo`,
  },
  'parquet/record-beyond-grid': {
    severity: 'warning',
    title: 'There are more record files than the array has chunks for.',
    explanation:
      'No reader asks for them. Where shape or chunks have changed since, or record_size is not the one that the files were written with, other chunks ' +
      'are swapped as well.',
    source: `${MAPPER}._key_to_record`,
  },
  'parquet/record-damaged': {
    severity: 'error',
    title: 'A record file is no Parquet file, or damaged.',
    explanation:
      'fsspec takes most such failures for missing chunks: they read as fill values without a word. Write the file anew, or copy it again.',
    source: `${MAPPER}._load_one_key; Apache Parquet format`,
  },
  'parquet/record-not-read': {
    severity: 'info',
    title: 'A record file is not checked.',
    explanation:
      'It is larger than is read here, or compressed with a codec that is not read here (ZSTD, Snappy and none are). That says nothing about the file.',
    source: 'Limits of this validator',
  },
  'parquet/record-short': {
    severity: 'error',
    title: 'A record file has fewer rows than chunks.',
    explanation:
      'The last record file of an array may end with its last chunk (fsspec pads it to record_size rows). Where a chunk has no row fsspec fails with an ' +
      'IndexError: it does not read as missing. Write a row with path and raw null for it.',
    source: `${LAYOUT}; ${MAPPER}._load_one_key`,
  },
  'parquet/columns': {
    severity: 'error',
    title: 'A record file lacks columns.',
    explanation:
      'A record file has path, offset and size, or raw, or all four. Where path stands without offset or size fsspec fails on every chunk; without ' +
      'path and raw every chunk reads as missing. GDAL wants all four.',
    source: `${LAYOUT}; ${MAPPER}._load_one_key; GDAL, frmts/zarr/vsikerchunk_parquet_ref.cpp, GetChunkInfo`,
  },
  'parquet/column-type': {
    severity: 'error',
    title: 'A column of a record file has the wrong type.',
    explanation:
      'path is text (UTF8), offset and size are integers (INT64), raw is binary. fsspec hands over what it finds: it fails on offsets that are floats or ' +
      'text, and takes a binary path itself for the data of the chunk.',
    source: `${LAYOUT}; ${MAPPER}._load_one_key`,
  },
  'parquet/column-null-type': {
    severity: 'error',
    title: "A column without values has Arrow's type of nulls.",
    explanation:
      'Arrow gives a column of nulls alone a type of its own, unless a schema is stated (pandas with the engine pyarrow, so LazyReferenceMapper with ' +
      'engine="pyarrow"). fsspec opens a set that is named by its path with fastparquet, which reads NaN where it looks for None: the chunk is then ' +
      'the number NaN, and zarr-python fails. Write raw as binary and path as string.',
    source: `${MAPPER}._load_one_key; fastparquet`,
  },
  'parquet/raw-text': {
    severity: 'warning',
    title: 'The column raw of a record file is text.',
    explanation:
      'fsspec reads it as UTF-8, which holds no arbitrary bytes; GDAL refuses the file. Declare the column as binary: with fastparquet, ' +
      'object_encoding={"raw": "bytes"}.',
    source: `${MAPPER}.write; GDAL, frmts/zarr/vsikerchunk_parquet_ref.cpp, GetChunkInfo`,
  },
  'parquet/row-beyond-grid': {
    severity: 'warning',
    title: 'A row behind the last chunk of its record file holds a reference.',
    explanation:
      'No reader asks for it. Rows behind the last chunk are padding, with path and raw null; where they are not, shape, chunks or record_size are not ' +
      'those that the file was written with.',
    source: `${MAPPER}._key_to_record`,
  },
  'parquet/null-range': {
    severity: 'error',
    title: 'The offset or size of a reference is null.',
    explanation:
      'fsspec reads a column of integers with a null as floats, and fails on all references of the file, also on those that are whole. GDAL takes null ' +
      'for 0. A reference to a whole file has offset and size 0; so have missing chunks and padding.',
    source: `${LAYOUT}; ${MAPPER}._load_one_key`,
  },
  'parquet/offset': {
    severity: 'error',
    title: 'The offset of a row is negative or beyond 2^53 - 1.',
    explanation: 'A negative offset makes fsspec fail or count from the end of the file.',
    source: LAYOUT,
  },
  'parquet/size': {
    severity: 'error',
    title: 'The size of a row is negative or beyond 2^53 - 1.',
    explanation: 'fsspec then reads other bytes than those of the chunk, or fails.',
    source: LAYOUT,
  },
  'parquet/size-zero': {
    severity: 'error',
    title: 'The size of a row is 0 beside an offset that is not.',
    explanation:
      'The specification reads a size of 0 as the whole file; fsspec does so only where the offset is 0 too, and gives no bytes else, which no codec ' +
      'decodes. Write the size; where the chunk is missing, a path of null.',
    source: `${LAYOUT}; ${MAPPER}._load_one_key`,
  },
  'parquet/path-empty': {
    severity: 'error',
    title: 'The path of a row names no file.',
    explanation:
      'It is empty, or the text of a missing value ("nan", "None"), which a writer has turned into a string. Readers look for a file of that name and ' +
      'fail. A missing chunk has a path of null.',
    source: `${LAYOUT}; github.com/fsspec/kerchunk/issues/493`,
  },
  'parquet/path-and-raw': {
    severity: 'warning',
    title: 'A row has both a path and data.',
    explanation: 'Readers take the data and never look into the file. Set raw to null, or path.',
    source: LAYOUT,
  },
} satisfies Record<string, Rule>;
