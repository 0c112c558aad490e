import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listTargets } from '../../../src/preview/target-list';
import { mapTarget } from '../../../src/preview/target-map';
import { readTargetBytes } from '../../../src/preview/target-bytes';
import { regionFlags, regionKinds, type TargetMap } from '../../../src/preview/target-types';
import { documentOf, never, url, zarrayOf } from './harness';

/** `kind start-end array:chunk image:number flags` of each region, what is nothing left out. */
function lines({ regions, arrays, images }: TargetMap): string[] {
  const { count, ...columns } = regions;
  const starts = new Float64Array(columns.starts);
  const lengths = new Float64Array(columns.lengths);
  const kinds = new Uint8Array(columns.kinds);
  const flags = new Uint8Array(columns.flags);
  const ofArray = new Uint32Array(columns.arrays);
  const ofImage = new Uint32Array(columns.images);
  const chunks = new Float64Array(columns.chunks);
  const numbers = new Float64Array(columns.numbers);
  return Array.from({ length: count }, (_, i) => {
    const [array, image] = [ofArray[i] ?? 0, ofImage[i] ?? 0];
    const named = Object.entries(regionFlags).filter(([, bit]) => ((flags[i] ?? 0) & bit) !== 0);
    return [
      regionKinds[kinds[i] ?? 0],
      `${starts[i]}-${(starts[i] ?? 0) + (lengths[i] ?? 0)}`,
      ...(array === 0 ? [] : [`${arrays[array - 1]?.path}:${chunks[i]}`]),
      ...(image === 0 ? [] : [`${images[image - 1]?.name}:${numbers[i]}`]),
      ...named.map(([name]) => name),
    ].join(' ');
  });
}

const whole = { kind: 'target', target: 0, part: 0 } as const;

describe('targets of references', () => {
  it('are counted, each byte once, with the largest stretch that nothing names', async () => {
    const document = documentOf({
      'a/.zarray': zarrayOf([5], [1], '|u1'),
      'a/0': [url, 100, 10],
      'a/1': [url, 0, 20],
      'a/2': [url, 10, 20],
      'a/3': ['https://x.org/other?sig=secret', 7, 5],
      'a/4': ['s3://bucket/whole.nc'],
    });
    const { count, found, targets } = await listTargets(document, '', never);
    expect([count, found]).toEqual([3, 3]);
    expect(targets).toMatchObject([
      // 0-30 and 100-110.
      { shownUrl: url, references: 3, wholes: 0, bytes: 40, largestGap: 70, size: null },
      { shownUrl: 'https://x.org/other?…', references: 1, bytes: 5, largestGap: null },
      { shownUrl: 's3://bucket/whole.nc', references: 1, wholes: 1, bytes: 0, largestGap: null },
    ]);
    const searched = await listTargets(document, ' WHOLE', never);
    expect(searched.found).toBe(1);
    expect(searched.targets[0]?.shownUrl).toBe('s3://bucket/whole.nc');
  });
});

