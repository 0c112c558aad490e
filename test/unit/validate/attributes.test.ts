import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { checkCoordinateValues } from '../../../src/validate/coordinate-values';
import { Reporter } from '../../../src/validate/reporter';
import { TiffLookup } from '../../../src/validate/tiff-lookup';
import { validateText } from '../../../src/validate/validate';
import type { Finding } from '../../../src/validate/types';

type Documents = Record<string, unknown>;

/** All findings but that chunks are left out, which most of these files do. */
async function validate(text: string): Promise<Finding[]> {
  const findings = await validateText(new TextEncoder().encode(text));
  return findings.filter(({ code }) => code !== 'zarr2/null-fill-absent');
}

const told = (findings: Finding[]): string[] => findings.map(({ code, severity }) => `${code} ${severity}`);
const at = (text: string, finding: Finding | undefined): string =>
  finding === undefined ? '' : text.slice(finding.span.offset, finding.span.offset + finding.span.length);

const zarray = (shape: number[], more: object = {}) => ({
  ...{
    zarr_format: 2,
    shape,
    chunks: shape,
    dtype: '|u1',
    filters: null,
    compressor: null,
    fill_value: null,
    order: 'C',
  },
  ...more,
});

/** A reference file of documents that stand nested, so that places in them are places in the text. */
const file = (documents: Documents): string => JSON.stringify({ '.zgroup': { zarr_format: 2 }, ...documents });

/** The array `a` of 2 x 2 with axes that have names, and these attributes. */
function withAttributes(attributes: object, more: object = {}): string {
  return file({ 'a/.zarray': zarray([2, 2], more), 'a/.zattrs': { _ARRAY_DIMENSIONS: ['y', 'x'], ...attributes } });
}

/** What was found, and the text at which; attributes that are good give nothing. */
async function expectOne(text: string, verdict: string, place: string): Promise<void> {
  const findings = await validate(text);
  expect(told(findings)).toEqual(verdict === '' ? [] : [verdict]);
  expect(at(text, findings[0])).toBe(place);
}

// Verdicts are those of xarray 2026.9 (zarr-python 3.1.6) and 2024.11 (2.18.3) with engine="kerchunk": what does not open or reads wrong values is an error.
describe('names of dimensions', () => {
  it.each<[unknown, string, string]>([
    [['y', 'x'], '', ''],
    [['y'], 'attributes/dimension-names error', '["y"]'],
    [['y', 'x', 'z'], 'attributes/dimension-names error', '["y","x","z"]'],
    ['yx', 'attributes/dimension-names error', '"yx"'],
    [null, 'attributes/dimension-names error', 'null'],
    [['y', ['x']], 'attributes/dimension-names error', '["x"]'],
    [[null, 'x'], 'attributes/dimension-names warning', 'null'],
    [['y', ''], 'attributes/dimension-names warning', '""'],
    [['y', 1], 'attributes/dimension-names warning', '1'],
    [['y', 'y'], 'attributes/dimension-names warning', '"y"'],
  ])('%j', (names, verdict, place) => expectOne(withAttributes({ _ARRAY_DIMENSIONS: names }), verdict, place));

  it('finds one name for axes of two sizes once', async () => {
    const text = file({ 'a/.zarray': zarray([3, 2]), 'a/.zattrs': { _ARRAY_DIMENSIONS: ['y', 'y'] } });
    expect(told(await validate(text))).toEqual(['attributes/dimension-names error']);
  });

  it('finds an array without names beside one that has them, also one without axes', async () => {
    const text = file({
      'a/.zarray': zarray([2]),
      'a/.zattrs': { _ARRAY_DIMENSIONS: ['x'] },
      'b/.zarray': zarray([2]),
      'crs/.zarray': zarray([]),
      'crs/.zattrs': {},
    });
    const findings = await validate(text);
    expect(told(findings)).toEqual(Array(2).fill('attributes/dimension-names-missing error'));
    expect(findings.map((finding) => at(text, finding))).toEqual(['"b/.zarray"', '"crs/.zattrs"']);
  });

  it('warns where an array has other attributes, and is silent on what is meant for zarr alone', async () => {
    expect(told(await validate(file({ 'a/.zarray': zarray([2]), 'a/.zattrs': { units: 'm' } })))).toEqual([
      'attributes/dimension-names-missing warning',
    ]);
    expect(await validate(file({ 'a/.zarray': zarray([2]), 'b/.zarray': zarray([3]) }))).toEqual([]);
    expect(await validate(file({ 'a/.zarray': zarray([2]), 'a/.zattrs': {} }))).toEqual([]);
  });

  it('asks nothing of groups of each other', async () => {
    const text = file({
      'g/.zgroup': { zarr_format: 2 },
      'g/a/.zarray': zarray([2]),
      'g/a/.zattrs': { _ARRAY_DIMENSIONS: ['x'] },
      'b/.zarray': zarray([3]),
    });
    expect(await validate(text)).toEqual([]);
  });
});

