import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseReferences } from '../../../src/references/parse';
import { PlacedError } from '../../../src/references/placed-error';
import { TextPositions } from '../../../src/references/position';
import type { ReferenceSet } from '../../../src/references/reference-set';
import { faultsOf } from './helpers';

const corpus = process.env.KERCHUNK_CORPUS ?? path.resolve(import.meta.dirname, '../../../../shared/corpus');
const folder = path.join(corpus, 'refs');
const present = existsSync(folder);
if (!present) console.log(`Other people's reference files are not at ${folder}: their tests do not run.`);

const read = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(folder, `${name}.json`)));

type Refs = Record<string, unknown>;
const isMetadata = (key: string) => /(^|\/)\.z(array|attrs|group|metadata)$/.test(key);

/** The reference that a key stands for, from the file as JSON.parse reads it; templates are plain names in these files. */
function expectedReference(value: unknown, templates: Record<string, string>): unknown {
  if (typeof value === 'string') {
    const bytes = value.startsWith('base64:') ? Buffer.from(value.slice(7), 'base64') : Buffer.from(value, 'utf8');
    return { kind: 'inline', bytes: Uint8Array.from(bytes) };
  }
  const [raw, offset, length] = value as [string, number?, number?];
  const url = raw.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => templates[name] ?? '?');
  return offset === undefined ? { kind: 'file', url } : { kind: 'range', url, offset, length };
}

const files = [
  // Counts by Python's json: keys, arrays, references, inline chunks as text and as base64, targets.
  ['ARG_combined', 1, 91, 11, 58, 1, 8, 8],
  ['HRRR_combined', 1, 56, 15, 20, 3, 1, 2],
  ['RADAR', 1, 1351, 7, 437, 0, 898, 23],
  ['bicep-cf-time', 1, 32, 6, 17, 1, 0, 5],
  ['gdal-v0-min', 0, 5, 1, 1, 0, 0, 1],
  ['its_live_catalog', 1, 36, 9, 14, 0, 2, 1],
  ['lcmap', 0, 104, 3, 96, 0, 0, 1],
  ['mur_sst', 1, 1211, 56, 960, 10, 127, 1],
  ['titiler-reference', 1, 15, 4, 0, 1, 5, 0],
  ['two-templates', 1, 1527, 11, 1335, 0, 168, 2],
  ['xarray-combined', 1, 10, 3, 3, 0, 0, 1],
] as const;

