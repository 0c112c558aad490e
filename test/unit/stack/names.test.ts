import { describe, expect, it } from 'vitest';
import { variableNames, varyingParts } from '../../../src/stack/names';

const source = (name: string, stated: string[] = [], descriptions?: string[]) => ({
  file: name,
  stated,
  part: { name: name.replace(/^.*\//u, ''), ...(descriptions === undefined ? {} : { descriptions }) },
});

describe('the part of file names that varies', () => {
  it.each([
    [
      ['T_2022_B04_10m.tif', 'T_2022_B08_10m.tif'],
      ['B04', 'B08'],
    ],
    [
      ['T_B04_10m.tif', 'T_B8A_20m.tif', 'T_B02_10m.tif'],
      ['B04', 'B8A', 'B02'],
    ],
    [
      ['LC08_SR_B1.TIF', 'LC08_QA_PIXEL.TIF'],
      ['SR', 'QA'],
    ],
    [
      ['a_red.tif', 'a_near_infrared.tif'],
      ['red', 'near_infrared'],
    ],
    [
      ['a-1-x.tif', 'a-1-y.tif', 'a-2-x.tif'],
      ['1_x', '1_y', '2_x'],
    ],
  ])('of %j is %j', (names, parts) => {
    expect(varyingParts(names)).toEqual(parts);
  });

  it('does not exist for one name', () => {
    expect(varyingParts(['red.tif'])).toEqual([undefined]);
  });
});

describe('names of variables', () => {
  it('come from what is stated, then descriptions, then file names', () => {
    expect(variableNames([source('a_1.tif', ['red']), source('a_2.tif', [], ['nir']), source('a_3.tif')])).toEqual([
      'red',
      'nir',
      '3',
    ]);
  });

  it('pass over a common name that two bands share', () => {
    expect(
      variableNames([
        source('B05.tif', ['rededge', 'B05']),
        source('B06.tif', ['rededge', 'B06']),
        source('B04.tif', ['red', 'B04']),
      ]),
    ).toEqual(['B05', 'B06', 'red']);
  });

  it('are xarray’s own for one file without any', () => {
    expect(variableNames([source('whatever.tif')])).toEqual(['band_data']);
  });

  it('that collide name both files', () => {
    expect(() => variableNames([source('x/red.tif', ['red']), source('y/red.tif', ['red'])])).toThrow(
      'x/red.tif and y/red.tif would both be the variable "red"',
    );
  });
});