describe('sizes of dimensions', () => {
  const named = (...names: string[]) => ({ _ARRAY_DIMENSIONS: names });

  it('finds the array that differs from the others, whatever their order, once', async () => {
    const text = file({
      'x/.zarray': zarray([3]),
      'x/.zattrs': named('x'),
      'a/.zarray': zarray([5, 4]),
      'a/.zattrs': named('y', 'x'),
      'b/.zarray': zarray([5, 4]),
      'b/.zattrs': named('y', 'x'),
    });
    const findings = await validate(text);
    expect(told(findings)).toEqual(['attributes/dimension-sizes error']);
    expect(findings[0]).toMatchObject({ key: 'x/.zarray' });
    expect(at(text, findings[0])).toBe('3');
    expect(findings[0]?.message).toContain('"x" has 3 elements in "x" and 4 in "a"');
  });

  it('lets each group have its own', async () => {
    const text = file({
      'x/.zarray': zarray([3]),
      'x/.zattrs': named('x'),
      'g/.zgroup': { zarr_format: 2 },
      'g/x/.zarray': zarray([4]),
      'g/x/.zattrs': named('x'),
    });
    expect(await validate(text)).toEqual([]);
  });
});

describe('scale and offset', () => {
  it.each<[string, unknown, string, string]>([
    ['scale_factor', 0.1, '', ''],
    ['scale_factor', -1, '', ''],
    ['add_offset', 0, '', ''],
    ['scale_factor', null, '', ''],
    ['scale_factor', '0.1', 'attributes/scale-text error', '"0.1"'],
    ['add_offset', '', 'attributes/scale-text error', '""'],
    ['scale_factor', [0.1, 0.2], 'attributes/scale-text error', '[0.1,0.2]'],
    ['scale_factor', [0.1], 'attributes/scale-text warning', '[0.1]'],
    ['scale_factor', 0, 'attributes/scale-text error', '0'],
    ['scale_factor', true, 'attributes/scale-text error', 'true'],
    ['add_offset', {}, 'attributes/scale-text error', '{}'],
  ])('%s %j', (name, value, verdict, place) => expectOne(withAttributes({ [name]: value }), verdict, place));
});

describe('fill values', () => {
  it.each<[string, unknown, object, string, string]>([
    ['|u1', null, { _FillValue: 255 }, '', ''],
    ['|u1', null, { _FillValue: [255] }, '', ''],
    ['|u1', null, { _FillValue: -9999 }, 'attributes/fill-value-domain warning', '-9999'],
    ['|u1', null, { _FillValue: 250.5 }, 'attributes/fill-value-domain warning', '250.5'],
    ['|u1', null, { missing_value: 256 }, 'attributes/fill-value-domain warning', '256'],
    ['|u1', null, { _FillValue: '250' }, 'attributes/fill-value-text error', '"250"'],
    ['|u1', null, { _FillValue: 'NaN' }, 'attributes/fill-value-text warning', '"NaN"'],
    ['|u1', 0, { _FillValue: 0 }, '', ''],
    ['|u1', 0, { _FillValue: 250 }, 'attributes/fill-value-conflict warning', '250'],
    ['|u1', 0, { _FillValue: '250' }, 'attributes/fill-value-conflict warning', '"250"'],
    ['|u1', 0, { missing_value: 250 }, 'attributes/fill-value-conflict warning', '250'],
    ['|u1', 1, { missing_value: 250 }, '', ''],
    ['<i2', null, { _FillValue: -9999.0 }, '', ''],
    ['<i2', null, { _FillValue: 40000, _Unsigned: 'true' }, 'attributes/fill-value-domain error', '40000'],
    ['<f4', null, { _FillValue: 1e37 }, 'attributes/fill-value-precision error', '1e+37'],
    ['<f4', null, { _FillValue: 9.999999933815813e36 }, '', ''],
    ['<f4', 1e37, { _FillValue: 9.999999933815813e36 }, '', ''],
    ['<f4', 1e37, { _FillValue: 1e37, missing_value: 1e37 }, '', ''],
    ['<f4', 'NaN', { missing_value: 1e37 }, 'attributes/fill-value-precision error', '1e+37'],
    ['<f4', null, { _FillValue: 1e39 }, 'attributes/fill-value-domain warning', '1e+39'],
    ['<f4', null, { _FillValue: 'NaN' }, '', ''],
    ['<f4', 'NaN', { _FillValue: -1 }, 'attributes/fill-value-conflict warning', '-1'],
    ['<f4', null, { _FillValue: 'AAAAAAAA+H8=' }, 'attributes/fill-value-text warning', '"AAAAAAAA+H8="'],
    ['<f8', null, { _FillValue: 1e37, missing_value: 1e20 }, '', ''],
    ['<i8', null, { _FillValue: -(2 ** 62) }, '', ''],
  ])('%s, fill_value %j, %j', (dtype, fill, attributes, verdict, place) =>
    expectOne(withAttributes(attributes, { dtype, fill_value: fill }), verdict, place),
  );

  it('compares 64-bit integers exactly', async () => {
    const text = withAttributes({ _FillValue: 1 }, { dtype: '<i8', fill_value: 1 }).replaceAll(
      /("_FillValue"|"fill_value"):1/gu,
      '$1:9223372036854775807',
    );
    expect(await validate(text)).toEqual([]);
    const other = text.replace('"_FillValue":9223372036854775807', '"_FillValue":9223372036854775806');
    expect(told(await validate(other))).toEqual(['attributes/fill-value-conflict warning']);
  });
});

