import { beforeAll, describe, expect, it } from 'vitest';
import { provideAssets } from '../../../src/assets';
import type { SourceOpener } from '../../../src/bytes/source';
import { KerchunkError } from '../../../src/errors';
import { compareWindows } from '../../../src/preview/compare';
import type { Comparison, PlaneWindow } from '../../../src/preview/compare-types';
import { openDocument } from '../../../src/preview/document';
import { notebookCog } from '../../fixtures/notebook/cog';
import { address, knownRows, notebookJson, size } from '../../fixtures/notebook/facts';
import type { Content } from '../../support/content';
import { readTestAsset } from '../assets';
import { openerOf, type Refs, referencesOf, withMetadata } from '../check/harness';
import { never, url, zarrayOf } from './harness';

type Compared = Extract<Comparison, { kind: 'compared' }>;

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

function compare(refs: object, first: PlaneWindow, opener: SourceOpener = openerOf()): Promise<Comparison> {
  const document = openDocument(encode({ version: 1, refs }), undefined, opener);
  return compareWindows(document, { first, second: { kind: 'tiff' } }, never);
}

function comparedOf(comparison: Comparison): Compared {
  if (comparison.kind !== 'compared') throw new Error(JSON.stringify(comparison));
  return comparison;
}

function plane(
  path: string,
  slices: readonly (readonly [number, number])[],
  rows: number,
  columns: number,
): PlaneWindow {
  return { path, slices: slices.map(([start, stop]) => ({ start, stop })), rows, columns };
}

let content: Content;

beforeAll(async () => {
  provideAssets(readTestAsset);
  // Both take seconds.
  content = notebookCog();
  await readTestAsset('epsg.bin');
}, 120_000);

describe('the references beside the TIFF', () => {
  it('of the notebook differ after the first row, by what its printed values and the stored ones differ', async () => {
    const opener: SourceOpener = {
      open: () => ({
        url: address,
        size: () => size,
        validator: () => undefined,
        read: (offset, length) => Promise.resolve(content.read(offset, Math.min(length, size - offset))),
      }),
    };
    const document = openDocument(encode(notebookJson()), undefined, opener);
    const window = plane(
      'red',
      [
        [7 * 1024, 8 * 1024],
        [0, 1024],
      ],
      0,
      1,
    );
    const found = comparedOf(await compareWindows(document, { first: window, second: { kind: 'tiff' } }, never));
    expect(found.notes[0]).toMatch(/^The TIFF’s pixels are scaled and cast by the array’s own filters/u);
    expect(found.second.image).toBe('IFD 0 (full resolution, 10980 x 10980)');
    const [readers, truth] = [found.first, found.second].map(({ data }) => new Float32Array(data));
    for (const { row, printed, truth: stored } of knownRows) {
      const at = row * 1024;
      expect(readers?.[at]).toBeCloseTo(printed[0], 4);
      expect(truth?.[at]).toBeCloseTo(stored[0] / 10_000 - 0.1, 4);
    }
    // The notebook says that 0.0 is nodata, which is a reflectance.
    const { unequal, compared, largest, nodataInFirst, nodataInSecond, nodataInBoth } = found.difference;
    expect(compared + nodataInFirst).toBe(1024 * 1024);
    expect([nodataInSecond, nodataInBoth]).toEqual([0, 0]);
    expect(unequal / compared).toBeGreaterThan(0.98);
    expect(largest?.row).toBeGreaterThan(0);
    const firstRow = plane(
      'red',
      [
        [7 * 1024, 7 * 1024 + 1],
        [0, 1024],
      ],
      0,
      1,
    );
    const same = comparedOf(await compareWindows(document, { first: firstRow, second: { kind: 'tiff' } }, never));
    expect(same.difference).toMatchObject({ compared: 1024, unequal: 0, minimum: '0', maximum: '0' });
  });

  it.each([
    ['cog-deflate-p2-i16-overviews.tif', 0, 1],
    ['cog-zstd-p3-f32-overviews-bigtiff.tif', 0, 1],
    ['cog-lzw-p2-u16-3band-overviews.tif', 0, 1],
  ])('of %s, as they are generated, are the same in every plane', async (name, rows, columns) => {
    const refs = await referencesOf(name, { name: 'a', overviews: true });
    const { shape } = JSON.parse(String(refs['1/a/.zarray'])) as { shape: number[] };
    const slices = shape.map((side, axis): [number, number] => (axis < 2 ? [3, side - 2] : [1, 2]));
    const found = comparedOf(await compare(refs, plane('1/a', slices, rows, columns)));
    expect(found.difference.count).toBe(((shape[0] ?? 0) - 5) * ((shape[1] ?? 0) - 5));
    expect(found.difference).toMatchObject({ unequal: 0, notRead: 0, nodataInFirst: 0, nodataInSecond: 0 });
    expect(found.second.image).toMatch(/overview/u);
    expect(found.second.name).toBe(name);
  });

  it('show a wrong byte order, a reference that leads elsewhere, and one that is missing', async () => {
    const name = 'cog-deflate-p2-i16-overviews.tif';
    const refs = await referencesOf(name, { name: 'a' });
    const { shape, chunks } = JSON.parse(String(refs['a/.zarray'])) as { shape: number[]; chunks: [number, number] };
    const whole = plane(
      'a',
      shape.map((side): [number, number] => [0, side]),
      0,
      1,
    );
    expect(comparedOf(await compare(refs, whole)).difference.unequal).toBe(0);
    const swapped = comparedOf(await compare(withMetadata(refs, 'a', { dtype: '>i2' }), whole)).difference;
    expect(swapped.unequal).toBeGreaterThan(0);
    // Two chunks exchanged: all else is as the TIFF has it.
    const exchanged = { ...refs, 'a/0.0': refs['a/0.1'], 'a/0.1': refs['a/0.0'] };
    const found = comparedOf(await compare(exchanged, whole)).difference;
    expect(found.unequal).toBeGreaterThan(0);
    expect(found.unequal).toBeLessThanOrEqual(2 * chunks[0] * chunks[1]);
    expect(found.largest?.row).toBeLessThan(chunks[0]);
    const less = Object.fromEntries(Object.entries(refs).filter(([key]) => key !== 'a/0.0'));
    const absent = comparedOf(await compare(less, whole));
    expect(absent.first.absent).toBe(1);
    const first = plane(
      'a',
      [
        [0, chunks[0]],
        [0, chunks[1]],
      ],
      0,
      1,
    );
    // Nothing of this window has a reference: the file is that of the whole array.
    expect(comparedOf(await compare(less, first)).second.name).toBe(name);
  });

  it('are read through the tags of the TIFF where the codec of the references is unknown', async () => {
    const refs = await referencesOf('cog-deflate-p2-i16-overviews.tif', { name: 'a' });
    const window = plane(
      'a',
      [
        [0, 16],
        [0, 16],
      ],
      0,
      1,
    );
    const found = comparedOf(await compare(withMetadata(refs, 'a', { compressor: { id: 'nobody' } }), window));
    expect(found.first.failures).toMatchObject([{ code: 'unsupported-codec', key: 'a/0.0', count: 1 }]);
    expect(found.first.statistics).toBeNull();
    expect(found.second.statistics?.count).toBe(256);
    expect(found.difference).toMatchObject({ count: 256, notRead: 256, compared: 0, minimum: null });
  });
});

