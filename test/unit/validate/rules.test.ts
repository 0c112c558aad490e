import { describe, expect, it } from 'vitest';
import { KerchunkError } from '../../../src/errors';
import type { SourceOpener } from '../../../src/bytes/source';
import { MemorySource } from '../../../src/bytes/memory';
import { parseReferences } from '../../../src/references/parse';
import { validateText } from '../../../src/validate/validate';
import type { Finding } from '../../../src/validate/types';

const goodArray = {
  zarr_format: 2,
  shape: [4, 4],
  chunks: [2, 2],
  dtype: '<u2',
  compressor: { id: 'zlib' },
  fill_value: 0,
  order: 'C',
  filters: null,
};

/** A reference file with one array `a`; the metadata stands nested, so that places in it are places in the text. */
function file(
  array: object,
  chunks: Record<string, unknown> = { 'a/0.0': ['https://example.org/a.tif', 8, 16] },
): string {
  return JSON.stringify({ '.zgroup': { zarr_format: 2 }, 'a/.zarray': array, ...chunks });
}

async function findings(text: string, opener?: SourceOpener): Promise<Finding[]> {
  return validateText(new TextEncoder().encode(text), opener === undefined ? {} : { opener });
}

function without(field: keyof typeof goodArray): object {
  return Object.fromEntries(Object.entries(goodArray).filter(([name]) => name !== field));
}

describe('validation', () => {
  it('is silent on a good file', async () => {
    expect(await findings(file(goodArray))).toEqual([]);
  });

  it('says where a text stops being JSON', async () => {
    const [finding, ...more] = await findings('{\n  "a": 1,\n  "b": tru\n}');
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'json/syntax', severity: 'error', line: 3, column: 8 });
  });

  it.each(Object.keys(goodArray) as (keyof typeof goodArray)[])('finds a missing "%s"', async (field) => {
    const [finding] = await findings(file(without(field)));
    expect(finding).toMatchObject({ code: 'zarr2/zarray-field-missing', severity: 'error', key: 'a/.zarray' });
    expect(finding?.message).toContain(`"${field}" is missing`);
  });

  it('says of what it does not read that it does not, and nothing else', async () => {
    const text = JSON.stringify({
      '.zgroup': { zarr_format: 2 },
      'a/.zarray': ['https://example.org/a/.zarray'],
      'a/0': ['https://example.org/a/0'],
      'b/.zarray': ['https://example.org/b', 0, 100],
      'd/zarr.json': ['https://example.org/d/zarr.json'],
    });
    const found = await findings(text);
    expect(found.map(({ code, severity, key }) => [code, severity, key])).toEqual([
      ['zarr2/metadata-elsewhere', 'info', 'a/.zarray'],
      ['zarr2/metadata-elsewhere', 'info', 'b/.zarray'],
      ['zarr2/mixed-versions', 'warning', 'd/zarr.json'],
      ['zarr2/metadata-elsewhere', 'info', 'd/zarr.json'],
    ]);
  });

  it.each([
    ['no JSON', '{"zarr_format": 2,', 'kerchunk/metadata-json'],
    ['no object', '[2]', 'kerchunk/metadata-json'],
    ['a malformed reference', ['https://example.org/a', -1, 5], 'kerchunk/offset'],
  ])('reports metadata that are %s once', async (_what, zarray, code) => {
    const found = await findings(JSON.stringify({ '.zgroup': { zarr_format: 2 }, 'a/.zarray': zarray }));
    expect(found.map((finding) => finding.code)).toEqual([code]);
  });

  it('tells a codec that nobody registers from one that a Python package does', async () => {
    const text = file({ ...goodArray, compressor: { id: 'zlub' }, filters: [{ id: 'grib', var: 'a' }] });
    const found = await findings(text);
    expect(found.map(({ code, severity }) => [code, severity]).sort()).toEqual([
      ['zarr2/codec-not-decoded-here', 'info'],
      ['zarr2/codec-unknown', 'error'],
    ]);
    expect(found.find(({ severity }) => severity === 'error')?.column).toBe(text.indexOf('"zlub"') + 1);
  });

  it.each(['kerchunk_tiff_lerc', 'kerchunk_tiff_short_strip', 'kerchunk_tiff_ycbcr', 'kerchunk_tiff_later'])(
    'tells of %s that no Python reader has it, though the viewer may',
    async (id) => {
      const text = file({ ...goodArray, compressor: null, filters: [{ id }] });
      const found = await findings(text);
      expect(found).toMatchObject([
        { code: 'zarr2/codec-unknown', severity: 'error', column: text.indexOf(`"${id}"`) + 1 },
      ]);
      expect(found[0]?.message).toContain(`no Python reader has "${id}"`);
    },
  );
});

