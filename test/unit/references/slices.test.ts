import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KerchunkError } from '../../../src/errors';
import { parseReferences, parseReferencesInSlices, parsing } from '../../../src/references/parse';
import type { ReferenceSet } from '../../../src/references/reference-set';
import type { ReferenceProblem } from '../../../src/references/types';
import { runAtOnce, runInSlices, type Steps } from '../../../src/steps';
import { bytes, zarray } from './helpers';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures');
const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));

/** All that a set says of its keys. */
function contentOf(set: ReferenceSet): object {
  const keys = [...set.keys()];
  return {
    version: set.version,
    problems: set.problems,
    arrays: set.arrayPaths(),
    groups: set.groupPaths(),
    urls: set.urls,
    entries: keys.map((key) => [key, set.keySpan(key), set.entrySpan(key)]),
    coverages: set.arrayPaths().map((path) => [...set.chunkKeys(path)]),
  };
}

function contentOrMessage(read: () => ReferenceSet): unknown {
  try {
    return contentOf(read());
  } catch (error) {
    if (!(error instanceof KerchunkError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

describe('reading step by step', () => {
  it('has files to read', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  it.each(files)('%s: stopping behind every entry changes nothing', (name) => {
    const text = new Uint8Array(readFileSync(path.join(fixtures, name)));
    expect(contentOrMessage(() => runAtOnce(parsing(text, {}, 1)))).toEqual(
      contentOrMessage(() => parseReferences(text)),
    );
  });

  it('stops once for each entry where asked to, in both layouts', () => {
    const entries = Array.from({ length: 7 }, (_, i) => `"a/${i}":["u",${i},1]`).join(',');
    const map = `{"a/.zarray":${JSON.stringify(zarray([7], [1]))},${entries}}`;
    for (const text of [map, `{"version":1,"refs":${map}}`]) {
      const read: number[] = [];
      const set = runAtOnce(parsing(bytes(text), { onRead: (at) => read.push(at) }, 1));
      expect([...set.chunkKeys('a')]).toHaveLength(7);
      expect(read.length).toBeGreaterThanOrEqual(7);
      expect(read.toSorted((a, b) => a - b)).toEqual(read);
    }
  });

  it('tells of problems before it has read to the end', () => {
    const told: ReferenceProblem[] = [];
    const steps = parsing(
      bytes(`{".zgroup":"{}","a":["/u",1],"b":["/u"],"c":["/u"],"d":["/u",2]}`),
      { onProblem: (problem) => told.push(problem) },
      1,
    );
    for (let step = steps.next(); step.done !== true && told.length === 0;) step = steps.next();
    expect(told.map(({ code, key }) => [code, key])).toEqual([['kerchunk/reference-shape', 'a']]);
    const set = runAtOnce(steps);
    expect(told.map(({ key }) => key)).toEqual(['a', 'd']);
    expect(set.problems).toEqual(told);
  });

  it('is cancelled between two slices, and then gives nothing', async () => {
    const entries = Array.from({ length: 200_000 }, (_, i) => `"a/${i}":["u${i}",${i},1]`).join(',');
    const text = bytes(`{"a/.zarray":${JSON.stringify(zarray([200_000], [1]))},${entries}}`);
    const cancel = new AbortController();
    const read: number[] = [];
    const reading = parseReferencesInSlices(text, {
      signal: cancel.signal,
      onRead: (at) => {
        read.push(at);
        cancel.abort();
      },
    });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(read).toHaveLength(1);
  });
});

describe('slices', () => {
  function* endless(): Steps<never> {
    for (;;) yield;
  }

  it('give timers their turn in work that has no end', async () => {
    const cancel = new AbortController();
    setTimeout(() => {
      cancel.abort();
    }, 0);
    await expect(runInSlices(endless(), cancel.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('do not begin what is cancelled already', () => {
    const cancel = new AbortController();
    cancel.abort();
    expect(() => runAtOnce(endless(), cancel.signal)).toThrow(expect.objectContaining({ code: 'cancelled' }));
  });

  it('pass errors on', async () => {
    // eslint-disable-next-line require-yield
    function* failing(): Steps<never> {
      throw new RangeError('not this far');
    }
    await expect(runInSlices(failing())).rejects.toThrow('not this far');
  });
});
