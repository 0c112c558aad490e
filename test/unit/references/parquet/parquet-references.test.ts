import { describe, expect, it } from 'vitest';
import { KerchunkError } from '../../../../src/errors';
import { ParquetReferences } from '../../../../src/references/parquet/parquet-references';
import { fixtureSet, memoryFolder, parquetFixture, zmetadataOfX } from '../../../support/folder';
import { byteArray } from '../../../support/zarray';

const SCENE = 'https://example.org/scene.tif';
const OTHER = 's3://bucket/other.nc';
/** What make_parquet.py has written, by array and indices. */
const written: [string, number[], unknown][] = [
  ['red', [0, 0], { kind: 'range', url: SCENE, offset: 0, length: 6 }],
  ['red', [1, 2], { kind: 'absent' }],
  ['red', [2, 0], { kind: 'file', url: SCENE }],
  ['red', [3, 2], { kind: 'range', url: SCENE, offset: 3020, length: 6 }],
  ['red', [3, 3], { kind: 'inline', bytes: new Uint8Array([0, 1, 2, 3, 4, 255]) }],
  ['red', [4, 3], { kind: 'range', url: OTHER, offset: 4030, length: 6 }],
  ['time', [11], { kind: 'range', url: OTHER, offset: 2 ** 40 + 88, length: 8 }],
  ['deep/name', [0], { kind: 'inline', bytes: new TextEncoder().encode('ab') }],
  ['crs', [], { kind: 'inline', bytes: new Uint8Array([1, 0, 0, 0]) }],
  ['red', [5, 0], { kind: 'absent' }],
];

describe.each(['kerchunk', 'arrow'])('a set in parquet written by %s', (writer) => {
  it.each(written)('gives %s %j', async (path, indices, reference) => {
    const references = await ParquetReferences.open(await fixtureSet(writer));
    expect(await references.chunk(path, indices)).toEqual(reference);
    expect((await references.load()).chunk(path, indices)).toEqual(reference);
  });

  it('has these arrays, groups and chunks', async () => {
    const references = await ParquetReferences.open(await fixtureSet(writer));
    expect(references.recordSize).toBe(12);
    expect(references.metadata.array('red').shape).toEqual([10, 12]);
    const set = await references.load();
    expect(new Set(set.arrayPaths())).toEqual(new Set(['red', 'time', 'deep/name', 'crs']));
    expect(new Set(set.groupPaths())).toEqual(new Set(['', 'deep']));
    expect(set.coverage('red')).toEqual({ total: 20, ranges: 18, inline: 1, absent: 1, broken: 0 });
    // 17 ranges of 6 bytes and the inline data of 6; how long the whole file is nobody says.
    expect(set.storedBytes('red')).toBe(108);
    expect(set.urls).toHaveLength(2);
  });
});

