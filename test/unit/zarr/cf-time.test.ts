import { describe, expect, it } from 'vitest';
import { cfTimeText } from '../../../src/zarr/cf-time';

/** The text of a number, `none` where the units say no date, `unknown` where there is no such date. */
const text = (value: number | bigint, units: string, calendar?: string): string => {
  const read = cfTimeText(units, calendar);
  return read === undefined ? 'none' : (read(value) ?? 'unknown');
};

describe('CF time', () => {
  // xarray 2026.9: xr.coding.times.decode_cf_datetime(value, units, calendar).
  it.each([
    [0, 'days since 1970-01-01', undefined, '1970-01-01'],
    [18262.5, 'days since 1970-01-01 00:00:00', 'standard', '2020-01-01T12:00:00'],
    [-1, 'days since 2000-03-01', 'proleptic_gregorian', '2000-02-29'],
    [1051896, 'hours since 1900-01-01 00:00:00.0', 'gregorian', '2020-01-01'],
    [1.5, 'seconds since 1970-01-01T00:00:00Z', undefined, '1970-01-01T00:00:01.5'],
    [90, 'minutes since 2001-09-09 01:00 +01:00', undefined, '2001-09-09T01:30:00'],
    [1577836800123456789n, 'nanoseconds since 1970-01-01', undefined, '2020-01-01T00:00:00.123457'],
    [-1n, 'milliseconds since 1970-01-01', undefined, '1969-12-31T23:59:59.999'],
    [59, 'days since 2000-01-01', 'noleap', '2000-03-01'],
    [59, 'days since 2001-01-01', 'all_leap', '2001-02-29'],
    [59, 'days since 2000-01-01', '360_day', '2000-02-30'],
    [360, 'Days Since 1850-1-1', '360_day', '1851-01-01'],
  ] as const)('%s %s (%s) is %s', (value, units, calendar, expected) => {
    expect(text(value, units, calendar)).toBe(expected);
  });

  it('is none of units without a date, and of calendars that are not known', () => {
    expect(text(1, 'days')).toBe('none');
    expect(text(1, 'kelvin since 2000-01-01')).toBe('none');
    expect(text(1, 'days since 2001-02-29')).toBe('none');
    expect(text(1, 'days since 2001-01-01', 'julian')).toBe('none');
    expect(text(1, 'months since 2001-01-01')).toBe('none');
    expect(text(1, 'days since 1000-01-01')).toBe('none');
  });

  it('knows no date before the Gregorian calendar, none of NaN, and none beyond what dates hold', () => {
    expect(text(-200_000, 'days since 1970-01-01')).toBe('unknown');
    for (const value of [NaN, Infinity, 1e18]) expect(text(value, 'days since 1970-01-01')).toBe('unknown');
    expect(text(2n ** 63n - 1n, 'seconds since 1970-01-01')).toBe('unknown');
  });
});
