import { describe, expect, it } from 'vitest';
import { KerchunkError } from '../../../../src/errors';
import { readRecordFile, type RecordRows } from '../../../../src/references/parquet/record-file';
import { parquetFixture } from '../../../support/folder';
import { mutate, Random } from '../../../fuzz/random';

const URL = 'https://example.org/scene.tif';

function readBytes(bytes: Uint8Array): Promise<RecordRows> {
  const read = (offset: number, length: number): Promise<Uint8Array> =>
    Promise.resolve(bytes.slice(offset, offset + length));
  return readRecordFile({ size: bytes.length, read });
}

const readFixture = async (name: string): Promise<RecordRows> =>
  readBytes(await parquetFixture(`records/${name}.parq`));
const numbers = (column: ArrayLike<unknown> | undefined): number[] => Array.from(column ?? [], Number);

describe('record files', () => {
  it.each(['good', 'snappy', 'plain', 'pages2', 'delta', 'row-groups', 'int32', 'uint64', 'more-columns'])(
    'reads what Arrow writes: %s',
    async (name) => {
      const rows = await readFixture(name);
      expect(rows.faults).toEqual([]);
      expect(rows.count).toBe(2);
      expect(Array.from(rows.path ?? [])).toEqual([URL, URL]);
      expect(numbers(rows.offset)).toEqual([0, 2]);
      expect(numbers(rows.size)).toEqual([2, 2]);
      expect(Array.from(rows.raw ?? [], (value) => value ?? null)).toEqual([null, null]);
    },
  );

  it('leaves binary as it is', async () => {
    const { raw, path } = await readFixture('only-raw');
    expect(path).toBeUndefined();
    expect(Array.from(raw ?? [])).toEqual([new Uint8Array([0x00, 0xff]), new Uint8Array([0x80, 0x81])]);
  });

  it('reads a dictionary of fastparquet, and its padding', async () => {
    const { count, path, offset } = await readBytes(await parquetFixture('sets/kerchunk/time/refs.0.parq'));
    expect(count).toBe(12);
    expect(new Set(Array.from(path ?? []))).toEqual(new Set(['s3://bucket/other.nc']));
    expect(numbers(offset)).toEqual(Array.from({ length: 12 }, (_, i) => 2 ** 40 + 8 * i));
  });

  it.each([
    ['no-offset', 'missing', 'The file has no "offset"; a record file has path, offset and size, or raw, or all four.'],
    [
      'only-path',
      'missing',
      'The file has no "offset" and no "size"; a record file has path, offset and size, or raw, or all four.',
    ],
    [
      'only-numbers',
      'missing',
      'The file has no "path"; a record file has path, offset and size, or raw, or all four.',
    ],
    ['offset-float', 'type', 'The column "offset" is floating point (DOUBLE); it must be integers (INT64).'],
    ['offset-text', 'type', 'The column "offset" is text; it must be integers (INT64).'],
    ['path-binary', 'type', 'The column "path" is binary; it must be text (BYTE_ARRAY, UTF8).'],
    ['raw-list', 'type', 'The column "raw" is nested; it must be binary (BYTE_ARRAY without a logical type).'],
  ])('tells what is wrong with the columns: %s', async (name, kind, message) => {
    const rows = await readFixture(name);
    expect(rows.faults).toEqual([{ kind, message }]);
    expect(rows.isReadable).toBe(false);
  });

  it('says which compression is not read', async () => {
    await expect(readFixture('gzip')).rejects.toMatchObject({
      code: 'unsupported-codec',
      message: 'its pages are compressed with GZIP, which is not read here',
    });
  });

  it.each([
    ['an empty file', new Uint8Array(), 'it is empty'],
    ['a text', new TextEncoder().encode('path,offset,size,raw'), 'it is no Parquet file (it does not begin with PAR1)'],
    ['a stub', new TextEncoder().encode('PAR1PAR1'), 'it is no Parquet file (it does not begin with PAR1)'],
  ])('refuses %s', async (_, bytes, message) => {
    await expect(readBytes(bytes)).rejects.toMatchObject({ code: 'malformed-reference', message });
  });

  it('refuses a file that was cut off, wherever', async () => {
    const whole = await parquetFixture('records/good.parq');
    for (let length = 12; length < whole.length; length++) {
      const cut = readBytes(whole.slice(0, length));
      await expect(cut, `${length} bytes`).rejects.toMatchObject({ code: 'malformed-reference', message: /cut off/u });
    }
  });

  it.each(['plain', 'good', 'pages2', 'delta', 'snappy'])(
    'ends soon on damaged bytes, and throws nothing strange: %s',
    async (name) => {
      const whole = await parquetFixture(`records/${name}.parq`);
      const random = new Random(7);
      for (let round = 0; round < 100; round++) {
        const damaged = mutate(whole, random);
        // One byte and no more leaves most of the structure.
        const one = whole.slice();
        one[random.below(one.length)] = random.below(256);
        for (const bytes of [damaged, one]) {
          try {
            await readBytes(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(KerchunkError);
          }
        }
      }
    },
  );
});