describe('references that no TIFF is compared with', () => {
  const small = plane(
    'a',
    [
      [0, 2],
      [0, 2],
    ],
    0,
    1,
  );
  const array = (more: Refs = {}): Refs => ({
    '.zgroup': { zarr_format: 2 },
    'a/.zarray': zarrayOf([2, 2], [2, 2], '|u1'),
    ...more,
  });
  const reasonOf = async (refs: object, window = small, opener?: SourceOpener): Promise<string> => {
    const found = await compare(refs, window, opener);
    return found.kind === 'refused' ? found.reason : found.kind;
  };

  it('say why', async () => {
    expect(await reasonOf(array({ 'a/0.0': 'base64:AAAA' }))).toBe(
      'No chunk of a stands in a file, so there is no TIFF behind it.',
    );
    const bytes: SourceOpener = openerOf({ 'bytes.bin': Uint8Array.from({ length: 64 }, () => 1) });
    expect(await reasonOf(array({ 'a/0.0': ['https://data.example.org/bytes.bin', 0, 4] }), small, bytes)).toBe(
      'bytes.bin is no TIFF, and nothing else is compared with.',
    );
    const name = 'https://data.example.org/cog-deflate-p2-i16-overviews.tif';
    expect(await reasonOf(array({ 'a/0.0': [name, 0, 4] }))).toMatch(
      /^The shape of a, 2 x 2, is that of no image of cog-deflate-p2-i16-overviews\.tif, which has IFD 0 \(full resolution, /u,
    );
    const two = { 'a/.zarray': zarrayOf([2, 2], [1, 2], '|u1'), 'a/0.0': [name, 0, 2], 'a/1.0': [url, 0, 2] };
    expect(await reasonOf(array(two))).toMatch(/^The window’s chunks stand in 2 files/u);
    const refs = await referencesOf('cog-deflate-p2-i16-overviews.tif', { name: 'a' });
    const cast = withMetadata(refs, 'a', {
      dtype: '<f8',
      filters: [{ id: 'fixedscaleoffset', scale: 10, offset: 0, dtype: '<f8', astype: '<u4' }],
    });
    expect(await reasonOf(cast)).toMatch(
      /^a is stored as unsigned 32-bit integers, .* the TIFF has signed 16-bit integers/u,
    );
  });

  it('tell a TIFF that could not be fetched from all that', async () => {
    const away = openerOf({ 'away.tif': new KerchunkError('fetch-failed', 'The server answered 404 Not Found.') });
    const found = await compare(array({ 'a/0.0': ['https://data.example.org/away.tif', 0, 4] }), small, away);
    expect(found).toMatchObject({ kind: 'failed', code: 'fetch-failed', target: 0 });
    expect(found.kind === 'failed' && found.message).toMatch(/away\.tif: The server answered 404 Not Found\.$/u);
  });
});
