import { describe, expect, it } from 'vitest';
import { validateText } from '../../../src/validate/validate';
import type { Finding } from '../../../src/validate/types';

interface Codecs {
  dtype: string;
  filters?: object[] | null;
  compressor?: object | null;
  shape?: number[];
  chunk?: unknown;
}

/** A reference file with one array, its metadata nested so that places in it are places in the text; chunks are 2 x 2 by default. */
function file({ dtype, filters = null, compressor = null, shape = [2, 2], chunk }: Codecs): string {
  const array = { zarr_format: 2, shape, chunks: shape, dtype, filters, compressor, fill_value: null, order: 'C' };
  const key = `a/${shape.map(() => 0).join('.') || '0'}`;
  return JSON.stringify({
    '.zgroup': { zarr_format: 2 },
    'a/.zarray': array,
    ...(chunk === undefined ? {} : { [key]: chunk }),
  });
}

/** All findings but that chunks are left out, which most of these files do. */
async function validate(text: string): Promise<Finding[]> {
  const findings = await validateText(new TextEncoder().encode(text));
  return findings.filter(({ code }) => code !== 'zarr2/null-fill-absent');
}

const found = (findings: Finding[]): string[] => findings.map(({ code, severity }) => `${code} ${severity}`);

/** The text that a finding stands at. */
const at = (text: string, finding: Finding | undefined): string =>
  finding === undefined ? '' : text.slice(finding.span.offset, finding.span.offset + finding.span.length);

const delta = (dtype: string, astype?: string) => ({ id: 'delta', dtype, ...(astype === undefined ? {} : { astype }) });
const scale = (dtype: string, astype: string, more = {}) => ({
  ...{ id: 'fixedscaleoffset', scale: 10, offset: 0, dtype, astype },
  ...more,
});
const predictor = (dtype: string, more = {}) => ({
  ...{ id: 'imagecodecs_delta', dtype, shape: [2, 2], axis: -1, dist: 1 },
  ...more,
});
const zlib = { id: 'zlib', level: 1 };

describe('names of zarr v3', () => {
  it.each([
    ['numcodecs.zlib', 'zlib'],
    ['imagecodecs.lzw', 'imagecodecs_lzw'],
  ])('are no ids of zarr v2: %s', async (id, meant) => {
    const text = file({ dtype: '<u2', compressor: { id } });
    const [finding, ...more] = await validate(text);
    expect([finding?.code, finding?.severity, ...more]).toEqual(['zarr2/codec-unknown', 'error']);
    expect(at(text, finding)).toBe(JSON.stringify(id));
    expect(finding?.message).toContain(`in zarr v2 it is "${meant}"`);
  });
});

describe('objects under numbers', () => {
  it('have a rule of their own', async () => {
    const [finding, ...more] = await validate(file({ dtype: '<u2', filters: [{ id: 'vlen-utf8' }] }));
    expect([finding?.code, finding?.severity, ...more]).toEqual(['zarr2/object-codec', 'error']);
  });
});

