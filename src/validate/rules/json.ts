import { CHUNK, references, withArray, zarray } from './examples';
import type { Rule } from './types';

const JSON_SPEC = 'RFC 8259 (JSON)';

/** Faults of the text as JSON. */
export const jsonRules = {
  'json/syntax': {
    severity: 'error',
    title: 'The text is no JSON.',
    explanation:
      'No reader gets beyond this place, so nothing else of the file is checked. A comma behind the last entry and a text cut off in ' +
      'the middle are the usual reasons.',
    source: `${JSON_SPEC}, sections 2 to 7`,
    fix: 'Remove the comma that nothing follows',
    examples: { breaks: '{".zgroup": {"zarr_format": 2},}', good: '{".zgroup": {"zarr_format": 2}}' },
  },
  'json/byte-order-mark': {
    severity: 'error',
    title: 'The text begins with a byte order mark.',
    explanation:
      'Every reader that was tried refuses the file: fsspec, VirtualiZarr, GDAL, zarrita. Save it as UTF-8 without a byte order mark.',
    source: `${JSON_SPEC}, section 8.1`,
    fix: 'Remove the byte order mark',
    examples: { breaks: '\ufeff{".zgroup": {"zarr_format": 2}}', good: '{".zgroup": {"zarr_format": 2}}' },
  },
  'json/bare-nan': {
    severity: 'warning',
    title: 'NaN or Infinity stands bare.',
    explanation:
      "Python writes and reads it; JSON has no such word, and JavaScript's and other strict readers refuse the whole document. Write it " +
      'as a string: "NaN", "Infinity", "-Infinity".',
    source: `${JSON_SPEC}, section 6`,
    fix: 'Write it as a string',
    examples: {
      breaks: withArray(
        zarray({ dtype: '<f4', compressor: { id: 'zlib' } }).replace('"fill_value":0', '"fill_value":NaN'),
      ),
      good: withArray(zarray({ dtype: '<f4', compressor: { id: 'zlib' }, fill_value: 'NaN' })),
    },
  },
  'json/utf8': {
    severity: 'error',
    title: 'A string holds bytes that are no UTF-8.',
    explanation:
      'Python refuses the file, others put other characters in their place, so that a key or an address becomes another one. Binary ' +
      'data of a chunk must be written as "base64:…".',
    source: `${JSON_SPEC}, section 8.1`,
  },
  'json/lone-surrogate': {
    severity: 'warning',
    title: 'A string holds half a surrogate pair.',
    explanation:
      'A \\ud800 to \\udfff without its partner is no character: readers differ in what they make of it, and no bytes of a chunk can be had from it.',
    source: `${JSON_SPEC}, section 8.2`,
    examples: {
      breaks: references({ 'a/.zarray': zarray(), 'a/0.0': CHUNK, '.zattrs': '{"title": "\\ud83d"}' }),
      good: references({ 'a/.zarray': zarray(), 'a/0.0': CHUNK, '.zattrs': '{"title": "\\ud83d\\ude00"}' }),
    },
  },
} as const satisfies Record<string, Rule>;
