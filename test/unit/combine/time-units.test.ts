import { describe, expect, it } from 'vitest';
import { concatenateManifests } from '../../../src/combine/concatenate';
import { inlineValues } from '../../../src/combine/values';
import type { JsonObject, JsonValue } from '../../../src/json';
import { valueAt } from '../../../src/zarr/values';
import { named, variable } from './sets';

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
});
