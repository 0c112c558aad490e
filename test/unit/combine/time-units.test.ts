import { describe, expect, it } from 'vitest';
import { concatenateManifests } from '../../../src/combine/concatenate';
import { mergeManifests } from '../../../src/combine/merge';
import { inlineValues } from '../../../src/combine/values';
import type { JsonObject, JsonValue } from '../../../src/json';
import { valueAt } from '../../../src/zarr/values';
import { named, refsOf, variable } from './sets';

/** A set of one time, as base64 of its bytes. */
function timed(name: string, units: JsonValue, bytes: Uint8Array, dtype = '<i8', more: JsonObject = {}) {
  return named(name, {
    ...variable('time', [1], [1], ['time'], { zarray: { dtype }, zattrs: { units, ...more } }),
    'time/0': `base64:${Buffer.from(bytes).toString('base64')}`,
    ...variable('v', [1, 2], [1, 2], ['time', 'x']),
    'v/0.0': [`${name}.bin`, 0, 2],
  });
}

const int64 = (value: bigint): Uint8Array => new Uint8Array(new BigInt64Array([value]).buffer);
const int32 = (value: number): Uint8Array => new Uint8Array(new Int32Array([value]).buffer);
const float64 = (value: number): Uint8Array => new Uint8Array(new Float64Array([value]).buffer);

async function times(...sets: ReturnType<typeof named>[]) {
  const { manifest, notes } = await concatenateManifests(sets, 'time');
  const time = manifest.arrays.find(({ array }) => array.path === 'time');
  if (time === undefined) throw new Error('There is no time.');
  const values = await inlineValues(time);
  expect(notes).toEqual([]);
  return { values: sets.map((_, at) => valueAt(values, at)), ...time.array.attributes, dtype: time.document.dtype };
}

describe('times', () => {
  const on = (day: bigint) => timed(`${day}.json`, 'days since 2022-01-01', int64(day));

  it('that turn round are told, by their dates', async () => {
    const { notes } = await concatenateManifests([on(4n), on(9n), on(0n)], 'time');
    expect(notes).toEqual([
      '"time" turns round at index 2, where 2022-01-01 follows on 2022-01-10: xarray takes no slices by label along it. Give the sets in the order of its values.',
    ]);
    for (const sets of [
      [on(0n), on(4n), on(9n)],
      [on(9n), on(4n), on(0n)],
    ]) {
      expect((await concatenateManifests(sets, 'time')).notes).toEqual([]);
    }
  });
});

