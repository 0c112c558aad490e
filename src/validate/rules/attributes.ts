import { isJsonObject, type JsonObject, type JsonValue } from '../../json';
import { declared, type GeoConvention } from '../../zarr/geo-conventions';
import { CHUNK, references, withArray, zarray } from './examples';
import type { Rule } from './types';

const XARRAY = 'xarray, "Zarr Encoding Specification"; xarray, backends/zarr.py';
const CF_MISSING = 'CF conventions, section 2.5.1; xarray, coding/variables.py, CFMaskCoder';

const CONVENTIONS = 'Zarr conventions specification (github.com/zarr-conventions/zarr-conventions-spec)';

const quoted = JSON.stringify;

/** A reference file with the array `a` of one chunk and these attributes, in which each axis has a name. */
function withAttributes(attributes: JsonObject, members: Record<string, JsonValue | undefined> = {}): string {
  const all = { _ARRAY_DIMENSIONS: ['y', 'x'], ...attributes };
  return withArray(zarray({ shape: [2, 2], fill_value: null, ...members }), {
    'a/.zattrs': quoted(all),
    'a/0.0': members.dtype === '<f4' ? '["https://example.org/a.tif", 8, 16]' : CHUNK,
  });
}

/** What "zarr_conventions" says of a convention, as short as it may be. */
function naming(convention: GeoConvention): JsonValue {
  return declared({}, [convention]).flatMap((item) => (isJsonObject(item) ? [{ uuid: item.uuid ?? '' }] : []));
}

/** A reference file with one array, `a`, and the levels of a pyramid in the attributes of the root. */
function withLayout(layout: JsonValue[]): string {
  const attributes = { zarr_conventions: naming('multiscales'), multiscales: { layout } };
  return withArray(zarray(), {
    'a/.zattrs': '{"_ARRAY_DIMENSIONS": ["y", "x"]}',
    'a/0.0': CHUNK,
    '.zattrs': quoted(attributes),
  });
}

/** A reference file with the 1-D coordinate `x` of three bytes, inline. */
function withCoordinate(base64: string, fill: JsonValue = null): string {
  const members = { shape: [3], chunks: [3], dtype: '|u1', fill_value: fill };
  return references({
    'x/.zarray': zarray(members),
    'x/.zattrs': '{"_ARRAY_DIMENSIONS": ["x"]}',
    'x/0': quoted(`base64:${base64}`),
  });
}

/** A reference file with 1-D arrays `a` and `b` of 4 and `size` elements along `x`. */
function withTwo(size: number, second: string | undefined): string {
  const attributes = '{"_ARRAY_DIMENSIONS": ["x"]}';
  return references({
    'a/.zarray': zarray({ shape: [4], chunks: [4] }),
    'a/.zattrs': attributes,
    'a/0': CHUNK,
    'b/.zarray': zarray({ shape: [size], chunks: [4] }),
    ...(second === undefined ? {} : { 'b/.zattrs': second }),
    'b/0': '["https://example.org/a.tif", 16, 8]',
  });
}

