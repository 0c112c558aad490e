import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json';
import { manifestOfReferences } from '../../../src/manifest/from-references';
import { manifestArrayV2, manifestArrayV3 } from '../../../src/manifest/manifest-array';
import { entriesOfManifest } from '../../../src/manifest/to-entries';
import type { Manifest, ManifestEntry } from '../../../src/manifest/types';
import { writeParquet } from '../../../src/manifest/write-parquet';
import { ParquetReferences } from '../../../src/references/parquet/parquet-references';
import { fixtureSet, memoryFolder, writtenFolder } from '../../support/folder';
import { byteArray } from '../../support/zarray';
const root = { path: '', zarrFormat: 2 as const, attributes: { title: 'test' } };
const range = (url: string, offset: number, length: number): ManifestEntry => ({ kind: 'range', url, offset, length });
const bytes = (text: string) => new TextEncoder().encode(text);

function manifestOf(path: string, shape: number[], entries: [number, ManifestEntry][], more?: JsonObject): Manifest {
  const document = byteArray(
    shape,
    shape.map(() => 1),
    more,
  );
  return { groups: [root], arrays: [manifestArrayV2(path, document, {}, () => entries)] };
}

async function files(manifest: Manifest, recordSize?: number): Promise<Record<string, Uint8Array>> {
  const folder = writtenFolder();
  await writeParquet(manifest, folder, { recordSize });
  return folder.files;
}

describe('writeParquet', () => {
  it('writes what fsspec wrote before', async () => {
    const references = await ParquetReferences.open(await fixtureSet('kerchunk'));
    const manifest = manifestOfReferences(await references.load());
    const written = await files(manifest, 12);
    expect(Object.keys(written).sort()).toEqual([
      '.zmetadata',
      'crs/refs.0.parq',
      'deep/name/refs.0.parq',
      'red/refs.0.parq',
      'red/refs.1.parq',
      'time/refs.0.parq',
    ]);
    const again = await (await ParquetReferences.open(memoryFolder(written))).load();
    expect(again.problems).toEqual([]);
    expect([...entriesOfManifest(manifestOfReferences(again))]).toEqual([...entriesOfManifest(manifest)]);
  });

  it('leaves out record files of which no chunk exists', async () => {
    const far = range('s3://bucket/a', 2 ** 52, 7);
    const written = await files(manifestOf('a', [2 ** 40], [[2 ** 39 + 3, far]]), 1000);
    const record = Math.floor((2 ** 39 + 3) / 1000);
    expect(Object.keys(written)).toEqual([`a/refs.${record}.parq`, '.zmetadata']);
    const references = await ParquetReferences.open(memoryFolder(written));
    expect(references.recordSize).toBe(1000);
    expect(await references.chunk('a', [2 ** 39 + 3])).toEqual(far);
    expect(await references.chunk('a', [2 ** 39 + 2])).toEqual({ kind: 'absent' });
  });

  it('keeps inline bytes that look like base64, and names chunks with points', async () => {
    const inline: ManifestEntry = { kind: 'inline', bytes: bytes('base64:AA') };
    const manifest = manifestOf('g/a', [2, 2], [[1, inline]], { dimension_separator: '/' });
    const written = await files(manifest);
    const { metadata } = JSON.parse(new TextDecoder().decode(written['.zmetadata'])) as {
      metadata: Record<string, JsonObject>;
    };
    expect(metadata['g/a/.zarray']?.dimension_separator).toBe('.');
    const references = await ParquetReferences.open(memoryFolder(written));
    expect(await references.chunk('g/a', [0, 1])).toEqual(inline);
  });

  it.each([
    ['an array at the root', manifestOf('', [1], []), 'The array stands at the root'],
    ['a name that no reader asks for', manifestOf('a/../b', [1], []), 'No reader asks for the array "a/../b"'],
    [
      'a relative address',
      manifestOf('a', [1, 2], [[1, range('data/b.tif', 0, 1)]]),
      '"a/0.1" points at the relative address "data/b.tif"',
    ],
    ['a range of no bytes', manifestOf('a', [1], [[0, range('s3://b/c', 5, 0)]]), '"a/0" is a range of 0 bytes'],
  ])('refuses %s', async (_what, manifest, message) => {
    await expect(files(manifest)).rejects.toThrow(
      expect.objectContaining({ code: 'not-expressible', message: expect.stringContaining(message) as string }),
    );
  });

  it('refuses zarr v3 and record sizes that cannot be held', async () => {
    const document: JsonObject = {
      zarr_format: 3,
      node_type: 'array',
      shape: [4],
      data_type: 'uint8',
      chunk_grid: { name: 'regular', configuration: { chunk_shape: [2] } },
      chunk_key_encoding: { name: 'default' },
      fill_value: 0,
      codecs: [{ name: 'bytes' }],
    };
    const v3 = { groups: [], arrays: [manifestArrayV3('a', document, () => [])] };
    await expect(files(v3)).rejects.toThrow(/"a" is zarr v3.*--zarr 2/u);
    for (const size of [0, 1.5, 2e6]) {
      await expect(files(manifestOf('a', [1], []), size)).rejects.toThrow('from 1 to 1,000,000');
    }
  });
});