// What zarr-python 2.18.3 (numcodecs 0.13.1) and 3.1.6 (numcodecs 0.16.6) do was tried with chunks of the right bytes.
describe('codec chains', () => {
  it.each<[string, Codecs]>([
    ['the same dtype', { dtype: '<u2', filters: [delta('<u2', '<u2')], compressor: zlib }],
    ['the other sign: the bits are the same', { dtype: '<u2', filters: [delta('<i2')] }],
    ['sums of integers over floats of their size', { dtype: '<f4', filters: [predictor('<u4')] }],
    ['datetimes as the integers that they are', { dtype: '<M8[s]', filters: [delta('<i8')], shape: [2] }],
    ['names of dtypes as numpy has them', { dtype: '<f4', filters: [scale('float32', 'uint16')] }],
    ['scaled, then differenced', { dtype: '<f4', filters: [scale('<f4', '<u2'), delta('<u2')] }],
    ['big-endian throughout', { dtype: '>u2', filters: [predictor('>u2')], compressor: zlib }],
    ['HDF5: shuffle, then zlib, both filters', { dtype: '<f4', filters: [{ id: 'shuffle', elementsize: 4 }, zlib] }],
    ['one byte, shuffled by one', { dtype: '|u1', filters: [{ id: 'shuffle', elementsize: 1 }] }],
    ['booleans packed', { dtype: '|b1', filters: [{ id: 'packbits' }] }],
    ['0 and 1 packed', { dtype: '|u1', filters: [{ id: 'packbits' }] }],
    ['bitround, which decodes to what it is given', { dtype: '<u2', filters: [{ id: 'bitround', keepbits: 3 }] }],
    ['JPEG under zlib', { dtype: '|u1', filters: [{ id: 'imagecodecs_jpeg' }], compressor: zlib }],
    ['LERC of a big-endian TIFF: libtiff stores it so', { dtype: '>f4', compressor: { id: 'imagecodecs_lerc' } }],
    ['text categories', { dtype: '<U2', filters: [{ id: 'categorize', labels: ['ab'], dtype: '<U2' }], shape: [2] }],
    ['objects', { dtype: '|O', filters: [{ id: 'vlen-utf8' }], compressor: zlib }],
    [
      'complex integers, as parts of complex numbers',
      {
        dtype: '<c8',
        filters: [{ id: 'astype', encode_dtype: '<i2', decode_dtype: '<f4' }, predictor('<u4')],
        compressor: zlib,
      },
    ],
    [
      'anything after a codec that is not known here',
      { dtype: '<f8', filters: [{ id: 'grib', var: 't' }, delta('<u2')] },
    ],
  ])('is silent on %s', async (_what, codecs) => {
    const findings = await validate(file(codecs));
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it.each<[string, Codecs, string, string]>([
    ['a wider dtype: cannot be reshaped', { dtype: '<u2', filters: [delta('<f4', '<u2')] }, '"<f4"', '<f4'],
    ['another byte order: 2560 for 10', { dtype: '<u2', filters: [delta('>u2')] }, '">u2"', 'order'],
    ['tifffile 2023 on big-endian files', { dtype: '>u2', filters: [predictor('<u2')] }, '"<u2"', '>u2'],
    ['f4 under f8: cannot be reshaped', { dtype: '<f8', filters: [scale('<f4', '<u2')] }, '"<f4"', '<f8'],
    ['f4 little under big: 4.6e-41 for 1', { dtype: '>f4', filters: [scale('<f4', '<u2')] }, '"<f4"', 'order'],
    [
      'a filter that takes another size',
      { dtype: '<f4', filters: [scale('<f4', '<u2'), delta('<u4')] },
      '"<u4"',
      '<u2',
    ],
    ['floats for integers', { dtype: '<i4', filters: [scale('<f4', '<u2')] }, '"<f4"', 'floats are taken for integers'],
    ['booleans of one byte under two', { dtype: '<u2', filters: [{ id: 'packbits' }] }, '"packbits"', 'booleans'],
    [
      'texts of another length',
      { dtype: '<U1', filters: [{ id: 'categorize', labels: [], dtype: '<U2' }] },
      '"<U2"',
      '<U1',
    ],
    ['WebP under two bytes', { dtype: '<u2', compressor: { id: 'imagecodecs_webp' } }, '"imagecodecs_webp"', '<u2'],
    [
      'PNG under a big-endian dtype',
      { dtype: '>u2', compressor: { id: 'imagecodecs_png' } },
      '"imagecodecs_png"',
      '<u2',
    ],
  ])('finds %s', async (_what, codecs, place, says) => {
    const text = file(codecs);
    const findings = await validate(text);
    expect(found(findings)).toEqual(['zarr2/codec-chain error']);
    expect(at(text, findings[0])).toBe(place);
    expect(findings[0]?.message).toContain(says);
  });

  it('finds each break of a chain, at its own place', async () => {
    const text = file({ dtype: '<f8', filters: [scale('<f4', '<u2'), delta('<u4')], compressor: zlib });
    const findings = await validate(text);
    expect(findings.map((finding) => at(text, finding))).toEqual(['"<f4"', '"<u4"']);
  });

  it('stops after ten: finding the place of each costs a walk through the document', async () => {
    const filters = Array.from({ length: 1000 }, (_, index) => delta(index % 2 === 0 ? '<u2' : '<u4'));
    expect(await validate(file({ dtype: '<u4', filters }))).toHaveLength(10);
  });

  it.each<[string, Codecs, string, string]>([
    [
      'zlib before shuffle',
      { dtype: '<u2', filters: [zlib, { id: 'shuffle', elementsize: 2 }] },
      'zarr2/codec-order',
      '"shuffle"',
    ],
    [
      'zlib twice',
      { dtype: '<u2', filters: [zlib], compressor: { id: 'zstd', level: 1 } },
      'zarr2/compressed-twice',
      '"zstd"',
    ],
    [
      'shuffle of another size',
      { dtype: '<f8', filters: [{ id: 'shuffle', elementsize: 4 }] },
      'zarr2/shuffle-size',
      '4',
    ],
  ])('warns of %s', async (_what, codecs, code, place) => {
    const text = file(codecs);
    const findings = await validate(text);
    expect(found(findings)).toEqual([`${code} warning`]);
    expect(at(text, findings[0])).toBe(place);
  });
});

describe('a compressor before differences', () => {
  // Undone last, zlib gets what delta made of bytes that were never elements.
  it('is an error: both versions of zarr-python fail on it', async () => {
    const text = file({ dtype: '<u2', filters: [zlib, delta('<u2')] });
    const findings = await validate(text);
    expect(found(findings)).toEqual(['zarr2/codec-order error']);
    expect(at(text, findings[0])).toBe('"delta"');
  });
});

describe('shuffle by a size that does not divide a chunk', () => {
  it('is an error: numcodecs refuses it', async () => {
    const findings = await validate(file({ dtype: '<u2', filters: [{ id: 'shuffle', elementsize: 3 }] }));
    expect(found(findings)).toEqual(['zarr2/shuffle-size error']);
  });

  it.each([0, 1])('is a warning for %i, by which it leaves bytes as they are', async (elementsize) => {
    const findings = await validate(file({ dtype: '<u2', filters: [{ id: 'shuffle', elementsize }] }));
    expect(found(findings)).toEqual(['zarr2/shuffle-size warning']);
  });
});

describe('configurations of codecs', () => {
  // Tried with numcodecs.get_codec and decode: "error" is an exception or wrong values, "warning" decodes all the same.
  it.each<[object, 'error' | 'warning' | 'good', string]>([
    [{ id: 'shuffle', elementsize: '2' }, 'error', '"2"'],
    [{ id: 'shuffle', elementsize: null }, 'error', 'null'],
    [{ id: 'zlib', level: 10 }, 'warning', '10'],
    [{ id: 'zlib', level: '1' }, 'warning', '"1"'],
    [{ id: 'zlib', level: null }, 'good', ''],
    [{ id: 'zlib', foo: 1 }, 'error', '1'],
    [{ id: 'gzip', level: 100 }, 'warning', '100'],
    [{ id: 'bz2', level: 0 }, 'warning', '0'],
    [{ id: 'zstd', level: 23 }, 'warning', '23'],
    [{ id: 'zstd', level: -7, checksum: true }, 'good', ''],
    [{ id: 'blosc', cname: 'lz4', clevel: 5, shuffle: 1, blocksize: 0 }, 'good', ''],
    [{ id: 'blosc', shuffle: 'bitshuffle' }, 'warning', '"bitshuffle"'],
    [{ id: 'blosc', cname: 'lzma' }, 'warning', '"lzma"'],
    [{ id: 'blosc', clevel: 10 }, 'warning', '10'],
    [{ id: 'lzma', format: 1, check: -1, preset: null, filters: null }, 'good', ''],
    [{ id: 'lzma', format: 'xz' }, 'error', '"xz"'],
    [{ id: 'lzma', format: 3 }, 'error', '3'],
    [{ id: 'lzma', format: 3, filters: [{ id: 33 }] }, 'good', ''],
    [{ id: 'lzma', filters: [{ id: 33 }] }, 'error', '[{"id":33}]'],
    [scale('<u2', '<u2', { scale: 0 }), 'error', '0'],
    [scale('<u2', '<u2', { scale: '10' }), 'error', '"10"'],
    [scale('<u2', '<u2', { offset: null }), 'error', 'null'],
    [scale('<u2', '<u2', { scale: -2 }), 'good', ''],
    [{ id: 'delta', dtype: 'integer' }, 'error', '"integer"'],
    [{ id: 'delta', dtype: '|O' }, 'error', '"|O"'],
    [{ id: 'delta', dtype: '<u2', axis: 1 }, 'error', '1'],
    [{ id: 'quantize', digits: 1, dtype: '<u2' }, 'error', '"<u2"'],
    [{ id: 'bitround', keepbits: -1 }, 'error', '-1'],
    [{ id: 'bitround', keepbits: 99 }, 'good', ''],
    [predictor('<u2', { shape: [3, 2] }), 'error', '[3,2]'],
    [predictor('<u2', { shape: [4], axis: 0 }), 'good', ''],
    [predictor('<u2', { axis: 2 }), 'error', '2'],
    [predictor('<u2', { axis: -3 }), 'error', '-3'],
    [predictor('<u2', { dist: 2 }), 'error', '2'],
    [predictor('<c8'), 'error', '"<c8"'],
    [{ id: 'imagecodecs_floatpred', dtype: '<f2', shape: [2, 2], dist: 4 }, 'good', ''],
    [{ id: 'crc32', location: 'middle' }, 'error', '"middle"'],
    [{ id: 'imagecodecs_lzw', level: 1 }, 'error', '1'],
    [{ id: 'imagecodecs_jpeg', tables: '?' }, 'error', '"?"'],
    [{ id: 'imagecodecs_jpeg', subsampling: '420' }, 'good', ''],
  ])('%j is %s', async (codec, verdict, place) => {
    const dtype = 'dtype' in codec && codec.dtype === '<f2' ? '<f2' : '<u2';
    const text = file({ dtype, filters: [codec] });
    const findings = await validate(text);
    expect(found(findings)).toEqual(verdict === 'good' ? [] : [`zarr2/codec-config ${verdict}`]);
    expect(at(text, findings[0])).toBe(place);
  });

  it.each([
    ['delta', '"dtype"'],
    ['fixedscaleoffset', '"scale"'],
    ['bitround', '"keepbits"'],
    ['categorize', '"labels"'],
    ['astype', '"encode_dtype"'],
    ['imagecodecs_floatpred', '"shape"'],
    ['imagecodecs_packints', '"bitspersample"'],
  ])('says what %s lacks', async (id, says) => {
    const findings = await validate(file({ dtype: '<u2', filters: [{ id }] }));
    expect(found(findings)).toContain('zarr2/codec-config error');
    expect(findings.map(({ message }) => message).join('\n')).toContain(`"${id}" has no ${says}`);
  });
});

describe('lengths of uncompressed chunks', () => {
  const url = 'https://example.org/a.bin';

  it.each<[string, Codecs]>([
    ['8 bytes', { dtype: '<u2', chunk: [url, 0, 8] }],
    ['a whole file, whose length is not known', { dtype: '<u2', chunk: [url] }],
    ['base64', { dtype: '<u2', chunk: 'base64:AAAAAAAAAAA=' }],
    ['text', { dtype: '<u2', chunk: '\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007' }],
    ['a scalar', { dtype: '<i8', shape: [], chunk: [url, 0, 8] }],
    ['what a filter makes of it: half', { dtype: '<f4', filters: [scale('<f4', '<u2')], chunk: [url, 0, 8] }],
    ['a checksum more', { dtype: '<u2', filters: [{ id: 'fletcher32' }], chunk: [url, 0, 12] }],
    ['anything that is compressed', { dtype: '<u2', compressor: zlib, chunk: [url, 0, 5] }],
    ['objects', { dtype: '|O', filters: [{ id: 'vlen-utf8' }], chunk: [url, 0, 5] }],
  ])('is silent on %s', async (_what, codecs) => {
    expect(await validate(file(codecs))).toEqual([]);
  });

  it.each<[string, Codecs, string, string]>([
    ['too few bytes', { dtype: '<u2', chunk: [url, 0, 6] }, '6', '6 bytes; without compression a chunk has 8'],
    ['too many bytes', { dtype: '<u2', chunk: [url, 0, 16] }, '16', '16 bytes'],
    ['too little base64', { dtype: '<u2', chunk: 'base64:AAAA' }, '"base64:AAAA"', '3 bytes'],
    ['too little text', { dtype: '<u2', chunk: 'four' }, '"four"', '4 bytes'],
    ['escapes, which are a byte each', { dtype: '<u2', chunk: '\u0000\u0000' }, '"\\u0000\\u0000"', '2 bytes'],
    ['no text', { dtype: '<u2', chunk: '' }, '""', '0 bytes'],
    ['as many as values have', { dtype: '<f4', filters: [scale('<f4', '<u2')], chunk: [url, 0, 16] }, '16', 'has 8'],
  ])('finds %s', async (_what, codecs, place, says) => {
    const text = file(codecs);
    const findings = await validate(text);
    expect(found(findings)).toEqual(['zarr2/uncompressed-length error']);
    expect(at(text, findings[0])).toBe(place);
    expect(findings[0]?.message).toContain(says);
  });

  it('tells of the first of many, and how many there are', async () => {
    const array = {
      zarr_format: 2,
      shape: [9],
      chunks: [2],
      dtype: '<u2',
      filters: null,
      compressor: null,
      fill_value: 0,
      order: 'C',
    };
    const text = JSON.stringify({
      '.zgroup': { zarr_format: 2 },
      'a/.zarray': array,
      'a/0': [url, 0, 4],
      'a/4': [url, 16, 2],
      'a/1': [url, 4, 4],
      'a/3': [url, 12, 3],
    });
    const [finding, ...more] = await validate(text);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'zarr2/uncompressed-length', key: 'a/3' });
    expect(finding?.message).toContain('1 more chunk of this array');
  });
});