/** Attributes: what xarray and CF take from them. */
export const attributesRules = {
  'attributes/dimension-names': {
    severity: 'error',
    title: '"_ARRAY_DIMENSIONS" is no list of names, one for each axis.',
    explanation:
      'xarray names the axes of zarr v2 arrays by it, and refuses the whole group where it is no list or has another length than the shape. A name that is empty, null or no text, or ' +
      'that stands twice for axes of one size, is a warning: the group opens, and little can be done along such axes.',
    source: XARRAY,
    examples: {
      breaks: withAttributes({ _ARRAY_DIMENSIONS: ['x'] }),
      good: withAttributes({ _ARRAY_DIMENSIONS: ['y', 'x'] }),
    },
  },
  'attributes/dimension-names-missing': {
    severity: 'error',
    title: 'An array has no "_ARRAY_DIMENSIONS".',
    explanation:
      'zarr does without; xarray refuses the whole group, the arrays that have it too. It is an error beside arrays that have it, a warning where no array of the group has it and ' +
      'this one has other attributes, and nothing is said of arrays without any attributes, which are meant for zarr alone.',
    source: `${XARRAY}, _get_zarr_dims_and_attrs`,
    examples: { breaks: withTwo(4, undefined), good: withTwo(4, '{"_ARRAY_DIMENSIONS": ["x"]}') },
  },
  'attributes/dimension-sizes': {
    severity: 'error',
    title: 'A dimension has two sizes in the arrays of a group.',
    explanation:
      'Arrays of a group share their dimensions, and xarray refuses the whole group where one has two sizes. Put arrays of other sizes, such as ' +
      'overviews, into a group of their own, or give their dimensions other names.',
    source: 'xarray, core/dataset_utils.py, "conflicting sizes for dimension"; netCDF data model',
    examples: {
      breaks: withTwo(3, '{"_ARRAY_DIMENSIONS": ["x"]}'),
      good: withTwo(3, '{"_ARRAY_DIMENSIONS": ["x3"]}'),
    },
  },
  'attributes/scale-text': {
    severity: 'error',
    title: '"scale_factor" or "add_offset" is no number that can scale.',
    explanation:
      'GDAL has them as text, and so do references that copy its metadata. xarray fails with a text when values are read, makes every value the same with a scale of 0, and NaN with NaN.',
    source: 'CF conventions, section 8.1; xarray, coding/variables.py, CFScaleOffsetCoder',
    examples: { breaks: withAttributes({ scale_factor: '0.1' }), good: withAttributes({ scale_factor: 0.1 }) },
  },
  'attributes/fill-value-domain': {
    severity: 'warning',
    title: '"_FillValue" or "missing_value" is no value of the array\'s dtype.',
    explanation:
      'Both are stored values, before scaling. One that the dtype does not have masks nothing, and what was meant is not masked. Often the dtype was changed, ' +
      'or the value is one after scaling.',
    source: CF_MISSING,
    examples: { breaks: withAttributes({ _FillValue: -9999 }), good: withAttributes({ _FillValue: 9999 }) },
  },
  'attributes/fill-value-conflict': {
    severity: 'warning',
    title: 'The fill value of .zarray is another than that of the attributes.',
    explanation:
      'xarray takes "fill_value" of .zarray for "_FillValue" and forgets the attribute, so that the values it names are not masked, and ordinary ones may be. zarr writes 0 where a writer states none. ' +
      'Two that are equal at the precision of the dtype do not conflict.',
    source: `${XARRAY}, open_store_variable; zarr-developers/VirtualiZarr#982`,
    examples: {
      breaks: withAttributes({ _FillValue: 9999 }, { fill_value: 0 }),
      good: withAttributes({ _FillValue: 9999 }, { fill_value: 9999 }),
    },
  },
  'attributes/fill-value-precision': {
    severity: 'error',
    title: '"_FillValue" or "missing_value" has more digits than the array\'s dtype.',
    explanation:
      '1e37 is no float32; stored, it is 9.999999933815813e36. xarray compares stored values with the number that stands in the attributes, finds none equal, and leaves the fill values among the data. ' +
      'The "fill_value" of .zarray is rounded first and masks either way.',
    source: `${CF_MISSING}; fsspec/kerchunk#177`,
    examples: {
      breaks: withAttributes({ _FillValue: 1e37 }, { dtype: '<f4' }),
      good: withAttributes({ _FillValue: 1e37 }, { dtype: '<f4', fill_value: 1e37 }),
    },
  },
  'attributes/fill-value-text': {
    severity: 'error',
    title: '"_FillValue" or "missing_value" is a text.',
    explanation:
      'No number equals a text, so that xarray masks nothing. It is a warning where the text is no number either, such as the base64 that xarray writes in zarr v3 attributes, ' +
      'and nothing where a "fill_value" of .zarray takes its place.',
    source: CF_MISSING,
    examples: { breaks: withAttributes({ _FillValue: '255' }), good: withAttributes({ _FillValue: 255 }) },
  },
  'attributes/valid-range': {
    severity: 'warning',
    title: 'Valid limits or flags are not what CF has.',
    explanation:
      '"valid_min" and "valid_max" are one number each, "valid_range" is two, the smaller one first; "flag_values" and "flag_masks" are lists of numbers with one word in "flag_meanings" for ' +
      'each. xarray hands them on as they are; what honours them fails, or takes every value for missing.',
    source: 'CF conventions, sections 2.5.1 and 3.5',
    examples: { breaks: withAttributes({ valid_range: [100, 0] }), good: withAttributes({ valid_range: [0, 100] }) },
  },
  'attributes/convention-undeclared': {
    severity: 'warning',
    title: 'Attributes of a zarr convention that "zarr_conventions" does not name.',
    explanation:
      'Attributes that begin with "proj:" or "spatial:" are those of the conventions of that name. A node says by the list "zarr_conventions" which conventions hold for it, each by its UUID; ' +
      'what reads by the list passes the others over.',
    source: CONVENTIONS,
    examples: {
      breaks: withAttributes({ 'proj:code': 'EPSG:32632' }),
      good: withAttributes({ zarr_conventions: naming('proj'), 'proj:code': 'EPSG:32632' }),
    },
  },
  'attributes/proj-convention': {
    severity: 'warning',
    title: 'The CRS is not stated as the convention "proj" has it.',
    explanation:
      '"proj:code" is an authority and a code, "proj:wkt2" a text of WKT 2, and "proj:projjson" an object; one of them is there. They hold for an array, or for a group and the arrays right below it. ' +
      'WKT 1, which "crs_wkt" may be, is not WKT 2.',
    source: 'Zarr convention "proj" v0.1 (github.com/zarr-conventions/proj)',
    examples: {
      breaks: withAttributes({ zarr_conventions: naming('proj'), 'proj:code': '32632' }),
      good: withAttributes({ zarr_conventions: naming('proj'), 'proj:code': 'EPSG:32632' }),
    },
  },
  'attributes/spatial-convention': {
    severity: 'warning',
    title: 'The place is not stated as the convention "spatial" has it, or otherwise than by CF.',
    explanation:
      '"spatial:dimensions" names the rows and the columns of the array, "spatial:shape" has their lengths, "spatial:transform" the six numbers of an affine transform in the order of rasterio, not of GDAL, ' +
      'and "spatial:bbox" xmin, ymin, xmax and ymax. A transform that places the array elsewhere than the "GeoTransform" of its grid mapping is told too: readers take one or the other.',
    source: 'Zarr convention "spatial" v0.1 (github.com/zarr-conventions/spatial)',
    examples: {
      breaks: withAttributes({ zarr_conventions: naming('spatial'), 'spatial:dimensions': ['lat', 'lon'] }),
      good: withAttributes({
        zarr_conventions: naming('spatial'),
        'spatial:dimensions': ['y', 'x'],
        'spatial:shape': [2, 2],
        'spatial:transform': [10, 0, 600000, 0, -10, 5100000],
      }),
    },
  },
  'attributes/multiscales-convention': {
    severity: 'warning',
    title: 'Levels of a pyramid are not what the convention "multiscales" has.',
    explanation:
      '"layout" of "multiscales" lists the levels. Each names by "asset" a group or array below the group, and by "derived_from" the level that it was made of, with a "transform". ' +
      'GDAL takes the levels for overviews. It is looked at where "zarr_conventions" names the convention, as OME-NGFF has an attribute of that name too.',
    source: 'Zarr convention "multiscales" v0.1 (github.com/zarr-conventions/multiscales)',
    examples: {
      breaks: withLayout([{ asset: '0' }]),
      good: withLayout([{ asset: 'a' }]),
    },
  },
  'attributes/time-units': {
    severity: 'error',
    title: 'Units of time that xarray cannot decode.',
    explanation:
      'Units that say "since" are decoded to dates: a unit of time, "since", and a date, in a calendar that is known. xarray fails to open the whole group where they cannot be, unless it is told decode_times=False. ' +
      'Calendars other than the standard ones need cftime, and are good.',
    source: 'CF conventions, sections 4.4 and 4.4.1; xarray, coding/times.py',
    examples: {
      breaks: withAttributes({ units: 'days since launch' }),
      good: withAttributes({ units: 'days since 1900-1-1', calendar: 'noleap' }),
    },
  },
  'attributes/coordinates': {
    severity: 'error',
    title: '"coordinates" is no text.',
    explanation:
      'It names arrays, with spaces between them. xarray fails to open the group with anything else. A name that is not there does no harm.',
    source: 'CF conventions, section 5; xarray, conventions.py, decode_cf_variables',
    examples: { breaks: withAttributes({ coordinates: ['lat'] }), good: withAttributes({ coordinates: 'lat' }) },
  },
  'attributes/grid-mapping': {
    severity: 'warning',
    title: 'The array that "grid_mapping" names is not there.',
    explanation:
      'It holds the coordinate reference system: without it the array has none. xarray with decode_coords="all" warns; rioxarray and GDAL find no CRS. Some writers leave arrays without numbers out.',
    source: 'CF conventions, section 5.6; xarray, conventions.py, decode_cf_variables',
    examples: {
      breaks: withAttributes({ grid_mapping: 'crs' }),
      good: references({
        'crs/.zarray': zarray({ shape: [], chunks: [], fill_value: null }),
        'crs/.zattrs': '{"_ARRAY_DIMENSIONS": [], "grid_mapping_name": "latitude_longitude"}',
        'crs/0': '"\\u0000\\u0000"',
        'a/.zarray': zarray(),
        'a/.zattrs': '{"_ARRAY_DIMENSIONS": ["y", "x"], "grid_mapping": "crs"}',
      }),
    },
  },
  'attributes/coordinate-missing': {
    severity: 'warning',
    title: 'A coordinate is missing: NaN, or the fill value.',
    explanation:
      'xarray takes what equals the "fill_value" of .zarray for missing, in coordinates too: with 0, the coordinate 0 reads as NaN, or not a time. Write null for the fill value of coordinates. ' +
      'Only coordinates that stand in the reference file are looked at.',
    source: `${XARRAY}, open_store_variable`,
    examples: { breaks: withCoordinate('AAEC', 0), good: withCoordinate('AAEC') },
  },
  'attributes/coordinate-order': {
    severity: 'warning',
    title: 'The coordinates along a dimension do not go one way.',
    explanation:
      'A coordinate variable has different values, in order. xarray opens others, and fails to select slices by label; pictures and interpolation come out wrong. Files may have been put together in the wrong order, or ' +
      'twice. Only coordinates that stand in the reference file are looked at.',
    source: 'netCDF user\'s guide, "Coordinate variables"; CF conventions, section 1.3',
    examples: { breaks: withCoordinate('AAIB'), good: withCoordinate('AAEC') },
  },
} as const satisfies Record<string, Rule>;
