import { describe, expect, it } from 'vitest';
import { costOf } from '../../../src/preview/cost';
import { openerOf, type Request } from '../read/harness';
import { readWindow } from '../../../src/read/window';
import type { Slice } from '../../../src/read/plan';
import { runAtOnce } from '../../../src/steps';
import { documentOf, url, zarrayOf } from './harness';

const slice = (start: number, stop: number): Slice => ({ start, stop });

/** An array of 40 x 40 in chunks of 10 x 10 bytes, each `spacing` bytes behind the one before it; every seventh chunk is absent. */
function spaced(spacing: number, order: (chunk: number) => number = (chunk) => chunk) {
  const refs: Record<string, unknown> = { 'a/.zarray': zarrayOf([40, 40], [10, 10], '|u1') };
  for (let chunk = 0; chunk < 16; chunk++) {
    if (chunk % 7 === 6) continue;
    refs[`a/${Math.floor(chunk / 4)}.${chunk % 4}`] = [chunk < 12 ? url : `${url}2`, order(chunk) * spacing, 100];
  }
  return documentOf(refs).set;
}

describe('the cost of a window', () => {
  it('is what reading it asks the files for', async () => {
    const file = new Uint8Array(17 * 90_000);
    const windows: Slice[][] = [
      [slice(0, 40), slice(0, 40)],
      [slice(0, 10), slice(0, 40)],
      [slice(5, 15), slice(5, 15)],
      [slice(0, 40), slice(35, 36)],
      [slice(10, 20), slice(20, 30)],
      [slice(3, 3), slice(0, 40)],
    ];
    // Side by side, 64,000 bytes apart (one request), more than that apart, and in reverse.
    for (const set of [spaced(100), spaced(64_100), spaced(64_101), spaced(200, (chunk) => 15 - chunk)]) {
      for (const slices of windows) {
        const requests: Request[] = [];
        const opener = openerOf({ [url]: file, [`${url}2`]: file }, requests);
        await readWindow(set, set.array('a'), slices, opener);
        const cost = runAtOnce(costOf(set, 'a', slices));
        const bytes = requests.reduce((sum, { length }) => sum + length, 0);
        expect(cost.merged).toEqual({ requests: requests.length, bytes });
        const listed = cost.requests.map(({ shownUrl, start, end }) => `${shownUrl} ${start}-${end}`);
        const sent = requests.map(
          (request) => `${request.url} ${request.offset}-${request.offset + request.length - 1}`,
        );
        expect(listed.sort()).toEqual(sent.sort());
      }
    }
  });

  it('tells what is merged, read in vain, asked for and decoded', () => {
    // Rows 5 to 15 touch two rows of 4 chunks; chunk 6 is absent. 7 chunks of 100 bytes, 150 apart: the 50 bytes between come in vain, and
    // where chunk 6 is not, 200.
    const cost = runAtOnce(costOf(spaced(150), 'a', [slice(5, 15), slice(0, 40)]));
    expect(cost).toMatchObject({ chunks: 8, absent: 1, inline: 0, broken: 0, files: 1, wholes: 0 });
    expect(cost.merged).toEqual({ requests: 1, bytes: 7 * 150 + 100 });
    expect(cost.unmerged).toEqual({ requests: 7, bytes: 700 });
    expect(cost.gapBytes).toBe(450);
    expect(cost.askedBytes).toBe(400);
    expect(cost.decodedBytes).toBe(700);
  });

  it('counts bytes that overlap once, and chunks that are inline, malformed or a file of their own', () => {
    const { set } = documentOf({
      'a/.zarray': zarrayOf([6], [1], '|u1'),
      'a/0': [url, 0, 10],
      'a/1': [url, 5, 10],
      'a/2': [url],
      'a/3': 'x',
      'a/4': [url, -1, 10],
    });
    const cost = runAtOnce(costOf(set, 'a', [slice(0, 6)]));
    expect(cost).toMatchObject({ chunks: 6, inline: 1, broken: 1, absent: 1, wholes: 1, gapBytes: 0 });
    expect(cost.merged).toEqual({ requests: 2, bytes: 15 });
    expect(cost.unmerged).toEqual({ requests: 3, bytes: 20 });
    expect(cost.requests).toContainEqual({ shownUrl: url, start: null, end: null, chunks: 1 });
  });

  it('estimates what other chunks would take', () => {
    // 2,048 x 2,048 bytes in chunks of 512 x 512, one of which is there and takes a quarter of its decoded bytes.
    const { set } = documentOf({ 'a/.zarray': zarrayOf([2048, 2048], [512, 512], '|u1'), 'a/0.0': [url, 0, 65_536] });
    const { layouts } = runAtOnce(costOf(set, 'a', [slice(0, 256), slice(0, 256)]));
    const of = (shape: number[]) => layouts.find(({ chunkShape }) => chunkShape.join() === shape.join());
    expect(layouts[0]).toMatchObject({
      kind: 'present',
      chunks: 1,
      requests: 1,
      storedBytes: 65_536,
      decodedBytes: 262_144,
    });
    expect(of([256, 256])).toMatchObject({
      kind: 'half',
      chunks: 1,
      requests: 1,
      storedBytes: 16_384,
      decodedBytes: 65_536,
    });
    expect(of([1024, 1024])).toMatchObject({ kind: 'double', chunks: 1, decodedBytes: 1_048_576 });
    // A row of 2,048 bytes takes 512; 256 rows stand behind one another.
    expect(of([1, 2048])).toMatchObject({
      kind: 'rows',
      chunks: 256,
      requests: 1,
      storedBytes: 131_072,
      decodedBytes: 524_288,
    });
    // 256 x 256 columns wise: 8 rows of chunks, one in each, 7 others of 16 KiB between: more than 64,000 bytes.
    const column = runAtOnce(costOf(set, 'a', [slice(0, 2048), slice(0, 256)])).layouts;
    expect(column.find(({ kind }) => kind === 'half')).toMatchObject({ chunks: 8, requests: 8 });
    expect(column.find(({ kind }) => kind === 'present')).toMatchObject({ chunks: 4, requests: 4 });
  });

  it('refuses windows that are not in the array, and those of too many chunks', () => {
    const { set } = documentOf({ 'a/.zarray': zarrayOf([2e6], [1], '|u1') });
    expect(() => runAtOnce(costOf(set, 'a', [slice(0, 2e6 + 1)]))).toThrow(/is not within 0:2000000/u);
    expect(() => runAtOnce(costOf(set, 'a', [slice(0, 2e6)]))).toThrow(/Ask for a smaller window/u);
    expect(runAtOnce(costOf(set, 'a', [slice(0, 1000)]))).toMatchObject({ chunks: 1000, absent: 1000 });
  });
});
