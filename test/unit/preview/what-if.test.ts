import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { spacedJson, type JsonValue } from '../../../src/json';
import { describeEncoding } from '../../../src/preview/encoding-details';
import type { Encoding } from '../../../src/preview/encoding-text';
import { stageBytes, whatIf } from '../../../src/preview/what-if';
import type { Request } from '../read/harness';
import { documentOf, inline, never, preview, url, zarrayOf } from './harness';

/** 3 x 4 values and their differences along rows, by hand. */
const truth = Uint16Array.of(10, 12, 15, 14, 20, 20, 21, 30, 5, 4, 3, 2);
const differences = Uint16Array.of(10, 2, 3, 65535, 20, 0, 1, 9, 5, 65535, 65535, 65535);
/** What numcodecs' delta makes of them: numpy.cumsum(differences, dtype='u2'). */
const summed = Uint16Array.of(10, 12, 15, 14, 34, 34, 35, 44, 49, 48, 47, 46);

const bytesOf = (values: ArrayBufferView): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
const stored = new Uint8Array(deflateSync(bytesOf(differences)));
const delta = { id: 'delta', dtype: '<u2', astype: '<u2' };
const zlib = { id: 'zlib', level: 6 };
const rowwise = '{"id":"imagecodecs_delta","axis":-1,"dist":1,"shape":[3,4],"dtype":"<u2"}';

function drifting(requests: Request[] = [], more: Record<string, JsonValue> = {}) {
  const metadata = zarrayOf([3, 4], [3, 4], '<u2', { filters: [delta], compressor: zlib, fill_value: 0, ...more });
  return documentOf({ 'a/.zarray': metadata, 'a/0.0': [url, 2, stored.length] }, { [url]: padded(stored) }, requests);
}

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.alloc(2), bytes]);
}

async function encodingAt(document: ReturnType<typeof documentOf>): Promise<Encoding> {
  return (await describeEncoding(document, 'a', [0, 0], never)).encoding;
}

async function tried(document: ReturnType<typeof documentOf>, encoding: Encoding) {
  const { faults, result } = await whatIf(document, { path: 'a', indices: [0, 0], encoding }, never);
  const values = result?.outcome.kind === 'values' ? result.outcome.values : undefined;
  return { faults, result, values };
}

describe('the encoding of an array', () => {
  it('is what the metadata write, filters before the compressor', async () => {
    expect(await encodingAt(drifting())).toEqual({
      dtype: '"<u2"',
      order: '"C"',
      fillValue: '0',
      codecs: [
        { place: 'filter', text: spacedJson(JSON.stringify(delta)) },
        { place: 'compressor', text: spacedJson(JSON.stringify(zlib)) },
      ],
    });
  });

  it('keeps the digits of numbers, as a string in the text too', async () => {
    const zarray =
      '{"zarr_format": 2, "shape": [1], "chunks": [1], "dtype": "<f8", "fill_value": 1.50, "order": "C",' +
      '\n "filters": [{"id": "fixedscaleoffset", "scale": 10000.0, "offset": 1e-1, "dtype": "<f8"}], "compressor": null}';
    const { encoding } = await describeEncoding(documentOf({ 'a/.zarray': zarray }), 'a', [0], never);
    expect(encoding.fillValue).toBe('1.50');
    expect(encoding.codecs[0]?.text).toBe(
      '{"id": "fixedscaleoffset", "scale": 10000.0, "offset": 1e-1, "dtype": "<f8"}',
    );
  });

  it('of zarr v3 is its codecs, and has no order', async () => {
    const codecs = [
      { name: 'bytes', configuration: { endian: 'big' } },
      { name: 'gzip', configuration: { level: 1 } },
    ];
    const { encoding } = await describeEncoding(documentOf(zarr3(codecs)), 'a', [0, 0], never);
    expect(encoding).toEqual({
      dtype: '"uint16"',
      order: null,
      fillValue: '0',
      codecs: codecs.map((codec) => ({ place: 'codec', text: spacedJson(JSON.stringify(codec)) })),
    });
  });
});

/** Values of `truth`, big-endian. */
const bigEndian = Buffer.from(bytesOf(truth)).swap16();

function zarr3(codecs: JsonValue[], chunk: Uint8Array = new Uint8Array(gzipSync(bigEndian))) {
  const metadata = {
    zarr_format: 3,
    node_type: 'array',
    shape: [3, 4],
    data_type: 'uint16',
    chunk_grid: { name: 'regular', configuration: { chunk_shape: [3, 4] } },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    fill_value: 0,
    codecs,
  };
  return { 'a/zarr.json': metadata, 'a/c/0/0': inline(chunk) };
}

