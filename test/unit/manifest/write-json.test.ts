import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeGzip } from '../../../src/bytes/gzip-sink';
import { MemorySink } from '../../../src/bytes/sink';
import type { JsonObject } from '../../../src/json';
import { manifestOfReferences } from '../../../src/manifest/from-references';
import { manifestArrayV2, manifestArrayV3 } from '../../../src/manifest/manifest-array';
import { entriesOfManifest } from '../../../src/manifest/to-entries';
import type { Manifest, ManifestArray, ManifestEntry } from '../../../src/manifest/types';
import { writeJson, type WriteJsonOptions } from '../../../src/manifest/write-json';
import { parseReferences } from '../../../src/references/parse';
import { writeReferences } from '../../../src/references/write';
import { byteArray } from '../../support/zarray';

const root = { path: '', zarrFormat: 2 as const, attributes: { title: 'a "test"' } };

function arrayOf(path: string, chunks: [number, ManifestEntry][], shape = [4, 4], sides = [2, 2]): ManifestArray {
  return manifestArrayV2(path, byteArray(shape, sides), { _ARRAY_DIMENSIONS: ['y', 'x'] }, () => chunks);
}

async function written(manifest: Manifest, options: WriteJsonOptions): Promise<string> {
  const sink = new MemorySink();
  const { bytes } = await writeJson(manifest, sink, options);
  const text = sink.take();
  expect(bytes).toBe(text.length);
  return new TextDecoder().decode(text);
}

const some: Manifest = {
  groups: [root],
  arrays: [
    arrayOf('a', [
      [0, { kind: 'range', url: 'https://example.org/"ä".tif', offset: 2 ** 40, length: 16 }],
      [1, { kind: 'file', url: 'https://example.org/"ä".tif' }],
      [3, { kind: 'inline', bytes: Uint8Array.of(0, 255) }],
    ]),
    arrayOf('b"/c', [[2, { kind: 'inline', bytes: new TextEncoder().encode('abcd') }]]),
  ],
};

