import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { placeArray } from '../../../src/stack/group-arrays';
import { type Place, placeKindOf } from '../../../src/stack/places';

/** The attributes, the type and the bytes of the only chunk of a coordinate. */
async function coordinate(places: Place[]) {
  const { array, document, entries } = await placeArray('', 'time', places, placeKindOf(places));
  const [[, entry] = []] = [...entries()];
  if (entry?.kind !== 'inline') throw new Error('The coordinate stands in the set itself.');
  const { buffer, byteOffset, length } = new Uint8Array(inflateSync(entry.bytes));
  return { attributes: array.attributes, dtype: document.dtype, view: new DataView(buffer, byteOffset, length) };
}

describe('dates along the new dimension', () => {
  it.each([
    // Days from 1970-01-01: 52 * 365 + 13 leap days - 1 is 2021-12-31; each has 86,400,000,000 microseconds.
    ['a day', 18_992n * 86_400_000_000n],
    ['a time with milliseconds', 18_992n * 86_400_000_000n + 37_431_024_000n],
    ['a time before 1970', -1n],
  ])('are int64 microseconds since 1970-01-01: %s', async (_, instant) => {
    const { attributes, dtype, view } = await coordinate([instant]);
    expect(dtype).toBe('<i8');
    expect(view.getBigInt64(0, true)).toBe(instant);
    expect(attributes).toMatchObject({ units: 'microseconds since 1970-01-01', calendar: 'proleptic_gregorian' });
  });
});