describe('valid limits and flags', () => {
  it.each<[object, string, string]>([
    [{ valid_min: 0, valid_max: 100 }, '', ''],
    [{ valid_min: [0], valid_range: [0, 1] }, '', ''],
    [{ valid_range: [0, -6], _Unsigned: 'true' }, '', ''],
    [{ valid_min: '0.0' }, 'attributes/valid-range warning', '"0.0"'],
    [{ valid_range: [0, 1, 2] }, 'attributes/valid-range warning', '[0,1,2]'],
    [{ valid_range: '0, 100' }, 'attributes/valid-range warning', '"0, 100"'],
    [{ valid_min: 10, valid_max: 5 }, 'attributes/valid-range warning', '5'],
    [{ flag_values: [0, 1], flag_meanings: 'no yes' }, '', ''],
    [{ flag_masks: [1, 2], flag_values: [1, 2], flag_meanings: 'ice  cloud' }, '', ''],
    [{ flag_values: [0, 1, 2], flag_meanings: 'no yes' }, 'attributes/valid-range warning', '[0,1,2]'],
    [{ flag_values: '0, 1' }, 'attributes/valid-range warning', '"0, 1"'],
  ])('%j', (attributes, verdict, place) => expectOne(withAttributes(attributes), verdict, place));
});

describe('units of time', () => {
  it.each<[string, string | null, boolean]>([
    ['days since 2000-01-01', null, true],
    ['hours since 2022-12-31T12:00:00', 'gregorian', true],
    ['days since 1900-1-1', 'NOLEAP', true],
    ['msec since 2000-01-01 00:00 UTC', 'standard', true],
    ['months since 2000-01-01', '360_day', true],
    ['days since 0000-01-01', 'proleptic_gregorian', true],
    ['days since Jan 1 2000', null, true],
    ['day as %Y%m%d.%f', null, true],
    ['K', null, true],
    ['days since', null, false],
    ['since 2000', null, false],
    ['days since launch', null, false],
    ['fortnights since 2000-01-01', null, false],
    ['years since 2000-01-01', null, false],
    ['months since 2000-01-01', null, false],
    ['days since 2000-13-01', null, false],
    ['days since 2000-01-01 24:00', null, false],
    ['days since 0000-01-01', null, false],
    ['days since 0-1-1', 'julian', false],
  ])('%s, %s', (units, calendar, good) =>
    expectOne(
      withAttributes({ units, ...(calendar === null ? {} : { calendar }) }),
      good ? '' : 'attributes/time-units error',
      good ? '' : JSON.stringify(units),
    ),
  );

  it.each(['maya', '', 1, 'tai'])('finds the calendar %j', (calendar) =>
    expectOne(
      withAttributes({ units: 'days since 2000-01-01', calendar }),
      'attributes/time-units error',
      JSON.stringify(calendar),
    ),
  );
});

