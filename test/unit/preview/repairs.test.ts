import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compactJson, type JsonValue } from '../../../src/json';
import { describeEncoding } from '../../../src/preview/encoding-details';
import { whatIf } from '../../../src/preview/what-if';
import { documentOf, inline, never, preview, zarrayOf } from './harness';

const values = Uint16Array.of(1, 2, 3, 65535);
const bytes = new Uint8Array(values.buffer);

async function offered(zarray: Record<string, JsonValue>, chunk: Uint8Array) {
  const document = documentOf({ 'a/.zarray': zarray, 'a/0.0': inline(chunk) });
  await preview(document, 'a', [0, 0]);
  return (await describeEncoding(document, 'a', [0, 0], never)).repairs;
}

const titles = (repairs: { title: string }[]): string[] => repairs.map(({ title }) => title);

describe('likely repairs', () => {
  it('are of the numbers: byte order, sign and predictor', async () => {
    const repairs = await offered(zarrayOf([2, 2], [2, 2], '<u2', { fill_value: 65535 }), bytes);
    expect(titles(repairs)).toEqual([
      'With imagecodecs_delta',
      'As big-endian numbers',
      'As signed integers of 16 bits',
    ]);
    // 65535 of 16 bits is -1 with a sign.
    expect(repairs.map(({ encoding }) => [encoding.dtype, encoding.fillValue])).toEqual([
      ['"<u2"', '65535'],
      ['">u2"', '65535'],
      ['"<i2"', '-1'],
    ]);
  });

  it.each([
    ['gzip', gzipSync(bytes), 'With gzip'],
    ['zlib', deflateSync(bytes), 'With zlib'],
  ])('are of the stored bytes: %s that nothing undoes', async (id, stored, title) => {
    const [first] = await offered(zarrayOf([2, 2], [2, 2], '<u2'), new Uint8Array(stored));
    expect(first?.title).toBe(title);
    expect(first?.encoding.codecs.map(({ place, text }) => [place, (JSON.parse(text) as { id: string }).id])).toEqual([
      ['compressor', id],
    ]);
  });

  it('are of the stored bytes: a compressor where nothing is compressed', async () => {
    const zarray = zarrayOf([2, 2], [2, 2], '<u2', { compressor: { id: 'zlib', level: 1 } });
    const document = documentOf({ 'a/.zarray': zarray, 'a/0.0': inline(bytes) });
    expect(await preview(document, 'a', [0, 0])).toMatchObject({
      outcome: { kind: 'failed' },
      stopped: { name: 'zlib' },
    });
    const [first] = (await describeEncoding(document, 'a', [0, 0], never)).repairs;
    expect(first).toMatchObject({ title: 'Without zlib', encoding: { codecs: [] } });
    if (first === undefined) return;
    const { result } = await whatIf(document, { path: 'a', indices: [0, 0], encoding: first.encoding }, never);
    expect(result?.outcome).toMatchObject({ values: { statistics: { minimum: '1', maximum: '65535' } } });
  });

  it('are of floats: their predictor, and integers of as many bits', async () => {
    const floats = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
    const repairs = await offered(zarrayOf([2, 2], [2, 2], '<f4', { fill_value: 'NaN' }), floats);
    expect(titles(repairs)).toEqual([
      'With imagecodecs_floatpred',
      'As big-endian numbers',
      'As unsigned integers of 32 bits',
      'As signed integers of 32 bits',
    ]);
    expect(repairs[2]?.encoding).toMatchObject({ dtype: '"<u4"', fillValue: 'null' });
  });

  it('turn the types that codecs name, too', async () => {
    const scale = { id: 'fixedscaleoffset', scale: 10, offset: 0, dtype: '<f4', astype: '<u2' };
    const zarray = zarrayOf([2, 2], [2, 2], '<f4', { filters: [scale] });
    const repairs = await offered(zarray, bytes);
    const turned = repairs.find(({ title }) => title === 'As big-endian numbers');
    expect(turned?.encoding.dtype).toBe('">f4"');
    expect(compactJson(turned?.encoding.codecs[0]?.text ?? '')).toBe(
      JSON.stringify({ ...scale, dtype: '>f4', astype: '>u2' }),
    );
    const signed = repairs.find(({ title }) => title === 'As signed integers of 16 bits');
    expect(signed?.encoding.dtype).toBe('"<f4"');
    expect(JSON.parse(signed?.encoding.codecs[0]?.text ?? '')).toEqual({ ...scale, astype: '<i2' });
  });
});
