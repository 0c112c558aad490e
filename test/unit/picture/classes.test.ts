import { describe, expect, it } from 'vitest';
import { classesOf, classFinder, countClasses, paintClasses } from '../../../src/picture/classes';

const names = (attributes: Parameters<typeof classesOf>[0]): string[] =>
  (classesOf(attributes) ?? []).map(({ name }) => name);

describe('classes', () => {
  it('of a colour table are its rows', () => {
    expect(
      classesOf({
        color_table: [
          [0, 0, 0],
          [255, 128, 0, 40],
        ],
      }),
    ).toEqual([
      { value: 0, mask: null, name: '0', colour: [0, 0, 0, 255] },
      { value: 1, mask: null, name: '1', colour: [255, 128, 0, 40] },
    ]);
  });

  it('of flags have names, and colours of their own or of the colour table', () => {
    const flags = { flag_values: [1, 2], flag_meanings: 'land water' };
    expect(classesOf({ ...flags, flag_colors: '#00ff00 #0000FF' })).toEqual([
      { value: 1, mask: null, name: 'land', colour: [0, 255, 0, 255] },
      { value: 2, mask: null, name: 'water', colour: [0, 0, 255, 255] },
    ]);
    const table = [
      [9, 9, 9],
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect((classesOf({ ...flags, color_table: table }) ?? []).map(({ colour }) => colour)).toEqual([
      [1, 2, 3, 255],
      [4, 5, 6, 255],
    ]);
    const [one, other] = (classesOf(flags) ?? []).map(({ colour }) => colour.join());
    expect(one).not.toBe(other);
  });

  // The example 3.5 of the CF conventions: sensor_status_qc.
  it('of masks are found by their bits', () => {
    const classes = classesOf({
      flag_masks: [1, 2, 12, 12, 12],
      flag_values: [1, 2, 4, 8, 12],
      flag_meanings: 'low_battery hardware_fault offline_mode calibration_mode maintenance_mode',
    });
    const find = classFinder(classes ?? []);
    expect([1, 2, 4, 8, 12, 0, 16].map((value) => classes?.[find(value)]?.name)).toEqual([
      'low_battery',
      'hardware_fault',
      'offline_mode',
      'calibration_mode',
      'maintenance_mode',
      undefined,
      undefined,
    ]);
    expect(classes?.[find(2n ** 40n + 8n)]?.name).toBe('calibration_mode');
  });

  it('of masks alone are there where their bit is', () => {
    expect(names({ flag_masks: [1, 2, 4], flag_meanings: 'a b c' })).toEqual(['a', 'b', 'c']);
    const find = classFinder(classesOf({ flag_masks: [1, 2, 4] }) ?? []);
    expect([0, 6, 5].map(find)).toEqual([-1, 1, 0]);
  });

  it('are none where the attributes are broken', () => {
    expect(classesOf({})).toBeUndefined();
    expect(classesOf({ color_table: [[1, 2]] })).toBeUndefined();
    expect(classesOf({ color_table: [[1, 2, 256]] })).toBeUndefined();
    expect(classesOf({ flag_values: [1, 2], flag_masks: [1] })).toBeUndefined();
    expect(classesOf({ flag_values: ['x'] })).toBeUndefined();
    expect(names({ flag_values: '0b, 1b', flag_meanings: 'no yes' })).toEqual(['no', 'yes']);
  });

  it('are painted and counted, nodata left out', () => {
    const classes =
      classesOf({ flag_values: [1, 2], flag_meanings: 'a b', flag_colors: ['#010203', '0x040506'] }) ?? [];
    const values = Int16Array.of(2, 1, 7, -1, 2);
    expect([...paintClasses(values, classes, -1)]).toEqual(
      [
        [4, 5, 6, 255],
        [1, 2, 3, 255],
        [128, 128, 128, 255],
        [0, 0, 0, 0],
        [4, 5, 6, 255],
      ].flat(),
    );
    expect([...countClasses(values, classes, -1)]).toEqual([
      [-1, 1],
      [0, 1],
      [1, 2],
    ]);
  });
});