describe.runIf(present)('reference files made by others', () => {
  it.each(files)('%s: counts', (name, version, keys, arrays, ranges, text, base64, targets) => {
    const set = parseReferences(read(name));
    expect(set.version).toBe(version);
    expect([...set.keys()]).toHaveLength(keys);
    expect(set.arrayPaths()).toHaveLength(arrays);
    expect(set.urls).toHaveLength(targets);
    const kinds = [...set.keys()].filter((key) => !isMetadata(key)).map((key) => set.lookup(key).kind);
    expect(kinds.filter((kind) => kind === 'range' || kind === 'file')).toHaveLength(ranges);
    expect(kinds.filter((kind) => kind === 'inline')).toHaveLength(text + base64);
  });

  it.each(files)('%s: every key is what JSON.parse reads, and stands where the set says', (name) => {
    const text = read(name);
    const json = JSON.parse(new TextDecoder().decode(text)) as Refs;
    const refs = (json.refs ?? json) as Refs;
    const templates = (json.templates ?? {}) as Record<string, string>;
    const set = parseReferences(text);
    expect([...set.keys()]).toEqual(Object.keys(refs));
    for (const [key, value] of Object.entries(refs)) {
      const span = set.entrySpan(key) ?? { offset: 0, length: 0 };
      const written = new TextDecoder().decode(text.subarray(span.offset, span.offset + span.length));
      expect(JSON.parse(`{${written}}`)).toEqual({ [key]: value });
      expect(set.entryAt(span.offset + span.length - 1)?.key).toBe(key);
      if (!isMetadata(key)) expect(set.lookup(key)).toEqual(expectedReference(value, templates));
      else if (typeof value !== 'string') expect(set.document(key)?.value).toEqual(value);
      else if (!value.includes('NaN,')) expect(set.document(key)?.value).toEqual(parseExact(value));
    }
  });

  it.each(files)('%s: coverage adds up, and every array has its chunks', (name) => {
    const set = parseReferences(read(name));
    for (const array of set.arrayPaths()) {
      const { total, ranges, inline, absent, broken } = set.coverage(array);
      expect(ranges + inline + absent + broken).toBe(total);
      expect([...set.chunkKeys(array)].length).toBeGreaterThanOrEqual(ranges + inline);
    }
  });

  it('reads no fault into files that have none', () => {
    for (const [name] of files) {
      const codes = faultsOf(parseReferences(read(name))).map((problem) => problem.code);
      expect(codes).toEqual(name === 'its_live_catalog' ? Array<string>(4).fill('json/bare-nan') : []);
    }
  });

  it('lcmap: the tile tables of its TIFF', () => {
    const set = parseReferences(read('lcmap'));
    const url = 'https://github.com/fsspec/kerchunk/blob/main/kerchunk/tests/lcmap_tiny_cog_2019.tif?raw=true';
    expect(set.chunk('0', [0, 0])).toEqual({ kind: 'range', url, offset: 114079, length: 13584 });
    expect(set.chunk('1', [7, 7])).toEqual({ kind: 'range', url, offset: 113489, length: 582 });
    expect(set.chunk('2', [3, 3])).toEqual({ kind: 'range', url, offset: 27764, length: 708 });
    expect(sumOfLengths(set)).toBe(367682);
    expect(set.array('0').dimensionNames).toEqual(['Y', 'X']);
  });

  it('mur_sst: text chunks are the bytes of the text', () => {
    const set = parseReferences(read('mur_sst'));
    const hex = (key: string) => {
      const found = set.lookup(key);
      return found.kind === 'inline' ? Buffer.from(found.bytes).toString('hex') : found.kind;
    };
    expect(hex('SST_day_night_emissive_band_ids/0')).toBe('0b0d0e0f');
    expect(hex('retrieval_solar_zenith_angle_bounds/0')).toBe('0000000000003443');
    expect(hex('sea_surface_temp_outlier_pixel_count/0')).toBe('24121b00');
    expect(set.chunk('day_solar_zenith_angle', []).kind).toBe('inline');
    expect(set.array('day_solar_zenith_angle').shape).toEqual([]);
    const url =
      's3://noaa-goes16/ABI-L2-SSTF/2020/210/00/OR_ABI-L2-SSTF-M6_G16_s20202100000205_e20202100059513_c20202100105456.nc';
    expect(set.chunk('SST', [0, 4])).toEqual({ kind: 'range', url, offset: 3245346, length: 468 });
    expect(set.chunk('SST', [0, 0])).toEqual({ kind: 'absent' });
    expect(set.coverage('SST')).toEqual({ total: 576, ranges: 524, inline: 0, absent: 52, broken: 0 });
    expect(sumOfLengths(set)).toBe(30101412);
  });

  it('bicep: a fill value of 2^62 is exact', () => {
    const set = parseReferences(read('bicep-cf-time'));
    expect(set.array('time').fillValue).toBe(4611686018427387904n);
    expect(set.document('time/.zarray')?.value).toHaveProperty('fill_value', 4611686018427387904n);
  });

  it('two-templates: each has its references', () => {
    const set = parseReferences(read('two-templates'));
    const from = (ending: string) =>
      [...set.keys()]
        .map((key) => set.lookup(key))
        .filter((found) => found.kind === 'range' && found.url.endsWith(ending));
    expect(from('_gn_1850-1949.nc')).toHaveLength(809);
    expect(from('_gn_1950-2014.nc')).toHaveLength(526);
    expect(set.chunk('latitude', [100, 0, 0])).toMatchObject({ offset: 615589132, length: 65787 });
  });

  it('its_live: bare NaN inside metadata strings, each at its place', () => {
    const text = read('its_live_catalog');
    const set = parseReferences(text);
    const positions = new TextPositions(text);
    const places = faultsOf(set).map(({ key, span }) => ({
      key,
      ...positions.lineColumn(span.offset),
      length: span.length,
    }));
    // Found with Python in the text itself.
    expect(places).toEqual([
      { key: 'vx/.zattrs', line: 67, column: 450, length: 3 },
      { key: 'vx/.zattrs', line: 67, column: 1189, length: 3 },
      { key: 'vy/.zattrs', line: 79, column: 449, length: 3 },
      { key: 'vy/.zattrs', line: 79, column: 1186, length: 3 },
    ]);
    expect(set.document('vx/.zattrs')?.value).toHaveProperty('error_slow', NaN);
    expect(set.array('v').codecs.some((step) => step.id === 'zlib' && step.place === 'filter')).toBe(true);
  });

  it('titiler: a chunk beyond the grid can be seen and read', () => {
    const set = parseReferences(read('titiler-reference'));
    expect([...set.chunkKeys('value')]).toEqual(['value/0.0.0', 'value/1.0.0', 'value/2.0.0']);
    expect(set.coverage('value')).toEqual({ total: 2, ranges: 0, inline: 2, absent: 0, broken: 0 });
    const beyond = set.chunk('value', [2, 0, 0]);
    expect(beyond.kind === 'inline' && beyond.bytes.length).toBe(400);
    const time = set.chunk('time', [0]);
    expect(time.kind === 'inline' && Buffer.from(time.bytes).toString('hex')).toBe('7269bf58f56bbf58');
  });

  it('gen-kc3: gen with arithmetic', () => {
    const set = parseReferences(read('gen-kc3'));
    expect([...set.keys()]).toHaveLength(21);
    expect(set.chunk('pre', [0, 0, 0])).toEqual({ kind: 'range', url: 'pre.nc', offset: 47534, length: 368880 });
    expect(set.chunk('pre', [1, 0, 0])).toEqual({ kind: 'range', url: 'pre.nc', offset: 416414, length: 368880 });
    expect(set.coverage('pre')).toEqual({ total: 2, ranges: 2, inline: 0, absent: 0, broken: 0 });
    expect(faultsOf(set).map((problem) => problem.code)).toEqual(['kerchunk/gen-default-off']);
  });

  it('gdal-v0-min: nested metadata and a reference to a whole file', () => {
    const set = parseReferences(read('gdal-v0-min'));
    expect(set.chunk('x', [0])).toEqual({ kind: 'file', url: '0.bin' });
    expect(set.document('x/.zarray')?.nested).toBe(true);
    expect(set.array('x').dataType).toEqual({ kind: 'u', itemSize: 1, byteOrder: 'none' });
  });

  it('gdal-v1-min: a trailing comma, and base64 metadata once it is gone', () => {
    const text = read('gdal-v1-min');
    expect(() => parseReferences(text)).toThrow(/line 9, column 6: a comma with nothing after it/);
    const mended = new TextEncoder().encode(new TextDecoder().decode(text).replace(/,\s*\}\s*$/, '}'));
    const set = parseReferences(mended);
    expect(set.array('x').shape).toEqual([1]);
    expect(set.chunk('x', [0])).toEqual({ kind: 'range', url: '0.bin', offset: 0, length: 1 });
  });

  it('array-of-documents: refused with what to do', () => {
    const refuse = () => parseReferences(read('array-of-documents'));
    expect(refuse).toThrow(PlacedError);
    expect(refuse).toThrow(expect.objectContaining({ code: 'malformed-reference' }));
    expect(refuse).toThrow(/a JSON list of 18; .* Save each document as a file of its own/);
  });
});

/** JSON.parse with integers beyond 2^53 as bigint, for the one file that has one. */
function parseExact(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => (key === 'fill_value' && value === 2 ** 62 ? 2n ** 62n : value));
}

function sumOfLengths(set: ReferenceSet): number {
  let sum = 0;
  for (const key of set.keys()) {
    const found = set.lookup(key);
    if (found.kind === 'range') sum += found.length;
  }
  return sum;
}
