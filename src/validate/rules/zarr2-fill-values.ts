import type { JsonValue } from '../../json';
import { CHUNK, withArray, zarray } from './examples';
import { type Rule, ZARR_V2_SPEC } from './types';

const FILL_VALUES = `${ZARR_V2_SPEC}, "Fill value encoding"`;
const ZARR_PYTHON = 'zarr-python 3, zarr/core/dtype, from_json_scalar';

/** A file with an array of this data type and fill value, all of whose chunks are there. */
function filled(dtype: JsonValue, fill_value: JsonValue): string {
  return withArray(zarray({ shape: [2], chunks: [2], dtype, fill_value, compressor: { id: 'zlib' } }), {
    'a/0': CHUNK,
  });
}

/** Fill values. */
export const zarr2FillValueRules = {
  'zarr2/fill-value-type': {
    severity: 'error',
    title: 'The fill value is no value of the data type.',
    explanation:
      'A fill value is null, or a value of the data type: a whole number for i and u, a number for f, a list of two for c, true or false for ' +
      'b, a count or "NaT" for M and m, base64 for S, V and structured types, text for U. zarr-python fails when the array is opened; "false" ' +
      'in quotes it reads as true.',
    source: `${FILL_VALUES}; ${ZARR_PYTHON}`,
    examples: { breaks: filled('<u2', 'NaN'), good: filled('<f4', 'NaN') },
  },
  'zarr2/fill-value-spelling': {
    severity: 'error',
    title: 'NaN, infinity or NaT has another name here than in zarr.',
    explanation:
      'A fill value that is no finite number must be "NaN", "Infinity" or "-Infinity", and of times "NaT", in just these letters. numpy takes ' +
      '"nan" and "+inf" too, and so does zarr-python for a single float; for complex numbers and times zarr-python 3 fails, as do readers ' +
      'in other languages.',
    source: `${FILL_VALUES}; ${ZARR_PYTHON}`,
    fix: 'Write the name that zarr has',
    examples: { breaks: filled('<f4', 'nan'), good: filled('<f4', '-Infinity') },
  },
  'zarr2/fill-value-range': {
    severity: 'error',
    title: 'The fill value is beyond the range of the data type.',
    explanation:
      'numpy 2 raises an OverflowError for an integer that does not fit, so that zarr-python fails when the array is opened, and xarray on ' +
      'the whole file; numpy 1 wrapped it around. A float that does not fit becomes infinity, which no pixel equals. Often it is the nodata ' +
      'value of a TIFF, such as -9999 beside unsigned pixels: then no pixel can have it, and the fill value is null, or 0 where chunks are ' +
      'missing.',
    source: `cgohlke/tifffile#260; numpy 2.0 release notes (NEP 50); ${ZARR_PYTHON}`,
    examples: { breaks: filled('<u2', -9999), good: filled('<i2', -9999) },
  },
  'zarr2/fill-value-float': {
    severity: 'warning',
    title: 'The fill value of an integer is written as a float.',
    explanation:
      'zarr-python makes 0 of 0.0, and other readers may not: an integer is written without a fraction and exponent. For dates, times and ' +
      'durations zarr-python fails on it (error).',
    source: `${FILL_VALUES}; ${ZARR_PYTHON}`,
    fix: 'Write the integer',
    examples: { breaks: filled('<u2', 7).replace('"fill_value":7', '"fill_value":7.0'), good: filled('<u2', 7) },
  },
  'zarr2/fill-value-cast': {
    severity: 'warning',
    title: 'The fill value has another type in JSON than the data type.',
    explanation:
      'A number in quotes, true for a number, or 0 and 1 for a truth value become a value of the data type only because zarr-python leaves it ' +
      'to numpy to convert it; other readers fail or read something else.',
    source: `${FILL_VALUES}; ${ZARR_PYTHON}`,
    examples: { breaks: filled('<u2', '7'), good: filled('|b1', false) },
  },
  'zarr2/fill-value-size': {
    severity: 'error',
    title: 'The fill value has another length than the data type.',
    explanation:
      'The base64 of S, V and structured types stands for the bytes of one element, and the text of U for its characters. Readers cut what is ' +
      'too long without a word, so that the fill value is another; zarr-python 3 fails on a structured type. S may be shorter.',
    source: `${FILL_VALUES}; ${ZARR_PYTHON}`,
    examples: { breaks: filled('|S2', 'YWJj'), good: filled('|S3', 'YWJj') },
  },
  'zarr2/fill-value-void': {
    severity: 'error',
    title: 'A void or structured type has a fill value.',
    explanation:
      'The specification has it and zarr-python reads it, and xarray masks elements that equal the fill value, which it cannot do with void and ' +
      'structured ones: it fails on the whole file unless it is opened with mask_and_scale=False. Write null; missing chunks then read as ' +
      'zeros in zarr-python 3, and as anything in zarr-python 2.',
    source: 'xarray, xarray/coding/variables.py, CFMaskCoder; pydata/xarray 2024.11 and 2026.9 were run',
    examples: { breaks: filled('|V3', 'YWJj'), good: filled('|V3', null) },
  },
  'zarr2/null-fill-absent': {
    severity: 'warning',
    title: 'Chunks are missing, and there is no fill value.',
    explanation:
      'A missing chunk reads as the fill value, and with null that is undefined: zarr-python 2 gives whatever was in memory, which looks like ' +
      'data, and zarr-python 3 gives zeros. Write a fill value, or add the chunks.',
    source: `${ZARR_V2_SPEC}, "Chunks"`,
    examples: {
      breaks: withArray(zarray({ fill_value: null })),
      good: filled('<u2', null),
    },
  },
} as const satisfies Record<string, Rule>;
