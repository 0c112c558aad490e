import { withArray, zarray } from './examples';
import type { Rule } from './types';

const URL = 'https://example.org/a.tif';

/** The references to two chunks, one behind the other in the file. */
const first = `["${URL}", 8, 8]`;
const next = `["${URL}", 16, 8]`;

/** A reference file that says that its target has 24 bytes. */
const sized = (refs: Record<string, string>): string =>
  withArray(zarray(), { '.zattrs': `{"kerchunk_source": [{"url": "${URL}", "size": 24}]}`, ...refs });

/** References of one file beside one another. */
export const referencesRules = {
  'references/duplicate-range': {
    severity: 'warning',
    title: 'Two keys have the same range of the same file.',
    explanation:
      'Both read the same values. Mostly an index was wrong where the references were made, or a file was combined twice, and the chunk that should stand there is lost. ' +
      'A writer of TIFFs may have stored equal tiles once; then it is right. Between two arrays of different names that decode alike it is an info. ' +
      'Arrays of one name in several groups may share a coordinate, and arrays with other codecs or another data type a message of GRIB: these are not reported.',
    source: 'GDAL, COG and GeoTIFF drivers; kerchunk, combine.py; fsspec/kerchunk, grib2.py',
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': first, 'a/0.1': first }),
      good: withArray(zarray(), { 'a/0.0': first, 'a/0.1': next }),
    },
  },
  'references/overlap': {
    severity: 'warning',
    title: 'Two ranges of a file overlap in part.',
    explanation:
      'No format stores two chunks so: an offset or a length is wrong, and one of the two chunks at least does not decode, or decodes to wrong values. ' +
      "Compare both with the file's own tables (kerchunk validate --source).",
    source: 'TIFF 6.0, TileOffsets and TileByteCounts; HDF5 file format specification, chunk indexes',
    examples: {
      breaks: withArray(zarray(), { 'a/0.0': first, 'a/0.1': `["${URL}", 12, 8]` }),
      good: withArray(zarray(), { 'a/0.0': next, 'a/0.1': first }),
    },
  },
  'references/past-end': {
    severity: 'error',
    title: 'A range ends behind the end of its file.',
    explanation:
      'The server gives fewer bytes, or refuses the range, and the chunk does not decode. The size is what "kerchunk_source" of .zattrs states, or what is known since the file was looked at. ' +
      'The file was cut, or it is another than the references were made for: generate them anew.',
    source: 'RFC 9110 (HTTP), section 14.1.2',
    examples: {
      breaks: sized({ 'a/0.0': first, 'a/0.1': `["${URL}", 17, 8]` }),
      good: sized({ 'a/0.0': first, 'a/0.1': next }),
    },
  },
} as const satisfies Record<string, Rule>;