describe('whatIf', () => {
  it('gives the true values with another codec, and fetches nothing again', async () => {
    const requests: Request[] = [];
    const document = drifting(requests);
    await preview(document, 'a', [0, 0]);
    const fetched = requests.length;
    const encoding = await encodingAt(document);
    const asked = requests.length;
    const present = await tried(document, encoding);
    expect(new Uint16Array(present.values?.data ?? new ArrayBuffer(0))).toEqual(summed);
    const codecs = encoding.codecs.with(0, { place: 'filter', text: rowwise });
    const { faults, values, result } = await tried(document, { ...encoding, codecs });
    expect(faults).toEqual([]);
    expect(new Uint16Array(values?.data ?? new ArrayBuffer(0))).toEqual(truth);
    expect(values?.statistics).toMatchObject({ minimum: '2', maximum: '30', valid: 12 });
    expect(result?.stages.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['stored', stored.length],
      ['zlib', 24],
      ['imagecodecs_delta', 24],
      ['array', 24],
    ]);
    // Offers may look at the file behind the array; the chunk itself is fetched once.
    expect(requests.slice(asked)).toEqual([]);
    expect(requests.slice(0, fetched)).toContainEqual({ url, offset: 2, length: stored.length });
    expect(new TextDecoder().decode(document.text)).toContain('"id":"delta"');
  });

  it('pictures what is an array: the differences, and what is made of them', async () => {
    const document = drifting();
    const { stages } = await preview(document, 'a', [0, 0]);
    expect(stages.map(({ name, picture }) => [name, picture?.dtype, picture?.shape])).toEqual([
      ['stored', undefined, undefined],
      ['zlib', '<u2', [3, 4]],
      ['delta', '<u2', [3, 4]],
      ['array', '<u2', [3, 4]],
    ]);
    expect(new Uint16Array(stages[1]?.picture?.data ?? new ArrayBuffer(0))).toEqual(differences);
    expect(new Uint16Array(stages[3]?.picture?.data ?? new ArrayBuffer(0))).toEqual(summed);
    expect(stages[1]).toMatchObject({ words: 'inflates', config: '{"level": 6}' });
  });

  it('thins the pictures of large stages to every so many rows and columns', async () => {
    const side = 300;
    const values = Uint16Array.from({ length: side * side }, (_, at) => at % 60_000);
    const metadata = zarrayOf([side, side], [side, side], '>u2');
    const big = Buffer.from(bytesOf(values)).swap16();
    const { stages } = await preview(documentOf({ 'a/.zarray': metadata, 'a/0.0': inline(big) }), 'a', [0, 0]);
    // 300 / 3 = 100 of each; element [1, 1] of the picture is [3, 3] of the chunk.
    for (const stage of stages) {
      expect(stage.picture).toMatchObject({ shape: [100, 100], step: 3 });
      expect(new Uint16Array(stage.picture?.data ?? new ArrayBuffer(0))[101]).toBe(3 * side + 3);
    }
    expect(stages.map(({ name }) => name)).toEqual(['stored', 'array']);
  });

  it('names the step at which it stops, with the bytes before it', async () => {
    const document = drifting();
    const encoding = await encodingAt(document);
    const narrow = await tried(document, { ...encoding, dtype: '"|u1"', codecs: encoding.codecs.slice(1) });
    expect(narrow.result?.outcome).toMatchObject({ kind: 'failed', code: 'decode-failed' });
    expect(narrow.result?.stopped).toMatchObject({ name: 'zlib' });
    const unknown = await tried(document, {
      ...encoding,
      codecs: encoding.codecs.with(0, { place: 'filter', text: '{"id":"jetraw"}' }),
    });
    expect(unknown.result?.stopped).toMatchObject({ name: 'jetraw', words: 'not decoded here' });
    expect(unknown.result?.stages.map(({ name }) => name)).toEqual(['stored', 'zlib']);
    expect(unknown.result?.outcome).toMatchObject({ kind: 'failed', code: 'unsupported-codec' });
    const wide = await tried(document, { ...encoding, dtype: '"<u8"', codecs: encoding.codecs.slice(1) });
    expect(wide.result?.stopped).toMatchObject({ name: 'array' });
  });

  it.each<[string, Partial<Encoding>, RegExp, unknown]>([
    ['no JSON', { dtype: '"<u2' }, /not JSON/u, 'dtype'],
    ['more than one value', { fillValue: '0,"shape":[9]' }, /not JSON/u, 'fillValue'],
    ['no data type', { dtype: '"<q2"' }, /dtype/iu, 'dtype'],
    ['no order', { order: '"D"' }, /order/u, 'order'],
    ['a fill value of another type', { fillValue: '"x"' }, /fill/iu, 'fillValue'],
    ['a codec without a name', { codecs: [{ place: 'filter', text: '{}' }] }, /id/u, 0],
    [
      'a configuration that a codec does not have',
      { codecs: [{ place: 'filter', text: '{"id":"delta","dtype":"<u2","astype":"<u2","axis":1}' }] },
      /axis/u,
      0,
    ],
  ])('says where %s stands', async (_, change, message, place) => {
    const document = drifting();
    const { faults } = await tried(document, { ...(await encodingAt(document)), ...change });
    expect(faults.map((fault) => fault.place)).toContain(place);
    expect(faults.map((fault) => fault.message).join('\n')).toMatch(message);
  });

  it('takes a type whose chunks are larger than any for a failure', async () => {
    const document = drifting();
    const { result, faults } = await tried(document, {
      ...(await encodingAt(document)),
      dtype: '"|S2147483647"',
      fillValue: 'null',
      codecs: [],
    });
    expect(result === null ? faults : [result.outcome.kind]).toEqual(['failed']);
  });

  it('reads fill values and orders anew', async () => {
    const document = documentOf({
      'a/.zarray': zarrayOf([2, 3], [2, 3], '|u1', { fill_value: 0 }),
      'a/0.0': inline(Uint8Array.of(1, 2, 3, 4, 5, 6)),
    });
    const encoding = await encodingAt(document);
    const { values } = await tried(document, { ...encoding, order: '"F"', fillValue: '6' });
    // numpy.array([1, 2, 3, 4, 5, 6]).reshape((2, 3), order='F')
    expect([...new Uint8Array(values?.data ?? new ArrayBuffer(0))]).toEqual([1, 3, 5, 2, 4, 6]);
    expect(values).toMatchObject({ nodata: '6', statistics: { nodata: 1, valid: 5 } });
  });

  it('shows another fill value of an absent chunk', async () => {
    const document = documentOf({ 'a/.zarray': zarrayOf([2], [2], '|u1', { fill_value: 0 }) });
    const { encoding } = await describeEncoding(document, 'a', [0], never);
    const { result } = await whatIf(
      document,
      { path: 'a', indices: [0], encoding: { ...encoding, fillValue: '7' } },
      never,
    );
    expect(result).toMatchObject({ stages: [], outcome: { kind: 'absent', fillValue: '7' } });
  });

  it('is of zarr v3 too', async () => {
    const big = { name: 'bytes', configuration: { endian: 'big' } };
    const document = documentOf(
      zarr3([
        { ...big, configuration: { endian: 'little' } },
        { name: 'gzip', configuration: { level: 1 } },
      ]),
    );
    const encoding = await encodingAt(document);
    const codecs = encoding.codecs.with(0, { place: 'codec', text: JSON.stringify(big) });
    const { values, faults } = await tried(document, { ...encoding, codecs });
    expect(new Uint16Array(values?.data ?? new ArrayBuffer(0))).toEqual(truth);
    expect(faults).toEqual([]);
  });
});

describe('stageBytes', () => {
  const at = async (stage: number, offset: number, length: number, encoding: Encoding | null = null) => {
    const payload = { path: 'a', indices: [0, 0], encoding, stage, offset, length };
    return new Uint8Array(await stageBytes(drifting(), payload, never));
  };

  it('gives any bytes of a stage, as far as there are some', async () => {
    expect(await at(0, 2, 4)).toEqual(stored.slice(2, 6));
    expect(await at(1, 20, 100)).toEqual(bytesOf(differences).slice(20));
    expect(await at(3, 0, 24)).toEqual(bytesOf(summed));
    expect(await at(3, 24, 24)).toHaveLength(0);
    expect(await at(9, 0, 24)).toHaveLength(0);
  });

  it('gives those of another encoding', async () => {
    const encoding = await encodingAt(drifting());
    const codecs = encoding.codecs.with(0, { place: 'filter', text: rowwise });
    expect(await at(2, 0, 24, { ...encoding, codecs })).toEqual(bytesOf(truth));
  });
});
