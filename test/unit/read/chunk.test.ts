import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../../../src/codecs/decode-error';
import { readChunk } from '../../../src/read/chunk';
import type { Request } from './harness';
import { byteGrid, lookup, openerOf, zarray } from './harness';

describe('one chunk', () => {
  it('of a range: what was asked for, every stage, the values', async () => {
    const array = zarray([2, 2], [2, 2], '>u2', { compressor: { id: 'zlib' } });
    const stored = deflateSync(Uint8Array.of(0, 1, 0, 2, 1, 0, 255, 255));
    const file = Buffer.concat([Buffer.alloc(5), stored, Buffer.alloc(5)]);
    const set = lookup(
      { '0.0': { kind: 'range', url: 'f.bin', offset: 5, length: stored.length } },
      'https://x.test/d/r.json',
    );
    const requests: Request[] = [];
    const reading = await readChunk(set, array, [0, 0], openerOf({ 'https://x.test/d/f.bin': file }, requests));
    expect(reading.request).toEqual({ url: 'https://x.test/d/f.bin', start: 5, end: 4 + stored.length });
    expect(reading.reference).toMatchObject({ kind: 'range', url: 'https://x.test/d/f.bin' });
    expect(reading.decoded?.stages.map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ['stored', stored.length],
      ['zlib', 8],
      ['array', 8],
    ]);
    expect([...new Uint16Array(reading.array.data.slice().buffer)]).toEqual([1, 2, 256, 65535]);
    expect(requests).toHaveLength(1);
  });

  it('at the edge has the whole chunk shape', async () => {
    const { array, references, file } = byteGrid([7, 10], [3, 4]);
    const reading = await readChunk(lookup(references), array, [2, 2], openerOf({ 'https://x.test/f': file }));
    expect(reading.array).toMatchObject({ shape: [3, 4] });
    expect(reading.array.data).toHaveLength(12);
  });

  it('that is a whole file, inline, or absent', async () => {
    const array = zarray([3], [1], '|i1', { fill_value: -7 });
    const set = lookup({
      '0': { kind: 'file', url: 'https://x.test/one' },
      '1': { kind: 'inline', bytes: Uint8Array.of(5) },
    });
    const opener = openerOf({ 'https://x.test/one': Uint8Array.of(3) });
    const whole = await readChunk(set, array, [0], opener);
    expect(whole).toMatchObject({ request: { url: 'https://x.test/one', start: 0, end: 0 } });
    expect([...whole.array.data]).toEqual([3]);
    const inline = await readChunk(set, array, [1], opener);
    expect(inline.request).toBeUndefined();
    expect([...inline.array.data]).toEqual([5]);
    const absent = await readChunk(set, array, [2], opener);
    expect(absent.decoded).toBeUndefined();
    expect([...absent.array.data]).toEqual([249]);
  });

  it('fails by its own kind of failure', async () => {
    const array = zarray([4], [1], '<u4');
    const set = lookup({
      '0': { kind: 'range', url: 'https://x.test/none', offset: 0, length: 4 },
      '1': { kind: 'range', url: 'https://x.test/f', offset: 2, length: 4 },
      '2': { kind: 'range', url: 'https://x.test/f', offset: 0, length: 3 },
      '3': { kind: 'range', url: 'f', offset: 0, length: 4 },
    });
    const opener = openerOf({ 'https://x.test/f': new Uint8Array(4) });
    const failure = (index: number): Promise<unknown> =>
      readChunk(set, array, [index], opener).then(
        () => 'read',
        (error: unknown) => error,
      );
    expect(await failure(0)).toMatchObject({ code: 'fetch-failed' });
    expect(await failure(1)).toMatchObject({ code: 'short-read' });
    const decoding = await failure(2);
    expect(decoding).toBeInstanceOf(DecodeError);
    expect(decoding).toMatchObject({ code: 'decode-failed', stages: [{ name: 'stored' }] });
    expect(await failure(3)).toMatchObject({ code: 'invalid-argument' });
    expect(await failure(4)).toMatchObject({ code: 'invalid-argument' });
  });
});
