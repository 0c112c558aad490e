import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeTiff } from '../../../src/tiff/describe';
import { openerOf, type Request } from '../read/harness';
import { CountingSource } from '../tiff/counting-source';
import { clientHere, nodesOf } from './harness';

const url = 'file:///scenes/a.tif';
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(path.resolve(import.meta.dirname, '../../fixtures', name)));

const sample = fixture('sample/red.tif');

describe('a TIFF in the worker', () => {
  it('is opened by its headers, and its chunks are read by ranges', async () => {
    const requests: Request[] = [];
    const client = clientHere(openerOf({ [url]: sample }, requests));
    const outline = await client.request('openTiff', { document: 't', url });
    expect(outline.tiff).toEqual({
      container: 'TIFF, little-endian',
      size: null,
      ifds: 4,
      compression: 'Deflate (8)',
      samples: '1 band of unsigned integers of 16 bits',
      refusal: null,
      overviewsRefusal: null,
    });
    const arrays = nodesOf(outline).flatMap((node) => (node.kind === 'array' ? [[node.path, node.shape]] : []));
    expect(arrays).toEqual(
      expect.arrayContaining([
        ['0/red', [1536, 1536]],
        ['3/red', [192, 192]],
      ]),
    );
    expect(requests).toEqual([{ url, offset: 0, length: 65_536 }]);
    const chunk = await client.request('chunk', { document: 't', path: '0/red', indices: [2, 3] });
    expect(chunk.outcome).toMatchObject({ kind: 'values', allFill: false });
    expect(chunk.stages.map(({ name }) => name)).toEqual(['stored', 'zlib', 'imagecodecs_delta', 'array']);
    const absent = await client.request('chunk', { document: 't', path: '0/red', indices: [4, 5] });
    expect(absent.outcome).toEqual({ kind: 'absent', fillValue: '0' });
  });

  it('is refused in the words of generating where nothing here decodes it', async () => {
    const client = clientHere(openerOf({ [url]: fixture('tiff/ccitt-4.tif') }));
    await expect(client.request('openTiff', { document: 't', url })).rejects.toMatchObject({
      code: 'not-expressible',
      message: expect.stringContaining('a.tif: it is compressed with CCITT Group 4 (4)') as string,
    });
    await expect(client.request('describeArray', { document: 't', path: 'a' })).rejects.toMatchObject({
      code: 'not-open',
    });
  });

  it.each([
    ['sample/red.tif', true],
    ['tiff/ccitt-4.tif', false],
  ])('tells whether the pixels of %s are decoded here', async (name, shown) => {
    const tiff = await describeTiff(CountingSource.of(fixture(name)));
    expect(await clientHere(openerOf({})).request('canShow', { tiff })).toBe(shown);
  });
});
