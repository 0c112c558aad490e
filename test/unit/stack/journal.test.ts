import { describe, expect, it } from 'vitest';
import { Journal } from '../../../src/stack/journal';
import type { TiffPart } from '../../../src/stack/part';

const part: TiffPart = {
  url: 'file:///a.tif',
  name: 'a.tif',
  source: { url: 'file:///a.tif' },
  metadata: { fill_value: 9007199254740993n },
  attributes: {},
  dimensions: ['y', 'x'],
  shape: [4, 4],
  chunkShape: [2, 2],
  grid: { width: 4, height: 4, system: { kind: 'unknown' }, crs: {}, located: false },
  hasNodata: true,
  chunks: {
    numbers: Float64Array.of(0, 3),
    offsets: Float64Array.of(2 ** 40 + 1, 16),
    lengths: Float64Array.of(5, 6),
  },
  inline: [],
  dates: [],
  overviewsLeftOut: 0,
  masksLeftOut: 0,
  warnings: [],
};

function file(text = '') {
  const state = { text };
  return {
    state,
    read: () => Promise.resolve(new TextEncoder().encode(state.text)),
    append: (more: string, at: number) => {
      expect(at).toBe(new TextEncoder().encode(state.text).length);
      state.text += more;
      return Promise.resolve();
    },
    remove: () => Promise.resolve(),
  };
}

describe('a journal', () => {
  it('gives back what was added, sparse chunks and 64-bit integers too', async () => {
    const kept = file();
    await (await Journal.open(kept, 'j')).add('key', part);
    expect((await Journal.open(kept, 'j')).find('key')).toEqual(part);
  });

  it('does not take a torn last line, and goes on behind it', async () => {
    const kept = file();
    await (await Journal.open(kept, 'j')).add('a', part);
    kept.state.text += kept.state.text.slice(0, -1);
    const resumed = await Journal.open(kept, 'j');
    expect(resumed.finished).toBe(1);
    await resumed.add('b', part);
    const again = await Journal.open(kept, 'j');
    expect(again.find('a')).toEqual(part);
    expect(again.find('b')).toEqual(part);
  });

  it('writes at once what waits, a line each', async () => {
    const kept = file();
    const journal = await Journal.open(kept, 'j');
    await Promise.all(['a', 'b', 'ü'].map((key) => journal.add(key, part)));
    await journal.add('c', part);
    expect(kept.state.text.match(/^\{"version":1,"key":"(?:a|b|ü|c)",.*\}$/gmu)).toHaveLength(4);
    const again = await Journal.open(kept, 'j');
    expect(['a', 'b', 'ü', 'c'].map((key) => again.find(key))).toEqual([part, part, part, part]);
  });

  it.each(['my notes\n', '{', '{"version":', '{"version":1,"refs":{}}', 'x'])(
    'is not begun in another file: %s',
    async (text) => {
      await expect(Journal.open(file(text), 'j')).rejects.toThrow('j exists and is no journal');
    },
  );

  it('is begun in an empty file', async () => {
    const kept = file();
    expect((await Journal.open(kept, 'j')).finished).toBe(0);
  });

  it.each([
    'null',
    '7',
    '{}',
    '{"url":"a","name":"a","chunks":null}',
    '{"url":"a","name":"a","chunks":{"count":1,"bytes":"AA"},"grid":null}',
  ])('does not take a line with the part %s', async (text) => {
    const journal = await Journal.open(file(`{"version":1,"key":"a","part":${text}}\n`), 'j');
    expect(journal.finished).toBe(0);
    expect(journal.find('a')).toBeUndefined();
  });
});