describe('names of other arrays', () => {
  const crs = { 'crs/.zarray': zarray([]), 'crs/.zattrs': { _ARRAY_DIMENSIONS: [] } };

  it('is silent on coordinates that are not there, which xarray passes over', () =>
    expectOne(withAttributes({ coordinates: 'lat lon' }), '', ''));

  it('finds coordinates that are no text', () =>
    expectOne(withAttributes({ coordinates: ['lat'] }), 'attributes/coordinates error', '["lat"]'));

  it.each(['crs', 'crs: x y', '/crs'])('is silent where the grid mapping %j is there', (name) => {
    const array = { 'a/.zarray': zarray([2]), 'a/.zattrs': { _ARRAY_DIMENSIONS: ['x'], grid_mapping: name } };
    return expectOne(file({ ...crs, ...array }), '', '');
  });

  it('finds a grid mapping around the group, and one that is malformed', async () => {
    const array = { 'g/a/.zarray': zarray([2]), 'g/a/.zattrs': { _ARRAY_DIMENSIONS: ['x'], grid_mapping: 'crs' } };
    expect(await validate(file({ ...crs, 'g/.zgroup': { zarr_format: 2 }, ...array }))).toEqual([]);
    await expectOne(withAttributes({ grid_mapping: 5 }), 'attributes/grid-mapping warning', '5');
  });

  it('tells once of a grid mapping that is not there, and how many arrays name it', async () => {
    const array = (name: string) => ({
      [`${name}/.zarray`]: zarray([2]),
      [`${name}/.zattrs`]: { _ARRAY_DIMENSIONS: ['x'], grid_mapping: 'crs' },
    });
    const findings = await validate(file({ ...array('a'), ...array('b'), ...array('c') }));
    expect(told(findings)).toEqual(['attributes/grid-mapping warning']);
    expect(findings[0]?.message).toContain('2 more arrays');
  });
});

describe('values of coordinates', () => {
  const coordinate = (values: number[], more: object = {}) => {
    const base64 = Buffer.from(new Float64Array(values).buffer).toString('base64');
    return file({
      'x/.zarray': zarray([values.length], { dtype: '<f8', ...more }),
      'x/.zattrs': { _ARRAY_DIMENSIONS: ['x'] },
      'x/0': `base64:${base64}`,
    });
  };

  it.each([[[1, 2, 3]], [[3, 2, 1]], [[0]], [[-1, 0, 1e9]]])('is silent on %j', (values) =>
    expectOne(coordinate(values), '', ''),
  );

  it.each([
    [[0, 2, 1], 'at 2 2 is followed by 1'],
    [[0, 1, 1], 'at 2 1 stands twice'],
    [[2, 2, 1], 'at 1 2 stands twice'],
    [[3, 2, 4], 'at 2 2 is followed by 4'],
  ])('finds where %j turns', async (values, says) => {
    const findings = await validate(coordinate(values));
    expect(told(findings)).toEqual(['attributes/coordinate-order warning']);
    expect(findings[0]?.message).toContain(says);
  });

  it('finds NaN, and what equals the fill value', async () => {
    const [missing] = await validate(coordinate([0, NaN, 2]));
    expect(missing).toMatchObject({ code: 'attributes/coordinate-missing', severity: 'warning' });
    expect(missing?.message).toContain('Coordinate 1 of 3');
    await expectOne(coordinate([0, 1, 2], { fill_value: 0 }), 'attributes/coordinate-missing warning', '0');
  });

  it('stops with KerchunkError once cancelled', async () => {
    const text = new TextEncoder().encode(coordinate([0, 1, 2]));
    const set = parseReferences(text);
    const context = {
      set,
      text,
      reporter: new Reporter(set, text),
      tiffs: new TiffLookup(set, undefined, undefined),
      signal: AbortSignal.abort(),
    };
    await expect(checkCoordinateValues(context)).rejects.toMatchObject({ name: 'KerchunkError', code: 'cancelled' });
  });

  it('reads through codecs, and leaves alone what lies in other files, is not named so, or does not decode', async () => {
    const array = (chunk: unknown, more: object = {}) =>
      file({ 'x/.zarray': zarray([2], more), 'x/.zattrs': { _ARRAY_DIMENSIONS: ['x'] }, 'x/0': chunk });
    // zlib.compress(bytes([2, 2])) of Python.
    const zlib = { compressor: { id: 'zlib' } };
    expect(told(await validate(array('base64:eJxjYgIAAAgABQ==', zlib)))).toEqual([
      'attributes/coordinate-order warning',
    ]);
    expect(await validate(array(['https://example.org/x', 0, 2]))).toEqual([]);
    expect(await validate(array('base64:AAAA', zlib))).toEqual([]);
    const other = { 'v/.zarray': zarray([2]), 'v/.zattrs': { _ARRAY_DIMENSIONS: ['x'] }, 'v/0': 'aa' };
    expect(await validate(file(other))).toEqual([]);
  });
});