describe('metadata of many parts', () => {
  const escaped = (filters: object[]): string =>
    JSON.stringify({ '.zgroup': '{"zarr_format":2}', 'a/.zarray': JSON.stringify({ ...goodArray, filters }) });

  it('tells a codec once, where it stands first', async () => {
    const text = escaped(Array.from({ length: 8000 }, () => ({ id: 'zlub' })));
    const start = performance.now();
    const found = await findings(text);
    expect(performance.now() - start).toBeLessThan(3000);
    expect(found).toMatchObject([{ code: 'zarr2/codec-unknown', column: text.indexOf('\\"zlub') + 1 }]);
  });

  it('tells ten codecs one by one, and how many there are more', async () => {
    const start = performance.now();
    const found = await findings(escaped(Array.from({ length: 8000 }, (_unused, i) => ({ id: `zlub${i}` }))));
    expect(performance.now() - start).toBeLessThan(3000);
    expect(found).toHaveLength(11);
    expect(
      found.map(({ message }) => message).filter((message) => message.startsWith('7,990 more codecs')),
    ).toHaveLength(1);
  });

  it('finds the reason of each of many malformed entries at once', () => {
    const refs = Array.from({ length: 9000 }, (_unused, i) => [`x/${i}`, ['u', -1, 5]]);
    const text = JSON.stringify({ '.zgroup': '{"zarr_format":2}', ...Object.fromEntries(refs) });
    const set = parseReferences(new TextEncoder().encode(text));
    let looks = 0;
    set.problems.forEach((problem) => {
      const { key } = problem;
      Object.defineProperty(problem, 'key', { get: () => (looks++, key) });
    });
    for (const [key] of refs) expect(() => set.lookup(String(key))).toThrow('offset');
    expect(looks).toBeLessThan(10 * refs.length);
  });
});

/**
 * A TIFF of 4 x 4 bytes in one strip at byte 8, without a predictor (TIFF 6.0, sections 2 and 3); `nodata`, of at most three digits, is that
 * of GDAL's tag.
 */
function fourByFour(nodata?: string): Uint8Array {
  const tags = [
    [256, 4],
    [257, 4],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, 4],
    [279, 16],
  ] as const;
  const bytes = new Uint8Array(24 + 2 + 12 * (tags.length + 1) + 4);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x4949);
  view.setUint16(2, 42, true);
  view.setUint32(4, 24, true);
  view.setUint16(24, tags.length + (nodata === undefined ? 0 : 1), true);
  tags.forEach(([tag, value], i) => {
    const at = 26 + 12 * i;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, 4, true);
    view.setUint32(at + 4, 1, true);
    view.setUint32(at + 8, value, true);
  });
  if (nodata !== undefined) {
    const at = 26 + 12 * tags.length;
    view.setUint16(at, 42113, true);
    view.setUint16(at + 2, 2, true);
    view.setUint32(at + 4, nodata.length + 1, true);
    bytes.set(new TextEncoder().encode(nodata), at + 8);
  }
  return bytes;
}

describe('what depends on the target', () => {
  const delta = {
    ...goodArray,
    dtype: '<f4',
    filters: [
      { id: 'fixedscaleoffset', offset: -0.1, scale: 10000, dtype: '<f4', astype: '<u2' },
      { id: 'delta', dtype: '<u2', astype: '<u2' },
    ],
  };
  const refusing: SourceOpener = {
    open: (url) => ({
      url,
      size: () => undefined,
      validator: () => undefined,
      read: () => Promise.reject(new KerchunkError('fetch-failed', 'the server answered 404')),
    }),
  };

  it('says "may" where the target cannot be reached, with the reason', async () => {
    const found = await findings(file(delta), refusing);
    expect(found.map(({ code, severity }) => [code, severity]).sort()).toEqual([
      ['tiff/delta-over-rows', 'warning'],
      ['tiff/fill-value-domain', 'warning'],
    ]);
    for (const { message } of found) expect(message).toMatch(/may .*the server answered 404/su);
  });

  it.each([
    ['no chunk at the offset of the references', 9999, 'tiff/delta-over-rows', 'warning', /may decode wrong/u],
    ['a chunk there, and no predictor', 8, 'tiff/delta-without-predictor', 'error', /predictor is 1/u],
  ])('with a TIFF that has %s', async (_what, offset, code, severity, says) => {
    const deltaAlone = { ...goodArray, dtype: '|u1', filters: [{ id: 'delta', dtype: '|u1' }], compressor: null };
    const opener: SourceOpener = { open: (url) => new MemorySource(url, fourByFour()) };
    const found = await findings(file(deltaAlone, { 'a/0.0': ['https://example.org/a.tif', offset, 4] }), opener);
    expect(found).toMatchObject([{ code, severity }]);
    expect(found[0]?.message).toMatch(says);
  });

  it('is silent where the target is no TIFF: delta over a whole chunk is then what it says', async () => {
    const opener: SourceOpener = {
      open: (url) => new MemorySource(url, new TextEncoder().encode('CDF\u0001 and more bytes')),
    };
    expect(await findings(file(delta), opener)).toEqual([]);
    const netcdf = { 'a/0.0': ['https://example.org/a.nc', 8, 16] };
    expect(await findings(file(delta, netcdf), refusing)).toEqual([]);
  });

  // 5 / 10000 - 0.1 = -0.0995, and (0 + 0.1) * 10000 = 1000; no <u2 decodes to NaN or -9999.
  it.each([
    ['"NaN"', 'decodes to -0.0995 and is not masked. Keep'],
    ['-9999', 'decodes to -0.0995 and is not masked. Keep'],
    ['0', 'decodes to -0.0995 and is not masked, and stored 1000 decodes to 0 and is taken for missing. Keep'],
  ])('says of the fill value %s what is masked, where anything can be', async (fill, says) => {
    const opener: SourceOpener = { open: (url) => new MemorySource(url, fourByFour('5')) };
    const scaled = { ...delta, filters: delta.filters.slice(0, 1), fill_value: JSON.parse(fill) as number };
    const found = await findings(file(scaled), opener);
    const domain = found.filter(({ code }) => code === 'tiff/fill-value-domain');
    expect(domain).toMatchObject([{ message: expect.stringContaining(says) as string }]);
  });

  it('is silent about delta in chunks of one row', async () => {
    const found = await findings(file({ ...delta, chunks: [1, 4] }), refusing);
    expect(found.map(({ code }) => code)).toEqual(['tiff/fill-value-domain']);
  });
});