describe('times in another unit', () => {
  // 2022-01-05 is 18997 days after 1970-01-01, and 1,641,340,800 s.
  const day = timed('day.json', 'days since 1970-01-01', int64(18997n));

  it('are counted in the unit of the first', async () => {
    const micro = timed('micro.json', 'microseconds since 1970-01-01', int64(1_641_340_800_000_000n), '<i8', {
      calendar: 'standard',
    });
    expect(await times(day, timed('s.json', 'seconds since 2022-01-05', int64(86_400n)))).toMatchObject({
      values: [18997n, 18998n],
      units: 'days since 1970-01-01',
      dtype: '<i8',
    });
    const hours = timed('h.json', 'hours since 2022-01-01 00:00:00', int32(97), '<i4');
    expect(await times(micro, hours)).toMatchObject({
      values: [1_641_340_800_000_000n, 1_641_344_400_000_000n],
      units: 'microseconds since 1970-01-01',
      calendar: 'standard',
    });
    expect(await times(micro, timed('f.json', 'days since 2022-01-05', float64(0.25), '<f8'))).toMatchObject({
      values: [1_641_340_800_000_000n, 1_641_362_400_000_000n],
    });
    // The standard calendar is the proleptic Gregorian since 1582.
    const proleptic = timed('p.json', 'days since 1970-01-01', int64(18997n), '<i8', {
      calendar: 'proleptic_gregorian',
    });
    expect(await times(proleptic, timed('s.json', 'seconds since 2022-01-05', int64(86_400n)))).toMatchObject({
      values: [18997n, 18998n],
      calendar: 'proleptic_gregorian',
    });
    const floats = timed('g.json', 'days since 2022-01-05', float64(0), '<f8');
    expect(await times(floats, timed('h.json', 'hours since 2022-01-05', int64(6n)))).toMatchObject({
      values: [0, 0.25],
      dtype: '<f8',
    });
  });

  it('are refused by name where they are no exact number of it', async () => {
    const hour = timed('hour.json', 'hours since 2022-01-05', int64(1n));
    await expect(times(day, hour)).rejects.toMatchObject({
      code: 'not-expressible',
      message: expect.stringContaining(
        '1 in hour.json, in "hours since 2022-01-05", is no exact number in "days since 1970-01-01", as day.json counts',
      ) as string,
    });
    const early = timed('early.json', 'days since 0001-01-01', int64(5n), '<i8', { calendar: 'proleptic_gregorian' });
    await expect(times(day, early)).rejects.toThrow('5 in early.json');
    const small = timed('small.json', 'seconds since 2022-01-05', int32(0), '<i4');
    const late = timed('late.json', 'days since 2200-01-01', int64(0n));
    await expect(times(small, late)).rejects.toThrow('0 in late.json, in');
  });

  it('of another calendar, or of none, are no such times', async () => {
    const noleap = timed('n.json', 'seconds since 2022-01-05', int64(0n), '<i8', { calendar: 'noleap' });
    await expect(times(day, noleap)).rejects.toThrow('attribute units is "days since 1970-01-01"');
    const metres = timed('m.json', 'm', int64(0n));
    await expect(times(day, metres)).rejects.toThrow('attribute units');
  });

  // "days since 2000-01-01" of the standard calendar, which is that of no calendar (CF conventions, sections 4.4 and 4.4.2).
  describe.each([
    ['time of day', { units: 'days since 2000-01-01 00:00:00' }],
    ['a zone', { units: 'days since 2000-01-01T00:00:00Z' }],
    ['case and leading zeros', { units: 'Days since 2000-1-1' }],
    ['another name of the unit', { units: 'd since 2000-01-01' }],
    ['another name of the calendar', { units: 'days since 2000-01-01', calendar: 'gregorian' }],
    ['no calendar', { units: 'days since 2000-01-01', calendar: null }],
  ])(
    'that only %s spells otherwise',
    (_, { units, calendar = 'standard' }: { units: string; calendar?: string | null }) => {
      const zattrs = calendar === null ? {} : { calendar };
      const first = { units: 'days since 2000-01-01', calendar: 'standard' };

      it.each(['<i8', '<i2'])('are spelled as in the first, and stay (%s)', async (dtype) => {
        const bytes = (value: bigint) => int64(value).subarray(0, dtype === '<i2' ? 2 : 8);
        const one = timed('a.json', first.units, bytes(3n), dtype, { calendar: 'standard' });
        expect(await times(one, timed('b.json', units, bytes(7n), dtype, zattrs))).toEqual({
          values: dtype === '<i2' ? [3, 7] : [3n, 7n],
          ...first,
          _ARRAY_DIMENSIONS: ['time'],
          dtype,
        });
      });

      it('combine where they are packed, elsewhere, merged, or the same in both', async () => {
        const packed = (name: string, more: JsonObject, bytes: bigint) =>
          timed(name, more.units ?? null, int64(bytes), '<i8', { scale_factor: 0.1, ...more });
        const [a, b] = [packed('a.json', first, 10n), packed('b.json', { units, ...zattrs }, 20n)];
        expect(await times(a, b)).toMatchObject({ values: [10n, 20n], ...first });
        const remote = (name: string, attributes: JsonObject) =>
          named(name, {
            ...variable('time', [1], [1], ['time'], { zattrs: attributes }),
            'time/0': [`${name}.bin`, 0, 1],
          });
        const { manifest } = await concatenateManifests(
          [remote('a.json', first), remote('b.json', { units, ...zattrs })],
          'time',
        );
        expect(refsOf(manifest)).toMatchObject({
          'time/.zattrs': { _ARRAY_DIMENSIONS: ['time'], ...first },
          'time/1': ['b.json.bin', 0, 1],
        });
        const same = [
          timed('a.json', first.units, int64(3n), '<i8', { calendar: 'standard' }),
          timed('a.json', units, int64(3n), '<i8', zattrs),
        ];
        const merged = await mergeManifests(same);
        expect(merged.notes).toEqual([]);
        expect(refsOf(merged.manifest)['time/.zattrs']).toEqual({ ...first, _ARRAY_DIMENSIONS: ['time'] });
      });
    },
  );

  it('that stand twice are named', async () => {
    await expect(times(day, timed('again.json', 'seconds since 2022-01-05', int64(0n)))).rejects.toThrow(
      'Coordinate "time" would hold 2022-01-05 twice, at index 0 and 1.',
    );
  });

  it('that are packed are not counted anew', async () => {
    const packed = (year: number) =>
      timed(`${year}.json`, `days since ${year}-01-01`, int64(10n), '<i8', { scale_factor: 0.1 });
    await expect(times(packed(2000), packed(2001))).rejects.toThrow('attribute units is "days since 2000-01-01"');
  });

  it('that are missing by the fill value of the array stay so', async () => {
    const filled = (year: number, value: bigint) =>
      named(`${year}.json`, {
        ...variable('time', [1], [1], ['time'], {
          zarray: { dtype: '<i8', fill_value: -9999 },
          zattrs: { units: `days since ${year}-01-01` },
        }),
        'time/0': `base64:${Buffer.from(int64(value)).toString('base64')}`,
      });
    expect(await times(filled(2000, 1n), filled(2001, -9999n))).toMatchObject({ values: [1n, -9999n] });
    // 2000 has 366 days: this one would be taken for missing.
    await expect(times(filled(2000, 1n), filled(2001, -10_365n))).rejects.toThrow(
      '-10365 in 2001.json, in "days since 2001-01-01", is -9999 in "days since 2000-01-01"',
    );
  });

  describe('with bounds', () => {
    const bounded = (year: number, data: JsonValue, of = 'bounds', bounds: JsonObject = {}) =>
      named(`${year}.json`, {
        ...variable('time', [1], [1], ['time'], {
          zarray: { dtype: '<f8' },
          zattrs: { units: `days since ${year}-01-01`, [of]: 'span' },
        }),
        'time/0': `base64:${Buffer.from(float64(0.5)).toString('base64')}`,
        ...variable('span', [1, 2], [1, 2], ['time', 'nv'], { zarray: { dtype: '<f8' }, zattrs: bounds }),
        'span/0.0': data,
      });
    const day = `base64:${Buffer.from(new Float64Array([0, 1]).buffer).toString('base64')}`;
    const spans = async (...sets: ReturnType<typeof named>[]) => {
      const { manifest } = await concatenateManifests(sets, 'time');
      const span = manifest.arrays.find(({ array }) => array.path === 'span');
      if (span === undefined) throw new Error('There are no bounds.');
      const values = await inlineValues(span);
      return { values: [0, 1, 2, 3].map((at) => valueAt(values, at)), attributes: span.array.attributes };
    };

    // 2000 has 366 days.
    it.each(['bounds', 'climatology'])('count these in the unit of the coordinate (%s)', async (of) => {
      expect(await spans(bounded(2000, day, of), bounded(2001, day, of))).toEqual({
        values: [0, 1, 366, 367],
        attributes: { _ARRAY_DIMENSIONS: ['time', 'nv'] },
      });
    });

    it('refuse those whose values are elsewhere', async () => {
      const sets = [2000, 2001].map((year) => bounded(year, [`${year}.bin`, 0, 16]));
      await expect(concatenateManifests(sets, 'time')).rejects.toThrow(
        '"span" cannot be concatenated: attribute units of "time", whose bounds it has, is "days since 2000-01-01" in 2000.json and "days since 2001-01-01" in 2001.json',
      );
    });

    it('take the calendar of the coordinate where they state units alone', async () => {
      const set = (year: number) => {
        const made = bounded(year, day, 'bounds', { units: `days since ${year}-01-01` });
        for (const { array } of made.manifest.arrays) {
          if (array.path === 'time') array.attributes.calendar = 'noleap';
        }
        return made;
      };
      expect((await spans(set(2000), set(2001))).values).toEqual([0, 1, 365, 366]);
    });

    it('are found along a new dimension too', async () => {
      const scalar = (year: number) => {
        const zattrs = { units: `days since ${year}-01-01`, bounds: 'span' };
        return named(`${year}.json`, {
          ...variable('time', [], [], [], { zarray: { dtype: '<f8' }, zattrs }),
          'time/0': `base64:${Buffer.from(float64(0.5)).toString('base64')}`,
          ...variable('span', [2], [2], ['nv'], { zarray: { dtype: '<f8' } }),
          'span/0': day,
        });
      };
      expect((await spans(scalar(2000), scalar(2001))).values).toEqual([0, 1, 366, 367]);
    });
  });
});
