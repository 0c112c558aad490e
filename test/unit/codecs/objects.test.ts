import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { filledArray } from '../../../src/codecs/fill';
import type { JsonObject } from '../../../src/json';
import { cropped } from '../../../src/read/inside';
import { isAllFill } from '../../../src/preview/summary';
import { statistics } from '../../../src/picture/statistics';
import { parseJson } from '../../../src/references/parse';
import { parseDataType } from '../../../src/zarr/data-type';
import type { NdArray } from '../../../src/zarr/types';
import { valueAt } from '../../../src/zarr/values';
import { arrayOf, repoRoot } from './fixtures';

interface Fixture {
  name: string;
  chunks: number[];
  order: string;
  filters: JsonObject[];
  stored: string;
  expected: unknown[];
}

const fixtures = parseJson(
  await readFile(path.join(repoRoot, 'test/fixtures/codecs/objects.json')),
) as unknown as Fixture[];

/** Bytes as the fixtures write them, large integers as numbers. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') };
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

function bytesOf({ stored }: Fixture): Uint8Array {
  return new Uint8Array(Buffer.from(stored, 'base64'));
}

function named(name: string): Fixture {
  const found = fixtures.find((fixture) => fixture.name === name);
  if (found === undefined) throw new Error(`There is no fixture "${name}".`);
  return found;
}

async function failure(stored: Uint8Array, chunks: number[], dtype: string, filters: JsonObject[]): Promise<Error> {
  const error: unknown = await decodeChunk(stored, arrayOf(chunks, dtype, null, filters)).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

describe('chunks of Python objects', () => {
  it('there are fixtures', () => {
    expect(fixtures.length).toBeGreaterThan(15);
  });

  it.each(fixtures)('$name', async (fixture) => {
    const array = arrayOf(fixture.chunks, '|O', null, fixture.filters, { order: fixture.order });
    const { array: decoded, stages } = await decodeChunk(bytesOf(fixture), array);
    expect(decoded.objects?.map(plain)).toEqual(fixture.expected.map(plain));
    expect(decoded.data).toHaveLength(0);
    expect(stages.map(({ name }) => name)).toEqual([
      'stored',
      ...fixture.filters.map(({ id }) => id).reverse(),
      'array',
    ]);
  });

  it('keep integers that a double would round', async () => {
    const fixture = named('json2 of a large integer');
    const { array } = await decodeChunk(bytesOf(fixture), arrayOf(fixture.chunks, '|O', null, fixture.filters));
    expect(array.objects).toEqual([2n ** 60n, -(2n ** 60n), 12345678901234567890n]);
  });

  it.each<[string, string, number[], string, JsonObject[], RegExp]>([
    [
      'fewer than the chunk has',
      'vlen-utf8',
      [7],
      '|O',
      [{ id: 'vlen-utf8' }],
      /6 objects, but the chunk shape needs 7/u,
    ],
    ['of another dtype', 'vlen-utf8', [6], '<U4', [{ id: 'vlen-utf8' }], /Python objects, but the dtype is <U4/u],
    ['that no codec makes', 'vlen-utf8', [6], '|O', [{ id: 'crc32' }], /sum/u],
    ['from no codec at all', 'vlen-utf8', [6], '|O', [], /no codec makes any of the bytes/u],
    [
      'not from the first codec',
      'vlen-utf8',
      [6],
      '|O',
      [{ id: 'crc32' }, { id: 'vlen-utf8' }],
      /given Python objects/u,
    ],
    ['that are not UTF-8', 'vlen-bytes', [3], '|O', [{ id: 'vlen-utf8' }], /Element 1 is not UTF-8/u],
    ['that no list holds', 'vlen-bytes', [3], '|O', [{ id: 'json2' }], /not utf-8 text/u],
    ['that no message holds', 'vlen-bytes', [3], '|O', [{ id: 'msgpack2' }], /not MessagePack|not a list/u],
    ['with an encoding that is none', 'vlen-bytes', [3], '|O', [{ id: 'json2', encoding: 'klingon' }], /"encoding"/u],
  ])('%s are refused', async (_name, fixture, chunks, dtype, filters, says) => {
    expect((await failure(bytesOf(named(fixture)), chunks, dtype, filters)).message).toMatch(says);
  });

  it.each([
    [
      'a count that the bytes do not hold',
      [0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 65],
      /inside element 1 of 4,294,967,295/u,
    ],
    ['a length that they do not hold', [1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 65], /inside element 0 of 1/u],
    ['too few bytes to count', [1, 0], /too few/u],
  ])('%s', async (_name, bytes, says) => {
    for (const id of ['vlen-utf8', 'vlen-bytes']) {
      expect((await failure(Uint8Array.from(bytes), [1], '|O', [{ id }])).message).toMatch(says);
    }
  });

  it('a list that MessagePack only declares is not made', async () => {
    const bytes = Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff, 1);
    expect((await failure(bytes, [1], '|O', [{ id: 'msgpack2' }])).message).toMatch(/not MessagePack/u);
  });

  it('JSON that is nested without end is refused', async () => {
    const bytes = new TextEncoder().encode('['.repeat(200_000));
    expect(await failure(bytes, [1], '|O', [{ id: 'json2' }])).toMatchObject({ code: 'decode-failed' });
  });
});

describe('arrays of Python objects', () => {
  const object = parseDataType('|O');
  const array: NdArray = {
    dataType: object,
    shape: [2, 3],
    data: new Uint8Array(),
    objects: ['text', Uint8Array.of(1, 255), null, [1, 'a', NaN], { key: [true] }, 2n ** 60n],
  };

  it('have a text for each element', () => {
    const texts = ['text', '0x01ff', 'null', '[1, "a", NaN]', '{"key": [true]}', '1152921504606846976'];
    expect(texts.map((_, i) => valueAt(array, i))).toEqual(texts);
  });

  it('are counted and no more', () => {
    expect(statistics(array)).toMatchObject({ count: 6, valid: 6, minimum: null });
  });

  it('are cut at the edge of the array', () => {
    expect(cropped(array, [2, 1]).objects).toEqual(['text', [1, 'a', NaN]]);
  });

  it('are the fill value where nothing is stored', () => {
    const filled = filledArray([2], object, '');
    expect(filled.objects).toEqual(['', '']);
    expect(isAllFill(filled, statistics(filled), '')).toBe(true);
    expect(isAllFill(array, statistics(array), 'text')).toBe(false);
    expect(() => filledArray([2 ** 12, 2 ** 13], object, '')).toThrow('33554432 objects');
  });
});
