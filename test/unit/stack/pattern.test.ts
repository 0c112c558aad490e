import { describe, expect, it } from 'vitest';
import { instantInWords, parseInstant } from '../../../src/stack/instant';
import { NamePattern, suggestPattern } from '../../../src/stack/pattern';

/** Seconds since 1970 as `date -u -d … +%s` gives them. */
const NEW_YEAR_2022 = 1_640_995_200n * 1_000_000n;

describe('a date', () => {
  it.each([
    ['2022-01-01', NEW_YEAR_2022],
    ['2022-01-01T00:00:00Z', NEW_YEAR_2022],
    ['2022:01:01 00:00:00', NEW_YEAR_2022],
    ['2022-01-01T01:00:00+01:00', NEW_YEAR_2022],
    ['2021-12-31T23:30:00.25-00:30', NEW_YEAR_2022 + 250_000n],
    ['1969-12-31T23:59:59Z', -1_000_000n],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  it.each(['2022-02-30', '2022-01-01T25:00:00Z', 'yesterday', '', '2022'])('does not read %s', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('is told without a time of day that it does not have', () => {
    expect(instantInWords(NEW_YEAR_2022)).toBe('2022-01-01');
    expect(instantInWords(NEW_YEAR_2022 + 24_000_000n)).toBe('2022-01-01 00:00:24');
  });
});

describe('a pattern of names', () => {
  it('takes date and band from a whole name', () => {
    const values = new NamePattern('*_{time:%Y%m%d}T*_{band}_10m.tif').match(
      '/data/T32TQM_20220101T103421_B04_10m.tif',
    );
    expect([...values]).toEqual([
      ['time', NEW_YEAR_2022],
      ['band', 'B04'],
    ]);
  });

  it('fits folders where it has slashes', () => {
    const values = new NamePattern('{run}/red.tif').match('https://host/a/v2/red.tif');
    expect(values.get('run')).toBe('v2');
  });

  it('knows days of the year, and years of two digits', () => {
    expect(new NamePattern('{time:%Y%j}.tif').match('2020366.tif').get('time')).toBe(parseInstant('2020-12-31'));
    expect(new NamePattern('{time:%y%m%d}.tif').match('990101.tif').get('time')).toBe(parseInstant('1999-01-01'));
  });

  it.each([
    ['*.tif', 'no field'],
    ['{time}.tif', 'needs the format'],
    ['{a}_{b}.tif', 'two dimensions, a and b'],
    ['{band}{band}', 'twice'],
    ['{x}.tif', 'coordinate of the images'],
    ['{time:%Q}', '"%Q" is none of'],
    ['{time:%m%d}', 'no year'],
    ['{band', 'brace'],
  ])('refuses %s', (text, reason) => {
    expect(() => new NamePattern(text)).toThrow(reason);
  });

  it('says which name it does not fit, and which date does not exist', () => {
    const pattern = new NamePattern('{time:%Y%m%d}.tif');
    expect(() => pattern.match('a/red.tif')).toThrow('does not fit red.tif');
    expect(() => pattern.match('20210229.tif')).toThrow('20210229 is no date');
  });

  it('is suggested where a name holds a date', () => {
    expect(suggestPattern('S2_20220101_B04.tif')).toBe('*_{time:%Y%m%d}_*');
    expect(suggestPattern('red.tif')).toBeUndefined();
  });
});
