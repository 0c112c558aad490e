import { describe, expect, it } from 'vitest';
import { MemorySink } from '../../../src/bytes/sink';
import type { JsonObject, JsonValue } from '../../../src/json';
import { manifestOfReferences } from '../../../src/manifest/from-references';
import { manifestArrayV2 } from '../../../src/manifest/manifest-array';
import { entriesOfManifest } from '../../../src/manifest/to-entries';
import type { Manifest, ManifestEntry } from '../../../src/manifest/types';
import { writeJson, type WriteJsonOptions, type WrittenCount } from '../../../src/manifest/write-json';
import { parseReferences } from '../../../src/references/parse';
import { byteArray } from '../../support/zarray';

const range = (url: string, offset: number, length = 10): ManifestEntry => ({ kind: 'range', url, offset, length });

function manifestOf(chunks: [number, ManifestEntry][], shape = [1000], more: JsonObject = {}): Manifest {
  const sides = shape.map(() => 1);
  return {
    groups: [{ path: '', zarrFormat: 2, attributes: {} }],
    arrays: [manifestArrayV2('a', { ...byteArray(shape, sides), ...more }, {}, () => chunks)],
  };
}

interface Written extends WrittenCount {
  text: string;
  json: { templates?: Record<string, string>; refs: Record<string, JsonValue>; gen?: JsonObject[] };
}

async function write(manifest: Manifest, options: Partial<WriteJsonOptions>): Promise<Written> {
  const sink = new MemorySink();
  const written = await writeJson(manifest, sink, { version: 1, ...options });
  const text = new TextDecoder().decode(sink.take());
  return { ...written, text, json: JSON.parse(text) as Written['json'] };
}

/** The references that our reader has of a text. */
function expanded(text: string): Record<string, JsonValue> {
  const manifest = manifestOfReferences(parseReferences(new TextEncoder().encode(text)));
  return Object.fromEntries(entriesOfManifest(manifest));
}

const chosen: Partial<WriteJsonOptions> = { templates: { given: [], chosen: true } };