describe('a set in parquet', () => {
  it('reads no more than the record file of a chunk, and that once', async () => {
    const folder = await fixtureSet('kerchunk');
    const references = await ParquetReferences.open(folder);
    await references.chunk('red', [3, 0]);
    await references.chunk('red', [4, 0]);
    expect(folder.opened).toEqual(['.zmetadata', 'red/refs.1.parq']);
  });

  it('loads the record files of a range of chunks alone', async () => {
    const folder = await fixtureSet('kerchunk');
    const references = await ParquetReferences.open(folder);
    const set = await references.load({ range: { path: 'red', first: 12, end: 13 } });
    expect(folder.opened).toEqual(['.zmetadata', 'red/refs.1.parq']);
    expect(set.chunk('red', [3, 0])).toEqual({ kind: 'range', url: SCENE, offset: 3000, length: 6 });
    expect(set.chunk('red', [0, 0])).toEqual({ kind: 'absent' });
  });

  it('tells where a key stands', async () => {
    const set = await (await ParquetReferences.open(await fixtureSet('kerchunk'))).load();
    expect(set.recordPlace('red/3.1')).toEqual({ file: 'red/refs.1.parq', row: 2 });
    expect(set.recordPlace('crs/0')).toEqual({ file: 'crs/refs.0.parq', row: 1 });
    expect(set.recordPlace('red/.zarray')).toEqual({ file: '.zmetadata' });
    expect(set.lookup('red/.zarray').kind).toBe('document');
    expect([...set.keys()]).toContain('red/4.3');
    expect([...set.chunkKeys('deep/name')]).toEqual(['deep/name/0']);
    expect(set.entrySpan('red/3.1')).toEqual(set.entrySpan('red/.zarray'));
    expect(set.innerSpan('red/.zarray', ['shape', 1])?.length).toBe(2);
  });

  it('takes relative paths from the folder of the array, as GDAL does', async () => {
    const record = await parquetFixture('records/relative.parq');
    const folder = memoryFolder({ '.zmetadata': zmetadataOfX(), 'x/refs.0.parq': record });
    const references = await ParquetReferences.open(folder, 'file:///data/set/.zmetadata');
    const set = await references.load();
    for (const [index, url] of ['x/../a.bin', '/data/b.bin'].entries()) {
      const reference = { kind: 'range', url, offset: 2 * index, length: 2 };
      expect(await references.chunk('x', [index])).toEqual(reference);
      expect(set.chunk('x', [index])).toEqual(reference);
    }
  });

  it('reads inline data with the prefix base64: as fsspec does', async () => {
    const record = await parquetFixture('records/raw-base64.parq');
    const references = await ParquetReferences.open(
      memoryFolder({ '.zmetadata': zmetadataOfX(), 'x/refs.0.parq': record }),
    );
    expect(await references.chunk('x', [0])).toEqual({ kind: 'inline', bytes: new Uint8Array([0, 255]) });
  });

  it.each(['no-offset', 'short', 'negative-offset', 'size-zero'])(
    'fails on a chunk without a reference that can be read: %s',
    async (name) => {
      const record = await parquetFixture(`records/${name}.parq`);
      const references = await ParquetReferences.open(
        memoryFolder({ '.zmetadata': zmetadataOfX(), 'x/refs.0.parq': record }),
      );
      const set = await references.load();
      const index = name === 'size-zero' ? 0 : 1;
      await expect(references.chunk('x', [index])).rejects.toMatchObject({ code: 'malformed-reference' });
      expect(() => set.chunk('x', [index])).toThrow(KerchunkError);
    },
  );

  it('looks for no record files outside its folder', async () => {
    const array = byteArray([1], [1]);
    const folder = memoryFolder({ '.zmetadata': zmetadataOfX({ '../y/.zarray': array }) });
    const references = await ParquetReferences.open(folder);
    await references.load();
    expect(await references.chunk('../y', [0])).toEqual({ kind: 'absent' });
    expect(folder.opened).toEqual(['.zmetadata']);
  });

  it('is done at once with an array of 10^15 chunks, of which one record file is there', async () => {
    const array = byteArray([1e15], [1]);
    const record = await parquetFixture('records/good.parq');
    const folder = memoryFolder({ '.zmetadata': zmetadataOfX({ 'x/.zarray': array }), 'x/refs.7.parq': record });
    const set = await (await ParquetReferences.open(folder)).load();
    expect(set.chunk('x', [14])).toEqual({ kind: 'range', url: SCENE, offset: 0, length: 2 });
    expect(set.coverage('x')).toEqual({ total: 1e15, ranges: 2, inline: 0, absent: 1e15 - 2, broken: 0 });
  });

  it('can be cancelled', async () => {
    const references = await ParquetReferences.open(await fixtureSet('kerchunk'));
    await expect(references.load({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });

  it.each([
    [
      'no folder of a set',
      memoryFolder({ 'x/refs.0.parq': '' }),
      'fetch-failed',
      'There is no .zmetadata in the folder',
    ],
    [
      'a text that is no JSON',
      memoryFolder({ '.zmetadata': '{"metadata": {' }),
      'not-json',
      'This is not JSON: line 1, column 15',
    ],
    ['a list', memoryFolder({ '.zmetadata': '[]' }), 'malformed-reference', 'it is no JSON object'],
    [
      'nothing of it',
      memoryFolder({ '.zmetadata': '{"record_size": 1}' }),
      'malformed-reference',
      'it has no "metadata"',
    ],
    [
      'a list of documents',
      memoryFolder({ '.zmetadata': '{"metadata": [], "record_size": 1}' }),
      'malformed-reference',
      'its "metadata" is no object',
    ],
    [
      'no documents',
      memoryFolder({ '.zmetadata': '{"metadata": {}, "record_size": 1}' }),
      'malformed-reference',
      'its "metadata" hold no zarr metadata',
    ],
    [
      'an ordinary zarr store',
      memoryFolder({ '.zmetadata': '{"zarr_consolidated_format": 1, "metadata": {".zgroup": {"zarr_format": 2}}}' }),
      'malformed-reference',
      'it is the consolidated metadata of an ordinary zarr store',
    ],
  ])('refuses %s', async (_, folder, code, message) => {
    const opened = ParquetReferences.open(folder);
    await expect(opened).rejects.toMatchObject({ code });
    await expect(opened).rejects.toThrow(message);
  });
});
