import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readWindow } from '../../../src/read/window';
import { parseReferences } from '../../../src/references/parse';
import type { ReferenceSet } from '../../../src/references/reference-set';
import { elementCount } from '../../../src/zarr/shape';
import { valueAt } from '../../../src/zarr/values';
import { provideAssetsFromPackages } from '../codecs/fixtures';
import { openerOf } from './harness';

provideAssetsFromPackages();

/** An array as zarr-python 3 stores it (test/fixtures/zarr3/make.py). */
interface Case {
  name: string;
  shape: number[];
  /** Bytes in base64 by key. */
  entries: Record<string, string>;
  /** Little-endian in C order, compressed with zlib, in base64; texts as they are. */
  values: string | unknown[];
}

const file = new URL('../../fixtures/zarr3/cases.json', import.meta.url);
const cases = JSON.parse(await readFile(file, 'utf8')) as Case[];

function referencesOf({ entries }: Case): ReferenceSet {
  const inline = Object.entries(entries).map(([key, bytes]): [string, string] => [key, `base64:${bytes}`]);
  return parseReferences(new TextEncoder().encode(JSON.stringify(Object.fromEntries(inline))));
}

async function read(set: ReferenceSet) {
  const array = set.array('a');
  const slices = array.shape.map((stop) => ({ start: 0, stop }));
  return readWindow(set, array, slices, openerOf({}));
}

describe('arrays that zarr-python 3 writes', () => {
  it('there are cases of every kind', () => {
    expect(cases.length).toBeGreaterThan(70);
  });

  it.each(cases)('$name', async (one) => {
    const set = referencesOf(one);
    const values = await read(set);
    expect(values.shape).toEqual(one.shape);
    if (typeof one.values === 'string') {
      expect(Buffer.from(values.data).equals(inflateSync(Buffer.from(one.values, 'base64')))).toBe(true);
    } else {
      const texts = Array.from({ length: elementCount(one.shape) }, (_, i) => valueAt(values, i));
      expect(texts).toEqual(one.values.flat());
    }
    expect([...set.strayKeys('a')]).toEqual([]);
  });

  it('all chunks of a grid are found, whichever form its keys have', () => {
    const covered = (name: string) => {
      const found = cases.find((one) => one.name === name);
      if (found === undefined) throw new Error(`there is no case "${name}"`);
      return referencesOf(found).coverage('a');
    };
    const all = { total: 9, ranges: 0, inline: 9, absent: 0, broken: 0 };
    for (const name of ['keys of v2 with dots', 'keys of v2 with slashes', 'keys with dots', 'gzip']) {
      expect(covered(name)).toEqual(all);
    }
    expect(covered('a scalar')).toEqual({ ...all, total: 1, inline: 1 });
  });
});
