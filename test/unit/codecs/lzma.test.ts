import { describe, expect, it } from 'vitest';
import { decodeChunk } from '../../../src/codecs/decode';
import { crc32 } from '../../../src/codecs/checksums';
import type { JsonObject } from '../../../src/json';
import { arrayOf, readCases } from './fixtures';

const cases = await readCases();

function stored(name: string): Uint8Array {
  const found = cases.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`There is no case "${name}".`);
  return found.stored.slice();
}

async function failure(bytes: Uint8Array, config: JsonObject = {}, count = 600): Promise<Error> {
  const error: unknown = await decodeChunk(bytes, arrayOf([count], '<i2', { id: 'lzma', ...config })).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

/** Turns one bit of a byte counted from the end. */
function damagedFromEnd(bytes: Uint8Array, place: number): Uint8Array {
  const at = bytes.length - place;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
}

/** Writes the CRC32 of bytes 12 to `end` behind them: the block header of an .xz file. */
function sealBlockHeader(bytes: Uint8Array, end: number): Uint8Array {
  new DataView(bytes.buffer).setUint32(end, crc32(bytes.subarray(12, end)), true);
  return bytes;
}

/** Behind the check come an index of 12 bytes (16 where a size takes more) and a footer of 12. */
const INDEX_AND_FOOTER = 24;

describe('what the check of an .xz block finds', () => {
  it.each([
    ['lzma, xz, check CRC32', /CRC32 of the decoded bytes should be 0x[0-9a-f]{8} and is 0x[0-9a-f]{8}/u],
    ['lzma, xz, check CRC64', /CRC64 of the decoded bytes should be 0x[0-9a-f]{16} and is 0x[0-9a-f]{16}/u],
    ['lzma, xz, check SHA-256', /SHA-256 of the decoded bytes should be 0x[0-9a-f]{64} and is 0x[0-9a-f]{64}/u],
  ])('%s', async (name, says) => {
    expect(await failure(damagedFromEnd(stored(name), INDEX_AND_FOOTER + 1))).toMatchObject({
      code: 'decode-failed',
      message: expect.stringMatching(says) as string,
    });
  });

  it.each([
    ['the header', 8, /CRC32 of the stream header/u],
    ['the block header', 14, /CRC32 of the block header/u],
  ])('%s', async (_part, at, says) => {
    const bytes = stored('lzma, xz');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect((await failure(bytes)).message).toMatch(says);
  });

  it.each([
    ['the index', 16, /index/u],
    ['the footer', 10, /CRC32 of the stream footer|footer does not fit/u],
    ['the last bytes', 1, /footer does not fit/u],
  ])('%s', async (_part, place, says) => {
    expect((await failure(damagedFromEnd(stored('lzma, xz'), place))).message).toMatch(says);
  });
});

describe('what is not decoded', () => {
  it('filters for machine code, by name', async () => {
    const bytes = stored('lzma, xz, delta');
    // The first filter of the block header: delta (3) becomes BCJ for x86 (4).
    expect(bytes[14]).toBe(3);
    bytes[14] = 4;
    expect(await failure(sealBlockHeader(bytes, 20))).toMatchObject({
      code: 'unsupported-codec',
      message: expect.stringContaining('the filter BCJ for x86') as string,
    });
  });

  it.each<[string, JsonObject, RegExp]>([
    ['another format', { format: 7 }, /"format" is 7/u],
    ['raw data without filters', { format: 3 }, /"filters" does not list/u],
    ['an empty list of filters', { format: 3, filters: [] }, /"filters" does not list/u],
    ['a filter without a number', { format: 3, filters: [{}] }, /no number as its "id"/u],
    ['a distance of 0', { format: 3, filters: [{ id: 3, dist: 0 }, { id: 33 }] }, /"dist" of the delta filter is 0/u],
    ['a filter for machine code', { format: 3, filters: [{ id: 7 }, { id: 33 }] }, /BCJ for ARM/u],
    ['delta at the end', { format: 3, filters: [{ id: 33 }, { id: 3 }] }, /the filter number 0x21/u],
    ['properties out of range', { format: 3, filters: [{ id: 0x4000000000000001n, lc: 9 }] }, /"lc" of the LZMA/u],
  ])('%s', async (_name, config, says) => {
    expect((await failure(stored('lzma, raw'), config)).message).toMatch(says);
  });
});

describe('sizes', () => {
  it('a stream that gives more than the chunk stops there', async () => {
    const error = await failure(stored('lzma, xz of zeros'), {}, 10);
    expect(error).toMatchObject({ code: 'decode-failed' });
    expect(error.message).toMatch(/more than [\d,]+ bytes, but the chunk shape and dtype need 20/u);
  });

  it('a size that only the header of .lzma declares allocates nothing', async () => {
    const bytes = stored('lzma, alone, with its size');
    new DataView(bytes.buffer).setBigUint64(5, 2n ** 40n, true);
    expect((await failure(bytes, { format: 2 })).message).toContain('1,099,511,627,776 bytes');
  });

  it('LZMA2 whose state is reset every few bytes takes no long time', async () => {
    // 100 zeros as Python's lzma writes them; then the same again and again, with a state reset alone (Python reads it as 14,745,600 zeros).
    const code = [0, 99, 0, 6, 0, 0, 0x6e, 0xa0, 0x45, 0x78, 0];
    const more = 147_455;
    const bytes = new Uint8Array(13 + 12 * more + 1);
    bytes.set([0xe0, ...code.slice(0, 4), 93, ...code.slice(4)]);
    for (let i = 0; i < more; i++) bytes.set([0xa0, ...code], 13 + 12 * i);
    const array = arrayOf([14_745_600], '|u1', { id: 'lzma', format: 3, filters: [{ id: 33 }] });
    const start = performance.now();
    const { data } = (await decodeChunk(bytes, array)).array;
    expect(performance.now() - start).toBeLessThan(2000);
    expect(data.length).toBe(14_745_600);
    expect(data.every((value) => value === 0)).toBe(true);
  });

  it('LZMA2 that points back beyond its start', async () => {
    // A chunk that resets all with lc 3, lp 0, pb 2; its code makes the first symbol a match.
    const bytes = Uint8Array.from([0xe0, 0, 9, 0, 9, 93, 0, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0]);
    expect((await failure(bytes, { format: 3, filters: [{ id: 33 }] })).message).toMatch(/points? .*back|damaged/u);
  });
});