describe('the map of a file', () => {
  it('has gaps, overlaps, ranges named twice and keys that are no chunk, from the references alone', async () => {
    const document = documentOf({
      'a/.zarray': zarrayOf([2, 2], [1, 1], '|u1'),
      'a/0.0': [url, 50, 10],
      'a/0.1': [url, 10, 20],
      'a/1.0': [url, 25, 10],
      'a/1.1': [url, 10, 20],
      'a/stray': [url, 60, 5],
    });
    const map = await mapTarget(document, whole, false, never);
    expect(lines(map)).toEqual([
      'gap 0-10',
      'chunk 10-30 a:1 shared',
      'chunk 25-35 a:2 overlap',
      'gap 35-50',
      'chunk 50-60 a:0',
      'chunk 60-65',
    ]);
    expect(map).toMatchObject({ size: null, end: 65, total: 6, parts: 1, structure: { kind: 'not-read' } });
    expect(map.kinds.filter(({ count }) => count > 0)).toEqual([
      { kind: 'chunk', count: 4, bytes: 40 },
      { kind: 'gap', count: 2, bytes: 25 },
    ]);
    expect(map.sentences).toContain('1 region shares bytes with one before it: they overlap.');
    // 0.1 stands before 0.0, and 1.1 before 1.0.
    expect(map.sentences).toContain('2 of 4 chunks of a stand before the chunk that precedes them in the array.');
  });

  it('leads from a chunk to its region', async () => {
    const document = documentOf({
      'a/.zarray': zarrayOf([3], [1], '|u1'),
      'a/0': [url, 30, 10],
      'a/1': [url, 10, 10],
      'a/2': 'x',
    });
    const at = (index: number) => mapTarget(document, { kind: 'chunk', path: 'a', indices: [index] }, false, never);
    expect((await at(0)).selected).toBe(3);
    expect((await at(1)).selected).toBe(1);
    await expect(at(2)).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('gives a file that is one chunk no region as long as its size is not known', async () => {
    const document = documentOf({ 'a/.zarray': zarrayOf([1], [1], '|u1'), 'a/0': [url] });
    const map = await mapTarget(document, whole, false, never);
    expect(map).toMatchObject({ total: 0, end: 0, wholes: 1, selected: null });
    expect(map.sentences).toContain('1 reference is to all of the file.');
  });

  it('refuses targets and parts that are not there', async () => {
    const document = documentOf({ 'a/.zarray': zarrayOf([1], [1], '|u1'), 'a/0': [url, 0, 1] });
    for (const place of [
      { kind: 'target', target: 1, part: 0 },
      { kind: 'target', target: -1, part: 0 },
      { kind: 'target', target: 0, part: 1 },
    ] as const) {
      await expect(mapTarget(document, place, false, never)).rejects.toMatchObject({ code: 'invalid-argument' });
    }
  });

  it('says why the structure could not be read, and shows the references', async () => {
    const document = documentOf({ 'a/.zarray': zarrayOf([1], [1], '|u1'), 'a/0': [url, 0, 1] });
    const map = await mapTarget(document, whole, true, never);
    expect(map.structure).toMatchObject({ kind: 'failed', code: 'fetch-failed' });
    expect(lines(map)).toEqual(['chunk 0-1 a:0']);
    const text = documentOf(
      { 'a/.zarray': zarrayOf([1], [1], '|u1'), 'a/0': [url, 0, 1] },
      { [url]: Uint8Array.of(1, 2, 3, 4) },
    );
    expect((await mapTarget(text, whole, true, never)).structure).toEqual({ kind: 'other' });
  });
});

describe('the map of a TIFF', () => {
  const file = new Uint8Array(readFileSync('test/fixtures/tiff/strips-le.tif'));
  const address = 'https://x.org/strips.tif';

  it('has nothing fetched before it is asked for', async () => {
    const requests: never[] = [];
    const refs = { 'a/.zarray': zarrayOf([1], [1], '|u1'), 'a/0': [address, 8, 1] };
    const document = documentOf(refs, { [address]: file }, requests);
    expect((await mapTarget(document, whole, false, never)).structure).toEqual({ kind: 'not-read' });
    expect(requests).toEqual([]);
    const map = await mapTarget(document, whole, true, never);
    expect(map.structure.kind).toBe('tiff');
    expect(requests.length).toBe(1);
    // It is known now.
    expect((await mapTarget(document, whole, false, never)).structure.kind).toBe('tiff');
    expect(requests.length).toBe(1);
    // TIFF 6.0: a header of 8 bytes, an IFD of 2 + 12 n + 4; tags 273 and 279 are the strips' offsets and lengths, 4 bytes each and 2.
    expect(lines(map).slice(0, 4)).toEqual([
      'header 0-8',
      'ifd 8-158 IFD 0:0',
      'chunk 8-9 a:0 overlap',
      'table 158-182 IFD 0:273',
    ]);
    expect(map.kinds.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(file.length);
  });
});

describe('bytes of a file', () => {
  it('come 4,096 at a time, fewer at its end', async () => {
    const file = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);
    const document = documentOf({ 'a/.zarray': zarrayOf([1], [1], '|u1'), 'a/0': [url, 0, 1] }, { [url]: file });
    const read = async (offset: number) => [
      ...new Uint8Array((await readTargetBytes(document, 0, offset, never)).bytes),
    ];
    expect(await read(10)).toEqual([...file.subarray(10, 4106)]);
    expect(await read(4096)).toEqual([...file.subarray(4096)]);
    expect(await read(6000)).toEqual([]);
    for (const offset of [-1, 0.5, NaN, 2 ** 53]) {
      await expect(readTargetBytes(document, 0, offset, never)).rejects.toMatchObject({ code: 'invalid-argument' });
    }
    await expect(readTargetBytes(document, 9, 0, never)).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});