describe('writeJson', () => {
  it('writes an entry a line, chunks by their keys', async () => {
    const refs = {
      '.zgroup': '{"zarr_format":2}',
      '.zattrs': '{"title":"a \\"test\\""}',
      'a/.zarray': JSON.stringify(byteArray([4, 4], [2, 2])),
      'a/.zattrs': '{"_ARRAY_DIMENSIONS":["y","x"]}',
      'a/0.0': ['https://example.org/"ä".tif', 1099511627776, 16],
      'a/0.1': ['https://example.org/"ä".tif'],
      'a/1.1': 'base64:AP8=',
      'b"/c/.zarray': JSON.stringify(byteArray([4, 4], [2, 2])),
      'b"/c/.zattrs': '{"_ARRAY_DIMENSIONS":["y","x"]}',
      'b"/c/1.0': 'abcd',
    };
    const text = await written(some, { version: 1 });
    expect(JSON.parse(text)).toEqual({ version: 1, refs });
    expect(text.split('\n')).toHaveLength(Object.keys(refs).length + 2);
    expect(JSON.parse(await written(some, { version: 0 }))).toEqual(refs);
  });

  it.each([
    [0, true],
    [1, false],
  ] as const)('writes version %d as writeReferences does', async (version, nested) => {
    const whole = writeReferences(entriesOfManifest(some), { version, nested });
    expect(await written(some, { version, nested })).toBe(whole);
  });

  it('consolidates metadata where there are groups below the root', async () => {
    const groups = [root, { path: '0', zarrFormat: 2 as const, attributes: {} }];
    const text = await written({ groups, arrays: [arrayOf('0/a', [])] }, { version: 1 });
    const { refs } = JSON.parse(text) as { refs: Record<string, string> };
    const { metadata } = JSON.parse(refs['.zmetadata'] ?? '') as { metadata: object };
    expect(Object.keys(metadata)).toEqual(['.zgroup', '.zattrs', '0/.zgroup', '0/a/.zarray', '0/a/.zattrs']);
  });

  it('consolidates zarr.json in that of the root', async () => {
    const document: JsonObject = {
      zarr_format: 3,
      node_type: 'array',
      shape: [4],
      data_type: 'uint8',
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [2] } },
      chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
      fill_value: 0,
      codecs: [{ name: 'bytes' }],
    };
    const manifest: Manifest = {
      groups: [{ path: '', zarrFormat: 3, attributes: {} }],
      arrays: [manifestArrayV3('a', document, () => [[1, { kind: 'file', url: 'file:///a' }]])],
    };
    const text = await written(manifest, { version: 1, nested: true });
    expect(JSON.parse(text)).toEqual({
      version: 1,
      refs: {
        'zarr.json': {
          zarr_format: 3,
          node_type: 'group',
          attributes: {},
          consolidated_metadata: { kind: 'inline', must_understand: false, metadata: { a: document } },
        },
        'a/zarr.json': document,
        'a/c/1': ['file:///a'],
      },
    });
  });

  it('holds no more than some pieces at once', async () => {
    const count = 200_000;
    const array = manifestArrayV2('a', byteArray([count], [1]), {}, function* () {
      for (let chunk = 0; chunk < count; chunk++) {
        yield [chunk, { kind: 'range', url: `file:///${chunk % 2}`, offset: chunk, length: 1 }] as const;
      }
    });
    const sizes: number[] = [];
    const sink = {
      write: (bytes: Uint8Array) => {
        sizes.push(bytes.length);
        return Promise.resolve();
      },
    };
    const told: number[] = [];
    const result = await writeJson({ groups: [root], arrays: [array] }, sink, {
      version: 1,
      onProgress: (chunks) => told.push(chunks),
    });
    expect(result.chunks).toBe(count);
    expect(Math.max(...sizes)).toBeLessThan(2 ** 18);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(result.bytes);
    expect(told.at(-1)).toBe(count);
  });

  it('stops where it is cancelled, and where the sink fails', async () => {
    const cancel = new AbortController();
    const endless = manifestArrayV2('a', byteArray([2 ** 40], [1]), {}, function* () {
      for (let chunk = 0; ; chunk++) yield [chunk, { kind: 'file', url: 'file:///a' }] as const;
    });
    const manifest = { groups: [root], arrays: [endless] };
    const sink = {
      write: () => {
        cancel.abort();
        return Promise.resolve();
      },
    };
    await expect(writeJson(manifest, sink, { version: 1, signal: cancel.signal })).rejects.toThrow(
      expect.objectContaining({ code: 'cancelled' }),
    );
    const full = { write: () => Promise.reject(new Error('the disk is full')) };
    await expect(writeJson(manifest, full, { version: 1 })).rejects.toThrow('the disk is full');
    const zipped = writeGzip(full, (sink) => writeJson(manifest, sink, { version: 1 }));
    await expect(zipped).rejects.toThrow('the disk is full');
    const failing = writeGzip(new MemorySink(), () => Promise.reject(new Error('no more')));
    await expect(failing).rejects.toThrow('no more');
  });

  it('refuses a range that is none', async () => {
    const wrong = arrayOf('a', [[0, { kind: 'range', url: 'file:///a', offset: -1, length: 4 }]]);
    await expect(written({ groups: [root], arrays: [wrong] }, { version: 1 })).rejects.toThrow(/bytes -1 to 3/u);
  });

  it('keeps a bare NaN of a document in a string, so that the file is JSON', async () => {
    const nan: Manifest = { groups: [{ path: '', zarrFormat: 2, attributes: { missing: NaN } }], arrays: [] };
    const text = await written(nan, { version: 0, nested: true });
    expect(JSON.parse(text)).toEqual({ '.zgroup': { zarr_format: 2 }, '.zattrs': '{"missing":NaN}' });
  });

  it('writes gzip, which gives the same text', async () => {
    const sink = new MemorySink();
    await writeGzip(sink, (zipped) => writeJson(some, zipped, { version: 1 }));
    expect(gunzipSync(sink.take()).toString()).toBe(await written(some, { version: 1 }));
  });

  it('writes what reads as the same manifest', async () => {
    const read = manifestOfReferences(parseReferences(new TextEncoder().encode(await written(some, { version: 1 }))));
    expect(read.arrays.map(({ entries }) => [...entries()])).toEqual(some.arrays.map(({ entries }) => [...entries()]));
  });
});
