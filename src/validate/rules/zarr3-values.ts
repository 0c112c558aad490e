import { type Rule, ZARR_V3_SPEC } from './types';
import { withZarr3 } from './zarr3-examples';

const FILL_VALUES = `${ZARR_V3_SPEC}, "Permitted fill values"`;

/** Fill values of zarr v3, in the metadata and in the attributes. */
export const zarr3ValueRules = {
  'zarr3/fill-value-type': {
    severity: 'error',
    title: 'The fill value is not of the kind that the data type has.',
    explanation:
      'A boolean is true or false; an integer has neither fraction nor exponent; a float is a number, "NaN", "Infinity", "-Infinity" or its bits as ' +
      '"0x" and hex digits; a complex number is a list of two; raw bytes are a list of bytes. zarr-python fails on most others, and other readers ' +
      'on all.',
    source: FILL_VALUES,
    fix: 'Write it as the data type has it',
    examples: {
      breaks: withZarr3({ data_type: 'float32', fill_value: 'nan' }),
      good: withZarr3({ data_type: 'float32', fill_value: '0x7fc00000' }),
    },
  },
  'zarr3/fill-value-range': {
    severity: 'error',
    title: 'The fill value is beyond the data type.',
    explanation:
      'zarr-python fails on the array. A float that is too large (a warning) becomes infinite, and a text that is too long is cut.',
    source: FILL_VALUES,
    examples: { breaks: withZarr3({ fill_value: 70000 }), good: withZarr3({ fill_value: 65535 }) },
  },
  'zarr3/fill-value-null': {
    severity: 'error',
    title: 'The fill value is null.',
    explanation:
      'zarr v2 had null for undefined content. In v3 there is always a value; zarr-python fails on the array without one.',
    source: FILL_VALUES,
    examples: { breaks: withZarr3({ fill_value: null }), good: withZarr3({ fill_value: 0 }) },
  },
  'zarr3/attribute-fill-value': {
    severity: 'error',
    title: 'The attribute _FillValue is not as xarray reads it.',
    explanation:
      'In zarr v3 xarray takes the attribute _FillValue of floats for the base64 of a little-endian double, of complex numbers for two of them, ' +
      'and of integers for a number. It fails on the whole group for all else. The attribute is what xarray masks; fill_value is not.',
    source: 'xarray, xarray/backends/zarr.py, FillValueCoder',
    examples: {
      breaks: withZarr3({ data_type: 'float32', attributes: { _FillValue: -9999 } }),
      good: withZarr3({ data_type: 'float32', attributes: { _FillValue: 'AAAAAICHw8A=' } }),
    },
  },
} as const satisfies Record<string, Rule>;