describe('templates', () => {
  it('stand for addresses that many references have, and say what they save', async () => {
    const url = 'https://data.example.org/tiles/T32TQM_20220105_B04_10m.tif';
    const manifest = manifestOf(Array.from({ length: 50 }, (_, at) => [at, range(url, 10 * at)]));
    const plain = await write(manifest, {});
    const { json, text, shortened } = await write(manifest, chosen);
    expect(json.templates).toEqual({ a: url });
    expect(json.refs['a/7']).toEqual(['{{a}}', 70, 10]);
    expect(expanded(text)).toEqual(expanded(plain.text));
    expect(shortened).toMatchObject({ plainBytes: plain.text.length, textBytes: text.length, templates: 1, items: 0 });
    // Each of 50 uses saves the address but for 5 characters; the template costs `"templates":{\n"a":"…"\n},`.
    expect(plain.text.length - text.length).toBe(50 * (url.length - 5) - url.length - 23);
  });

  it('stand for folders where every file is used once', async () => {
    const manifest = manifestOf(
      Array.from({ length: 40 }, (_, at) => [
        at,
        range(`s3://bucket/archive/2022/${'abcdefgh'[at % 8] ?? ''}${at}.nc`, 0),
      ]),
    );
    const { json } = await write(manifest, chosen);
    expect(json.templates).toEqual({ a: 's3://bucket/archive/2022/' });
    expect(json.refs['a/3']).toEqual(['{{a}}d3.nc', 0, 10]);
  });

  it('are those that are given, and only these unless others are asked for', async () => {
    const manifest = manifestOf([
      ...Array.from({ length: 20 }, (_, at): [number, ManifestEntry] => [at, range('https://a.org/data/one.tif', at)]),
      ...Array.from({ length: 20 }, (_, at): [number, ManifestEntry] => [
        20 + at,
        range('https://b.org/data/two.tif', at),
      ]),
    ]);
    const given = [
      ['u', 'https://a.org/'],
      ['nowhere', 'https://c.org/'],
    ] as const;
    const only = await write(manifest, { templates: { given, chosen: false } });
    expect(only.json.templates).toEqual({ u: 'https://a.org/' });
    expect(only.json.refs['a/0']).toEqual(['{{u}}data/one.tif', 0, 10]);
    expect(only.json.refs['a/20']).toEqual(['https://b.org/data/two.tif', 0, 10]);
    expect(only.shortened?.unused).toEqual(['nowhere']);
    const both = await write(manifest, { templates: { given, chosen: true } });
    expect(both.json.templates).toEqual({ u: 'https://a.org/', a: 'https://b.org/data/two.tif' });
  });

  it('give back braces and double braces of addresses', async () => {
    const urls = [
      'https://data.example.org/{{x}}/one.tif',
      'https://data.example.org/long/{y}.tif',
      'https://other.org/{z}',
    ];
    const chunks = Array.from({ length: 60 }, (_, at): [number, ManifestEntry] => [at, range(urls[at % 3] ?? '', at)]);
    const manifest = manifestOf(chunks);
    const { json, text } = await write(manifest, {
      templates: { given: [['u', 'https://data.example.org/']], chosen: true },
    });
    expect(json.templates).toEqual({ u: 'https://data.example.org/', a: '{', b: '}' });
    expect(json.refs['a/0']).toEqual(['{{u}}{{a}}{{a}}x{{b}}{{b}}/one.tif', 0, 10]);
    expect(json.refs['a/1']).toEqual(['{{u}}long/{{a}}y{{b}}.tif', 1, 10]);
    // Without a template in it fsspec leaves it alone.
    expect(json.refs['a/2']).toEqual(['https://other.org/{z}', 2, 10]);
    expect(expanded(text)).toEqual(expanded((await write(manifest, {})).text));
  });

  it('leave addresses with braces alone where there is no template', async () => {
    const { json } = await write(manifestOf([[0, range('s3://b/{{x}}', 0)]]), chosen);
    expect(json).toMatchObject({ refs: { 'a/0': ['s3://b/{{x}}', 0, 10] } });
    expect(json.templates).toBeUndefined();
  });

  it('written twice are the same text', async () => {
    const manifest = manifestOf(
      Array.from({ length: 90 }, (_, at) => [at, range(`https://h.org/d${at % 3}/f${at % 9}`, at)]),
    );
    const { text } = await write(manifest, chosen);
    const again = manifestOfReferences(parseReferences(new TextEncoder().encode(text)));
    expect((await write(again, chosen)).text).toBe(text);
  });

  it('do not grow with the number of addresses', async () => {
    const many = function* (): Generator<[number, ManifestEntry]> {
      for (let at = 0; at < 120_000; at++) yield [at, range(`s3://bucket/store.zarr/${at % 400}/${at}`, 0)];
    };
    const array = manifestArrayV2('a', byteArray([120_000], [1]), {}, many);
    const { json } = await write({ groups: [], arrays: [array] }, chosen);
    expect(Object.keys(json.templates ?? {}).length).toBeLessThan(500);
    expect(json.refs['a/5']).toEqual([expect.stringMatching(/^\{\{[a-z]+\}\}(?:5\/)?5$/u), 0, 10]);
  });

  it.each<[string, string, string]>([
    ['1a', 'https://a.org/', '"1a" is no name of a template'],
    ['if', 'https://a.org/', '"if" is no name of a template'],
    ['self', 'https://a.org/', '"self" is no name of a template'],
    ['u', '', 'The template "u" cannot stand for ""'],
    ['u', 'x{{', 'The template "u" cannot stand for "x{{"'],
  ])('%s for %j is refused', async (name, prefix, message) => {
    const templates = { given: [[name, prefix]] as const, chosen: false };
    await expect(write(manifestOf([[0, range('x', 0)]]), { templates })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(message) as string,
    });
    await expect(write(manifestOf([]), { ...chosen, version: 0 })).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});

describe('gen', () => {
  it('has an item for a run along one axis', async () => {
    const manifest = manifestOf([
      [3, range('s3://b/f.nc', 5, 99)],
      ...Array.from({ length: 30 }, (_, at): [number, ManifestEntry] => [
        4 + at,
        range('s3://b/f.nc', 1000 + 64 * at, 64),
      ]),
    ]);
    const { json, text, shortened } = await write(manifest, { gen: true });
    // Chunk 4 is at 1000, so that of index i is at 744 + 64 i.
    expect(json.gen).toEqual([
      {
        key: 'a/{{i}}',
        url: 's3://b/f.nc',
        offset: '{{i*64 + 744}}',
        length: '64',
        dimensions: { i: { start: 4, stop: 34 } },
      },
    ]);
    expect(Object.keys(json.refs)).toEqual(['.zgroup', 'a/.zarray', 'a/3']);
    expect(expanded(text)).toEqual(expanded((await write(manifest, {})).text));
    expect(shortened).toMatchObject({ items: 1, generated: 30, textBytes: text.length });
  });

  it('has one item for a box of three axes, with templates', async () => {
    const chunks: [number, ManifestEntry][] = [];
    for (let t = 0; t < 4; t++) {
      for (let y = 0; y < 5; y++) {
        for (let x = 0; x < 6; x++)
          chunks.push([
            (t * 5 + y) * 6 + x,
            range('https://data.example.org/cube.nc', 100_000 - 10_000 * t + 600 * y + 100 * x, 100),
          ]);
      }
    }
    const manifest = manifestOf(chunks, [4, 5, 6]);
    const { json, text } = await write(manifest, {
      gen: true,
      templates: { given: [['i', 'https://data.example.org/']], chosen: false },
    });
    expect(json).toEqual({
      version: 1,
      templates: { i: 'https://data.example.org/' },
      refs: { '.zgroup': expect.any(String) as string, 'a/.zarray': expect.any(String) as string },
      gen: [
        {
          key: 'a/{{l}}.{{k}}.{{j}}',
          url: '{{i}}cube.nc',
          offset: '{{k*600 + j*100  - l*10000 + 100000}}',
          length: '100',
          dimensions: { l: { stop: 4 }, k: { stop: 5 }, j: { stop: 6 } },
        },
      ],
    });
    expect(expanded(text)).toEqual(expanded((await write(manifest, {})).text));
  });

  it('names keys as the array does', async () => {
    const chunks = Array.from({ length: 24 }, (_, at): [number, ManifestEntry] => [at, range('s3://b/f', 8 * at, 8)]);
    const { json } = await write(manifestOf(chunks, [1, 24], { dimension_separator: '/' }), { gen: true });
    expect(json.gen?.[0]).toMatchObject({ key: 'a/0/{{i}}', offset: '{{i*8}}' });
  });

  it('leaves what is not arithmetic as it is', async () => {
    const lengths = Array.from({ length: 50 }, (_, at) => (at * 7919) % 97);
    let offset = 0;
    const compressed = lengths.map((length, at): [number, ManifestEntry] => {
      offset += length;
      return [at, range('s3://b/f', offset, length + 1)];
    });
    for (const chunks of [
      compressed,
      [[0, { kind: 'inline', bytes: new Uint8Array(3) }]] as [number, ManifestEntry][],
    ]) {
      const plain = await write(manifestOf(chunks), {});
      const { text, shortened } = await write(manifestOf(chunks), { gen: true });
      expect(text).toBe(plain.text);
      expect(shortened).toMatchObject({ items: 0, generated: 0, plainBytes: plain.text.length });
    }
  });

  it('is what our reader makes again of any mixture of runs', async () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    for (let round = 0; round < 30; round++) {
      const shape = [1 + random(3), 1 + random(12), 1 + random(20)];
      const [, rows = 1, columns = 1] = shape;
      const chunks: [number, ManifestEntry][] = [];
      let [row, column, base] = [300, 30, 0];
      for (let at = 0; at < (shape[0] ?? 1) * rows * columns; at++) {
        if (random(40) === 0) continue;
        if (random(60) === 0) [row, column, base] = [random(500), random(50), random(5000)];
        const [y, x] = [Math.floor(at / columns) % rows, at % columns];
        const url = random(50) === 0 ? 's3://bucket/other{x}.nc' : 's3://bucket/file.nc';
        chunks.push([at, random(80) === 0 ? { kind: 'file', url } : range(url, base + row * y + column * x, 30)]);
      }
      const manifest = manifestOf(chunks, shape);
      const plain = await write(manifest, {});
      const { text, shortened } = await write(manifest, { gen: true, templates: { given: [], chosen: true } });
      expect(expanded(text)).toEqual(expanded(plain.text));
      expect(shortened).toMatchObject({ plainBytes: plain.text.length, textBytes: text.length });
      expect(text.length).toBeLessThanOrEqual(plain.text.length);
    }
  });
});
